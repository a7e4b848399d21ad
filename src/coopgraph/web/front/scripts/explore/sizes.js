// How large nodes are drawn, so that at first sight none covers another. No DOM.
// In: radii in pixels, where nodes stand, and pixels for each unit of the data. Out: radii.
const LEAST = 2.2; // pixels below which sizes are not scaled: only those that are too close are smaller still
const SEEN = 1.4; // pixels a node has at least, whatever it covers: one comes nearer to see the very dense
const GAP = 1; // pixels between two nodes

/**
 * Return a function that gives a node's radius. All sizes are scaled by the same factor, so that twice the area means twice the number still; only
 * where that would make the smallest too small a node is cut to what its nearest neighbour leaves. `free` nodes were put where they are: they cover what they cover.
 */
export function apart({ x, y, nodes }, radius, pixels, free = new Set()) {
  const placed = nodes.filter((i) => !free.has(i)).map((i) => ({ i, x: x[i] * pixels, y: y[i] * pixels, r: radius(i) }));
  const most = placed.reduce((found, { r }) => Math.max(found, r), 0);
  const least = placed.reduce((found, { r }) => Math.min(found, r), Infinity);
  const floor = Math.min(1, LEAST / least);
  const beside = besideOf(placed, 2 * most + GAP);
  let fits = 1;
  placed.some((a) => beside(a, (b, far) => { fits = Math.min(fits, (far - GAP) / (a.r + b.r)); return fits < floor; }));
  const scale = Math.max(fits, floor);
  const cut = new Map();
  if (fits < floor) {
    for (const a of placed) {
      let room = Infinity;
      beside(a, (b, far) => { room = Math.min(room, far - GAP - Math.min(b.r * scale, (far - GAP) / 2)); return room < SEEN; });
      cut.set(a.i, Math.max(SEEN, room));
    }
  }
  return (i) => Math.min(radius(i) * scale, cut.get(i) ?? Infinity);
}

/** Return a function that calls `act(other, how far)` for each spot less than `reach` from one, until it returns true. */
function besideOf(spots, reach) {
  const cells = new Map();
  const cell = (column, row) => column * 65536 + row;
  const at = ({ x, y }) => [Math.floor(x / reach), Math.floor(y / reach)];
  for (const spot of spots) {
    const key = cell(...at(spot));
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(spot);
  }
  return (spot, act) => {
    const [column, row] = at(spot);
    return [-1, 0, 1].some((dx) => [-1, 0, 1].some((dy) => (cells.get(cell(column + dx, row + dy)) ?? []).some((other) => {
      const far = Math.hypot(spot.x - other.x, spot.y - other.y);
      return other !== spot && far < reach && act(other, far);
    })));
  };
}
