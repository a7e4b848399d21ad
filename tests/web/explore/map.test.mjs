// Where cities stand on the map and how their links run, worked out by hand and by the formulas of Equal Earth (Savric, Patterson, Jenny 2018).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BEND } from '../../../src/coopgraph/web/front/scripts/explore/bends.js';
import { distanceFrom, linesOf, onScreen, shortened } from '../../../src/coopgraph/web/front/scripts/map/arcs.js';
import { around, boxOf, homeOf, whole } from '../../../src/coopgraph/web/front/scripts/map/camera.js';
import { MOST, drawn, looks, pointedAt } from '../../../src/coopgraph/web/front/scripts/map/drawn.js';
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

const onScreenOf = ({ x, y, ratio }, room) => (px, py) => { const scale = homeOf(room) / ratio; return [room.width / 2 + (px - x) * scale, room.height / 2 + (py - y) * scale]; };

test('all that is shown is in view, clear of the foot note and the buttons', () => {
  for (const room of [{ width: 704, height: 490 }, { width: 864, height: 560 }, { width: 390, height: 480 }]) {
    const box = { left: -1900, right: 700, top: -1100, bottom: 700 };
    const at = onScreenOf(whole(box, room, 0.06), room);
    const [[left, top], [right, bottom]] = [at(box.left, box.top), at(box.right, box.bottom)];
    assert.ok(left >= 25 && right <= room.width - 33 && top >= 5 && bottom <= room.height - 45, `${[left, top, right, bottom]} in ${room.width}`);
  }
});

test('a world lower than the drawing stands at its top; one city that is looked for in its middle', () => {
  const room = { width: 390, height: 480 };
  const low = whole({ left: -2000, right: 2000, top: -500, bottom: 900 }, room, 0.06);
  near(onScreenOf(low, room)(0, -WORLD.bottom)[1], 6, 1e-6);
  assert.deepEqual(around({ left: 50, right: 50, top: 70, bottom: 70 }, room, 0.15), { x: 50, y: 70, ratio: 0.15 });
  const { x, ratio } = whole(boxOf([], {}), room, 0.06);
  assert.deepEqual([x, ratio], [0, 1], 'the whole world where nothing is shown');
});

test('a box holds what arcs need above and below, and no more to the sides', () => {
  const box = boxOf([0, 1], { x: [10, 40], y: [5, 8] }, [Float64Array.from([10, 5, NaN, NaN, 900, -30, 40, 8])]);
  assert.deepEqual(box, { left: 10, right: 40, top: -30, bottom: 8 });
});

test('at first sight links are thin and faint, and what is pointed at comes out in full', () => {
  const rows = Array.from({ length: 160 }, (_, l) => [l % 2 ? 0 : 1, 2 + (l % 8), l % 3 ? 0 : 1]);
  const size = 10;
  const crowd = {
    size, links: rows.length, source: rows.map(([a]) => a), target: rows.map(([, b]) => b), layer: rows.map(([, , layer]) => layer),
    incident: (i) => rows.flatMap(([a, b], l) => (a === i || b === i ? [l] : [])), other: (l, i) => rows[l].find((end) => end !== i),
    data: { kinds: ['city'], nodes: { x: new Float64Array(size), y: new Float64Array(size), community: [0, 1, 0, 0, 0, 0, 1, 1, 1, 1], kind: new Array(size).fill(0) }, layers: [{ directed: true }, { directed: false }, { directed: false }], communities: [], links: { strong: rows.map(() => true) } },
  };
  const scene = { node: new Uint8Array(size).fill(1), link: new Uint8Array(rows.length).fill(1), forward: Float64Array.from(rows, (_, l) => l + 1), backward: new Float64Array(rows.length), selected: [], size: () => 0, colour: () => 'gx' };
  const composed = drawn(crowd, scene);
  const first = looks(crowd, scene, composed, (key) => key, { width: 700, height: 480 });
  const all = composed.links.map((l) => ({ l, ...first.link(l) }));
  const of = (layer) => all.filter(({ l }) => crowd.layer[l] === layer);
  const range = (list, name) => [Math.min(...list.map((one) => one[name])), Math.max(...list.map((one) => one[name]))];
  assert.ok(range(all, 'width')[0] >= 0.6 && range(all, 'width')[1] <= 2.5);
  assert.ok(range(of(0), 'alpha')[0] >= 0.3 && range(of(0), 'alpha')[1] <= 0.45);
  assert.ok(range(of(1), 'alpha')[1] < range(of(0), 'alpha')[0], 'agreements are fainter than exchange');
  const { community } = crowd.data.nodes;
  for (const { l, hex } of all) if (community[crowd.source[l]] !== community[crowd.target[l]]) assert.equal(hex, 'mutual');
  const few = drawn(crowd, { ...scene, link: scene.link.map((_, l) => (l < 40 ? 1 : 0)) });
  assert.ok(few.links.length === 40 && few.links.every((l) => looks(crowd, scene, few, (key) => key, { width: 700, height: 480 }).link(l).width >= 0.8), 'few are as in Explore');
  const pointed = pointedAt(crowd, { composed, hovered: 3 });
  assert.deepEqual(new Set(pointed.links), new Set(crowd.incident(3)));
  assert.deepEqual(new Set(pointed.nodes), new Set([3, ...crowd.incident(3).map((l) => crowd.other(l, 3))]));
  const full = looks(crowd, { ...scene, selected: [3] }, pointed, (key) => key, { width: 700, height: 480 });
  for (const l of pointed.links) assert.ok(full.link(l).alpha > first.link(l).alpha + 0.2 && full.link(l).width > first.link(l).width);
  assert.equal(pointedAt(crowd, { composed: drawn(crowd, { ...scene, selected: [0] }), hovered: 3 }), null);
});
