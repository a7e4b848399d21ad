// What is drawn of what passes: worked out by hand on small graphs, and on one with many nodes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { course, distanceTo } from '../../../src/coopgraph/web/front/scripts/explore/bends.js';
import { compose, MANY, strongestPartners } from '../../../src/coopgraph/web/front/scripts/explore/scene.js';

/** A model as graph/model.js makes it, with what the drawing reads; links are [source, target, layer, forward, backward, strong]. */
function modelOf(links, { size, community = Array(size).fill(0), layers = [{ directed: true, family: 'exchange' }, { directed: false, family: 'agreement' }] }) {
  const column = (k) => links.map((row) => row[k]);
  const count = Math.max(0, ...community) + 1;
  return {
    size, links: links.length, source: column(0), target: column(1), layer: column(2),
    incident: (i) => links.flatMap((row, l) => (row[0] === i || row[1] === i ? [l] : [])), other: (l, i) => (links[l][0] === i ? links[l][1] : links[l][0]),
    data: {
      kinds: ['city'], layers, nodes: { kind: Array(size).fill(0), x: Array(size).fill(0), y: Array(size).fill(0), community },
      links: { strong: links.map((row) => row[5] ?? true) }, communities: Array.from({ length: count }, () => ({ x: 0, y: 0, r: 0.1, names: [] })),
    },
  };
}

function sceneOf(model, links, change = {}) {
  return { node: new Uint8Array(model.size).fill(1), link: new Uint8Array(model.links).fill(1), forward: links.map((row) => row[3]), backward: links.map((row) => row[4]), selected: [], path: [], pinned: new Map(), size: () => 0, chosenLink: -1, ...change };
}

test('parallel links are lanes around the straight line', () => {
  const links = [[0, 1, 0, 1, 0], [0, 1, 1, 1, 0], [1, 2, 0, 1, 1]];
  const model = modelOf(links, { size: 3 });
  const { lanes } = compose(model, sceneOf(model, links));
  assert.deepEqual([...lanes], [[0, -0.5], [1, 0.5]]);
});

test('a link whose layer or end does not pass is not drawn and not counted', () => {
  const links = [[0, 1, 0, 1, 0], [1, 2, 0, 1, 0]];
  const model = modelOf(links, { size: 3 });
  const { counts, links: drawn } = compose(model, sceneOf(model, links, { link: [1, 0], node: [1, 1, 0] }));
  assert.deepEqual(drawn, [0]);
  assert.deepEqual([counts.nodes, counts.drawnNodes, counts.links, counts.drawnLinks, counts.weakLinks], [2, 2, 1, 1, 0]);
});

test('of a dense drawing the strong links come first, and choosing a node shows each of its own', () => {
  const links = [];
  for (let a = 0; a < 40; a += 1) for (let b = a + 1; b < 40; b += 1) links.push([a, b, 0, 1, 0, b === a + 1]);
  const model = modelOf(links, { size: 40 });
  const first = compose(model, sceneOf(model, links));
  assert.equal(first.counts.drawnLinks, 39);
  assert.equal(first.counts.weakLinks, 780 - 39);
  const chosen = compose(model, sceneOf(model, links, { selected: [5] }));
  assert.equal(chosen.links.filter((l) => links[l][0] === 5 || links[l][1] === 5).length, 39);
  assert.equal(chosen.counts.drawnLinks, 39 + 37);
  assert.deepEqual(chosen.lit.size, 40);
});

/** Two communities of half as many as is many, each a ring, and three links between them. */
function many() {
  const half = MANY.nodes / 2 + 10;
  const ring = (from) => Array.from({ length: half }, (_, k) => [from + k, from + ((k + 1) % half), 0, 1, 0]).map(([a, b, ...rest]) => [Math.min(a, b), Math.max(a, b), ...rest]);
  const links = [...ring(0), ...ring(half), [0, half, 0, 5, 0], [1, half, 0, 1, 0], [2, half + 7, 0, 1, 0]];
  const model = modelOf(links, { size: 2 * half, community: Array.from({ length: 2 * half }, (_, i) => (i < half ? 0 : 1)) });
  return { model, links, half };
}

test('communities of many nodes are closed at first, with one band', () => {
  const { model, links, half } = many();
  const { counts, bands, nodes } = compose(model, sceneOf(model, links));
  assert.deepEqual(nodes, []);
  assert.deepEqual(bands, [{ a: 0, b: 1, links: 3 }]);
  assert.equal(counts.closed, 2);
  assert.equal(counts.inClosed, 2 * half);
  assert.deepEqual([counts.drawnLinks, counts.weakLinks, counts.bandLinks, counts.closedLinks], [0, 0, 3, 2 * half]);
});

test('an opened community draws its nodes; a chosen node brings its neighbours out of a closed one', () => {
  const { model, links, half } = many();
  const opened = compose(model, sceneOf(model, links, { communities: new Set([0]) }));
  assert.equal(opened.counts.drawnNodes, half);
  assert.equal(opened.counts.drawnLinks, half);
  assert.equal(opened.counts.closed, 1);
  assert.deepEqual(opened.bands, [{ a: 0, b: 1, links: 3 }]);
  const chosen = compose(model, sceneOf(model, links, { selected: [half] }));
  assert.deepEqual(new Set(chosen.nodes), new Set([half, half + 1, 2 * half - 1, 0, 1]));
  assert.deepEqual(chosen.counts.open.get(half), { shown: 4, of: 4 });
  const asked = compose(model, sceneOf(model, links, { open: new Map([[half, 1]]) }));
  assert.deepEqual(new Set(asked.nodes), new Set([half, 0]));
  assert.deepEqual(asked.counts.open.get(half), { shown: 1, of: 4 });
});

test('the strongest partners come first, ties by place', () => {
  const links = [[0, 1, 0, 1, 0], [0, 2, 0, 1, 1], [0, 3, 0, 1, 0], [0, 1, 1, 0.5, 0]];
  const model = modelOf(links, { size: 4 });
  assert.deepEqual(strongestPartners(model, sceneOf(model, links), 0), [2, 1, 3]);
});

test('a lane bends aside by its share of the length, a head stands at the end where it is received', () => {
  const straight = { lane: 0, head: 1, width: 2, cutFrom: 0, cutTo: 10 };
  const { line, head } = course({ x: 0, y: 0 }, { x: 100, y: 0 }, straight);
  assert.deepEqual(head[0], { x: 90, y: 0 });
  assert.ok(Math.abs(head[1].x - (90 - 8)) < 1e-9 && Math.abs(head[1].y) > 2);
  assert.ok(line[2].x < 90 && line[0].x === 0);
  const bent = course({ x: 0, y: 0 }, { x: 100, y: 0 }, { lane: 1, head: 0, width: 2, cutFrom: 0, cutTo: 0 });
  assert.deepEqual(bent.line[1], { x: 50, y: -16 });
  assert.ok(distanceTo(bent, 50, -8) < 0.5 && distanceTo(bent, 50, 8) > 15);
});
