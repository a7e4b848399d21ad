// The frame of the drawing: what is seen in a sentence, what is filtered, undo, sharing, and what is said while there is nothing to see.
import { el, say } from '../shared/dom.js';
import { lang, number, t, tn } from '../shared/words.js';
import { chosen } from './facets.js';
import { notes, sentence } from './said.js';
import { scopeOf } from './state.js';

const NARROW = '(max-width: 1000px)';

/** Work the frame; `acts`: change(part of the state), undo(), redo(), reset(), zoom(by), fit(). */
export function createFrame(model, acts) {
  const $ = (id) => document.getElementById(id);
  const page = document.querySelector('.explore');
  let before = '';
  const frame = {
    failed(message, again) {
      page.dataset.state = 'failed';
      $('sentence').textContent = t('The graph could not be loaded.');
      $('loading').replaceChildren(el('p', {}, message), el('button', { type: 'button', class: 'button', onclick: again }, t('Try again')));
    },
    ready(drawn) {
      page.dataset.state = 'ready';
      $('loading').hidden = true;
      document.querySelector('.zoom').hidden = !drawn;
    },
    sentence: () => $('sentence').textContent,
    toDrawing() { if (matchMedia(NARROW).matches) page.scrollIntoView({ block: 'start' }); },
    /** On a phone the details of what was chosen are drawn up over the drawing; `chosen` tells what that is, '' nothing. */
    opened(chosen) {
      if (chosen === before) return;
      before = chosen;
      if (!matchMedia(NARROW).matches) return;
      toggle('panel', Boolean(chosen));
      if (chosen && document.activeElement === document.body) $('details').focus({ preventScroll: true });
    },
    show(state, view, told, history) {
      const said = sentence(model, state, view, told);
      if ($('sentence').textContent !== said) $('sentence').textContent = said;
      const set = chips(model, state, acts.change);
      $('chips').replaceChildren(...set);
      $('reset').hidden = set.length === 0;
      $('undo').disabled = !history.canUndo;
      $('redo').disabled = !history.canRedo;
      showEmpty($('empty'), model, state, view, acts);
      showSparql($('sparql'), model, view);
      for (const link of document.querySelectorAll('#toggle-facets')) link.dataset.set = set.length ? number(set.length) : '';
    },
  };
  if (!model) return frame;

  function toggle(name, open) {
    if (open && matchMedia(NARROW).matches) toggle(name === 'panel' ? 'facets' : 'panel', false);
    page.classList.toggle(`${name}-open`, open);
    page.classList.toggle(`${name}-shut`, !open);
    $(`toggle-${name}`).setAttribute('aria-expanded', String(open));
  }
  const isOpen = (name) => $(`toggle-${name}`).getAttribute('aria-expanded') === 'true';
  for (const name of ['facets', 'panel']) {
    const shut = () => { toggle(name, false); $(`toggle-${name}`).focus(); };
    $(`toggle-${name}`).addEventListener('click', () => {
      toggle(name, !isOpen(name));
      if (isOpen(name) && matchMedia(NARROW).matches) $(name).focus({ preventScroll: true });
    });
    $(name).querySelector('[data-shut]').addEventListener('click', shut);
    $(name).addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.target.matches('input') || !matchMedia(NARROW).matches || !isOpen(name)) return;
      event.stopPropagation();
      shut();
    });
  }
  if (matchMedia(NARROW).matches) toggle('facets', false);
  $('undo').addEventListener('click', acts.undo);
  $('redo').addEventListener('click', acts.redo);
  $('reset').addEventListener('click', acts.reset);
  $('closer').addEventListener('click', () => acts.zoom(1.5));
  $('farther').addEventListener('click', () => acts.zoom(1 / 1.5));
  $('fit').addEventListener('click', acts.fit);
  $('notes').replaceChildren(...notes(model).map((text) => el('li', {}, text)));
  $('copy').addEventListener('click', async () => {
    $('share').removeAttribute('open');
    try {
      await navigator.clipboard.writeText(location.href);
      say(t('The address is copied.'));
    } catch {
      prompted(location.href);
    }
  });
  return frame;
}

/** Where the page may not write to the clipboard, the address is shown to be copied by hand. */
function prompted(address) {
  const dialog = el('dialog', { 'aria-label': t('Copy the address of this view') }, el('p', {}, t('The address of this view:')), el('textarea', { readonly: true, rows: 4, cols: 50 }, address), el('form', { method: 'dialog' }, el('button', { class: 'button' }, t('Close'))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector('textarea').select();
}

function chips(model, state, change) {
  const scope = scopeOf(state.scope);
  const set = [
    ...chosen(model, state),
    ...(scope.of === 'all' ? [] : [{ name: 'scope', text: scopeText(model, scope), clear: { scope: 'all' } }]),
    ...(state.hidden.length ? [{ name: 'hidden', text: tn('{n} hidden', '{n} hidden', state.hidden.length), clear: { hidden: [] } }] : []),
    ...(state.pinned.length ? [{ name: 'pinned', text: tn('{n} pinned', '{n} pinned', state.pinned.length), clear: { pinned: [] } }] : []),
    ...(state.open.length ? [{ name: 'open', text: tn('{n} expanded', '{n} expanded', state.open.length), clear: { open: [] } }] : []),
  ];
  return set.map(({ name, text, clear }) => el('li', {}, el('button', { type: 'button', class: 'chip', dataset: { chip: name }, title: t('Clear'), onclick: () => change(clear) }, el('span', {}, text), el('span', { 'aria-hidden': 'true' }, '×'), el('span', { class: 'hidden' }, t('Clear')))));
}

function scopeText(model, { of, k, slug, hops }) {
  if (of === 'main') return t('The largest connected part');
  if (of === 'core') return tn('Core: each has at least {n} partner here', 'Core: each has at least {n} partners here', k);
  const centre = model.place(slug);
  return t('{hops} around {name}', { hops: tn('{n} step', '{n} steps', hops), name: centre < 0 ? slug : model.name(centre) });
}

function showEmpty(root, model, state, view, { change, reset }) {
  root.hidden = view.node.some(Boolean);
  if (root.hidden) return;
  const set = chips(model, state, change);
  root.replaceChildren(el('p', {}, el('b', {}, t('Nothing passes these filters.'))), set.length ? el('p', { class: 'quiet' }, t('Clear one of them, or all:')) : el('p', { class: 'quiet' }, t('These data hold no link of a kind that is shown.')), el('ul', { class: 'chips' }, set), el('button', { type: 'button', class: 'button first', onclick: reset }, t('Reset all')));
}

/** The stored question nearest to what is seen; the query takes no other filter, which its title says. */
function showSparql(link, model, { selected, pair, compare, path }) {
  const { iri } = model.data.nodes;
  const two = pair ?? compare ?? path?.ends ?? (selected.length === 2 ? selected : null);
  const [name, parameters, text] = two ? ['cq-026-agreements-between-cities', { city: iri[two[0]], other: iri[two[1]] }, t('Which agreements join the two. The filters of this page are not in it.')]
    : selected.length === 1 ? ['cq-025-partners-of-city', { city: iri[selected[0]] }, t('With whom it cooperates. The filters of this page are not in it.')]
      : ['cq-060-giving-between-cities', {}, t('Who gave to whom. The filters of this page are not in it.')];
  link.href = `/${lang}/query?${new URLSearchParams({ name, ...parameters })}`;
  link.title = text;
  link.parentElement.querySelector('p').textContent = text;
}
