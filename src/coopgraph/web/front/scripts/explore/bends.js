// The course of a link on the screen: what the program in edges.js draws, in numbers, for pictures and for the pointer.
export const BEND = { least: '9.0', share: '0.07' }; // pixels, and of its length, a link bends aside for each lane (written as GLSL reads it)
export const HEAD = { least: '4.0', more: '2.0' }; // pixels of an arrow head, and more for each of the line's width

/** Return where a link goes: from, bend and to of a quadratic curve, cut at both nodes, and the head's three corners if it has one. */
export function course(from, to, { lane, head, width, cutFrom, cutTo }) {
  const span = Math.max(Math.hypot(to.x - from.x, to.y - from.y), 0.001);
  const [wayX, wayY] = [(to.x - from.x) / span, (to.y - from.y) / span];
  // on the screen y points down: what is left of the way there is right of it here
  const aside = lane * (Number(BEND.least) + BEND.share * span);
  const bend = { x: (from.x + to.x) / 2 + wayY * aside, y: (from.y + to.y) / 2 - wayX * aside };
  const long = head ? Math.min(Number(HEAD.least) + width * HEAD.more, span * 0.4) : 0;
  const start = Math.min(cutFrom / span, 0.45);
  const end = 1 - Math.min(cutTo / span, 0.45);
  const curve = (t) => along(from, bend, to, t);
  const line = part(from, bend, to, head < 0 ? start + long * 0.94 / span : start, head > 0 ? end - long * 0.94 / span : end);
  if (!head) return { line, head: null };
  const tip = curve(head > 0 ? end : start);
  const base = curve(head > 0 ? end - long / span : start + long / span);
  const [dx, dy] = [tip.x - base.x, tip.y - base.y];
  const size = Math.hypot(dx, dy) || 1;
  const [sideX, sideY] = [-dy / size * long * 0.42, dx / size * long * 0.42];
  return { line, head: [tip, { x: base.x + sideX, y: base.y + sideY }, { x: base.x - sideX, y: base.y - sideY }] };
}

/** The distance of a point from a link's course. */
export function distanceTo({ line: [a, b, c] }, x, y) {
  let least = Infinity;
  let before = a;
  for (let k = 1; k <= 8; k += 1) {
    const here = along(a, b, c, k / 8);
    least = Math.min(least, toSegment(before, here, x, y));
    before = here;
  }
  return least;
}

function along(a, b, c, t) {
  const s = 1 - t;
  return { x: s * s * a.x + 2 * s * t * b.x + t * t * c.x, y: s * s * a.y + 2 * s * t * b.y + t * t * c.y };
}

/** The part of a quadratic curve between two of its points, as a curve. */
function part(a, b, c, t0, t1) {
  const mixed = (p, q, t) => ({ x: p.x + (q.x - p.x) * t, y: p.y + (q.y - p.y) * t });
  return [along(a, b, c, t0), mixed(mixed(a, b, t0), mixed(b, c, t0), t1), along(a, b, c, t1)];
}

function toSegment(a, b, x, y) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const t = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}
