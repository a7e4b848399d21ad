// The legend: what lines, shapes, colours and sizes mean. Each entry filters by what it names.
import { groupKey } from '../explore/ink.js';
import { el, svg } from '../shared/dom.js';
import { label, number, t } from '../shared/words.js';
import { communityName } from './facets.js';
import { groupMark, kindMark, layerMark } from './marks.js';
import { NONE, layersOf } from './state.js';
import { kindsName, layerName, measures } from './texts.js';

const GROUPS = 8; // colours; what is beyond them is grey
const RADII = [3, 14]; // of the circles that explain sizes

/** Return how nodes are coloured: { key(i), groups: [{ place, key, number, text, value, name }], rest, others }: `rest` groups are grey, and known are `others` of them. */
export function colouring(model, by) {
  const { data } = model;
  if (by === 'kind') {
    const groups = data.kinds.flatMap((kind, place) => (data.nodes.kind.includes(place) ? [{ place, key: `g${place}`, text: kindsName(kind), value: kind, name: 'kinds' }] : []));
    return { groups, key: (i) => `g${data.nodes.kind[i]}`, rest: 0 };
  }
  if (by === 'country') {
    const sizes = new Map(data.countries.map(({ code }) => [code, 0]));
    for (const code of data.nodes.country) if (sizes.has(code)) sizes.set(code, sizes.get(code) + 1);
    const first = [...sizes].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).slice(0, GROUPS).map(([code]) => code);
    const groups = first.map((code, n) => ({ place: data.countries.findIndex((country) => country.code === code), key: `g${n}`, text: label(data.countries.find((country) => country.code === code).label), value: code, name: 'countries' }));
    return { groups, key: (i) => (first.includes(data.nodes.country[i]) ? `g${first.indexOf(data.nodes.country[i])}` : 'gx'), rest: data.countries.length - groups.length };
  }
  const all = data.communities.map((_, place) => ({ place, key: groupKey(place), number: place + 1, text: communityName(model, place).replace(/^\d+ /, ''), value: String(place + 1), name: 'communities' }));
  return { groups: all.slice(0, GROUPS), others: all.slice(GROUPS), key: (i) => groupKey(data.nodes.community[i]), rest: all.length - Math.min(all.length, GROUPS) };
}

/** Return how nodes are sized: { of(i) from 0 to 1, largest }, by area, so that a circle of twice the area means twice the number. */
export function sizing(model, by) {
  const values = model.data.nodes.measures[by] ?? [];
  const largest = values.reduce((most, value) => Math.max(most, value ?? 0), 0);
  return { largest, of: (i) => (largest > 0 ? Math.sqrt((values[i] ?? 0) / largest) : 0) };
}

/** Put the legend into `root`; `show(state, counts)` draws it anew and keeps the focus where it was. */
export function createLegend(root, model, change) {
  const known = measures();
  const select = (id, text, options, name) => {
    const box = el('select', { id, onchange: () => change({ [name]: box.value }) }, options.map(([value, said]) => el('option', { value }, said)));
    return { box, element: el('label', { class: 'by', for: id }, el('h3', {}, text), box) };
  };
  const colour = select('colour', t('Colour'), [['community', t('Community')], ['country', t('Country')], ['kind', t('Kind of node')]], 'colour');
  const size = select('size', t('Size'), Object.keys(model.data.nodes.measures).map((name) => [name, known[name]?.name ?? name]), 'size');
  const links = el('div');
  const groups = el('div');
  const sizes = el('div');
  const kinds = el('div');
  root.append(links, colour.element, groups, size.element, sizes, kinds);
  return {
    show(state, counts) {
      colour.box.value = state.colour;
      size.box.value = state.size;
      keepFocus(root, () => {
        links.replaceChildren(el('h3', {}, t('Links')), linkRows(model, state, counts, change));
        groups.replaceChildren(...groupRows(model, state, counts, change, Boolean(groups.querySelector('.others')?.open)));
        sizes.replaceChildren(...sizeRows(model, state.size, known[state.size]));
        kinds.replaceChildren(el('h3', {}, t('Shapes')), kindRows(model, state, counts, change));
      });
    },
  };
}

