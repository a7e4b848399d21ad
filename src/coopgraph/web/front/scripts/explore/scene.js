// What is drawn of what passes the filters: every node where they are few; communities as discs with bands between them where they are many.
// In: a model and a scene. Out: nodes, links, lanes, discs, bands, and counts of what is not drawn. No DOM, no WebGL.
import { FORMS, layerLooks } from './ink.js';

/** Above so many nodes or links that pass, communities are drawn closed at first. */
export const MANY = { nodes: 2000, links: 5000 };
const PARTNERS = 150; // of a chosen node's neighbours in closed communities so many are drawn, the strongest
const SPARSE = 2.5; // links a node up to which all are drawn, strong or not
const BANDS = 1.5; // bands for each community, the widest

/** Return what a scene shows; on an upright page the drawing is `turned` by a quarter; above `many` nodes or links communities are closed. */
export function compose(model, scene, { turned = false, many = MANY } = {}) {
  const passing = total(scene.link);
  const nodes = total(scene.node);
  const dense = nodes > many.nodes || passing > many.links;
  const { x, y } = placesOf(model, scene, turned);
  const extra = extraNodes(model, scene, dense);
  const shut = (c) => dense && c >= 0 && !scene.communities?.has(c);
  const drawn = drawnNodes(model, scene, extra.nodes, shut, dense);
  const links = drawnLinks(model, scene, drawn, nodes);
  const { bands, inBands } = bandsOf(model, scene, drawn, shut, dense);
  const discs = discsOf(model, scene, shut, turned);
  const list = [...drawn.keys()].filter((i) => drawn[i]);
  const importance = scene.importance ?? scene.size;
  const rank = Float64Array.from(drawn, (one, i) => (one ? importance(i) : 0));
  return {
    dense, turned, x, y, drawn, nodes: list.sort((a, b) => rank[b] - rank[a] || a - b), ...links, lanes: lanesOf(model, links.links), bands, discs,
    communityOf: (i) => model.data.nodes.community[i], away: awayFrom(model, scene, drawn, x, y),
    lit: litNodes(model, scene), forms: formsOf(model), looks: layerLooks(model.data.layers), strongest: strongestOf(model, scene),
    counts: {
      nodes, drawnNodes: list.length, links: passing, drawnLinks: links.links.length, weakLinks: links.possible - links.links.length, bandLinks: inBands, closedLinks: passing - links.possible - inBands,
      closed: discs.filter((disc) => disc.closed).length, inClosed: discs.reduce((sum, disc) => sum + (disc.closed ? disc.members : 0), 0),
      alone: dense ? countAlone(model, scene, drawn) : 0, open: extra.told,
    },
  };
}

function total(passes) {
  let sum = 0;
  for (let i = 0; i < passes.length; i += 1) sum += passes[i];
  return sum;
}

function placesOf({ data: { nodes } }, { pinned }, turned) {
  const [x, y] = [Float64Array.from(nodes.x), Float64Array.from(nodes.y)];
  for (const [i, at] of pinned ?? []) { x[i] = at.x; y[i] = at.y; }
  return turned ? { x: y.map((value) => -value), y: x } : { x, y };
}

/** Nodes that are drawn although their community is closed: what is chosen, the path, what is pinned, and neighbours asked for. */
function extraNodes(model, scene, dense) {
  const nodes = new Set([...(scene.selected ?? []), ...(scene.path ?? []), ...(scene.pinned?.keys() ?? [])]);
  const told = new Map();
  const asked = new Map(scene.open ?? []);
  if (dense) for (const i of scene.selected ?? []) asked.set(i, Math.max(asked.get(i) ?? 0, PARTNERS));
  for (const [i, most] of asked) {
    const partners = strongestPartners(model, scene, i);
    nodes.add(i);
    for (const partner of partners.slice(0, most)) nodes.add(partner);
    told.set(i, { shown: Math.min(most, partners.length), of: partners.length });
  }
  return { nodes, told };
}

/** The neighbours of a node by links that pass, the strongest first. */
export function strongestPartners(model, { link, forward, backward }, i) {
  const weights = new Map();
  for (const l of model.incident(i)) {
    if (!link[l]) continue;
    const other = model.other(l, i);
    weights.set(other, (weights.get(other) ?? 0) + forward[l] + backward[l]);
  }
  return [...weights].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([other]) => other);
}

function drawnNodes({ data: { nodes } }, scene, extra, shut, dense) {
  const { community } = nodes;
  const drawn = Uint8Array.from(scene.node, (passes, i) => (passes && !(dense && community[i] < 0) && !shut(community[i]) ? 1 : 0));
  for (const i of extra) if (scene.node[i]) drawn[i] = 1;
  return drawn;
}

/** Links whose ends are both drawn: all where they are few, else the strong ones and each of what is chosen, the most important last. */
function drawnLinks(model, scene, drawn) {
  const { source, target, layer } = model;
  const { strong } = model.data.links;
  const chosen = new Set(scene.selected ?? []);
  const path = new Set(pathPairs(scene.path ?? []));
  const key = (l) => `${Math.min(source[l], target[l])} ${Math.max(source[l], target[l])}`;
  const possible = [];
  for (let l = 0; l < model.links; l += 1) if (scene.link[l] && drawn[source[l]] && drawn[target[l]]) possible.push(l);
  const sparse = possible.length <= Math.max(300, SPARSE * total(drawn));
  const own = (l) => chosen.has(source[l]) || chosen.has(target[l]) || l === scene.chosenLink || (path.size > 0 && path.has(key(l)));
  const links = possible.filter((l) => sparse || strong[l] || own(l));
  const weight = (l) => scene.forward[l] + scene.backward[l];
  links.sort((a, b) => weight(b) - weight(a) || layer[a] - layer[b] || a - b);
  return { links, possible: possible.length, own: new Set(links.filter(own)) };
}

