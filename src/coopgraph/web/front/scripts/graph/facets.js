// The facets beside the drawing: for each what can be chosen, how much each choice would show, and a way to clear it.
import { el, plain } from '../shared/dom.js';
import { label, money, number, t, tn } from '../shared/words.js';
import { EVIDENCE, countryPlaces } from './filtering.js';
import { layerMark, kindMark } from './marks.js';
import { DEFAULTS, NONE, amountOf, layersOf } from './state.js';
import { evidenceMeaning, evidenceName, kindsName, layerName, periodText } from './texts.js';

const SHORT = 7; // choices shown before the rest is asked for
const MOST = 80; // choices shown at all; a search finds the others

/** Put the facets into `root`; `change(part of the state)` is called at each choice. `show(state, counts)` keeps them in step. */
export function createFacets(root, model, change) {
  const lists = facetsOf(model).map((facet) => createList(facet, model, change));
  const amount = createAmount(model, change);
  root.append(...lists.map(({ element }) => element), amount.element);
  return {
    show(state, counts) {
      for (const list of lists) list.show(state, counts);
      amount.show(state, counts);
    },
  };
}

/** What is said of each filter that is set, and what clears it: for the chips above the drawing and the empty view. */
export function chosen(model, state) {
  const facets = facetsOf(model).filter(({ name }) => state[name].length).map(({ name, title, choices }) => {
    const texts = state[name].map((value) => choices.find((choice) => choice.value === value)?.text ?? (value === NONE ? t('none') : value));
    return { name, text: `${title}: ${texts.slice(0, 3).join(', ')}${texts.length > 3 ? ` +${number(texts.length - 3)}` : ''}`, clear: { [name]: DEFAULTS[name] } };
  });
  const community = state.communities.map((place) => communityName(model, place - 1));
  return [
    ...facets,
    ...(community.length ? [{ name: 'communities', text: [t('Community'), community.join('; ')].join(': '), clear: { communities: [] } }] : []),
    ...(state.from || state.to ? [{ name: 'period', text: periodText(state), clear: { from: 0, to: 0, undated: false } }] : []),
    ...(amountOf(state.amount)[1] === null ? [] : [{ name: 'amount', text: t('At least {amount}', { amount: money(amountOf(state.amount)[1], amountOf(state.amount)[0]) }), clear: { amount: '', unpriced: false } }]),
  ];
}

/** A community by its number and its most important nodes; the first of all communities has the number 1. */
export function communityName(model, place) {
  const names = model.data.communities[place]?.names ?? [];
  return `${place + 1} ${names.map(model.name).join(', ')}`;
}

function facetsOf(model) {
  const { data } = model;
  const named = (things, value) => things.map((thing, place) => ({ place, value: value(thing), text: label(thing.label) }));
  const of = (name, title, choices, more = {}) => ({ name, title, choices, ...more });
  const held = new Set(countryPlaces(data)); // a saved page may hold no city of a country
  const networks = [...model.members].filter(([, members]) => members.size).map(([place, members]) => ({ place, value: model.slug(place), text: model.name(place), all: members.size }));
  return [
    of('layers', t('Kind of link'), data.layers.flatMap((layer, place) => (data.links.layer.includes(place) ? [{ place, value: model.layerSlugs[place], text: layerName(layer), mark: layerMark(model, place) }] : [])), { unit: t('pairs'), chosen: (state) => layersOf(model, state.layers), usual: layersOf(model, []) }),
    of('kinds', t('Kind of node'), data.kinds.flatMap((kind, place) => (data.nodes.kind.includes(place) ? [{ place, value: kind, text: kindsName(kind), mark: kindMark(kind) }] : []))),
    of('networks', t('Members of a network'), networks, { ranked: true, reach: true, unit: t('drawn') }),
    of('countries', t('Country'), [...named(data.countries, ({ code }) => code), { place: data.countries.length, value: NONE, text: t('no country known') }].filter(({ place }) => held.has(place)), { ranked: true, reach: true, unit: t('cities') }),
    of('goals', t('SDGs'), [...data.goals.map((goal, place) => ({ place, value: String(goal.number), text: `${goal.number} ${label(goal.label)}` })), { place: 17, value: NONE, text: t('no goal stated') }], { ranked: true, unit: t('actions and agreements') }),
    of('lines', t('Strategic line'), data.lines.length ? [...named(data.lines, ({ iri }) => iri), { place: data.lines.length, value: NONE, text: t('no line stated') }] : [], { unit: t('actions and agreements'), empty: t('These data name no strategic line of any action.') }),
    of('evidence', t('Evidence'), EVIDENCE.map((evidence) => ({ place: evidence, value: evidence, text: evidenceName(evidence), title: evidenceMeaning(evidence) })), { unit: t('actions and agreements'), hint: t('Of an action: the weakest of what is said of each city’s part in it.') }),
  ].filter(({ choices, empty }) => choices.length > 0 || empty);
}

