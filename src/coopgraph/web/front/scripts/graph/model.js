// The graph as typed arrays: what /data/graph.json says, ready to be filtered and walked through.
const UNKNOWN_YEAR = 0;

/** Return the graph of /data/graph.json with its names in `lang`, its slugs, and its links by node and by event. */
export function makeModel(data, lang = 'en') {
  const { nodes, links, events } = data;
  const size = nodes.iri.length;
  const count = links.source.length;
  const slugs = slugsOf(nodes.iri);
  const places = new Map(slugs.map((slug, i) => [slug, i]));
  const layers = slugsOf(data.layers.map(({ key }) => key), /^.*[/#:\s]([^/#:\s]+)$/);
  const terms = termsOf(links);
  const incidence = incidenceOf(links, size);
  return {
    data, lang, size, links: count, events: events.iri.length,
    source: Uint32Array.from(links.source), target: Uint32Array.from(links.target), layer: Uint16Array.from(links.layer),
    ...terms,
    ...yearsOf(events, data.now),
    members: membersOf(data),
    layerSlugs: layers,
    slug: (i) => slugs[i],
    place: (slug) => places.get(slug) ?? -1,
    name: (i) => textsOf(nodes.label, lang)[i],
    eventName: (e) => textsOf(events.label, lang)[e],
    kind: (i) => data.kinds[nodes.kind[i]],
    incident: (i) => incidence.links.subarray(incidence.start[i], incidence.start[i + 1]),
    other: (link, i) => (links.source[link] === i ? links.target[link] : links.source[link]),
    eventsOf: (link) => terms.term.subarray(terms.start[link], terms.start[link + 1]),
    linksOf: linksByEvent(terms, count, events.iri.length),
  };
}

function textsOf(label, lang) {
  return label[lang] ?? label.en ?? Object.values(label)[0];
}

/** What follows "/id/" in each IRI (or what `short` finds), where that is unique; commas are written %2C, for the address lists slugs with commas. */
export function slugsOf(iris, short = /^[a-z][a-z0-9+.-]*:[^?#]*?\/id\/(.+)$/i) {
  const shorts = iris.map((iri) => short.exec(iri)?.[1] ?? iri);
  const times = new Map();
  for (const text of shorts) times.set(text, (times.get(text) ?? 0) + 1);
  return shorts.map((text, i) => (times.get(text) === 1 ? text : iris[i]).replaceAll('%', '%25').replaceAll(',', '%2C').replaceAll('*', '%2A'));
}

/** The first and last year of each event: an action with a start and no end goes on to the day the data speak of (or the last they name); of anything else without an end only its start is known. */
function yearsOf({ kind, from, to }, now) {
  const known = now ?? [...from, ...to].reduce((latest, day) => (day > latest ? day : latest), '');
  const goesOn = (e) => kind[e] === 'action' && from[e] && known > from[e];
  return {
    firstYear: Int16Array.from(from, (day, e) => year(day ?? to[e])),
    lastYear: Int16Array.from(to, (day, e) => year(day ?? (goesOn(e) ? known : from[e]))),
  };
}

function year(day) {
  return day ? Number(day.slice(0, 4)) : UNKNOWN_YEAR;
}

/** What each event gives on each link, one row after the other; `start` tells where a link's rows begin. */
function termsOf({ events, forward, backward }) {
  const start = startsOf(events.length, (link) => events[link].length);
  const term = new Uint32Array(start[events.length]);
  const gives = new Float64Array(term.length);
  const returns = new Float64Array(term.length);
  events.forEach((row, link) => row.forEach((event, k) => {
    const at = start[link] + k;
    [term[at], gives[at], returns[at]] = [event, forward[link][k], backward[link][k]];
  }));
  return { start, term, gives, returns };
}

function startsOf(count, length) {
  const start = new Uint32Array(count + 1);
  for (let i = 0; i < count; i += 1) start[i + 1] = start[i] + length(i);
  return start;
}

function incidenceOf({ source, target }, size) {
  const degree = new Uint32Array(size);
  source.forEach((from, link) => { degree[from] += 1; if (target[link] !== from) degree[target[link]] += 1; });
  const start = startsOf(size, (i) => degree[i]);
  const next = start.slice(0, size);
  const links = new Uint32Array(start[size]);
  const put = (i, link) => { links[next[i]] = link; next[i] += 1; };
  source.forEach((from, link) => { put(from, link); if (target[link] !== from) put(target[link], link); });
  return { start, links };
}

/** Return a function that gives the links an event is in; worked out when first asked for. */
function linksByEvent({ start, term }, links, events) {
  let rows = null;
  return (event) => {
    if (!rows) {
      rows = Array.from({ length: events }, () => []);
      for (let link = 0; link < links; link += 1) for (let at = start[link]; at < start[link + 1]; at += 1) rows[term[at]].push(link);
    }
    return rows[event];
  };
}

/** The members of each network, by its place: what a membership joins. */
function membersOf({ nodes, links, layers, kinds }) {
  const found = new Map(nodes.kind.flatMap((kind, i) => (kinds[kind] === 'network' ? [[i, new Set()]] : [])));
  links.layer.forEach((layer, link) => {
    if (layers[layer].family !== 'membership') return;
    const [a, b] = [links.source[link], links.target[link]];
    found.get(a)?.add(b);
    found.get(b)?.add(a);
  });
  return found;
}
