// The panel of what is selected: a node, a link, several nodes, a way between two, or two beside each other.
import { el } from '../shared/dom.js';
import { label, lang, number, t, tn } from '../shared/words.js';
import { communityName } from './facets.js';
import { kindMark, layerMark } from './marks.js';
import { counted, recorded } from './recorded.js';
import { kindName, layerName, measures, proof, weight } from './texts.js';
import { together } from './together.js';
import { drawnPartners, partnersOf } from './view.js';

const FIRST = 12; // rows of a list before the rest is asked for

/**
 * Put the panel into `root`. `acts` are what its buttons do: select(list), pick(list) beside what is selected if add() was asked for, link(a, b), expand(i), hide(i), pin(i), around(i, hops), path(a, b), compare(a, b), close().
 * `show(view)` draws what the view has chosen and tells whether there is anything.
 */
export function createPanel(root, model, acts) {
  return {
    show(view) {
      const at = root.contains(document.activeElement) ? document.activeElement.dataset.act : undefined;
      const parts = contents(model, view, acts);
      root.replaceChildren(...(parts ? [el('button', { type: 'button', class: 'close', dataset: { act: 'close' }, onclick: acts.close }, '← ', t('Back to the legend')), ...parts] : []));
      if (at) (root.querySelector(`[data-act="${CSS.escape(at)}"]`) ?? root).focus({ preventScroll: true });
      return Boolean(parts);
    },
  };
}

function contents(model, view, acts) {
  if (view.compare) return comparePanel(model, view, acts);
  if (view.path) return pathPanel(model, view, acts);
  if (view.pair) return linkPanel(model, view, acts);
  if (view.selected.length > 1) return severalPanel(model, view, acts);
  if (view.selected.length === 1) return nodePanel(model, view, view.selected[0], acts);
  return null;
}

function nodePanel(model, view, i, acts) {
  const { nodes } = model.data;
  const partners = partnersOf(model, view.passed, i);
  const { drawn, all } = drawnPartners(model, view.passed, view.drawn, i);
  const events = eventsOf(model, view, i);
  const of = (kind) => events.filter((event) => model.data.events.kind[event] === kind);
  const kind = model.kind(i);
  const page = view.saved ? null : { city: 'city', network: 'network' }[kind] ?? 'thing';
  const button = (act, text, title, run, more = {}) => el('button', { type: 'button', class: 'tool', title, dataset: { act }, onclick: run, ...more }, text);
  return [
    heading(model, i),
    el('div', { class: 'acts' },
      view.placed ? null : button('expand', drawn < all ? t('Expand: {drawn} of {all}', { drawn, all }) : t('All {all} drawn', { all }), t('Draw more of its partners'), () => acts.expand(i), { disabled: drawn >= all }),
      button('hide', t('Hide'), t('Do not draw it'), () => acts.hide(i)),
      view.placed ? null : button('pin', view.pinned.has(i) ? t('Unpin') : t('Pin'), t('Keep it where it is'), () => acts.pin(i), { 'aria-pressed': String(view.pinned.has(i)) }),
      button('add', t('Add another'), t('Select another beside it, to compare them or to find the way between them'), acts.add, { 'aria-pressed': String(view.adding) }),
      button('around1', t('1 step around'), t('Only it and those it is linked with'), () => acts.around(i, 1)),
      button('around2', t('2 steps around'), t('Also those they are linked with'), () => acts.around(i, 2))),
    view.adding ? el('p', { class: 'note' }, t('Choose another in the drawing, in the tables or by a search.')) : null,
    facts(model, i),
    page ? el('p', {}, el('a', { href: `/${lang}/${page}?${new URLSearchParams({ iri: nodes.iri[i] })}` }, kind === 'city' ? t('The whole page of this city') : t('Its whole page'))) : null,
    measureList(model, i),
    kind === 'city' && !view.saved ? counted(nodes.iri[i], { actions: of('action').length, exchanging: exchanging(model, view, i), amounts: events.filter((event) => model.data.events.amount[event] !== null).length }) : null,
    kind === 'network' && carried(model) ? membersDrawn(model, view, i) : null,
    section('partners', t('Linked with {n}', { n: partners.length }), partners.length ? t('By how much they exchange and how many agreements join them.') : t('No link of it passes the filters.'), partners.map((partner) => partnerRow(model, view, i, partner, acts)), true),
    ...[['agreement', tn('{n} agreement', '{n} agreements', of('agreement').length)], ['action', tn('{n} action', '{n} actions', of('action').length)], ['membership', tn('{n} membership', '{n} memberships', of('membership').length)]]
      .map(([one, title]) => (of(one).length ? section(one, title, '', of(one).map((event) => proof(model, event))) : null)),
    moneyOf(model, view, events),
    view.saved ? null : recorded(nodes.iri[i]),
  ].filter(Boolean);
}

