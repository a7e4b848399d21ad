// Where things stand on the map: Equal Earth, so that areas keep their size, in units that do not depend on the screen; great circles as lines.
import { geoEqualEarth, geoInterpolate } from 'd3-geo';

export const UNIT = 1000; // the sphere's radius
const STEP = 2; // degrees of a great circle from one point of its line to the next
const SAME = 1e3; // cities whose coordinates agree to three decimals of a degree stand on one another
const APART = 1.6; // units from the middle to which they are set, about ten kilometres

/** The projection; the middle of the map is (0, 0), and y grows downwards. */
export function projection() {
  return geoEqualEarth().scale(UNIT).translate([0, 0]).precision(0.1);
}

/** The size of the whole map. */
export const WORLD = (() => {
  const [right] = projection()([180, 0]);
  const [, bottom] = projection()([0, -90]);
  return { right, bottom };
})();

/** Return { x, y, placed }: where nodes stand; those without coordinates stand nowhere, those on one another side by side. */
export function standing({ lat, long }) {
  const project = projection();
  const placed = Uint8Array.from(lat, (one, i) => (one !== null && long[i] !== null ? 1 : 0));
  const spots = lat.map((one, i) => (placed[i] ? project([long[i], one]) : [NaN, NaN]));
  for (const group of together(lat, long, placed)) group.forEach((i, k) => { spots[i] = [spots[i][0] + APART * Math.cos(2 * Math.PI * k / group.length), spots[i][1] + APART * Math.sin(2 * Math.PI * k / group.length)]; });
  return { x: Float64Array.from(spots, ([x]) => x), y: Float64Array.from(spots, ([, y]) => y), placed };
}

function together(lat, long, placed) {
  const groups = new Map();
  placed.forEach((one, i) => {
    if (!one) return;
    const key = `${Math.round(lat[i] * SAME)} ${Math.round(long[i] * SAME)}`;
    groups.set(key, [...(groups.get(key) ?? []), i]);
  });
  return [...groups.values()].filter((group) => group.length > 1);
}

/** The shortest way over the globe as points [x, y, x, y ...]; NaN, NaN where it leaves the map at one side and comes back at the other. */
export function greatCircle(from, to, project = projection()) {
  const between = geoInterpolate(from, to);
  const steps = Math.max(1, Math.ceil((between.distance * 180) / Math.PI / STEP));
  const points = [];
  let before = from;
  const put = (lonLat) => points.push(...project(lonLat));
  put(from);
  for (let k = 1; k <= steps; k += 1) {
    const here = k === steps ? to : between(k / steps);
    if (Math.abs(here[0] - before[0]) > 180) {
      const [rest, more] = [180 - Math.abs(before[0]), 180 - Math.abs(here[0])];
      const lat = before[1] + (here[1] - before[1]) * (rest + more ? rest / (rest + more) : 0);
      put([Math.sign(before[0]) * 180, lat]);
      points.push(NaN, NaN);
      put([Math.sign(here[0]) * 180, lat]);
    }
    put(here);
    before = here;
  }
  return Float64Array.from(points);
}
