import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OPEN, apply, counts, eventsSeen } from '../../../src/coopgraph/web/front/scripts/graph/filtering.js';
import { model } from './worked.mjs';

const passed = (filters) => {
  const found = apply(model(), { ...OPEN, ...filters });
  return Object.fromEntries(Object.entries(found).map(([name, values]) => [name, [...values]]));
};

test('without filters all passes but the node without a link', () => {
  const { event, link, node, may, forward, backward } = passed({});
  assert.deepEqual(event, [1, 1, 1, 1, 1]);
  assert.deepEqual(link, [1, 1, 1, 1, 1]);
  assert.deepEqual(node, [1, 1, 1, 0, 1]);
  assert.deepEqual(may, [1, 1, 1, 1, 1]);
  assert.deepEqual(forward, [1.5, 0.5, 1, 1, 1]);
  assert.deepEqual(backward, [0.25, 0, 0, 0, 0]);
});

test('nodes without a link are drawn when asked for', () => {
  assert.deepEqual(passed({ alone: true }).node, [1, 1, 1, 1, 1]);
  assert.deepEqual(passed({ alone: true, countries: new Set([1]), partners: false }).node, [0, 1, 0, 0, 0]);
});

test('a weight is the sum over the events that pass', () => {
  const { link, forward, backward } = passed({ goals: new Set([5]) });
  assert.deepEqual(link, [1, 1, 0, 0, 0]);
  assert.deepEqual(forward, [0.5, 0.5, 0, 0, 0]);
  assert.deepEqual(backward, [0.25, 0, 0, 0, 0]);
});

test('a layer that is not chosen is not drawn', () => assert.deepEqual(passed({ layers: new Set([1]) }).link, [0, 0, 1, 0, 0]));

test('a kind that is not chosen takes its links with it', () => assert.deepEqual(passed({ kinds: new Set([0]) }).link, [1, 1, 1, 0, 0]));

test('a place takes its partners along, unless told not to', () => {
  assert.deepEqual(passed({ countries: new Set([1]) }).link, [1, 1, 1, 0, 0]);
  assert.deepEqual(passed({ countries: new Set([1]) }).node, [1, 1, 1, 0, 0]);
  assert.deepEqual(passed({ countries: new Set([0]), partners: false }).link, [0, 0, 0, 0, 0]);
  assert.deepEqual(passed({ countries: new Set([2]) }).may, [0, 0, 0, 1, 0], 'a network is no city without a country');
});

test('a network stands for its members and itself', () => {
  assert.deepEqual(passed({ networks: new Set([4]), partners: false }).link, [0, 0, 0, 1, 1]);
});

test('a hidden node takes its links with it, and what would pass without it is known', () => {
  const { link, unhidden } = passed({ hidden: new Set([0]), layers: new Set([0, 2]) });
  assert.deepEqual(link, [0, 1, 0, 0, 1]);
  assert.deepEqual(unhidden, [1, 1, 0, 1, 1]);
});

test('the period holds what touches it, and the undated only when asked', () => {
  assert.deepEqual(passed({ from: 2019 }).event, [0, 1, 0, 0, 0]);
  assert.deepEqual(passed({ to: 2016 }).event, [1, 0, 1, 0, 1]);
  assert.deepEqual(passed({ from: 2020, to: 2020, undated: true }).event, [0, 1, 0, 1, 0]);
  assert.deepEqual(passed({ undated: true }).event, [1, 1, 1, 1, 1]);
});

test('an amount is compared in its own currency, and unknown is not zero', () => {
  assert.deepEqual(passed({ amount: 100, currency: 'EUR' }).event, [1, 0, 0, 0, 0]);
  assert.deepEqual(passed({ amount: 0, currency: 'USD', unpriced: true }).event, [0, 1, 1, 1, 1]);
});

test('evidence, lines and goals can be asked for where there is none', () => {
  assert.deepEqual(passed({ evidence: new Set(['unknown']) }).event, [0, 0, 1, 1, 0]);
  assert.deepEqual(passed({ lines: new Set([-1]) }).event, [0, 1, 1, 1, 1]);
  assert.deepEqual(passed({ goals: new Set([0, 5]) }).event, [0, 1, 1, 1, 1]);
});

test('events are seen when a link that passes rests on them', () => {
  const m = model();
  assert.deepEqual([...eventsSeen(m, apply(m, { ...OPEN, layers: new Set([0]) }))], [1, 1, 0, 0, 0]);
  assert.deepEqual([...eventsSeen(m, apply(m, { ...OPEN, layers: new Set([0]), goals: new Set([5]) }))], [0, 1, 0, 0, 0]);
});

test('counts without filters', () => {
  const found = counts(model(), OPEN);
  assert.deepEqual([...found.layers], [2, 1, 2]);
  assert.deepEqual([...found.kinds], [3, 1, 0, 0]);
  assert.deepEqual([...found.countries], [2, 1, 0]); // the network is no city without a country
  assert.deepEqual([...found.communities], [4]);
  assert.deepEqual([...found.networks], [[4, 2]]);
  assert.deepEqual([found.goals[4], found.goals[10], found.goals[17]], [1, 2, 3]);
  assert.deepEqual([...found.lines], [1, 4]);
  assert.deepEqual(found.evidence, { stated: 2, derived: 1, unknown: 2 });
  assert.deepEqual([found.first, found.last, found.undated], [1990, 2020, 1]);
  assert.deepEqual(Object.fromEntries([...found.years].flatMap((n, i) => (n ? [[1990 + i, n]] : []))), { 1990: 1, 2001: 1, 2016: 1, 2018: 1, 2019: 1, 2020: 1 });
  assert.deepEqual([...found.amounts.currencies], [['EUR', { events: 1, least: 5000, most: 5000 }], ['USD', { events: 1, least: 200, most: 200 }]]);
  assert.equal(found.amounts.unknown, 3);
});

test('a facet is counted as if it alone were cleared', () => {
  const found = counts(model(), { ...OPEN, layers: new Set([0]), evidence: new Set(['derived']) });
  assert.deepEqual(found.evidence, { stated: 1, derived: 1, unknown: 0 }); // the layer still holds
  assert.deepEqual([...found.layers], [2, 0, 0]); // the evidence still holds
  assert.deepEqual([...found.kinds], [3, 0, 0, 0]); // both hold
});
