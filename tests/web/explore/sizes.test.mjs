// How large nodes are drawn: none covers another, and sizes keep their ratios where there is room.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apart } from '../../../src/coopgraph/web/front/scripts/explore/sizes.js';

const sized = (x, y, radii, pixels = 1, free = undefined) => radii.map((_, i) => apart({ x, y, nodes: radii.map((_, k) => k) }, (k) => radii[k], pixels, free)(i));
const close = (found, wanted) => found.forEach((value, i) => assert.ok(Math.abs(value - wanted[i]) < 1e-9, `${found} is not ${wanted}`));

test('where there is room nodes are as large as they mean to be', () => {
  close(sized([0, 30], [0, 0], [10, 15]), [10, 15]);
});

test('all are smaller by the same factor, so that sizes say the same', () => {
  close(sized([0, 16, 500], [0, 0, 0], [10, 15, 20]), [6, 9, 12]);
  close(sized([0, 8, 250], [0, 0, 0], [10, 15, 20], 2), [6, 9, 12]);
});

test('the smallest stay to be seen: then only those too close are cut, and the smaller of two keeps its size', () => {
  close(sized([0, 5, 500], [0, 0, 0], [10, 10, 20]), [2, 2, 4.4]);
  close(sized([0, 7, 500, 900], [0, 0, 0, 0], [4, 20, 10, 4]), [2.2, 3.8, 5.5, 2.2]);
});

test('what the reader put somewhere covers what it covers, and makes nothing smaller', () => {
  close(sized([0, 6, 500], [0, 0, 0], [10, 10, 10], 1, new Map([[0, {}]])), [10, 10, 10]);
});

test('none of very many covers another', () => {
  let seed = 1;
  const next = () => { seed = (seed * 48271) % 2147483647; return seed / 2147483647; };
  const [x, y, radii] = [0, 1, 2].map((k) => Array.from({ length: 400 }, () => next() * (k < 2 ? 300 : 12) + (k < 2 ? 0 : 2)));
  const radius = apart({ x, y, nodes: radii.map((_, i) => i) }, (i) => radii[i], 1);
  for (let a = 0; a < 400; a += 1) {
    for (let b = a + 1; b < 400; b += 1) {
      const far = Math.hypot(x[a] - x[b], y[a] - y[b]);
      if (far > 3.8) assert.ok(radius(a) + radius(b) <= far + 1e-9);
    }
  }
});
