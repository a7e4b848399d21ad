import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeModel } from '../../../src/coopgraph/web/front/scripts/graph/model.js';
import { data } from './worked.mjs';

globalThis.document = { documentElement: { lang: 'en', dataset: {} }, getElementById: () => null };
const { sharedBy } = await import('../../../src/coopgraph/web/front/scripts/graph/together.js');

const shared = (a, b) => {
  const { between, events, networks } = sharedBy(makeModel(data), a, b);
  return [[...between], events, networks];
};

test('what two share beside their own links, whatever is switched off', () => {
  assert.deepEqual(shared(0, 2), [[], [1], [4]]); // Ave and Cid: action B through Bur, and both are in Net
  assert.deepEqual(shared(0, 1), [[0, 1, 2], [], []]); // all is between them
  assert.deepEqual(shared(0, 3), [[], [], []]);
});
