import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeModel, slugsOf } from '../../../src/coopgraph/web/front/scripts/graph/model.js';
import { data, model } from './worked.mjs';

test('a slug is what follows /id/, the IRI where two would be the same, and never holds a comma or a star', () => {
  assert.deepEqual(slugsOf(['https://a.org/id/city/x', 'https://b.org/id/city/x', 'urn:y', 'https://a.org/id/p,q*r']), ['https://a.org/id/city/x', 'https://b.org/id/city/x', 'urn:y', 'p%2Cq%2Ar']);
});

test('a slug leads back to its node', () => {
  const m = model();
  assert.equal(m.slug(4), 'network/net');
  assert.equal(m.place('network/net'), 4);
  assert.equal(m.place('city/nowhere'), -1);
  assert.deepEqual(m.layerSlugs, ['exchange', 'twinning', 'membership']);
});

test('names are in the language asked for', () => {
  assert.equal(makeModel(data, 'es').name(0), 'Ave es');
  assert.equal(makeModel(data, 'xx').eventName(2), 'T');
});

test('links are found by node and by event', () => {
  const m = model();
  assert.deepEqual([...m.incident(0)], [0, 2, 3]);
  assert.deepEqual([...m.incident(3)], []);
  assert.deepEqual([...m.eventsOf(0)], [0, 1]);
  assert.deepEqual(m.linksOf(1), [0, 1]);
  assert.equal(m.other(3, 4), 0);
});

test('years are those the dates can mean, 0 where there is none', () => {
  const m = model();
  assert.deepEqual([...m.firstYear], [2016, 2018, 1990, 0, 2001]);
  assert.deepEqual([...m.lastYear], [2016, 2020, 1990, 0, 2001]);
});

test('only an action goes on without an end: to the day of the data, or the last day they name', () => {
  assert.deepEqual([...makeModel({ ...data, now: '2026-11-22' }).lastYear], [2026, 2020, 1990, 0, 2001]);
  assert.deepEqual([...makeModel({ ...data, now: null }).lastYear], [2020, 2020, 1990, 0, 2001]);
  assert.deepEqual([...makeModel({ ...data, now: '2015-01-01' }).lastYear], [2016, 2020, 1990, 0, 2001]);
});

test('a network has the members its memberships join', () => {
  assert.deepEqual([...model().members], [[4, new Set([0, 2])]]);
});
