import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layerLooks } from '../../../src/coopgraph/web/front/scripts/explore/ink.js';

test('no two layers look the same: six kinds of agreement, memberships, and the exchange', () => {
  const layers = [{ directed: true, family: 'link' }, ...Array.from({ length: 6 }, () => ({ directed: false, family: 'agreement' })), { directed: false, family: 'membership' }];
  const looks = layerLooks(layers).map(({ key, dash }) => `${key} ${dash}`);
  assert.equal(new Set(looks).size, layers.length);
  assert.deepEqual([looks[0], looks[1], looks[7]], ['null 0', 'layer-0 1', 'layer-0 2']);
});
