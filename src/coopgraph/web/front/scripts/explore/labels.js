// Names, most important first, each only where it covers neither another name nor a node that matters; more of them the nearer one comes.
// In: what is on the screen, in the order of importance. Out: where each name stands. No DOM: texts are measured by `measure`.
import { Grid } from './grid.js';

const GREAT = 20_000; // pixels of drawing for each name that stands out: the first of all, up to MOST_GREAT
const MOST_GREAT = 16;
const ROOM = 7200; // pixels of drawing for each name
const LONGEST = 26; // letters of a name on the drawing

/**
 * Return the names that have room: { i, text, x, y, size, weight, great, lead }. `spots` are { i, x, y, r, text, chosen, lit, away },
 * the most important first; `taken` are boxes where nothing may stand.
 */
export function placeNames(spots, { width, height, taken, some, measure }) {
  const boxes = new Grid(7); // two names side by side are not read as one
  const discs = new Grid();
  for (const box of taken) boxes.add(box);
  const greats = Math.min(MOST_GREAT, Math.ceil((width * height) / GREAT));
  const seen = spots.filter(({ x, y }) => x > -40 && y > -20 && x < width + 40 && y < height + 20)
    .map((spot, k) => ({ ...spot, text: shorten(spot.text), great: spot.chosen || k < greats }));
  for (const { i, x, y, r, great, lit } of seen) if (lit) discs.add({ i, great: great || r > 6, named: great, left: x - r, top: y - r, right: x + r, bottom: y + r });
  let room = Math.ceil((width * height) / (some ? 5000 : ROOM));
  const placed = [];
  for (const spot of seen.filter(({ lit }) => lit).sort((a, b) => b.chosen - a.chosen)) {
    if (room <= 0 && !spot.chosen) break;
    const found = placeName(spot, { boxes, discs, width, height, some, measure });
    if (found) { placed.push(found); room -= 1; }
  }
  return placed;
}

function placeName(spot, { boxes, discs, width, height, some, measure }) {
  const [size, weight] = spot.chosen ? [14, 650] : spot.great ? [12.5, 600] : [11.5, 450];
  const place = { ...spot, wide: measure(spot.text, size, weight), high: size };
  const inside = ({ left, right, top, bottom }) => left > 4 && right < width - 4 && top > 2 && bottom < height - 2;
  const free = beside(place).filter((box) => inside(box) && !boxes.hits(box));
  const other = (what) => (disc) => disc.i !== spot.i && (!what || disc[what]);
  const box = free.find((one) => !discs.hits(one, other())) ?? (spot.great || some ? free.find((one) => !discs.hits(one, other('great'))) : undefined)
    ?? (spot.great ? fartherOff(place, boxes, discs, inside) : undefined);
  if (!box) return null;
  boxes.add(box);
  return { i: spot.i, text: spot.text, size, weight, great: spot.great, x: box.left, y: (box.top + box.bottom) / 2, box, lead: box.led ? lead(box, spot) : null };
}

/** Four places beside a node, the one that points away from its partners first. */
function beside({ x, y, r, wide, high, away: [ax, ay] = [0, 0] }) {
  const half = high / 2 + 1;
  const gap = r + 4;
  const box = (left, middle, score) => ({ left, right: left + wide, top: middle - half, bottom: middle + half, score });
  return [box(x + gap, y, ax + 0.3), box(x - gap - wide, y, 0.2 - ax), box(x - wide / 2, y + r + half + 2, 0.1 + ay), box(x - wide / 2, y - r - half - 2, -ay)]
    .sort((a, b) => b.score - a.score);
}

/** A name that must be there goes farther off, with a line to its node; what is chosen is named whatever it covers. */
function fartherOff(place, boxes, discs, inside) {
  const others = ({ i }) => i !== place.i;
  const cost = (box) => (discs.hits({ left: box.left - 8, right: box.right + 8, top: box.top - 3, bottom: box.bottom + 3 }, others) ? 22 : 0);
  const around = [14, 26, 40, 58].flatMap((gap) => ring(place, gap).map((box) => ({ ...box, cost: gap + cost(box) }))).filter(inside).sort((a, b) => a.cost - b.cost);
  return around.find((box) => !boxes.hits(box) && !discs.hits(box, (disc) => others(disc) && disc.named))
    ?? around.find((box) => !boxes.hits(box)) ?? (place.chosen ? beside(place).find(inside) : undefined);
}

function ring({ x, y, r, wide, high }, gap) {
  const half = high / 2 + 1;
  return Array.from({ length: 16 }, (_, k) => {
    const [dx, dy] = [Math.cos(k * Math.PI / 8), Math.sin(k * Math.PI / 8)];
    const [midX, midY] = [x + dx * (r + gap + wide / 2), y + dy * (r + gap + half)];
    return { left: midX - wide / 2, right: midX + wide / 2, top: midY - half, bottom: midY + half, led: true };
  });
}

function lead({ left, right, top, bottom }, { x, y, r }) {
  const [toX, toY] = [Math.max(left - 3, Math.min(x, right + 3)), Math.max(top, Math.min(y, bottom))];
  const long = Math.hypot(toX - x, toY - y);
  return long <= r ? null : [x + (toX - x) * r / long, y + (toY - y) * r / long, toX, toY];
}

export function shorten(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
