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
  const pairs = near(placed, 2 * most + GAP);
  const fits = pairs.reduce((scale, [a, b, far]) => Math.min(scale, (far - GAP) / (a.r + b.r)), 1);
  const scale = Math.min(1, Math.max(fits, LEAST / least));
  const cut = new Map();
  const limit = (i, r) => cut.set(i, Math.max(SEEN, Math.min(cut.get(i) ?? Infinity, r)));
  for (const [a, b, far] of pairs) {
    const half = (far - GAP) / 2;
    limit(a.i, far - GAP - Math.min(b.r * scale, half));
    limit(b.i, far - GAP - Math.min(a.r * scale, half));
  }
  return (i) => Math.min(radius(i) * scale, cut.get(i) ?? Infinity);
}

/** Pairs of spots that are less than `reach` from one another: [a, b, how far]. */
function near(spots, reach) {
  const cells = new Map();
  const pairs = [];
  for (const spot of spots) {
    const [column, row] = [Math.floor(spot.x / reach), Math.floor(spot.y / reach)];
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        for (const other of cells.get(`${column + dx} ${row + dy}`) ?? []) {
          const far = Math.hypot(spot.x - other.x, spot.y - other.y);
          if (far < reach) pairs.push([other, spot, far]);
        }
      }
    }
    const key = `${column} ${row}`;
    cells.set(key, [...(cells.get(key) ?? []), spot]);
  }
  return pairs;
}
