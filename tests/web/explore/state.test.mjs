import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OPEN } from '../../../src/coopgraph/web/front/scripts/graph/filtering.js';
import { DEFAULTS, amountOf, filtersOf, openOf, pinnedList, pinnedOf, placesOf, scopeOf } from '../../../src/coopgraph/web/front/scripts/graph/state.js';
import { model } from './worked.mjs';

const meant = (state) => filtersOf(model(), { ...DEFAULTS, ...state });

test('the usual state shows the layers of the first sight and filters nothing else', () => {
  assert.deepEqual(meant({}), { ...OPEN, layers: new Set([0, 1]) });
});

test('each name in the address has its place in the graph', () => {
  const found = meant({ layers: ['membership'], kinds: ['network'], networks: ['network/net'], countries: ['PT', 'none'], communities: ['1'], goals: ['11', 'none'], lines: ['green', 'none'], evidence: ['derived'], hidden: ['city/dor'], only: true });
  assert.deepEqual(found, {
    ...OPEN, layers: new Set([2]), kinds: new Set([1]), networks: new Set([4]), countries: new Set([1, 2]), communities: new Set([0]),
    goals: new Set([11, 0]), lines: new Set([0, -1]), evidence: new Set(['derived']), hidden: new Set([3]), partners: false,
  });
});

test('of what the graph does not have nothing passes', () => {
  assert.deepEqual(meant({ countries: ['XX'], layers: ['none'], goals: ['99'], networks: ['city/ave'], lines: ['blue'] }), { ...OPEN, countries: new Set(), layers: new Set(), goals: new Set(), networks: new Set(), lines: new Set() });
});

test('an amount has a currency; a nonsense amount filters nothing', () => {
  assert.deepEqual(amountOf('EUR10000'), ['EUR', 10000]);
  assert.deepEqual(amountOf('10.5'), ['', 10.5]);
  assert.deepEqual(amountOf('lots'), ['', null]);
  assert.deepEqual(amountOf(''), ['', null]);
});

test('scopes', () => {
  assert.deepEqual(scopeOf('core:3'), { of: 'core', k: 3 });
  assert.deepEqual(scopeOf('ego:https://example.org/x:2'), { of: 'ego', slug: 'https://example.org/x', hops: 2 });
  assert.deepEqual(scopeOf('main'), { of: 'main' });
  assert.deepEqual(['core:0', 'ego:x', 'nonsense'].map((text) => scopeOf(text).of), ['all', 'all', 'all']);
});

test('lists with numbers lead to places, what is unknown is passed over', () => {
  const m = model();
  assert.deepEqual(openOf(m, ['city/ave*25', 'city/nowhere*25', 'city/bur*x']), new Map([[0, 25]]));
  const pinned = pinnedOf(m, ['city/bur*0.5*-0.25', 'city/ave*here*0']);
  assert.deepEqual(pinned, new Map([[1, { x: 0.5, y: -0.25 }]]));
  assert.deepEqual(pinnedList(m, pinned), ['city/bur*0.5*-0.25']);
  assert.deepEqual(placesOf(m, ['network/net', 'nope', 'city/ave']), [4, 0]);
});
