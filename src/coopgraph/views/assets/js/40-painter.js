// What vis-network does not draw: the ground of each community, the weaker links in one stroke, the caption of the rows below.
const GROUND = 26; // how far a community's ground reaches beyond its nodes
const hulls = data.colour_by === "community" ? data.groups.map((_, g) => hullOf(nodes.filter((node) => node.g === g))) : [];

function hullOf(members) {
  const points = members.map(({ x, y }) => ({ x, y })).sort((a, b) => a.x - b.x || a.y - b.y);
  if (points.length < 3) return points;
  const half = (list) => {
    const chain = [];
    for (const p of list) {
      while (chain.length > 1 && cross(chain.at(-2), chain.at(-1), p) <= 0) chain.pop();
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  return [...half(points), ...half(points.toReversed())];
}
function cross(o, a, b) { return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x); }

function paintGround(ctx) {
  const light = lit();
  hulls.forEach((hull, g) => {
    if (hull.length < 2 || (g >= GROUPS && hull.length < 3)) return;
    const bright = light === null || state.group === g || (state.group === "rest" && g >= GROUPS);
    const path = grown(hull, GROUND);
    ctx.fillStyle = ink.canvas;
    ctx.fill(path);
    ctx.globalAlpha = (ink.dark ? 0.15 : 0.1) * (bright ? 1 : 0.5);
    ctx.fillStyle = groupColour(g);
    ctx.fill(path);
    ctx.globalAlpha = 1;
  });
}
// in a dense drawing the links between two communities are one band, as wide as they are strong together
const bands = data.colour_by === "community" && links.some((link) => !link.strong) ? bandsOf() : [];
function bandsOf() {
  const sums = new Map();
  for (const link of links) {
    const [a, b] = [nodes[link.from].g, nodes[link.to].g].sort((left, right) => left - right);
    if (a < 0 || a === b) continue;
    const key = `${a},${b}`;
    sums.set(key, (sums.get(key) ?? 0) + link.f + link.b);
  }
  const found = [...sums].map(([key, weight]) => ({ ends: key.split(",").map(Number), weight })).sort((a, b) => a.weight - b.weight);
  const widest = found.at(-1)?.weight ?? 1;
  return found.map(({ ends, weight }) => ({ ends, share: weight / widest })).filter(({ share }) => share > 0.05).slice(-3 * data.groups.length);
}
function middle(hull) { return { x: hull.reduce((sum, p) => sum + p.x, 0) / hull.length, y: hull.reduce((sum, p) => sum + p.y, 0) / hull.length }; }
function paintBands(ctx) {
  const light = lit();
  ctx.save();
  for (const { ends: [a, b], share } of bands) {
    const [from, to] = [middle(hulls[a]), middle(hulls[b])];
    const bright = light === null || state.group === a || state.group === b;
    const blend = ctx.createLinearGradient(from.x, from.y, to.x, to.y);
    blend.addColorStop(0.1, groupColour(a));
    blend.addColorStop(0.9, groupColour(b));
    ctx.globalAlpha = (0.12 + 0.28 * share) * (bright ? 1 : 0.25);
    ctx.strokeStyle = blend;
    ctx.lineWidth = (2 + 44 * share) * swell();
    ctx.beginPath();
    ctx.moveTo(from.x, from.y);
    ctx.lineTo(to.x, to.y);
    ctx.stroke();
  }
  ctx.restore();
}
function across(link) { return nodes[link.from].g !== nodes[link.to].g; }
// the hull grown by a margin with round corners, as one path (so that its tint is even)
function grown(hull, margin) {
  const path = new Path2D();
  const n = hull.length;
  if (n === 1) { path.arc(hull[0].x, hull[0].y, margin, 0, 7); return path; }
  for (let i = 0; i < n; i += 1) {
    const [before, here, after] = [hull[(i + n - 1) % n], hull[i], hull[(i + 1) % n]];
    path.arc(here.x, here.y, margin, outward(before, here), outward(here, after), false);
  }
  path.closePath();
  return path;
}
function outward(a, b) { return Math.atan2(b.y - a.y, b.x - a.x) - Math.PI / 2; }

let weak = null;
function forgetWeak() { weak = null; ways.clear(); }
function weakLinks() {
  if (weak) return weak;
  const path = new Path2D();
  let count = 0;
  for (const link of links) {
    if (link.strong || !drawable(link) || (bands.length && across(link))) continue;
    path.moveTo(nodes[link.from].x, nodes[link.from].y);
    path.lineTo(nodes[link.to].x, nodes[link.to].y);
    count += 1;
  }
  weak = { path, count };
  return weak;
}
function paintWeak(ctx) {
  const { path, count } = weakLinks();
  if (!count) return;
  ctx.save();
  ctx.globalAlpha = (lit() === null ? 1 : 0.35) * Math.min(0.22, 420 / count + 0.04);
  ctx.strokeStyle = ink.faint;
  ctx.lineWidth = Math.max(0.7 * swell(), 0.6 / network.getScale());
  ctx.stroke(path);
  ctx.restore();
}
