// Paints what is seen with a pen: ground and bands below, nodes and links (in pictures), marks and names above.
import { course } from './bends.js';
import { dashes, n, onColour, outline } from './ink.js';
import { placeNames, shorten } from './labels.js';
import { lineSwell } from './look.js';

const MARGIN = 16; // pixels around the nodes of a community
const NAMED = 400; // so many nodes may be named at once

/** The ground of each community, closed or open, the bands between them, and what lies under a path. */
export function paintGround(pen, { composed, looks, ink, view, scene }) {
  const at = new Map(composed.discs.map((disc) => [disc.c, onScreen(disc, view)]));
  const lit = litCommunities(composed);
  for (const disc of composed.discs) {
    const { x, y, r } = at.get(disc.c);
    if (outside(x, y, r, view)) continue;
    const key = looks.ground(disc.c);
    if (!key) continue;
    const bright = !lit || lit.has(disc.c);
    pen.circle(x, y, r, { fill: ink('canvas'), opacity: disc.closed ? 1 : 0.6 });
    pen.circle(x, y, r, { fill: ink(key), opacity: (ink.dark ? 0.16 : 0.1) * (disc.closed ? 1.7 : 1) * (bright ? 1 : 0.5), stroke: disc.closed ? ink(key) : undefined, width: 1.5 });
    if (disc.closed) pen.circle(x, y, r, { stroke: ink(key), width: 1.5, opacity: bright ? 0.8 : 0.3 });
  }
  const most = Math.max(1, ...composed.bands.map(({ links }) => links));
  for (const { a, b, links } of composed.bands.toReversed()) {
    const [from, to] = [at.get(a), at.get(b)];
    if (!from || !to) continue;
    const share = links / most;
    pen.path(`M${n(from.x)} ${n(from.y)}L${n(to.x)} ${n(to.y)}`, { stroke: ink('mutual'), width: 0.8 + 11 * share * Math.min(1.5, view.swell), opacity: (0.12 + 0.25 * share) * (lit ? 0.35 : 1) });
  }
  const path = scene.path ?? [];
  for (let k = 1; k < path.length; k += 1) {
    const [a, b] = [spot(composed, view, path[k - 1]), spot(composed, view, path[k])];
    pen.path(`M${n(a.x)} ${n(a.y)}L${n(b.x)} ${n(b.y)}`, { stroke: ink('accent'), width: 11, opacity: 0.3 });
  }
}

/** Links and nodes, for a picture: on the screen WebGL draws them. */
export function paintGraph(pen, { composed, looks, ink, view, model }) {
  for (const l of composed.links.toReversed()) {
    const look = looks.link(l);
    const [a, b] = [model.source[l], model.target[l]];
    const [from, to] = [spot(composed, view, a), spot(composed, view, b)];
    if (outside((from.x + to.x) / 2, (from.y + to.y) / 2, Math.hypot(from.x - to.x, from.y - to.y), view)) continue;
    const width = Math.max(look.width * lineSwell(view.swell), 0.7);
    const { line: [p, q, r], head } = course(from, to, { ...look, width, cutFrom: (looks.node(a).r + 1) * view.swell, cutTo: (looks.node(b).r + 1) * view.swell });
    const way = look.lane ? `M${n(p.x)} ${n(p.y)}Q${n(q.x)} ${n(q.y)} ${n(r.x)} ${n(r.y)}` : `M${n(p.x)} ${n(p.y)}L${n(r.x)} ${n(r.y)}`;
    pen.path(way, { stroke: look.hex, width, opacity: look.alpha, dash: dashes(look.dash).map((long) => long * Math.max(1, lineSwell(view.swell))) });
    if (head) pen.path(`M${head.map(({ x, y }) => `${n(x)} ${n(y)}`).join('L')}Z`, { fill: look.hex, opacity: look.alpha });
  }
  paintNodes(pen, { composed, looks, ink, view });
}

/** Nodes, the first of all last. */
export function paintNodes(pen, { composed, looks, ink, view }) {
  for (const i of composed.nodes.toReversed()) {
    const { r, hex, alpha, form } = looks.node(i);
    const { x, y } = spot(composed, view, i);
    if (outside(x, y, r, view)) continue;
    pen.path(outline(form, x, y, r * view.swell), { fill: hex, stroke: ink('canvas'), width: Math.min(1.2, r * 0.3), opacity: alpha });
  }
}

/** Rings around what is chosen, pinned, pointed at or has the focus, and the path. */
export function paintMarks(pen, { composed, looks, ink, view, scene, hovered, focused, box }) {
  const ring = (i, gap, style) => {
    if (!composed.drawn[i]) return;
    const { x, y } = spot(composed, view, i);
    pen.circle(x, y, looks.node(i).r * view.swell * 1.15 + gap, style);
  };
  for (const i of scene.path ?? []) ring(i, 3, { stroke: ink('accent'), width: 2 });
  for (const i of scene.pinned?.keys() ?? []) ring(i, 2, { stroke: ink('quiet'), width: 1.2, dash: [2, 2] });
  for (const i of scene.selected ?? []) {
    ring(i, 3.5, { stroke: ink('canvas'), width: 5 });
    ring(i, 3.5, { stroke: ink('ink'), width: 2.2 });
  }
  if (hovered !== null) ring(hovered, 3, { stroke: ink('accent'), width: 2 });
  if (focused?.node !== undefined) ring(focused.node, 6, { stroke: ink('accent'), width: 2, dash: [4, 3] });
  if (focused?.community !== undefined) {
    const disc = composed.discs.find(({ c }) => c === focused.community);
    if (disc) { const { x, y, r } = onScreen(disc, view); pen.circle(x, y, r + 5, { stroke: ink('accent'), width: 2, dash: [4, 3] }); }
  }
  if (box) pen.path(`M${n(box.left)} ${n(box.top)}H${n(box.right)}V${n(box.bottom)}H${n(box.left)}Z`, { fill: ink('accent'), opacity: 0.14, stroke: ink('accent') });
}

