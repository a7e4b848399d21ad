// Links as great circles: their lines in the units of the map, on the screen, and how near a point is to them.
import { BEND, HEAD } from '../explore/bends.js';
import { dashes, n } from '../explore/ink.js';
import { greatCircle, projection } from './projection.js';

/** Return a function that gives a link's line in units of the map; parallel links bend aside, each in its lane. */
export function linesOf(model, { x, y }) {
  const { lat, long } = model.data.nodes;
  const project = projection();
  const known = new Map();
  return (l, lane) => {
    const key = lane ? `${l} ${lane}` : l;
    if (!known.has(key)) {
      const [a, b] = [model.source[l], model.target[l]];
      const line = greatCircle([long[a], lat[a]], [long[b], lat[b]], project);
      [line[0], line[1]] = [x[a], y[a]];
      [line[line.length - 2], line[line.length - 1]] = [x[b], y[b]];
      known.set(key, lane ? aside(line, lane) : line);
    }
    return known.get(key);
  };
}

function aside(line, lane) {
  const last = line.length / 2 - 1;
  const [dx, dy] = [line[2 * last] - line[0], line[2 * last + 1] - line[1]];
  if (line.some(Number.isNaN) || last === 0) return line;
  const points = last > 3 ? line : between(line, 8);
  const end = points.length / 2 - 1;
  return Float64Array.from(points, (value, k) => {
    const t = Math.floor(k / 2) / end;
    const by = 2 * t * (1 - t) * lane * BEND.share;
    return value + by * (k % 2 ? -dx : dy);
  });
}

/** The straight line between the ends of a short one, in as many parts as are asked for. */
function between(line, parts) {
  const [ax, ay, bx, by] = [line[0], line[1], line.at(-2), line.at(-1)];
  return Array.from({ length: 2 * (parts + 1) }, (_, k) => (k % 2 ? ay + (by - ay) * Math.floor(k / 2) / parts : ax + (bx - ax) * Math.floor(k / 2) / parts));
}

/** Draw links, the most important last; `brush` has line(points, style) and shape(points, style). */
export function paintArcs(brush, { composed, looks, view, model, lines }) {
  for (let k = composed.links.length - 1; k >= 0; k -= 1) {
    const l = composed.links[k];
    const look = looks.link(l);
    const points = onScreen(lines(l, look.lane), view);
    if (!points) continue;
    const width = Math.max(look.width * view.swell, 0.7);
    const style = { stroke: look.hex, width, opacity: look.alpha, dash: look.dash ? dashes(look.dash) : [] };
    if (!look.head) { brush.line(points, style); continue; }
    const end = look.head > 0 ? points : turned(points);
    const long = Number(HEAD.least) + width * Number(HEAD.more);
    const tip = shortened(end, looks.node(look.head > 0 ? model.target[l] : model.source[l]).r * view.swell + 1);
    const shaft = shortened(tip, long * 0.8);
    brush.line(shaft, style);
    brush.shape(headAt(tip, shortened(tip, long), long), { fill: look.hex, opacity: look.alpha });
  }
}

/** A line on the screen; null where none of it is to be seen. */
export function onScreen(line, { x, y, scale, width, height }) {
  const points = new Float64Array(line.length);
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let k = 0; k < line.length; k += 2) {
    const [px, py] = [x + line[k] * scale, y + line[k + 1] * scale];
    [points[k], points[k + 1]] = [px, py];
    if (px < left) left = px;
    if (px > right) right = px;
    if (py < top) top = py;
    if (py > bottom) bottom = py;
  }
  return right < -20 || left > width + 20 || bottom < -20 || top > height + 20 ? null : points;
}

function turned(points) {
  const found = new Float64Array(points.length);
  for (let k = 0; k < points.length; k += 2) [found[k], found[k + 1]] = [points[points.length - 2 - k], points[points.length - 1 - k]];
  return found;
}

/** A line without its last `by` pixels; of a line that is shorter its first half stays. */
export function shortened(points, by) {
  let left = Math.min(by, lengthOf(points) / 2);
  let end = points.length;
  while (end > 4) {
    const [ax, ay, bx, by2] = [points[end - 4], points[end - 3], points[end - 2], points[end - 1]];
    const span = Math.hypot(bx - ax, by2 - ay);
    if (Number.isNaN(span)) break;
    if (span > left) {
      const t = left / span;
      return Float64Array.from([...points.subarray(0, end - 2), bx + (ax - bx) * t, by2 + (ay - by2) * t]);
    }
    left -= span;
    end -= 2;
  }
  const [ax, ay, bx, by2] = points.subarray(0, 4);
  const span = Math.hypot(bx - ax, by2 - ay) || 1;
  return Float64Array.from([ax, ay, bx + (ax - bx) * Math.min(1, left / span), by2 + (ay - by2) * Math.min(1, left / span)]);
}

function lengthOf(points) {
  let sum = 0;
  for (let k = 2; k < points.length; k += 2) sum += Math.hypot(points[k] - points[k - 2], points[k + 1] - points[k - 1]) || 0;
  return sum;
}

function headAt(tip, base, long) {
  const [tx, ty, bx, by] = [tip.at(-2), tip.at(-1), base.at(-2), base.at(-1)];
  const size = Math.hypot(tx - bx, ty - by) || 1;
  const [sx, sy] = [((by - ty) / size) * long * 0.42, ((tx - bx) / size) * long * 0.42];
  return [tx, ty, bx + sx, by + sy, bx - sx, by - sy];
}

/** The distance of a point from a line on the screen. */
export function distanceFrom(points, px, py) {
  let least = Infinity;
  for (let k = 2; k < points.length; k += 2) {
    const [ax, ay, dx, dy] = [points[k - 2], points[k - 1], points[k] - points[k - 2], points[k + 1] - points[k - 1]];
    const t = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
    const far = Math.hypot(px - ax - t * dx, py - ay - t * dy);
    if (far < least) least = far;
  }
  return least;
}

/** A brush on a canvas: no path is written as text, for there may be tens of thousands. */
export function canvasBrush(ctx) {
  const trace = (points) => {
    ctx.beginPath();
    let lifted = true;
    for (let k = 0; k < points.length; k += 2) {
      if (Number.isNaN(points[k])) lifted = true;
      else if (lifted) { ctx.moveTo(points[k], points[k + 1]); lifted = false; } else ctx.lineTo(points[k], points[k + 1]);
    }
  };
  return {
    line(points, { stroke, width, opacity, dash }) {
      trace(points);
      ctx.strokeStyle = stroke;
      ctx.lineWidth = width;
      ctx.globalAlpha = opacity;
      ctx.setLineDash(dash);
      ctx.stroke();
    },
    shape(points, { fill, opacity }) {
      trace(points);
      ctx.fillStyle = fill;
      ctx.globalAlpha = opacity;
      ctx.fill();
    },
  };
}

/** A brush that draws with a pen, for pictures. */
export function penBrush(pen) {
  const text = (points) => {
    let lifted = true;
    let d = '';
    for (let k = 0; k < points.length; k += 2) {
      if (Number.isNaN(points[k])) { lifted = true; continue; }
      d += `${lifted ? 'M' : 'L'}${n(points[k])} ${n(points[k + 1])}`;
      lifted = false;
    }
    return d;
  };
  return { line: (points, style) => pen.path(text(points), style), shape: (points, style) => pen.path(`${text(points)}Z`, style) };
}
