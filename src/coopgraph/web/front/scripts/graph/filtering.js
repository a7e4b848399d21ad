// What passes the filters, and how much each choice of each facet would show.

/** The filters that let everything pass; null is "no choice made". The period is in years. */
export const OPEN = Object.freeze({
  layers: null, kinds: null, networks: null, countries: null, communities: null, goals: null, lines: null, evidence: null,
  from: null, to: null, undated: false, amount: null, currency: '', unpriced: false, partners: true, alone: false, hidden: null,
});

/** What must be cleared to clear a facet. */
const FACETS = Object.freeze({
  layers: ['layers'], kinds: ['kinds'], networks: ['networks'], countries: ['countries'], communities: ['communities'], goals: ['goals'], lines: ['lines'],
  period: ['from', 'to', 'undated'], amount: ['amount', 'currency', 'unpriced'], evidence: ['evidence'],
});

/**
 * Return what passes: `event`, `link` and `node` (1 or 0), and each link's weights over its events that pass.
 * A link passes when its layer is chosen, one of its events passes and both of its ends may be drawn; of ends chosen by place
 * (network, country, community) one is enough with `partners`. A node passes when one of its links does, or when nodes `alone` are drawn.
 * `may` are the nodes that no filter on nodes leaves out, whether or not a link of theirs passes; `unhidden` the links that would pass if nothing was hidden.
 */
export function apply(model, filters) {
  const event = eventsThatPass(model, filters);
  const may = nodesThatMay(model, filters);
  const chosen = nodesChosen(model, filters);
  const link = new Uint8Array(model.links);
  const unhidden = new Uint8Array(model.links);
  const open = filters.hidden ? nodesThatMay(model, { ...filters, hidden: null }) : may;
  const node = new Uint8Array(model.size);
  const forward = new Float64Array(model.links);
  const backward = new Float64Array(model.links);
  const { source, target, layer, start, term, gives, returns } = model;
  for (let i = 0; i < model.links; i += 1) {
    if (filters.layers && !filters.layers.has(layer[i])) continue;
    const [a, b] = [source[i], target[i]];
    if (!open[a] || !open[b] || chosen[a] + chosen[b] < (filters.partners ? 1 : 2)) continue;
    const drawn = may[a] && may[b];
    for (let at = start[i]; at < start[i + 1]; at += 1) {
      if (!event[term[at]]) continue;
      unhidden[i] = 1;
      if (!drawn) break;
      link[i] = 1;
      forward[i] += gives[at];
      backward[i] += returns[at];
    }
    if (link[i]) node[a] = node[b] = 1;
  }
  for (let i = 0; i < model.size; i += 1) {
    may[i] &= chosen[i] | node[i];
    if (filters.alone && may[i]) node[i] = 1;
  }
  return { event, link, unhidden, node, may, forward, backward };
}

/** Return the events that links which pass rest on. */
export function eventsSeen(model, { link, event }) {
  const seen = new Uint8Array(model.events);
  for (let i = 0; i < model.links; i += 1) {
    if (link[i]) for (let at = model.start[i]; at < model.start[i + 1]; at += 1) seen[model.term[at]] |= event[model.term[at]];
  }
  return seen;
}

/**
 * Return how much each choice of each facet would show, as if that facet alone were cleared: links by layer, nodes by kind,
 * network, country and community, and actions, agreements and memberships by all others. `part` narrows what passed to what is seen of it.
 */
export function counts(model, filters, passed = apply(model, filters), part = (whole) => whole) {
  const all = part(passed);
  const without = (facet) => {
    const cleared = { ...filters, ...Object.fromEntries(FACETS[facet].map((name) => [name, OPEN[name]])) };
    return FACETS[facet].every((name) => cleared[name] === filters[name]) ? all : part(apply(model, cleared));
  };
  const seen = eventsSeen(model, all);
  const seenWithout = (facet) => { const others = without(facet); return others === all ? seen : eventsSeen(model, others); };
  const { data } = model;
  const nodes = (facet, size, of) => tally(size, without(facet).node, of);
  const events = (facet, size, of) => tally(size, seenWithout(facet), of);
  const country = countryPlaces(data);
  const { community, kind } = data.nodes;
  return {
    layers: tally(data.layers.length, without('layers').link, (i) => [model.layer[i]]),
    kinds: nodes('kinds', data.kinds.length, (i) => [kind[i]]),
    countries: nodes('countries', data.countries.length + 1, (i) => (country[i] < 0 ? [] : [country[i]])),
    communities: nodes('communities', data.communities.length, (i) => (community[i] < 0 ? [] : [community[i]])),
    networks: membersSeen(model, without('networks').node),
    goals: events('goals', data.goals.length + 1, (e) => orNone(data.events.goals[e].map((goal) => goal - 1), data.goals.length)),
    lines: events('lines', data.lines.length + 1, (e) => orNone(data.events.lines[e], data.lines.length)),
    evidence: Object.fromEntries([...events('evidence', 3, (e) => [EVIDENCE.indexOf(evidenceOf(data, e))])].map((n, i) => [EVIDENCE[i], n])),
    ...periods(model, seenWithout('period')),
    amounts: amounts(model, seenWithout('amount')),
  };
}