function createList({ name, title, choices, unit, ranked, reach, empty, hint, chosen: chosenOf, usual }, model, change) {
  let state = DEFAULTS;
  let found = null;
  let whole = false;
  let order = choices;
  const rows = new Map(choices.map((choice) => [choice.value, createRow(name, choice, toggle)]));
  const list = el('ul', { class: 'picks' });
  const find = choices.length > 12 ? el('input', { type: 'search', class: 'find', placeholder: t('Find in {n}', { n: choices.length }), 'aria-label': title, oninput: draw }) : null;
  const more = el('button', { type: 'button', class: 'more', onclick: () => { whole = !whole; draw(); } });
  const partners = reach ? el('label', { class: 'choice also' }, el('input', { type: 'checkbox', onchange: (event) => change({ only: !event.target.checked }) }), el('span', { class: 'what' }, t('With their partners elsewhere'))) : null;
  const box = createBox(name, title, () => change({ [name]: DEFAULTS[name], ...(reach ? { only: false } : {}) }), empty && !choices.length ? el('p', { class: 'quiet' }, empty) : null, find, hint ? el('p', { class: 'quiet' }, hint) : null, list, more, partners);

  function isChosen({ value, place }) {
    return chosenOf ? chosenOf(state).has(place) : state[name].includes(value);
  }
  function toggle(choice, on) {
    const now = choices.filter((one) => (one === choice ? on : isChosen(one))).map(({ value }) => value);
    if (!usual) return change({ [name]: now });
    const isUsual = choices.every((one) => usual.has(one.place) === now.includes(one.value));
    change({ [name]: isUsual ? [] : now.length ? now : [NONE] });
  }
  function draw() {
    const asked = plain(find?.value ?? '');
    const fit = order.filter((choice) => (asked ? plain(choice.text).includes(asked) : whole || order.length <= SHORT + 2 || isChosen(choice) || choice.value === NONE || order.indexOf(choice) < SHORT));
    const shown = fit.slice(0, MOST).map(({ value }) => rows.get(value).element);
    if (shown.length !== list.children.length || shown.some((row, i) => list.children[i] !== row)) list.replaceChildren(...shown);
    more.hidden = Boolean(asked) || order.length <= SHORT + 2;
    more.textContent = whole ? t('Show fewer') : t('Show all {n}', { n: order.length });
  }
  return {
    element: box.element,
    show(next, counts) {
      state = next;
      const of = (choice) => counts[name] instanceof Map ? counts[name].get(choice.place) : counts[name][choice.place];
      if (!found && ranked) order = [...choices].sort((a, b) => (a.value === NONE) - (b.value === NONE) || of(b) - of(a) || a.text.localeCompare(b.text, undefined, { numeric: true }));
      found = counts[name];
      const most = Math.max(1, ...choices.map(of));
      for (const choice of choices) rows.get(choice.value).show(isChosen(choice), of(choice), most);
      box.show(state[name].length > 0 && (usual || state[name].length), unit);
      if (partners) { partners.hidden = !state[name].length; partners.firstChild.checked = !state.only; }
      draw();
    },
  };
}

function createRow(facet, choice, toggle) {
  const input = el('input', { type: 'checkbox', name: facet, value: choice.value, onchange: () => toggle(choice, input.checked) });
  const count = el('span', { class: 'count' });
  const row = el('label', { class: 'choice', title: choice.title }, input, choice.mark, el('span', { class: 'what' }, choice.text), count);
  return {
    element: el('li', {}, row),
    show(chosenNow, n, most) {
      input.checked = chosenNow;
      count.textContent = choice.all === undefined ? number(n) : t('{n} of {all}', { n, all: choice.all });
      row.classList.toggle('zero', n === 0 && !chosenNow);
      row.style.setProperty('--part', `${(100 * n) / most}%`);
    },
  };
}

/** The frame of a facet: it opens and closes, and is cleared by its own button, which is there when something is chosen. */
function createBox(name, title, clear, ...inside) {
  const button = el('button', { type: 'button', class: 'clear', 'aria-label': [t('Clear'), title].join(': '), onclick: clear }, t('Clear'));
  const unitText = el('span', { class: 'unit' });
  const details = el('details', { open: ['layers', 'kinds', 'networks', 'countries', 'evidence'].includes(name) }, el('summary', {}, el('h3', {}, title), unitText), inside);
  return {
    element: el('div', { class: 'facet', dataset: { facet: name } }, details, button),
    show(active, unit) {
      button.hidden = !active;
      details.classList.toggle('active', Boolean(active));
      unitText.textContent = unit ?? '';
    },
  };
}

function createAmount(model, change) {
  const currencies = [...new Set(model.data.events.currency.filter(Boolean))].sort();
  const currency = el('select', { 'aria-label': t('Currency'), onchange: set }, currencies.map((code) => el('option', { value: code }, code)));
  const least = el('input', { type: 'number', min: 0, step: 'any', inputmode: 'decimal', 'aria-label': t('At least'), placeholder: '0', onchange: set });
  const said = el('p', { class: 'quiet' });
  const keep = el('input', { type: 'checkbox', onchange: () => change({ unpriced: keep.checked }) });
  const keepText = el('span', { class: 'what' });
  const box = createBox('amount', t('Amount'), () => change({ amount: '', unpriced: false }),
    el('div', { class: 'fields' }, el('span', {}, t('At least')), least, currency), said, el('label', { class: 'choice also' }, keep, keepText));
  function set() {
    change({ amount: least.value === '' ? '' : `${currency.value}${Number(least.value)}` });
  }
  return {
    element: box.element,
    show(state, { amounts }) {
      const [code, value] = amountOf(state.amount);
      if (code) currency.value = code;
      if (document.activeElement !== least) least.value = value ?? '';
      const stated = [...amounts.currencies].sort(([a], [b]) => a.localeCompare(b)).map(([unit, { events, least: low, most }]) => tn('{n} states an amount: {range}.', '{n} state an amount: {range}.', events, { range: low === most ? money(low, unit) : t('{from} to {to}', { from: money(low, unit), to: money(most, unit) }) }));
      said.textContent = [...stated, currencies.length > 1 ? t('Currencies are never compared.') : ''].join(' ');
      keep.checked = state.unpriced;
      keepText.textContent = tn('Keep {n} whose amount is not known', 'Keep {n} whose amount is not known', amounts.unknown);
      least.disabled = currencies.length === 0;
      box.show(value !== null, t('actions and agreements'));
    },
  };
}
