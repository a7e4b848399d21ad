// Search as you type over everything that has a name; what a page does with a find is its own affair.
import { ask } from './ask.js';
import { el, say } from './dom.js';
import { lang, t, tn } from './words.js';

const WAIT = 60; // milliseconds after the last key

/**
 * Make the search box of the page work. `choose(found)` is called with {iri, kind, label, href}; by default its page is opened.
 * `find(text)` gives {found, more}; by default the server is asked.
 */
export function startSearch(choose = ({ href }) => { location.href = href; }, find = fromServer) {
  const box = document.getElementById('search');
  const list = document.getElementById('found');
  if (!box) return;
  let finds = [];
  let foundFor = ''; // what they were found for
  let at = -1;
  let timer;
  let running;

  const show = (items, note) => {
    finds = items;
    at = items.length ? 0 : -1;
    list.replaceChildren(...items.map(option), ...(note ? [el('li', { class: 'none', role: 'presentation' }, note)] : []));
    list.hidden = false;
    box.setAttribute('aria-expanded', 'true');
    mark();
  };
  const hide = () => { list.hidden = true; box.setAttribute('aria-expanded', 'false'); box.removeAttribute('aria-activedescendant'); };
  const option = (find, i) => el('li', { role: 'option', id: `found-${i}`, onmousedown: (event) => { event.preventDefault(); take(i); } },
    el('b', {}, find.label), el('span', {}, find.said ?? ''));
  const mark = () => {
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === at)));
    if (at >= 0) { box.setAttribute('aria-activedescendant', `found-${at}`); list.children[at].scrollIntoView({ block: 'nearest' }); }
  };
  const take = (i) => { const find = finds[i]; hide(); if (find) { box.value = ''; box.blur(); choose(find); } };
  const look = async () => {
    const asked = box.value.trim();
    running?.abort();
    if (!asked) return hide();
    running = new AbortController();
    try {
      const { found, more } = await find(asked, running.signal);
      foundFor = asked;
      show(found, found.length ? (more ? t('Type more to see fewer: {n} others.', { n: more }) : '') : t('Nothing has this name.'));
      say(tn('{n} found', '{n} found', found.length));
    } catch (error) {
      if (error.name !== 'AbortError') show([], error.message);
    }
  };
  const enter = async () => { // who types faster than finds come means what is written, not what is shown
    clearTimeout(timer);
    if (foundFor !== box.value.trim()) await look();
    if (foundFor === box.value.trim()) take(at);
  };
  box.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(look, WAIT); });
  box.addEventListener('focus', () => { if (box.value) look(); });
  box.addEventListener('blur', hide);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (finds.length) { at = (at + (event.key === 'ArrowDown' ? 1 : finds.length - 1)) % finds.length; mark(); }
    } else if (event.key === 'Enter' && !list.hidden) { event.preventDefault(); enter(); }
    else if (event.key === 'Escape') { box.value = ''; hide(); box.blur(); }
  });
}

/** Ask the server; each find leads to its page, and tells its kind, a city's country, and by which other name it was found. */
export async function fromServer(q, signal) {
  const { found, more } = await ask('search', { q, lang }, { signal });
  const pageOf = ({ kind, iri }) => `/${lang}/${['city', 'network'].includes(kind) ? kind : 'thing'}?${new URLSearchParams({ iri })}`;
  return { found: found.map((one) => ({ ...one, href: pageOf(one), said: saidOf(one) })), more };
}

/** What stands beside a name: "City · Ecuador". */
export function saidOf({ kind, country, name, label }) {
  return [kindName(kind), country, name === label ? '' : name].filter(Boolean).join(' · ');
}

const kindName = (kind) => ({
  city: t('City'), network: t('Network'), organisation: t('Organisation'), agreement: t('Agreement'), action: t('Action'), programme: t('Programme'), stage: t('Stage'),
  country: t('Country'), goal: t('Goal'), target: t('Target'), concept: t('Term of a list'), source: t('Source'),
})[kind] ?? kind;
