// Names, most important first, each only where it covers neither another name nor a larger node; more of them the closer one looks.
const CELL = 56;
const [SHORT, LONG, FEW] = [26, 72, 20]; // characters of a name; among few nodes there is room for longer ones
const lonely = new Set(data.alone);
function paintLabels(ctx) {
  const view = viewOf(ctx);
  const light = lit();
  const boxes = new Grid();
  const discs = new Grid();
  const seen = [];
  for (const node of nodes) {
    if (!nodeShown(node)) continue;
    const [x, y] = [(node.x - view.x) * view.scale + view.width / 2, (node.y - view.y) * view.scale + view.height / 2];
    const r = node.size * swell() * view.scale;
    if (x < -80 || y < -20 || x > view.width + 80 || y > view.height + 20) continue;
    seen.push({ node, x, y, r });
    if (light ? light.has(node.id) : true) discs.add({ named: mustBeNamed(node), great: isGreat(node) || r > 6, left: x - r, top: y - r, right: x + r, bottom: y + r, id: node.id });
  }
  for (const place of paintBadges(ctx, view, light)) boxes.add(place);
  boxes.add(upright ? { left: 8, top: view.height - 56, right: 124, bottom: view.height } : { left: 8, top: view.height - 124, right: 54, bottom: view.height }); // the zoom buttons
  paintCaption(ctx, view, boxes);
  const first = ({ node }) => (node.id === state.node ? -1e6 : rank[node.id] - (named.has(node.id) ? 1e5 : leaders.has(node.id) ? 5e4 : 0));
  seen.sort((a, b) => first(a) - first(b));
  let room = Math.ceil((view.width * view.height) / (light ? 5000 : 7200));
  for (const place of seen) {
    if (light && !light.has(place.node.id)) continue;
    if (!light && lonely.has(place.node.id) && view.scale * data.step < 84) continue;
    if (room <= 0 && !isGreat(place.node)) continue;
    if (paintLabel(ctx, place, boxes, discs, view)) room -= 1;
  }
}
function viewOf(ctx) {
  const { x, y } = network.getViewPosition();
  const canvas = ctx.canvas;
  return { x, y, scale: network.getScale(), width: canvas.clientWidth, height: canvas.clientHeight, ratio: canvas.width / canvas.clientWidth };
}
function onScreen(ctx, view, paint) {
  ctx.save();
  ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  paint();
  ctx.restore();
}
function paintLabel(ctx, { node, x, y, r }, boxes, discs, view) {
  const great = isGreat(node);
  const height = node.id === state.node ? 14 : great ? 12.5 : 11.5;
  let done = false;
  onScreen(ctx, view, () => {
    ctx.font = `${great ? 650 : 450} ${height}px ${ink.font}`;
    const whole = shorten(name(node), nodes.length > FEW ? SHORT : LONG);
    const roomy = whole.length > SHORT && free(places(x, y, r, ctx.measureText(whole).width, height, away(node)), boxes, discs, node.id, view);
    const text = roomy ? whole : shorten(whole, SHORT);
    const width = ctx.measureText(text).width;
    const box = roomy || (free(places(x, y, r, width, height, away(node)), boxes, discs, node.id, view)
      ?? (mustBeNamed(node) ? farther(node, { x, y, r, width, height }, boxes, discs, view) : undefined));
    if (!box) return;
    boxes.add(box);
    if (box.led) lead(ctx, box, x, y, r);
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 3.5;
    ctx.strokeStyle = ink.canvas;
    ctx.globalAlpha = 0.88;
    ctx.strokeText(text, box.left, (box.top + box.bottom) / 2);
    ctx.globalAlpha = 1;
    ctx.fillStyle = great || state.node !== null ? ink.ink : ink.quiet;
    ctx.fillText(text, box.left, (box.top + box.bottom) / 2);
    done = true;
  });
  return done;
}
function shorten(text, most) { return text.length > most ? `${text.slice(0, most - 1)}…` : text; }
// four places beside a node, the one that points away from its partners first
function places(x, y, r, width, height, [ax, ay]) {
  const half = height / 2 + 1;
  const gap = r + 4;
  const box = (left, middle, score) => ({ left, right: left + width, top: middle - half, bottom: middle + half, score });
  return [
    box(x + gap, y, ax + 0.3), box(x - gap - width, y, 0.2 - ax),
    box(x - width / 2, y + r + half + 2, 0.1 + ay), box(x - width / 2, y - r - half - 2, -ay),
  ].sort((a, b) => b.score - a.score);
}
const ways = new Map();
function away(node) {
  if (!ways.has(node.id)) {
    let [dx, dy] = [0, 0];
    for (const link of linksOf[node.id]) {
      if (!link.strong || !drawable(link)) continue;
      const other = otherEnd(link, node.id);
      const length = Math.hypot(node.x - other.x, node.y - other.y) || 1;
      dx += (node.x - other.x) / length;
      dy += (node.y - other.y) / length;
    }
    const length = Math.hypot(dx, dy);
    ways.set(node.id, length > 0.2 ? [dx / length, dy / length] : [0, 0]);
  }
  return ways.get(node.id);
}
function free(candidates, boxes, discs, id, view) {
  return candidates.find((box) => within(box, view) && !boxes.hits(box) && !discs.hits(box, id));
}
// a name that must be there goes farther off, with a line to its node; over lesser nodes only where nothing else is free, and
// the chosen one's over anything
function mustBeNamed(node) { return node.id === state.node || named.has(node.id); }
function farther(node, place, boxes, discs, view) {
  const covered = (box) => [0.3, 0.45, 0.6, 0.75, 0.9].filter((part) => {
    const [toX, toY] = nearest(box, place.x, place.y);
    const [x, y] = [place.x + (toX - place.x) * part, place.y + (toY - place.y) * part];
    const spot = { left: x - 1, right: x + 1, top: y - 1, bottom: y + 1 };
    return discs.hits(spot, node.id) || boxes.hits(spot);
  }).length;
  // beside another node it would be read as that one's name
  const mistaken = (box) => discs.hits({ left: box.left - 9, right: box.right + 9, top: box.top - 3, bottom: box.bottom + 3 }, node.id);
  const inside = [14, 28, 44, 64, 88, 120, 160, 210].flatMap((gap) => around(place, gap).map((box) => ({ ...box, cost: gap })))
    .map((box) => ({ ...box, cost: box.cost + 18 * covered(box) + 22 * mistaken(box) }))
    .concat(places(place.x, place.y, place.r, place.width, place.height, away(node)).map((box) => ({ ...box, cost: 32 })))
    .map((box) => ({ ...box, cost: box.cost + 1000 * discs.hits(box, node.id) }))
    .filter((box) => within(box, view)).sort((a, b) => a.cost - b.cost);
  return inside.find((box) => !boxes.hits(box) && !discs.hits(box, node.id, "named")) ?? inside.find((box) => !boxes.hits(box)) ?? (node.id === state.node ? inside[0] : undefined);
}
function around({ x, y, r, width, height }, gap) {
  const half = height / 2 + 1;
  return Array.from({ length: 16 }, (_, i) => {
    const [dx, dy] = [Math.cos(i * Math.PI / 8), Math.sin(i * Math.PI / 8)];
    const [midX, midY] = [x + dx * (r + gap + width / 2), y + dy * (r + gap + half)];
    return { left: midX - width / 2, right: midX + width / 2, top: midY - half, bottom: midY + half, led: true };
  });
}
function nearest(box, x, y) { return [Math.max(box.left - 3, Math.min(x, box.right + 3)), Math.max(box.top, Math.min(y, box.bottom))]; }
function lead(ctx, box, x, y, r) {
  const [toX, toY] = nearest(box, x, y);
  const length = Math.hypot(toX - x, toY - y);
  if (length <= r) return;
  ctx.beginPath();
  ctx.moveTo(x + (toX - x) * r / length, y + (toY - y) * r / length);
  ctx.lineTo(toX, toY);
  for (const [colour, thickness] of [[ink.canvas, 3.2], [ink.ink, 1.1]]) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = thickness;
    ctx.stroke();
  }
}
function within(box, view) { return box.left > 4 && box.right < view.width - 4 && box.top > 2 && box.bottom < view.height - 2; }
// whom it is about, those the legend calls a community by, and the first of all
const named = new Set([data.focus, ...data.importance.slice(0, upright ? 1 : 8), ...(data.colour_by === "community" ? data.groups.slice(0, GROUPS).flatMap((ids) => ids.slice(0, upright ? 1 : 3)) : [])]);
// the first dozen of all, the first three of each community, and what is chosen
const leaders = new Set(data.importance.slice(0, 12));
if (data.colour_by === "community") {
  const large = data.groups.filter((_, g) => nodes.filter((node) => node.g === g).length > 7);
  large.forEach((ids) => ids.slice(0, large.length > 14 ? 1 : 3).forEach((id) => leaders.add(id)));
}
function isGreat(node) { return node.id === state.node || leaders.has(node.id) || named.has(node.id); }
class Grid {
  constructor() { this.cells = new Map(); }
  *keys(box) {
    for (let i = Math.floor(box.left / CELL); i <= Math.floor(box.right / CELL); i += 1) {
      for (let j = Math.floor(box.top / CELL); j <= Math.floor(box.bottom / CELL); j += 1) yield i * 4096 + j;
    }
  }
  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
  hits(box, except, only = null) {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if ((other.id !== except || except === undefined) && (!only || other[only])) {
          if (other.left < box.right + 2 && other.right > box.left - 2 && other.top < box.bottom && other.bottom > box.top) return true;
        }
      }
    }
    return false;
  }
}
// a numbered badge at the top of each coloured community: the legend's number, so that colour is not the only sign
function paintBadges(ctx, view, light) {
  const placed = [];
  hulls.slice(0, GROUPS).forEach((hull, g) => {
    if (hull.length < 2) return;
    const peak = hull.reduce((a, b) => (b.y < a.y ? b : a));
    const x = (peak.x - view.x) * view.scale + view.width / 2;
    const y = (peak.y - view.y) * view.scale + view.height / 2 - Math.max(GROUND * view.scale, 20);
    onScreen(ctx, view, () => {
      ctx.globalAlpha = light && state.group !== g ? 0.35 : 1;
      ctx.beginPath();
      ctx.arc(x, y, 9.5, 0, 7);
      ctx.fillStyle = groupColour(g);
      ctx.fill();
      ctx.fillStyle = onColour(groupColour(g));
      ctx.font = `700 11.5px ${ink.font}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(String(g + 1), x, y + 0.5);
    });
    placed.push({ left: x - 11, top: y - 11, right: x + 11, bottom: y + 11 });
  });
  return placed;
}
function paintCaption(ctx, view, boxes) {
  const alone = data.alone.map((id) => nodes[id]).filter((node) => nodeShown(node) && !linksOf[node.id].some(drawable));
  if (!alone.length || alone.length === nodes.length) return;
  const left = Math.min(...alone.map((node) => node.x));
  const top = Math.min(...alone.map((node) => node.y));
  const wanted = (left - view.x) * view.scale + view.width / 2 - 6;
  const y = (top - view.y) * view.scale + view.height / 2 - 17;
  const text = t("alone_n", { count: number(alone.length) });
  onScreen(ctx, view, () => {
    ctx.font = `500 12px ${ink.font}`;
    const width = ctx.measureText(text).width;
    const x = Math.max(62, Math.min(wanted, view.width - width - 10));
    ctx.textBaseline = "middle";
    ctx.fillStyle = ink.quiet;
    ctx.fillText(text, x, y);
    boxes.add({ left: x, top: y - 8, right: x + width, bottom: y + 8 });
  });
}