function heading(model, i) {
  return el('header', { class: 'named' }, kindMark(model.kind(i)), el('h2', { tabindex: -1 }, model.name(i)), el('span', { class: 'chip' }, kindName(model.kind(i))));
}

function facts(model, i) {
  const { nodes, countries } = model.data;
  const country = countries.find(({ code }) => code === nodes.country[i]);
  const rows = [
    [t('Country'), country && label(country.label)],
    [t('Population'), nodes.population[i] === null ? null : tn('{n} person', '{n} people', nodes.population[i])],
    [t('Also called'), nodes.names[i].join(', ')],
    [t('Community'), nodes.community[i] < 0 ? null : communityName(model, nodes.community[i])],
  ].filter(([, value]) => value);
  return el('dl', { class: 'facts' }, rows.map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

function measureList(model, i) {
  const values = model.data.nodes.measures;
  const known = Object.entries(measures()).filter(([name]) => values[name] && values[name][i] !== null);
  if (!known.length) return null;
  return el('section', { class: 'measures' }, el('h3', {}, t('Measures'), el('small', {}, t('Over all the data, whatever is filtered here.'))),
    el('dl', {}, known.map(([name, { name: said, unit, what, digits }]) => el('div', { title: what }, el('dt', {}, said), el('dd', {}, number(values[name][i], digits), el('small', {}, unit))))),
    el('details', {}, el('summary', {}, t('What each of them is')), el('dl', { class: 'whats' }, known.map(([, { name: said, what }]) => [el('dt', {}, said), el('dd', {}, what)]))));
}

function partnerRow(model, view, i, { other, links }, acts) {
  const row = el('details', { class: 'partner' },
    el('summary', {}, kindMark(model.kind(other)), el('span', { class: 'what' }, model.name(other)), el('span', { class: 'marks' }, links.map((link) => layerMark(model, model.layer[link])))),
    el('div', { class: 'acts' },
      el('button', { type: 'button', class: 'tool', onclick: () => acts.pick([other]) }, t('Select')),
      el('button', { type: 'button', class: 'tool', onclick: () => acts.link(i, other) }, t('Select the link')),
      el('button', { type: 'button', class: 'tool', onclick: () => acts.compare(i, other) }, t('Compare'))));
  row.addEventListener('toggle', () => { if (row.open && row.children.length === 2) row.append(between(model, view, i, other)); });
  return el('li', {}, row);
}

/** What joins two nodes, layer by layer: what each gives, and each event with its evidence. */
function between(model, view, a, b) {
  const links = [...model.incident(a)].filter((link) => view.passed.link[link] && model.other(link, a) === b);
  if (!links.length) return el('p', { class: 'quiet' }, t('No link from one to the other passes the filters.'));
  return el('div', { class: 'between' }, links.map((link) => {
    const layer = model.data.layers[model.layer[link]];
    const events = [...model.eventsOf(link)].filter((event) => view.passed.event[event]);
    const gives = ([from, to, value]) => el('p', { class: 'gives' }, t('{from} to {to}: {value}', { from: model.name(from), to: model.name(to), value: weight(value) }));
    const turned = model.source[link] === b;
    const [out, back] = turned ? [view.passed.backward[link], view.passed.forward[link]] : [view.passed.forward[link], view.passed.backward[link]];
    return el('section', {},
      el('h4', {}, layerMark(model, model.layer[link], { oneWay: layer.directed && (out === 0 || back === 0) }), layerName(layer)),
      layer.directed ? [gives([a, b, out]), gives([b, a, back]), el('p', { class: 'hint' }, t('Counted in events; what one event gives is shared among those who benefit.'))] : null,
      el('ul', { class: 'proofs' }, events.map((event) => proof(model, event))));
  }));
}

function linkPanel(model, view, acts) {
  const [a, b] = view.pair;
  return [
    el('header', { class: 'named' }, el('h2', { tabindex: -1 }, t('{a} and {b}', { a: model.name(a), b: model.name(b) }))),
    el('div', { class: 'acts' }, [a, b].map((i) => el('button', { type: 'button', class: 'tool', onclick: () => acts.select([i]) }, model.name(i))), el('button', { type: 'button', class: 'tool', onclick: () => acts.compare(a, b) }, t('Compare'))),
    between(model, view, a, b),
  ];
}

function severalPanel(model, view, acts) {
  const { selected } = view;
  const common = commonPartners(model, view, selected);
  const [a, b] = selected;
  return [
    el('header', { class: 'named' }, el('h2', { tabindex: -1 }, tn('{n} selected', '{n} selected', selected.length))),
    el('ul', { class: 'picked' }, selected.map((i) => el('li', {}, kindMark(model.kind(i)), el('button', { type: 'button', class: 'link', onclick: () => acts.select([i]) }, model.name(i)), el('button', { type: 'button', class: 'remove', 'aria-label': t('Leave out {name}', { name: model.name(i) }), onclick: () => acts.select(selected.filter((one) => one !== i)) }, '×')))),
    selected.length === 2 ? el('div', { class: 'acts' }, el('button', { type: 'button', class: 'tool', dataset: { act: 'path' }, onclick: () => acts.path(a, b) }, t('Shortest path')), el('button', { type: 'button', class: 'tool', dataset: { act: 'compare' }, onclick: () => acts.compare(a, b) }, t('Compare'))) : el('p', { class: 'quiet' }, t('Select two to find the shortest path between them or to compare them.')),
    section('common', tn('{n} common partner city', '{n} common partner cities', common.length), common.length ? t('Linked with each of them by a link that passes the filters.') : '', common.map((i) => nameRow(model, i, acts)), true),
    selected.length === 2 ? el('section', { class: 'group' }, el('h3', {}, t('Between them')), between(model, view, a, b)) : null,
    selected.length === 2 ? together(model, view, a, b) : null,
  ].filter(Boolean);
}

function commonPartners(model, view, list) {
  const sets = list.map((i) => new Set(partnersOf(model, view.passed, i).map(({ other }) => other)));
  return partnersOf(model, view.passed, list[0]).map(({ other }) => other).filter((other) => model.kind(other) === 'city' && !list.includes(other) && sets.every((set) => set.has(other)));
}

function pathPanel(model, view, acts) {
  const { ends: [a, b], ways, of } = view.path;
  const title = el('header', { class: 'named' }, el('h2', { tabindex: -1 }, t('From {a} to {b}', { a: model.name(a), b: model.name(b) })));
  if (!ways.length) return [title, el('p', {}, t('No chain of links that pass the filters leads from one to the other.')), el('div', { class: 'acts' }, el('button', { type: 'button', class: 'tool', onclick: () => acts.select([a, b]) }, t('Back to both')))];
  const steps = ways[0].slice(1).map((to, n) => [ways[0][n], to]);
  return [
    title,
    el('p', { class: 'quiet' }, [tn('{n} step, whatever the direction.', '{n} steps, whatever the direction.', steps.length), of > 1 ? t('{n} ways are as short; the strongest is shown.', { n: of }) : t('No other way is as short.')].join(' ')),
    el('ol', { class: 'chain' }, el('li', { class: 'stop' }, nameButton(model, a, acts)), steps.map(([from, to]) => [
      el('li', { class: 'step' }, el('details', {}, el('summary', {}, stepText(model, view, from, to)), between(model, view, from, to))),
      el('li', { class: 'stop' }, nameButton(model, to, acts))])),
    ways.length > 1 ? section('ways', of > ways.length ? t('Other ways: {shown} of {all}', { shown: ways.length - 1, all: of - 1 }) : t('Other ways'), '', ways.slice(1).map((way) => el('li', { class: 'quiet' }, way.map(model.name).join(' → ')))) : null,
    el('div', { class: 'acts' }, el('button', { type: 'button', class: 'tool', onclick: () => acts.compare(a, b) }, t('Compare'))),
  ].filter(Boolean);
}

function stepText(model, view, from, to) {
  const links = [...model.incident(from)].filter((link) => view.passed.link[link] && model.other(link, from) === to);
  const events = new Set(links.flatMap((link) => [...model.eventsOf(link)].filter((event) => view.passed.event[event])));
  return [links.map((link) => layerMark(model, model.layer[link])), [...new Set(links.map((link) => layerName(model.data.layers[model.layer[link]])))].join(', '), ' · ', tn('{n} piece of evidence', '{n} pieces of evidence', events.size)];
}

function comparePanel(model, view, acts) {
  const [a, b] = view.compare;
  const values = model.data.nodes.measures;
  const partners = [a, b].map((i) => new Set(partnersOf(model, view.passed, i).map(({ other }) => other).filter((other) => model.kind(other) === 'city')));
  const common = [...partners[0]].filter((i) => partners[1].has(i));
  const only = partners.map((set, n) => [...set].filter((i) => !partners[1 - n].has(i) && i !== [a, b][1 - n]));
  const events = [a, b].map((i) => eventsOf(model, view, i));
  const count = (n, kind) => number(events[n].filter((event) => model.data.events.kind[event] === kind).length);
  const row = (name, one, other, title) => el('tr', {}, el('th', { scope: 'row', title }, name), el('td', { class: 'number' }, one), el('td', { class: 'number' }, other));
  const known = Object.entries(measures()).filter(([name]) => values[name]);
  return [
    el('header', { class: 'named' }, el('h2', { tabindex: -1 }, t('{a} and {b} compared', { a: model.name(a), b: model.name(b) }))),
    el('table', { class: 'compared' }, el('thead', {}, el('tr', {}, el('td'), [a, b].map((i) => el('th', { scope: 'col' }, nameButton(model, i, acts))))),
      el('tbody', {}, known.map(([name, { name: said, unit, digits, what }]) => row([said, el('small', {}, unit)], number(values[name][a], digits), number(values[name][b], digits), what)),
        row(t('Population'), number(model.data.nodes.population[a]), number(model.data.nodes.population[b])),
        [['agreement', t('Agreements')], ['action', t('Actions')]].map(([kind, said]) => row([said, el('small', {}, t('that pass the filters'))], count(0, kind), count(1, kind))),
        carried(model) ? row([t('Networks'), el('small', {}, t('whatever is filtered'))], ...[a, b].map((i) => number([...model.members.values()].filter((members) => members.has(i)).length))) : null)),
    section('common', tn('{n} common partner city', '{n} common partner cities', common.length), '', common.map((i) => nameRow(model, i, acts)), true),
    ...[a, b].map((i, n) => section(`only${n}`, t('Cities only with {name}: {n}', { name: model.name(i), n: only[n].length }), '', only[n].map((other) => nameRow(model, other, acts)))),
    el('section', { class: 'group' }, el('h3', {}, t('Between them')), between(model, view, a, b)),
    together(model, view, a, b),
    el('div', { class: 'acts' }, el('button', { type: 'button', class: 'tool', onclick: () => acts.path(a, b) }, t('Shortest path'))),
  ];
}

/** The events of a node's links that pass, the latest first, the undated last. */
function eventsOf(model, view, i) {
  const found = new Set();
  for (const link of model.incident(i)) if (view.passed.link[link]) for (const event of model.eventsOf(link)) if (view.passed.event[event]) found.add(event);
  const day = (event) => model.data.events.from[event] ?? model.data.events.to[event] ?? '';
  return [...found].sort((a, b) => day(b).localeCompare(day(a)) || a - b);
}

/** With how many others it exchanges by links that pass. */
function exchanging(model, view, i) {
  return new Set([...model.incident(i)].filter((link) => view.passed.link[link] && model.data.layers[model.layer[link]].directed).map((link) => model.other(link, i))).size;
}

/** Whether memberships are in the data: a saved page may hold none. */
function carried(model) {
  return [...model.members.values()].some((members) => members.size);
}

function membersDrawn(model, view, i) {
  const members = [...model.members.get(i)];
  return el('p', { class: 'hint', dataset: { part: 'members' } }, t('{drawn} of {all} members are drawn.', { drawn: members.filter((one) => view.drawn[one]).length, all: members.length }));
}

function moneyOf(model, view, events) {
  const known = events.filter((event) => model.data.events.amount[event] !== null);
  if (!known.length) return view.saved && events.length ? el('p', { class: 'hint' }, t('No amount is stated of what is drawn.')) : null;
  const said = t('An amount is of the whole action or agreement, not of this city’s part. Of {n} it is not known.', { n: events.length - known.length });
  return section('money', tn('{n} amount stated', '{n} amounts stated', known.length), said, known.map((event) => proof(model, event)));
}

function section(name, title, said, rows, open = false) {
  const list = el('ul', { class: 'rows' }, rows.slice(0, FIRST));
  const rest = rows.slice(FIRST);
  const more = rest.length ? el('button', { type: 'button', class: 'more', onclick: () => { list.append(...rest); more.remove(); } }, tn('Show {n} more', 'Show {n} more', rest.length)) : null;
  return el('details', { class: 'group', open, dataset: { section: name } }, el('summary', {}, el('h3', {}, title)), said ? el('p', { class: 'hint' }, said) : null, list, more);
}

function nameButton(model, i, acts) {
  return el('button', { type: 'button', class: 'link', onclick: () => acts.select([i]) }, model.name(i));
}

function nameRow(model, i, acts) {
  return el('li', { class: 'named-row' }, kindMark(model.kind(i)), nameButton(model, i, acts));
}
