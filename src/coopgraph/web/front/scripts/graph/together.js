// What two nodes share beside a link: agreements of many, actions, networks; whatever is filtered or switched off.
import { el } from '../shared/dom.js';
import { t, tn } from '../shared/words.js';
import { record } from './recorded.js';
import { proof, when } from './texts.js';

/** Return the events `between` two nodes, the other events that links of both rest on, and the networks both are members of. */
export function sharedBy(model, a, b) {
  const [of, and] = [a, b].map((i) => new Set([...model.incident(i)].flatMap((link) => [...model.eventsOf(link)])));
  const between = new Set([...model.incident(a)].flatMap((link) => (model.other(link, a) === b ? [...model.eventsOf(link)] : [])));
  return {
    between,
    events: [...of].filter((event) => and.has(event) && !between.has(event)).sort((one, other) => one - other),
    networks: [...model.members].filter(([, members]) => members.has(a) && members.has(b)).map(([network]) => network),
  };
}

/** Say what both take part in; actions whose roles are not known are asked of the server, which a saved page has not. */
export function together(model, { saved }, a, b) {
  const { between, events, networks } = sharedBy(model, a, b);
  const kind = (one) => events.filter((event) => model.data.events.kind[event] === one).map((event) => proof(model, event));
  const list = (title, rows) => (rows.length ? [el('h4', {}, title), el('ul', { class: 'proofs' }, rows)] : []);
  const isCity = (i) => model.kind(i) === 'city';
  const nothing = el('p', { class: 'quiet' }, t('Nothing else that both take part in is in this drawing’s data.'));
  const more = el('div', { dataset: { part: 'actions' } }, events.length || networks.length ? null : nothing);
  if (!saved && isCity(a) && isCity(b)) fill(more, [a, b].map((i) => model.data.nodes.iri[i]), new Set([...between, ...events].map((event) => model.data.events.iri[event])));
  return el('section', { class: 'group', dataset: { section: 'together' } },
    el('h3', {}, t('What they share')),
    el('p', { class: 'hint' }, saved ? t('Only of what was drawn when this page was saved.') : t('Whatever is filtered or switched off here.')),
    el('div', { class: 'between' },
      list(t('Agreements both are party to'), kind('agreement')),
      list(t('Actions in which others gave to them or received from them'), kind('action')),
      list(tn('{n} network both are members of', '{n} networks both are members of', networks.length), networks.map((network) => el('li', { class: 'proof' }, el('b', {}, model.name(network))))),
      more));
}

/** Fill in the actions both took part in beside those that are `told`. */
async function fill(root, iris, told) {
  try {
    const [of, and] = await Promise.all(iris.map(record));
    const known = new Set(and.actions.map(({ action }) => action.iri));
    const both = of.actions.filter(({ action }) => known.has(action.iri) && !told.has(action.iri));
    if (!both.length) return;
    root.replaceChildren(
      el('h4', {}, tn('{n} action both took part in, where it is not known who gave to whom', '{n} actions both took part in, where it is not known who gave to whom', both.length)),
      el('ul', { class: 'proofs' }, both.map(({ action, start, end }) => el('li', { class: 'proof' }, el('b', { lang: action.lang || null }, action.label), el('p', { class: 'quiet' }, when([...new Set([start, end].filter(Boolean))].join('–')))))));
  } catch (error) {
    root.replaceChildren(el('p', { class: 'wrong', role: 'alert' }, error.message));
  }
}
