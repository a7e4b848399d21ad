// The same as the drawing, as tables: every node and every link that passes, sorted as asked, so many rows at a time.
import { el } from '../shared/dom.js';
import { label, number, t } from '../shared/words.js';
import { kindName, layerName, measures, weight } from './texts.js';

const PAGE = 200; // rows shown, and added at a time

/** Put both tables into `root`; `select(list)` and `link(a, b)` are what their names do. `show(view)` keeps them in step. */
export function createTables(root, model, { select, link }) {
  const tables = [
    createTable('nodes', t('Cities, networks and others'), nodeColumns(model), (i) => select([i])),
    createTable('links', t('Links'), linkColumns(model), (place) => link(model.source[place], model.target[place])),
  ];
  root.append(...tables.map(({ element }) => element));
  return {
    show(view) {
      tables[0].show(view, places(view.node), new Set(view.selected));
      tables[1].show(view, places(view.link), new Set());
    },
    contents: () => tables.map((table) => table.contents()),
  };
}

function places(mask) {
  const found = [];
  mask.forEach((one, i) => { if (one) found.push(i); });
  return found;
}

function nodeColumns(model) {
  const { nodes, countries, measures: _ } = { ...model.data };
  const country = new Map(countries.map(({ code, label: texts }) => [code, label(texts)]));
  return [
    { name: t('Name'), of: model.name },
    { name: t('Kind'), of: (i) => kindName(model.kind(i)) },
    { name: t('Country'), of: (i) => country.get(nodes.country[i]) ?? null },
    { name: t('Community'), of: (i) => (nodes.community[i] < 0 ? null : nodes.community[i] + 1), digits: 0 },
    ...Object.entries(measures()).filter(([name]) => nodes.measures[name]).map(([name, { name: said, unit, what, digits }]) => ({ name: said, unit, title: what, digits, of: (i) => nodes.measures[name][i] })),
    { name: t('Population'), unit: t('people'), digits: 0, of: (i) => nodes.population[i] },
  ];
}

function linkColumns(model) {
  const { layers, events } = model.data;
  const directed = (place) => layers[model.layer[place]].directed;
  const passing = (place, view) => [...model.eventsOf(place)].filter((event) => view.passed.event[event]);
  const sum = (value) => Math.round(value * 1e6) / 1e6;
  return [
    { name: t('Between'), of: (place) => model.name(model.source[place]) },
    { name: t('And'), of: (place) => model.name(model.target[place]) },
    { name: t('Kind of link'), of: (place) => layerName(layers[model.layer[place]]) },
    { name: t('Given'), unit: t('events'), digits: 6, of: (place, view) => (directed(place) ? sum(view.passed.forward[place]) : null), said: weight },
    { name: t('Returned'), unit: t('events'), digits: 6, of: (place, view) => (directed(place) ? sum(view.passed.backward[place]) : null), said: weight },
    { name: t('Evidence'), unit: t('pieces'), digits: 0, of: (place, view) => passing(place, view).length },
    { name: t('Of it derived'), unit: t('pieces'), digits: 0, of: (place, view) => passing(place, view).filter((event) => events.certainty[event] === 'derived').length },
    { name: t('Rests on'), of: (place, view) => passing(place, view).map(model.eventName).join('; ') },
  ];
}

function createTable(id, title, columns, choose) {
  let [rows, view, chosen] = [[], null, new Set()];
  let by = null; // { column, down }
  let shown = PAGE;
  const collator = new Intl.Collator(document.documentElement.lang);
  const heads = columns.map((column, n) => el('th', { scope: 'col', class: column.digits === undefined ? null : 'number', 'aria-sort': 'none', title: column.title }, el('button', { type: 'button', onclick: () => sort(n) }, column.name), column.unit ? el('small', {}, column.unit) : null));
  const body = el('tbody');
  const more = el('button', { type: 'button', class: 'button', onclick: () => { shown += PAGE; draw(); } });
  const heading = el('h2', { id: `${id}-title` });
  const element = el('section', { class: 'figure', 'aria-labelledby': `${id}-title` }, heading,
    el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-labelledby': `${id}-title` }, el('table', { id: `${id}-table` }, el('thead', {}, el('tr', {}, heads)), body)), more);

  function sort(n) {
    by = { column: n, down: by?.column === n ? !by.down : columns[n].digits !== undefined };
    heads.forEach((head, i) => head.setAttribute('aria-sort', i !== n ? 'none' : by.down ? 'descending' : 'ascending'));
    shown = PAGE;
    draw();
  }
  function sorted() {
    if (!by) return rows;
    const { of } = columns[by.column];
    const keyed = rows.map((i) => [of(i, view), i]);
    const compare = (a, b) => (typeof a === 'number' ? a - b : collator.compare(a, b));
    keyed.sort(([a, i], [b, j]) => ((a === null) - (b === null)) || (a === null ? 0 : compare(a, b) * (by.down ? -1 : 1)) || i - j); // what is unknown stands last, either way
    return keyed.map(([, i]) => i);
  }
  function draw() {
    const ordered = sorted();
    body.replaceChildren(...ordered.slice(0, shown).map((i) => el('tr', { class: chosen.has(i) ? 'chosen' : null, dataset: { place: i } }, columns.map((column, n) => cell(column, column.of(i, view), n, i)))));
    more.hidden = ordered.length <= shown;
    more.textContent = t('Show more: {shown} of {all}', { shown: Math.min(shown, ordered.length), all: ordered.length });
    heading.textContent = `${title} (${number(ordered.length)})`;
  }
  function cell(column, value, n, i) {
    if (n === 0) return el('th', { scope: 'row' }, el('button', { type: 'button', class: 'link', onclick: () => choose(i) }, value));
    if (value === null || value === '') return el('td', { class: column.digits === undefined ? 'unknown' : 'number unknown' }, '–');
    return el('td', { class: column.digits === undefined ? null : 'number' }, typeof value === 'number' ? (column.said ?? ((one) => number(one, column.digits)))(value) : value);
  }
  return {
    element,
    show(next, places, selected) {
      [rows, view, chosen] = [places, next, selected];
      draw();
    },
    contents: () => ({ title, columns: columns.map(({ name, unit, digits }) => ({ name: unit ? `${name} (${unit})` : name, type: digits === undefined ? 'text' : 'number' })), rows: sorted().map((i) => columns.map(({ of }) => of(i, view))) }),
  };
}
