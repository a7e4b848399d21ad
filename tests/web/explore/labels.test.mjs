// Names on the drawing never cover one another, nor a node that matters; the most important come first.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeNames, shorten } from '../../../src/coopgraph/web/front/scripts/explore/labels.js';

const measure = (text, size) => text.length * size * 0.55;
const cover = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** A seeded crowd (mulberry32). */
function crowd(count, seed) {
  const random = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return Array.from({ length: count }, (_, i) => ({ i, x: random() * 900, y: random() * 600, r: 3 + random() * 12, text: `City ${i}${'n'.repeat(i % 17)}`, chosen: false, lit: true }));
}

test('names do not cover one another, in any crowd', () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const names = placeNames(crowd(20 * seed, seed), { width: 900, height: 600, taken: [], some: seed % 2 === 0, measure });
    assert.ok(names.length >= 12, `${names.length} names`);
    names.forEach((a, k) => names.slice(k + 1).forEach((b) => assert.ok(!cover(a.box, b.box), `${a.text} covers ${b.text}`)));
  }
});

test('a name covers no node that matters', () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const spots = crowd(300, seed);
    const names = placeNames(spots, { width: 900, height: 600, taken: [], some: false, measure });
    for (const name of names) {
      for (const great of spots.slice(0, 12)) {
        if (great.i === name.i || name.great) continue;
        assert.ok(!cover(name.box, { left: great.x - great.r, right: great.x + great.r, top: great.y - great.r, bottom: great.y + great.r }), `${name.text} covers ${great.text}`);
      }
    }
  }
});

test('the most important is named first, and what is taken stays free', () => {
  const two = [{ i: 0, x: 100, y: 100, r: 5, text: 'First of all', lit: true }, { i: 1, x: 101, y: 100, r: 5, text: 'Second', lit: true }];
  const names = placeNames(two, { width: 900, height: 600, taken: [{ left: 0, right: 900, top: 0, bottom: 92 }], some: false, measure });
  assert.equal(names[0].text, 'First of all');
  for (const { box } of names) assert.ok(box.top >= 92);
});

test('what is not lit is not named, and what is chosen is named however full it is', () => {
  const spots = crowd(500, 7);
  spots.forEach((spot) => { spot.lit = false; });
  Object.assign(spots[499], { lit: true, chosen: true, x: 450, y: 300 });
  assert.deepEqual(placeNames(spots, { width: 900, height: 600, taken: [], some: true, measure }).map(({ i }) => i), [499]);
});

test('a long name is cut', () => {
  assert.equal(shorten('a'.repeat(26)), 'a'.repeat(26));
  assert.equal(shorten('a'.repeat(27)), `${'a'.repeat(25)}…`);
});
