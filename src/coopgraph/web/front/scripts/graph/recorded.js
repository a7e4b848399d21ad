// All that is recorded of a node, whatever is filtered: asked of the server when it is opened.
import { ask } from '../shared/ask.js';
import { el } from '../shared/dom.js';
import { lang, money, number, t, tn } from '../shared/words.js';
import { certaintyChip, cited, when } from './texts.js';

const asked = new Map(); // what was asked for is not asked for again

/** Return what is recorded of a thing. */
export function record(iri) {
  if (!asked.has(iri)) asked.set(iri, ask('thing', { iri, lang }).catch((error) => { asked.delete(iri); throw error; }));
  return asked.get(iri);
}

/** Return a section that is filled when it is opened first. */
export function recorded(iri) {
  const inside = el('div', {}, el('p', { class: 'hint' }, t('Loading …')));
  const section = el('details', { class: 'group', dataset: { section: 'recorded' } }, el('summary', {}, el('h3', {}, t('All that is recorded'))), el('p', { class: 'hint' }, t('Also actions that show no exchange, because it is not known who contributed or who benefited.')), inside);
  section.addEventListener('toggle', async () => {
    try {
      inside.replaceChildren(...told(await record(iri)));
    } catch (error) {
      inside.replaceChildren(el('p', { class: 'wrong', role: 'alert' }, error.message));
    }
  }, { once: true });
  return section;
}

/** Say what is counted of a city beside all that is recorded of it: `drawn` has actions, exchanging and amounts. */
export function counted(iri, { actions, exchanging, amounts }) {
  const root = el('div', { dataset: { part: 'counted' } });
  const fill = ({ actions: all, partners, money: sums }) => [
    t('{drawn} of {all} actions are drawn.', { drawn: actions, all: all.length }),
    actions < all.length ? t('In the others it is not known who gave and who received, or they do not pass the filters.') : '',
    t('Exchanges with {n}; documented together with {all}.', { n: exchanging, all: partners.length }),
    !amounts && sums.length ? tn('{n} amount is stated that is not drawn: see “All that is recorded”.', '{n} amounts are stated that are not drawn: see “All that is recorded”.', sums.length) : '',
  ].filter(Boolean).join(' ');
  record(iri).then((found) => root.replaceChildren(el('p', { class: 'hint' }, fill(found))), (error) => root.replaceChildren(el('p', { class: 'wrong', role: 'alert' }, error.message)));
  return root;
}

function told({ country, population, lat, long, place_sources: placed, actions, memberships, money: sums, reported, sources }) {
  const row = (thing, said, { certainty, sources: places }) => el('li', { class: 'proof' }, el('b', { lang: thing.lang || null }, thing.label), el('p', { class: 'quiet' }, said.filter(Boolean).join(' · '), ' ', certainty ? certaintyChip(certainty) : null),
    places.length ? el('p', { class: 'quiet' }, places.map((place, n) => [n ? ' · ' : '', cited(sources[place])])) : null);
  const span = (from, to) => when([...new Set([from, to].filter(Boolean))].join('–'));
  const list = (title, rows) => (rows.length ? [el('h4', {}, title), el('ul', { class: 'proofs' }, rows)] : []);
  const place = [country?.label, population && tn('{n} person', '{n} people', population), lat !== null && `${number(lat)}, ${number(long)}`].filter(Boolean);
  const parts = [
    ...list(t('Place'), place.length ? [row({ label: place.join(' · ') }, [], { sources: placed })] : []),
    ...list(tn('{n} action', '{n} actions', actions.length), actions.map(({ action, start, end, part, ...more }) => row(action, [span(start, end), ...(part ? [...part.roles, t('contributed: {answer}', { answer: answer(part.contributes) }), t('benefited: {answer}', { answer: answer(part.benefits) })] : [])], { certainty: part?.certainty, ...more }))),
    ...list(tn('{n} membership', '{n} memberships', memberships.length), memberships.map(({ other, role, since, until, ...more }) => row({ ...other, label: other.full || other.label }, [role, since || until ? span(since, until) : ''], more))),
    ...list(tn('{n} amount stated', '{n} amounts stated', sums.length), sums.map(({ amount, currency, kind, about, payer, payee, period, ...more }) => row({ label: money(amount, currency) }, [kind?.label, ...about.map(({ label }) => label), payer && t('paid by {name}', { name: payer.label }), payee && t('paid to {name}', { name: payee.label }), period], more))),
    ...list(tn('{n} total that a source gives', '{n} totals that sources give', reported.length), reported.map(({ measure, value, unit, qualifier, period, ...more }) => row({ label: `${measure}: ${number(value)} ${unit}` }, [qualifier, period], more))),
  ];
  return parts.length ? parts : [el('p', { class: 'quiet' }, t('Nothing more is recorded of it.'))];
}

function answer(flag) {
  if (flag === null || flag === undefined) return t('not known');
  return flag ? t('yes') : t('no');
}