export const EVIDENCE = Object.freeze(['stated', 'derived', 'unknown']);

function evidenceOf(data, event) {
  return data.events.certainty[event] || 'unknown';
}

/** The place of each city's country in `countries`; of those without one, the place after the last; -1 of what is no city. */
export function countryPlaces(data) {
  const places = new Map(data.countries.map(({ code }, i) => [code, i]));
  const isCity = (i) => data.kinds[data.nodes.kind[i]] === 'city';
  return data.nodes.country.map((code, i) => places.get(code) ?? (isCity(i) ? data.countries.length : -1));
}

function eventsThatPass(model, filters) {
  const { goals, lines, amount, currency } = model.data.events;
  const among = (chosen, values, none) => !chosen || (values.length ? values.some((value) => chosen.has(value)) : chosen.has(none));
  const tests = [];
  if (filters.goals) tests.push((e) => among(filters.goals, goals[e], 0));
  if (filters.lines) tests.push((e) => among(filters.lines, lines[e], -1));
  if (filters.evidence) tests.push((e) => filters.evidence.has(evidenceOf(model.data, e)));
  if (filters.from !== null || filters.to !== null) tests.push((e) => inPeriod(model, filters, e));
  if (filters.amount !== null) tests.push((e) => (amount[e] === null ? filters.unpriced : currency[e] === filters.currency && amount[e] >= filters.amount));
  return Uint8Array.from({ length: model.events }, (_, e) => (tests.every((test) => test(e)) ? 1 : 0));
}

function inPeriod({ firstYear, lastYear }, { from, to, undated }, event) {
  if (!firstYear[event]) return undated;
  return (from === null || lastYear[event] >= from) && (to === null || firstYear[event] <= to);
}

function nodesThatMay(model, { kinds, hidden }) {
  const { kind } = model.data.nodes;
  return Uint8Array.from({ length: model.size }, (_, i) => ((!kinds || kinds.has(kind[i])) && !hidden?.has(i) ? 1 : 0));
}

function nodesChosen(model, { networks, countries, communities }) {
  const country = countries && countryPlaces(model.data);
  const { community } = model.data.nodes;
  const member = networks && membersOf(model, networks);
  return Uint8Array.from({ length: model.size }, (_, i) => (
    (!networks || member.has(i)) && (!countries || countries.has(country[i])) && (!communities || communities.has(community[i])) ? 1 : 0));
}

/** The members of any of some networks, and these networks themselves. */
function membersOf(model, networks) {
  const found = new Set(networks);
  for (const network of networks) for (const member of model.members.get(network) ?? []) found.add(member);
  return found;
}

function membersSeen(model, node) {
  return new Map([...model.members].map(([network, members]) => [network, [...members].filter((i) => node[i]).length]));
}

function orNone(values, none) {
  return values.length ? values : [none];
}

function tally(size, passes, placesOf) {
  const found = new Uint32Array(size);
  passes.forEach((one, i) => { if (one) for (const place of placesOf(i)) found[place] += 1; });
  return found;
}

/** How many events fall into each year from the first to the last known of all, and how many have no date. */
function periods({ firstYear, lastYear }, seen) {
  const known = firstYear.filter(Boolean);
  const first = known.length ? known.reduce((a, b) => Math.min(a, b)) : null;
  const last = known.length ? lastYear.reduce((a, b) => Math.max(a, b)) : null;
  const years = new Uint32Array(known.length ? last - first + 1 : 0);
  let undated = 0;
  seen.forEach((one, e) => {
    if (!one) return;
    if (!firstYear[e]) undated += 1;
    for (let year = firstYear[e]; year && year <= lastYear[e]; year += 1) years[year - first] += 1;
  });
  return { first, last, years, undated };
}

/** How many events state an amount, by currency with the smallest and largest, and of how many none is known. */
function amounts({ data }, seen) {
  const currencies = new Map();
  let unknown = 0;
  seen.forEach((one, e) => {
    if (!one) return;
    const [amount, currency] = [data.events.amount[e], data.events.currency[e]];
    if (amount === null) { unknown += 1; return; }
    const found = currencies.get(currency) ?? { events: 0, least: amount, most: amount };
    currencies.set(currency, { events: found.events + 1, least: Math.min(found.least, amount), most: Math.max(found.most, amount) });
  });
  return { currencies, unknown };
}