/** Whoever works by keyboard stays at the same entry. */
function keepFocus(root, draw) {
  const at = root.contains(document.activeElement) ? document.activeElement.dataset.entry : undefined;
  draw();
  if (at) root.querySelector(`[data-entry="${CSS.escape(at)}"]`)?.focus({ preventScroll: true });
}

function entry(name, value, mark, text, count, on, act) {
  return el('li', {}, el('button', { type: 'button', class: 'entry', 'aria-pressed': String(on), dataset: { entry: `${name} ${value}` }, onclick: act }, mark, el('span', { class: 'what' }, text), el('span', { class: 'count' }, number(count))));
}

function linkRows(model, state, counts, change) {
  const shown = layersOf(model, state.layers);
  const usual = layersOf(model, []);
  const flip = (place) => {
    const next = new Set(shown);
    if (!next.delete(place)) next.add(place);
    const same = next.size === usual.size && [...next].every((one) => usual.has(one));
    change({ layers: same ? [] : next.size ? [...next].sort((a, b) => a - b).map((one) => model.layerSlugs[one]) : [NONE] });
  };
  const rows = model.data.layers.flatMap((layer, place) => (model.data.links.layer.includes(place) ? [entry('layers', model.layerSlugs[place], layerMark(model, place), layerName(layer), counts.layers[place], shown.has(place), () => flip(place))] : []));
  const arrow = model.data.layers.findIndex((layer) => layer.directed);
  return el('ul', { class: 'entries toggles' }, rows, arrow < 0 ? null : el('li', { class: 'hint' }, layerMark(model, arrow, { oneWay: true }), el('span', {}, t('An arrow: one only gives. Wider: more is exchanged.'))));
}

function groupRows(model, state, counts, change, othersOpen) {
  const { groups, rest, others } = colouring(model, state.colour);
  const rowOf = ({ place, key, number: digit, text, value, name }) => {
    const on = state[name].includes(value);
    const mark = name === 'kinds' ? kindMark(value, key) : groupMark(key, digit);
    return entry(name, value, mark, text, counts[name][place], on, () => change({ [name]: on ? state[name].filter((one) => one !== value) : [...state[name], value] }));
  };
  const rows = groups.map(rowOf);
  if (rest > 0 && others) rows.push(el('li', {}, el('details', { class: 'others', open: othersOpen }, el('summary', {}, groupMark('gx'), t('{n} smaller communities', { n: rest })), el('ul', { class: 'entries' }, others.map(rowOf)))));
  else if (rest > 0) rows.push(el('li', { class: 'hint' }, groupMark('gx'), el('span', {}, t('{n} other countries', { n: rest }))));
  const hint = state.colour === 'community' ? [el('p', { class: 'hint' }, t('Communities have more links within than without. Each is named after its three most important members.'))] : [];
  return [el('ul', { class: 'entries' }, rows), ...hint];
}

function sizeRows(model, by, measure) {
  const { largest } = sizing(model, by);
  if (!(largest > 0) || !measure) return [el('p', { class: 'hint' }, t('Nothing here has this measure.'))];
  const circles = [0, largest / 4, largest].map((value) => {
    const r = RADII[0] + (RADII[1] - RADII[0]) * Math.sqrt(value / largest);
    return el('figure', {}, svg('svg', { viewBox: '0 0 30 30', class: 'mark circle', 'aria-hidden': 'true' }, svg('circle', { cx: 15, cy: 29 - r, r, class: 'fill' })), el('figcaption', {}, number(value, measure.digits)));
  });
  return [el('div', { class: 'sizes' }, circles, el('span', { class: 'unit' }, measure.unit)), el('p', { class: 'hint' }, measure.what)];
}

function kindRows(model, state, counts, change) {
  const { data } = model;
  return el('ul', { class: 'entries abreast' }, data.kinds.flatMap((kind, place) => {
    if (!data.nodes.kind.includes(place)) return [];
    const on = state.kinds.includes(kind);
    return [entry('shapes', kind, kindMark(kind), kindsName(kind), counts.kinds[place], on, () => change({ kinds: on ? state.kinds.filter((one) => one !== kind) : [...state.kinds, kind] }))];
  }));
}
