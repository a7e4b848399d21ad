// What is seen: of what passes the filters the part asked for, with the neighbours that were expanded; what is selected.
import { components, coreNumbers, ego, neighbours, shortestPaths } from './algorithms.js';
import { apply } from './filtering.js';
import { filtersOf, openOf, openedCommunities, pinnedOf, placesOf, scopeOf } from './state.js';

const AT_A_TIME = 25; // neighbours that one expansion adds

/**
 * Return what a state shows of a graph: `passed` (see filtering.js); `node` and `link` of it that are in the part asked for, with what is
 * selected or expanded; what is selected: `selected` nodes, `pair` of a link, `path`, `compare`; what is `open`, `pinned`; the greatest core.
 */
export function viewOf(model, state, passed = apply(model, filtersOf(model, state))) {
  const graph = neighbours(model, passed.link);
  const cores = coreNumbers(graph);
  const { node } = partOf(model, state, passed, graph, cores);
  const [selected, pair, path, compare] = [placesOf(model, state.sel), pairOf(model, state.link.split('*')), pathOf(model, graph, passed, state.path), pairOf(model, state.compare)];
  const chosen = [...new Set([...selected, ...(pair ?? []), ...(compare ?? []), ...(path?.ends ?? []), ...(path?.ways[0] ?? [])])];
  for (const i of chosen) node[i] |= passed.may[i];
  return {
    passed, node, link: linksWithin(model, passed, node), chosen, selected, pair, path, compare, open: openOf(model, state.open),
    communities: openedCommunities(state.open), pinned: pinnedOf(model, state.pinned), mostCore: cores.reduce((a, b) => Math.max(a, b), 0),
  };
}

/** Return of what passed the nodes and links in the part asked for, with the neighbours that were expanded. */
export function partOf(model, state, passed, graph = neighbours(model, passed.link), cores = coreNumbers(graph)) {
  const node = inScope(model, graph, cores, passed, scopeOf(state.scope));
  for (const [i, most] of openOf(model, state.open)) for (const other of [i, ...partnersOf(model, passed, i).slice(0, most).map((partner) => partner.other)]) node[other] |= passed.may[other];
  return { ...passed, node, link: linksWithin(model, passed, node) };
}

function linksWithin(model, passed, node) {
  return passed.link.map((one, l) => (one && node[model.source[l]] && node[model.target[l]] ? 1 : 0));
}

/** A node's partners by the links that pass: { other, links, total }, the strongest first. */
export function partnersOf(model, passed, i) {
  const found = new Map();
  for (const link of model.incident(i)) {
    if (!passed.link[link]) continue;
    const other = model.other(link, i);
    const partner = found.get(other) ?? { other, links: [], total: 0 };
    partner.links.push(link);
    partner.total += passed.forward[link] + passed.backward[link];
    found.set(other, partner);
  }
  return [...found.values()].sort((a, b) => b.total - a.total || a.other - b.other);
}

/** How many of a node's partners are drawn, of how many that pass the filters. */
export function drawnPartners(model, passed, drawn, i) {
  const partners = partnersOf(model, passed, i);
  return { drawn: partners.filter(({ other }) => drawn[other]).length, all: partners.length };
}

/** How many partners of a node are asked for after one more expansion: those that are drawn, and so many of the strongest that are not. */
export function afterExpanding(model, passed, drawn, i) {
  let more = AT_A_TIME;
  const partners = partnersOf(model, passed, i);
  const end = partners.findIndex(({ other }) => !drawn[other] && (more -= 1) < 0);
  return end < 0 ? partners.length : end;
}

function pairOf(model, slugs) {
  const places = placesOf(model, slugs);
  return places.length === 2 && places[0] !== places[1] ? places : null;
}

/** The shortest ways between two nodes, the one whose weakest step is strongest first; `of` how many there are. */
function pathOf(model, graph, passed, slugs) {
  const ends = pairOf(model, slugs);
  if (!ends) return null;
  const { paths, of } = shortestPaths(graph, ...ends);
  const strength = (a, b) => partnersOf(model, passed, a).find(({ other }) => other === b)?.total ?? 0;
  const weakest = (way) => Math.min(...way.slice(1).map((to, n) => strength(way[n], to)));
  const ranked = paths.map((way) => ({ way, weakest: weakest(way) })).sort((a, b) => b.weakest - a.weakest);
  return { ends, ways: ranked.map(({ way }) => way), of };
}

/** The nodes that pass and are in the part asked for. */
function inScope(model, graph, cores, passed, { of, k, slug, hops }) {
  const keep = (is) => Uint8Array.from(passed.node, (one, i) => (one && is(i) ? 1 : 0));
  if (of === 'core') return keep((i) => cores[i] >= k);
  if (of === 'main') {
    const part = components(graph, passed.node);
    return keep((i) => part[i] === 0);
  }
  const centre = of === 'ego' ? model.place(slug) : -1;
  if (centre < 0) return keep(() => true);
  const near = new Set(ego(passed.may[centre] ? graph : neighbours(model, passed.unhidden), centre, hops)); // a centre that is hidden still has its surroundings
  return keep((i) => near.has(i));
}
