// Where cities stand on the map and how their links run, worked out by hand and by the formulas of Equal Earth (Savric, Patterson, Jenny 2018).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BEND } from '../../../src/coopgraph/web/front/scripts/explore/bends.js';
import { distanceFrom, linesOf, onScreen, shortened } from '../../../src/coopgraph/web/front/scripts/map/arcs.js';
import { MOST, drawn } from '../../../src/coopgraph/web/front/scripts/map/drawn.js';
import { UNIT, WORLD, greatCircle, projection, standing } from '../../../src/coopgraph/web/front/scripts/map/projection.js';

const near = (a, b, by = 1e-6) => assert.ok(Math.abs(a - b) <= by, `${a} is not ${b}`);
const pairs = (line) => Array.from({ length: line.length / 2 }, (_, k) => [line[2 * k], line[2 * k + 1]]);

/** Equal Earth by its published polynomial. */
function equalEarth(long, lat) {
  const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796];
  const theta = Math.asin((Math.sqrt(3) / 2) * Math.sin((lat * Math.PI) / 180));
  const [t2, t6] = [theta ** 2, theta ** 6];
  const x = (2 * Math.sqrt(3) * ((long * Math.PI) / 180) * Math.cos(theta)) / (3 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1));
  return [x * UNIT, -theta * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1) * UNIT];
}

test('cities stand where Equal Earth puts them', () => {
  for (const [lat, long] of [[40.4, -3.7], [-34.6, -58.4], [0, 0], [64, 179]]) {
    const { x, y } = standing({ lat: [lat], long: [long] });
    const [ex, ey] = equalEarth(long, lat);
    near(x[0], ex, 1e-6 * UNIT);
    near(y[0], ey, 1e-6 * UNIT);
  }
  near(WORLD.right, equalEarth(180, 0)[0], 1e-3);
});

test('a city without coordinates stands nowhere; cities on one another stand side by side', () => {
  const { x, y, placed } = standing({ lat: [10, null, 10, 10.0002, 11], long: [20, 5, 20, 20, 20] });
  assert.deepEqual([...placed], [1, 0, 1, 1, 1]);
  assert.ok(Number.isNaN(x[1]));
  const spots = new Set([0, 2, 3].map((i) => `${x[i].toFixed(3)} ${y[i].toFixed(3)}`));
  assert.equal(spots.size, 3);
  near(Math.hypot(x[0] - projection()([20, 10])[0], y[0] - projection()([20, 10])[1]), 1.6, 1e-6);
});

test('a link along the equator is straight and has a point every two degrees', () => {
  const line = pairs(greatCircle([0, 0], [40, 0]));
  assert.equal(line.length, 21);
  for (const [, y] of line) near(y, 0);
  near(line[10][0], equalEarth(20, 0)[0], 1e-3);
});

test('a great circle goes by the north where that is shorter', () => {
  const [, middle] = pairs(greatCircle([-90, 50], [0, 50])).map(([, y]) => y).toSorted((a, b) => b - a).toReversed();
  assert.ok(middle < equalEarth(0, 58)[1], 'between 90 degrees of longitude at 50 north it passes 59 north');
});

test('what crosses the edge of the map leaves it at one side and comes back at the other', () => {
  const line = pairs(greatCircle([170, 10], [-170, 10]));
  const gaps = line.filter(([x]) => Number.isNaN(x));
  assert.equal(gaps.length, 1);
  const at = line.findIndex(([x]) => Number.isNaN(x));
  assert.ok(line[at - 1][0] > 2600 && line[at + 1][0] < -2600);
  near(line[at - 1][1], line[at + 1][1], 1e-6);
});

const model = { source: [0, 0], target: [1, 1], data: { nodes: { lat: [0, 0], long: [0, 60] } } };

test('parallel links bend aside, to either side, and meet at both ends', () => {
  const lines = linesOf(model, standing(model.data.nodes));
  const [one, straight, other] = [lines(0, -0.5), lines(0, 0), lines(1, 0.5)].map(pairs);
  assert.deepEqual([one[0], one.at(-1)], [straight[0], straight.at(-1)]);
  const middle = 15;
  assert.ok(other[middle][1] < 0, 'to the same side as in Explore');
  near(one[middle][1], -other[middle][1]);
  near(Math.abs(one[middle][1]), 0.25 * Number(BEND.share) * (straight.at(-1)[0] - straight[0][0]), 1e-6);
});

test('a line is moved to the screen, cut at its end, and found again by the pointer', () => {
  const view = { x: 100, y: 50, scale: 2, width: 400, height: 300 };
  const points = onScreen(Float64Array.from([0, 0, 10, 0, 50, 0]), view);
  assert.deepEqual([...points], [100, 50, 120, 50, 200, 50]);
  assert.equal(onScreen(Float64Array.from([-900, 0, -800, 0]), view), null);
  assert.deepEqual([...shortened(points, 30)], [100, 50, 120, 50, 170, 50]);
  assert.deepEqual([...shortened(points, 85)], [100, 50, 120, 50, 150, 50], 'never more than half of it');
  near(distanceFrom(points, 150, 57), 7);
  near(distanceFrom(points, 210, 50), 10);
});

test('of very many links the strongest are drawn and those of what is selected, and the rest is counted', () => {
  const size = 200;
  const rows = Array.from({ length: MOST + 500 }, (_, l) => [l % size, (l + 1 + Math.floor(l / size)) % size]);
  const nodes = { x: new Float64Array(size), y: new Float64Array(size), community: new Array(size).fill(-1), kind: new Array(size).fill(0) };
  const many = {
    size, links: rows.length, source: rows.map(([a]) => a), target: rows.map(([, b]) => b), layer: rows.map(() => 0),
    incident: (i) => rows.flatMap(([a, b], l) => (a === i || b === i ? [l] : [])), other: (l, i) => rows[l].find((end) => end !== i),
    data: { kinds: ['city'], nodes, layers: [{ directed: true, family: 'link' }], communities: [], links: { strong: rows.map(() => true) } },
  };
  const scene = (selected) => ({
    node: new Uint8Array(size).fill(1), link: new Uint8Array(rows.length).fill(1), forward: Float64Array.from(rows, (_, l) => rows.length - l), backward: new Float64Array(rows.length),
    selected, size: () => 0, colour: () => 'gx',
  });
  const { links, counts } = drawn(many, scene([]));
  assert.deepEqual(links, Array.from({ length: MOST }, (_, l) => l));
  assert.deepEqual([counts.drawnLinks, counts.weakLinks, counts.closed], [MOST, 500, 0]);
  const own = drawn(many, scene([7]));
  assert.deepEqual(own.links.filter((l) => l >= MOST), many.incident(7).filter((l) => l >= MOST));
  assert.equal(own.counts.weakLinks, rows.length - own.links.length);
});
