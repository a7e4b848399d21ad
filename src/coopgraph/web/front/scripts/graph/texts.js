// What things of the graph are called, and what each measure tells, in the page's words.
import { el } from '../shared/dom.js';
import { day, label, money, number, t, tn } from '../shared/words.js';

export const kindName = (kind) => ({ city: t('City'), network: t('Network'), organisation: t('Organisation'), agreement: t('Agreement of many parties') })[kind] ?? kind;

export const kindsName = (kind) => ({ city: t('Cities'), network: t('Networks'), organisation: t('Organisations'), agreement: t('Agreements of four or more parties') })[kind] ?? kind;

/** "87 of 173 cities"; only one number where both are the same. */
export function kindCount(kind, shown, all) {
  if (shown !== all) {
    const text = { city: t('{shown} of {all} cities'), network: t('{shown} of {all} networks'), organisation: t('{shown} of {all} organisations'), agreement: t('{shown} of {all} agreements of many parties') }[kind] ?? '{shown} / {all}';
    return text.replace('{shown}', number(shown)).replace('{all}', number(all));
  }
  return { city: tn('{n} city', '{n} cities', all), network: tn('{n} network', '{n} networks', all), organisation: tn('{n} organisation', '{n} organisations', all), agreement: tn('{n} agreement of many parties', '{n} agreements of many parties', all) }[kind] ?? number(all);
}

/** What can size a node, in the order it is told: its name, its unit, and a sentence of what it is. */
export const measures = () => ({
  peer_exchange: { name: t('Peer exchange'), unit: t('share, 0 to 1'), digits: 3, what: t('How mutual its exchange is, over all the partners it could have. 0: nothing it gives is returned. 1: balanced with every other city.') },
  peer_exchange_1: { name: t('Peer exchange, k = 1'), unit: t('share, 0 to 1'), digits: 3, what: t('The same, where token exchanges count less.') },
  given: { name: t('Given'), unit: t('events'), digits: 2, what: t('What it contributed, counted in events; what one event gives is shared among those who benefit.') },
  received: { name: t('Received'), unit: t('events'), digits: 2, what: t('What it benefited from, counted in events; what one event gives is shared among those who benefit.') },
  reciprocity: { name: t('Reciprocity'), unit: t('share, 0 to 1'), digits: 2, what: t('Which share of what it exchanges is returned, partner by partner.') },
  partners: { name: t('Partners'), unit: t('cities'), digits: 0, what: t('With how many cities it exchanges, in either direction.') },
});

export const evidenceName = (evidence) => ({ stated: t('stated'), derived: t('derived'), unknown: t('not said') })[evidence];

export const evidenceMeaning = (evidence) => ({
  stated: t('The source states it; of an action: who contributed and who benefited.'),
  derived: t('A reading of the source, or a rule, says it; of an action: who contributed and who benefited.'),
  unknown: t('Nothing says whether it is stated or derived.'),
})[evidence];

const eventKind = (kind) => ({ action: t('action'), agreement: t('agreement'), membership: t('membership') })[kind] ?? kind;

/** A weight as it is read: without the last digits of adding up. */
export const weight = (value) => number(Math.round(value * 1e6) / 1e6);

/** When an event was, as stated: a date, or from one to another. */
export function when(stated) {
  if (!stated) return t('date not stated');
  const [from, to] = stated.split('–');
  return to ? t('{from} to {to}', { from: day(from), to: day(to) }) : day(from);
}

/** What an event rests on, as an item of a list: its name, when, how well it is known, its money and each source. */
export function proof(model, event) {
  const { events, sources } = model.data;
  const certainty = events.certainty[event] || 'unknown';
  return el('li', { class: 'proof' },
    el('b', {}, model.eventName(event)),
    el('p', { class: 'quiet' },
      [eventKind(events.kind[event]), when(events.date[event]), ...(events.amount[event] === null ? [] : [money(events.amount[event], events.currency[event])])].join(' · '), ' ',
      events.kind[event] === 'action' || events.certainty[event] ? certaintyChip(certainty) : null),
    events.sources[event].length ? el('p', { class: 'quiet' }, events.sources[event].map((place, n) => [n ? ' · ' : '', cited(sources[place])])) : el('p', { class: 'quiet' }, t('No source is named.')));
}

export function certaintyChip(certainty) {
  return el('span', { class: 'chip sure', dataset: { evidence: certainty }, title: evidenceMeaning(certainty) }, evidenceName(certainty));
}

/** A source by its title, publisher and date; a link where it has an address. */
export function cited({ title, publisher, url, iri, date }) {
  const name = [title || iri, publisher, date && day(date)].filter(Boolean).join(', ');
  return /^https?:/i.test(url ?? '') ? el('a', { href: url, rel: 'noopener noreferrer', target: '_blank' }, name) : name;
}

export const layerName = (layer) => label(layer.label);

/** A period of years; 0 is an end that is not set. */
export function periodText({ from, to }) {
  if (from && to) return from === to ? String(from) : t('{from} to {to}', { from: String(from), to: String(to) });
  return from ? t('since {year}', { year: String(from) }) : t('until {year}', { year: String(to) });
}