function pathPairs(path) {
  return path.slice(1).map((b, k) => `${Math.min(path[k], b)} ${Math.max(path[k], b)}`);
}

/** Parallel links are lanes around the straight line: -0.5 and 0.5 of two, -1, 0 and 1 of three. */
function lanesOf({ source, target, size, layer }, links) {
  const pairs = new Map();
  for (const l of links) {
    const key = source[l] * size + target[l];
    const found = pairs.get(key);
    if (found) found.push(l); else pairs.set(key, [l]);
  }
  const lanes = new Map();
  for (const lane of pairs.values()) {
    if (lane.length > 1) lane.sort((a, b) => layer[a] - layer[b] || a - b).forEach((l, k) => lanes.set(l, k - (lane.length - 1) / 2));
  }
  return lanes;
}

/** Links of closed communities as one band for each pair; a band ends at the disc, or at the open community's middle. */
function bandsOf(model, scene, drawn, shut, dense) {
  if (!dense) return { bands: [], inBands: 0 };
  const { community } = model.data.nodes;
  const sums = new Map();
  for (let l = 0; l < model.links; l += 1) {
    if (!scene.link[l] || (drawn[model.source[l]] && drawn[model.target[l]])) continue;
    const [a, b] = [community[model.source[l]], community[model.target[l]]].sort((p, q) => p - q);
    if (a < 0 || a === b || !(shut(a) || shut(b))) continue;
    const key = a * model.data.communities.length + b;
    sums.set(key, (sums.get(key) ?? 0) + 1);
  }
  const found = [...sums].map(([key, links]) => ({ a: Math.floor(key / model.data.communities.length), b: key % model.data.communities.length, links }));
  found.sort((p, q) => q.links - p.links || p.a - q.a || p.b - q.b);
  const bands = found.slice(0, Math.ceil(BANDS * model.data.communities.length));
  return { bands, inBands: bands.reduce((sum, band) => sum + band.links, 0) };
}

/** The ground of each community of which something passes: a disc, closed or open. */
function discsOf({ data }, scene, shut, turned) {
  const members = new Uint32Array(data.communities.length);
  data.nodes.community.forEach((c, i) => { if (c >= 0) members[c] += scene.node[i]; });
  const discs = data.communities.flatMap(({ x, y, r, names }, c) => (members[c] > 1 || (shut(c) && members[c]) ? [{ c, ...(turned ? { x: -y, y: x } : { x, y }), r, names, members: members[c], closed: shut(c) }] : []));
  for (const disc of discs) disc.room = roomAround(disc, discs);
  return discs;
}

/** Half of the space from a disc to the nearest other one: what its margin may take. */
function roomAround(disc, discs) {
  const gaps = discs.map((other) => (other === disc ? Infinity : Math.hypot(other.x - disc.x, other.y - disc.y) - other.r - disc.r));
  return Math.max(0, Math.min(...gaps) / 2);
}

/** What stands out when something is chosen: it and its neighbours, or the path; null when nothing is. */
function litNodes(model, scene) {
  if (scene.path?.length) return new Set(scene.path);
  if (scene.chosenLink >= 0) return new Set([model.source[scene.chosenLink], model.target[scene.chosenLink]]);
  if (!scene.selected?.length) return null;
  const lit = new Set(scene.selected);
  for (const i of scene.selected) for (const l of model.incident(i)) if (scene.link[l]) lit.add(model.other(l, i));
  return lit;
}

/** Return a function that gives the direction away from a node's partners, where its name stands best. */
function awayFrom(model, scene, drawn, x, y) {
  const known = new Map();
  return (i) => {
    if (!known.has(i)) {
      let [dx, dy] = [0, 0];
      for (const l of model.incident(i)) {
        const other = model.other(l, i);
        if (!scene.link[l] || !drawn[other]) continue;
        const span = Math.hypot(x[i] - x[other], y[i] - y[other]) || 1;
        [dx, dy] = [dx + (x[i] - x[other]) / span, dy + (y[i] - y[other]) / span];
      }
      const long = Math.hypot(dx, dy);
      known.set(i, long > 0.2 ? [dx / long, dy / long] : [0, 0]);
    }
    return known.get(i);
  };
}

function formsOf({ data: { kinds, nodes } }) {
  const forms = kinds.map((kind) => FORMS[kind] ?? FORMS.city);
  return Uint8Array.from(nodes.kind, (kind) => forms[kind]);
}

function strongestOf(model, { link, forward, backward }) {
  const most = new Float64Array(model.data.layers.length).fill(1e-9);
  for (let l = 0; l < model.links; l += 1) if (link[l]) most[model.layer[l]] = Math.max(most[model.layer[l]], forward[l] + backward[l]);
  return most;
}

function countAlone({ data: { nodes } }, scene, drawn) {
  return nodes.community.filter((c, i) => c < 0 && scene.node[i] && !drawn[i]).length;
}
