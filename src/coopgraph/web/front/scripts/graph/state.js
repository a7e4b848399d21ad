// The state of a view of the graph: its names in the address, and what they mean for a graph.
import { EVIDENCE, OPEN } from './filtering.js';

/** Each name in the address with its usual value; what is usual stays out of the address. */
export const DEFAULTS = Object.freeze({
  sel: [], link: '', layers: [], kinds: [], networks: [], countries: [], communities: [], goals: [], lines: [],
  from: 0, to: 0, undated: false, amount: '', unpriced: false, evidence: [], only: false, alone: false,
  colour: 'community', size: 'peer_exchange', scope: 'all', hidden: [], pinned: [], open: [], path: [], compare: [], cam: [], table: false,
});

/** The names that say what is filtered; `reset` gives them their usual values. */
export const FILTERS = Object.freeze(['layers', 'kinds', 'networks', 'countries', 'communities', 'goals', 'lines', 'from', 'to', 'undated', 'amount', 'unpriced', 'evidence', 'only', 'alone']);

export const NONE = 'none'; // what stands in the address where a choice is made and holds nothing: no layer, no goal, no line, no country

/** Return the filters that a state means for a graph; of a choice the graph has nothing of, nothing passes. */
export function filtersOf(model, state) {
  const { data } = model;
  const [currency, amount] = amountOf(state.amount);
  return {
    ...OPEN,
    layers: layersOf(model, state.layers),
    kinds: chosen(state.kinds, (kind) => data.kinds.indexOf(kind)),
    networks: chosen(state.networks, (slug) => (model.members.has(model.place(slug)) ? model.place(slug) : -1)),
    countries: chosen(state.countries, (code) => (code === NONE ? data.countries.length : data.countries.findIndex((country) => country.code === code))),
    communities: chosen(state.communities, (number) => (data.communities[number - 1] ? number - 1 : -1)),
    goals: chosen(state.goals, (number) => (number === NONE ? 0 : data.goals.findIndex((goal) => goal.number === Number(number)) + 1 || -1)),
    lines: orNone(state.lines, data.lines.map(({ iri }) => iri)),
    evidence: state.evidence.length ? new Set(state.evidence.filter((one) => EVIDENCE.includes(one))) : null,
    from: state.from || null, to: state.to || null, undated: state.undated,
    amount, currency, unpriced: state.unpriced, partners: !state.only, alone: state.alone,
    hidden: chosen(state.hidden, model.place),
  };
}

/** The layers a state shows: those it names, else those the graph shows at first sight. */
export function layersOf(model, slugs) {
  const named = new Set(slugs.map((slug) => model.layerSlugs.indexOf(slug)).filter((place) => place >= 0));
  if (slugs.length) return named;
  return new Set(model.data.layers.flatMap((layer, i) => (layer.shown ? [i] : [])));
}

/** ["EUR", 10000] of "EUR10000"; no currency and null of what is not an amount. */
export function amountOf(text) {
  const [, currency, digits] = /^([A-Z]*)(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  return digits === undefined ? ['', null] : [currency, Number(digits)];
}

/** What a scope is: { of: 'all' | 'main' } or { of: 'core', k } or { of: 'ego', slug, hops }. */
export function scopeOf(text) {
  const core = /^core:([1-9]\d{0,3})$/.exec(text);
  if (core) return { of: 'core', k: Number(core[1]) };
  const ego = /^ego:(.+):([1-9])$/.exec(text);
  if (ego) return { of: 'ego', slug: ego[1], hops: Number(ego[2]) };
  return { of: text === 'main' ? 'main' : 'all' };
}

/** Entries like "city/madrid*25" as a map from place to number: how many neighbours of a node are asked for. */
export function openOf(model, list) {
  return new Map(list.map((entry) => entry.split('*')).map(([slug, number]) => [model.place(slug), Number(number)]).filter(([i, n]) => i >= 0 && n > 0));
}

/** Entries like "c3" of the same list: communities that are drawn open, by place. */
export function openedCommunities(list) {
  return new Set(list.flatMap((entry) => (/^c[1-9]\d*$/.test(entry) ? [Number(entry.slice(1)) - 1] : [])));
}

/** Lists like "city/madrid*0.1*-0.2" as a map from place to where it is pinned. */
export function pinnedOf(model, list) {
  const rows = list.map((entry) => entry.split('*')).map(([slug, x, y]) => [model.place(slug), { x: Number(x), y: Number(y) }]);
  return new Map(rows.filter(([i, { x, y }]) => i >= 0 && Number.isFinite(x) && Number.isFinite(y)));
}

export function pinnedList(model, pinned) {
  return [...pinned].map(([i, { x, y }]) => `${model.slug(i)}*${Number(x.toFixed(4))}*${Number(y.toFixed(4))}`);
}

/** The nodes of a list of slugs that the graph has. */
export function placesOf(model, slugs) {
  return slugs.map(model.place).filter((i) => i >= 0);
}

function chosen(names, placeOf) {
  const places = names.map(placeOf).filter((place) => place >= 0);
  return names.length ? new Set(places) : null;
}

function orNone(names, known) {
  if (!names.length) return null;
  const places = names.map((name) => (name === NONE ? -1 : known.findIndex((iri) => iri === name || iri.endsWith(`/${name}`))));
  return new Set(places.filter((place, i) => place >= 0 || names[i] === NONE));
}
