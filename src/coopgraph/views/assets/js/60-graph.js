// vis-network: nodes and the backbone, drawn from positions that were worked out beforehand; nothing moves by itself.
const strongest = data.layers.map((_, i) => Math.max(1e-9, ...links.filter((link) => link.layer === i).map((link) => link.f + link.b)));
// where all are as strong as each other, width says nothing and is small
const even = data.layers.map((_, i) => new Set(links.filter((link) => link.layer === i).map((link) => link.f + link.b)).size < 2);
const nodeSet = new vis.DataSet();
const linkSet = new vis.DataSet();
let network = null;
let fitted = 0; // the scale at which all is in view; 0 until that is known

function startGraph() {
  restyle();
  network = new vis.Network($("graph"), { nodes: nodeSet, edges: linkSet }, {
    autoResize: true,
    physics: false,
    layout: { improvedLayout: false },
    nodes: { borderWidth: 1.5, borderWidthSelected: 1.5, chosen: false, label: undefined },
    edges: { chosen: false, selectionWidth: 0, hoverWidth: 0, arrowStrikethrough: false },
    interaction: { hover: true, dragNodes: false, multiselect: false, selectConnectedEdges: false, hoverConnectedEdges: false, tooltipDelay: 1e9, hideEdgesOnDrag: links.length > 4000, keyboard: false },
  });
  document.querySelector(".vis-network").removeAttribute("tabindex"); // #graph has the focus and the keys
  network.on("beforeDrawing", (ctx) => { paintBands(ctx); paintGround(ctx); paintWeak(ctx); });
  network.on("afterDrawing", paintLabels);
  network.on("click", ({ nodes: [node], edges: [link] }) => {
    $("graph").focus({ preventScroll: true });
    if (node !== undefined) choose({ node });
    else if (link !== undefined) choose({ link });
    else choose({});
  });
  network.on("zoom", () => { keepScale(); grow(network.getScale()); });
  showAll(false);
  fitted = network.getScale();
}
// coming nearer spreads things out more than it swells them: sizes grow with the root of the scale, in steps
let steps = 0;
function swell() { return 0.88 ** steps; }
function grow(scale) {
  if (!fitted) return;
  const now = Math.max(0, Math.round(Math.log(scale / fitted) / Math.log(1.25)));
  if (now === steps) return;
  steps = now;
  restyle();
}
function restyle() {
  const light = lit();
  const dim = (id) => light !== null && !light.has(id);
  nodeSet.update(nodes.map((node) => styleNode(node, dim(node.id))));
  const wanted = links.filter((link) => drawable(link) && (drawnStrongly(link) || state.link === link.id || touches(link)));
  const keep = new Set(wanted.map((link) => link.id));
  linkSet.remove(linkSet.getIds().filter((id) => !keep.has(id)));
  linkSet.update(wanted.map((link) => styleLink(link, light)));
  forgetWeak();
}
// where bands stand for the links between communities, only the links within are lines, and those of what is chosen
function drawnStrongly(link) { return link.strong && !(bands.length && across(link)); }
function touches(link) { return state.node !== null && (link.from === state.node || link.to === state.node); }
function styleNode(node, dim) {
  const chosen = node.id === state.node;
  const colour = nodeColour(node);
  const border = chosen || node.id === data.focus ? ink.ink : ink.canvas;
  return {
    id: node.id, x: node.x, y: node.y, size: node.size * swell(), shape: shapeOf(node.kind), hidden: !nodeShown(node), label: undefined,
    opacity: dim ? 0.16 : 1, borderWidth: chosen ? 3 : node.id === data.focus ? 2.5 : 1.5, color: { background: colour, border, hover: { background: colour, border: ink.ink } },
  };
}
function styleLink(link, light) {
  const own = state.link === link.id || touches(link);
  const within = light === null || (light.has(link.from) && light.has(link.to) && (state.node === null || own));
  const share = even[link.layer] ? 0.2 : Math.sqrt((link.f + link.b) / strongest[link.layer]);
  const turned = link.f > 0 ? [link.from, link.to] : [link.to, link.from];
  return {
    id: link.id, from: turned[0], to: turned[1],
    width: ((ownInk(link.layer) ? 1.5 : 1 + 4.2 * share) + (own ? 0.6 : 0)) * swell(),
    color: { color: linkColour(link), opacity: within ? (own ? 0.6 + 0.35 * share : ownInk(link.layer) ? (data.layers[link.layer].shown ? 0.6 : 0.4) : 0.28 + 0.5 * share) : 0.05, inherit: false },
    dashes: linkDashes(link),
    arrows: { to: { enabled: oneWay(link) || data.layers[link.layer].arrow, scaleFactor: 0.4, type: "arrow" } },
    smooth: { enabled: true, type: "curvedCW", roundness: 0.08 + 0.1 * link.lane },
  };
}
function padding() { return upright ? { x: 34, top: 24, bottom: 60 } : { x: 64, top: 30, bottom: 26 }; }
function bounds(list) {
  const edge = (pick, side) => side(...list.map(pick));
  return {
    left: edge((n) => n.x - n.size, Math.min), right: edge((n) => n.x + n.size, Math.max),
    top: edge((n) => n.y - n.size, Math.min), bottom: edge((n) => n.y + n.size, Math.max),
  };
}
function showAll(animate = true, list = nodes.filter(nodeShown), closest = 2.2) {
  if (!list.length) return;
  const box = bounds(list);
  const pad = padding();
  const { clientWidth: width, clientHeight: height } = $("graph");
  const ground = hulls.some((hull) => hull.length > 2) ? 2 * GROUND : 0; // the tint and the badges above and below the nodes
  const scale = Math.min((width - 2 * pad.x) / Math.max(box.right - box.left, 60), (height - pad.top - pad.bottom) / Math.max(box.bottom - box.top + ground, 60), closest);
  const position = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 + (pad.bottom - pad.top) / 2 / scale };
  moveTo({ position, scale }, animate);
}
function moveTo(target, animate) {
  hideTip();
  if (target.scale) grow(target.scale);
  const still = !animate || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.moveTo({ ...target, animation: still ? false : { duration: 260, easingFunction: "easeInOutQuad" } });
}
function keepScale() {
  const scale = network.getScale();
  if (scale < fitted * 0.5) moveTo({ scale: fitted * 0.5 }, false);
  if (scale > 8) moveTo({ scale: 8 }, false);
}
function zoomBy(factor) { moveTo({ scale: Math.min(8, Math.max(fitted * 0.5, network.getScale() * factor)) }, true); }
function panBy(dx, dy) {
  const { x, y } = network.getViewPosition();
  const step = 80 / network.getScale();
  moveTo({ position: { x: x + dx * step, y: y + dy * step } }, false);
}
// what was chosen and its partners, no closer than names need
function bringIntoView() { showAll(true, [...lit()].map((id) => nodes[id]), Math.max(1.3, fitted)); }
