// What the page knows and what the reader has chosen. Data come only from the JSON block; nothing is ever parsed as HTML.
const data = JSON.parse(document.getElementById("drawing").textContent);
const $ = (id) => document.getElementById(id);
const state = {
  lang: data.lang,
  off: new Set(data.layers.flatMap((layer, i) => (layer.shown ? [] : [`${i}`]))),
  group: null, // the one community, country or kind that is picked out
  node: null,
  link: null,
};
const nodes = data.nodes.map((node, i) => ({ ...node, ...data.about[i] }));
const links = data.edges.map((edge, i) => ({ ...edge, ...data.links[i], id: i }));
const linksOf = nodes.map(() => []);
links.forEach((link) => { linksOf[link.from].push(link); linksOf[link.to].push(link); });
const rank = nodes.map(() => 0);
data.importance.forEach((id, place) => { rank[id] = place; });
const kinds = [...new Set(nodes.map((node) => node.kind))].sort((a, b) => kindOrder(a) - kindOrder(b) || (a < b ? -1 : 1));
const sizeColumn = data.columns.indexOf(data.size_by);
const GROUPS = 8; // as many as there are colours that colour-blind readers tell apart
// a narrow screen is upright: turn the landscape drawing by a quarter
const upright = window.matchMedia("(max-width: 860px)").matches;
if (upright) nodes.forEach((node) => { [node.x, node.y] = [node.y, node.x]; });

function kindOrder(kind) {
  const known = ["city", "node", "network", "organisation", "agreement", "action", "programme"].indexOf(kind);
  return known < 0 ? 9 : known;
}
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== ""));
  return element;
}
function oneWay(link) { return data.layers[link.layer].directed && !(link.f > 0 && link.b > 0); }
// a directed layer is switched in two halves: "0" whole, "0m" mutual, "0o" one way
function switchOf(link) {
  const layer = data.layers[link.layer];
  return layer.directed ? `${link.layer}${oneWay(link) ? "o" : "m"}` : `${link.layer}`;
}
function linkShown(link) { return !state.off.has(`${link.layer}`) && !state.off.has(switchOf(link)); }
function nodeShown(node) {
  if (state.off.has(`kind:${node.kind}`)) return false;
  return node.always || linksOf[node.id].some(linkShown);
}
function drawable(link) { return linkShown(link) && !state.off.has(`kind:${nodes[link.from].kind}`) && !state.off.has(`kind:${nodes[link.to].kind}`); }
function otherEnd(link, id) { return nodes[link.from === id ? link.to : link.from]; }
// the nodes in the light: all of them (null), a node and its partners, a link's two ends, or a group
function lit() {
  if (state.link !== null) return new Set([links[state.link].from, links[state.link].to]);
  if (state.node !== null) {
    return new Set([state.node, ...linksOf[state.node].filter(drawable).map((link) => otherEnd(link, state.node).id)]);
  }
  if (state.group !== null) return new Set(nodes.filter((node) => inGroup(node, state.group)).map((node) => node.id));
  return null;
}
function inGroup(node, group) { return group === "rest" ? node.g >= GROUPS : node.g === group; }