/** Numbers and sizes of communities, then names. Returns where the numbers stand, so that they can be clicked. */
export function paintNames(pen, { composed, looks, ink, view, model, scene, hovered, focused, say, avoid = [] }) {
  const taken = [...avoid];
  const badges = scene.numbers === false && !composed.counts.closed ? [] : paintBadges(pen, { composed, looks, ink, view, model, taken, say });
  const first = new Set([hovered, focused?.node].filter((i) => i !== null && i !== undefined));
  const chosen = new Set([...(scene.selected ?? []), ...(scene.path ?? []), ...first]);
  const spots = [...chosen, ...composed.nodes.filter((i) => !chosen.has(i))].filter((i) => composed.drawn[i])
    .map((i) => ({ i, ...spot(composed, view, i), chosen: chosen.has(i), lit: composed.lit === null || composed.lit.has(i) || first.has(i) }))
    .filter(({ x, y }) => x > -40 && y > -20 && x < view.width + 40 && y < view.height + 20);
  const named = spots.slice(0, NAMED).map((one) => ({ ...one, r: looks.node(one.i).r * view.swell, text: model.name(one.i), away: composed.away?.(one.i) }));
  const names = placeNames(named, { width: view.width, height: view.height, taken, some: composed.lit !== null, measure: pen.measure });
  for (const { lead } of names) if (lead) {
    const d = `M${n(lead[0])} ${n(lead[1])}L${n(lead[2])} ${n(lead[3])}`;
    pen.path(d, { stroke: ink('canvas'), width: 3.2 });
    pen.path(d, { stroke: ink('ink'), width: 1.1 });
  }
  for (const { text, x, y, size, weight, great } of names) pen.text(text, x, y, { size, weight, fill: ink(great || composed.lit ? 'ink' : 'quiet'), halo: ink('canvas') });
  return { badges, names };
}

/** A number for each community (the legend's), and inside a closed one how many it holds and who leads it. */
function paintBadges(pen, { composed, looks, ink, view, model, taken, say }) {
  const lit = litCommunities(composed);
  const badges = [];
  for (const disc of [...composed.discs].sort((a, b) => b.members - a.members || a.c - b.c)) {
    const { x, y, r } = onScreen(disc, view);
    const key = looks.ground(disc.c);
    if (!key || outside(x, y, r, view) || (disc.closed ? r < 7 : disc.c > 30)) continue;
    const opacity = lit && !lit.has(disc.c) ? 0.4 : 1;
    const text = String(disc.c + 1);
    const half = text.length > 2 ? 13 : 9.5;
    const middle = disc.closed ? (r > 30 ? y - Math.min(r * 0.45, 34) : y) : y - r;
    const box = { left: x - half - 1, right: x + half + 1, top: middle - 11, bottom: middle + 11 };
    if (taken.some((other) => other.left < box.right && other.right > box.left && other.top < box.bottom && other.bottom > box.top)) continue;
    pen.circle(x, middle, half, { fill: ink(key), opacity });
    pen.text(text, x, middle + 0.5, { size: text.length > 2 ? 10.5 : 11.5, weight: 700, fill: onColour(ink(key)), align: 'center', opacity });
    taken.push(box);
    badges.push({ ...box, community: disc.c });
    if (disc.closed && r > 30) paintContents(pen, { disc, x, top: middle + 20, r, y, ink, model, taken, opacity, say });
  }
  return badges;
}

function paintContents(pen, { disc, x, top, y, r, ink, model, taken, opacity, say }) {
  const lines = [{ text: say.members(disc.members), size: 12, weight: 450, fill: ink('quiet') }, ...disc.names.map((i) => ({ text: shorten(model.name(i)), size: 12.5, weight: 600, fill: ink('ink') }))];
  lines.forEach(({ text, size, weight, fill }, k) => {
    const at = top + k * 15.5;
    const half = pen.measure(text, size, weight) / 2;
    const widest = Math.sqrt(Math.max(0, r * r - (at - y) ** 2));
    if (at + 8 > y + r || half > widest - 4) return;
    pen.text(text, x, at, { size, weight, fill, halo: ink('canvas'), align: 'center', opacity });
    taken.push({ left: x - half, right: x + half, top: at - 8, bottom: at + 8 });
  });
}

/** Where a node is on the screen. */
export function spot({ x, y }, view, i) {
  return { x: view.x + x[i] * view.scale, y: view.y + y[i] * view.scale };
}

/** Where a community's disc is on the screen, with its margin. */
export function onScreen({ x, y, r, room = Infinity }, view) {
  return { x: view.x + x * view.scale, y: view.y + y * view.scale, r: r * view.scale + Math.max(2, Math.min(MARGIN * Math.min(1, view.swell), room * view.scale - 1)) };
}

function outside(x, y, r, { width, height }) {
  return x + r < -40 || y + r < -40 || x - r > width + 40 || y - r > height + 40;
}

function litCommunities({ lit, communityOf }) {
  return lit && new Set([...lit].map(communityOf));
}
