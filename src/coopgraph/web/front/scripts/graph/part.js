// Which part of the graph is drawn: all of it, its largest connected part, its core, or what is around one node.
import { el } from '../shared/dom.js';
import { number, t, tn } from '../shared/words.js';
import { scopeOf } from './state.js';

/** Put the choice into `root`; `show(state, view)` keeps it in step. */
export function createPart(root, model, change) {
  const radio = (of, text) => el('label', { class: 'choice' }, el('input', { type: 'radio', name: 'scope', value: of, onchange: () => change({ scope: of === 'core' ? `core:${Math.max(2, Number(slider.value))}` : of }) }), el('span', { class: 'what' }, text));
  const slider = el('input', { type: 'range', min: 1, step: 1, 'aria-label': t('Partners each has at least'), oninput: () => change({ scope: `core:${slider.value}` }, { step: false }), onchange: () => change({ scope: `core:${slider.value}` }) });
  const sliderSaid = el('output', { class: 'quiet' });
  const core = el('div', { class: 'core' }, slider, sliderSaid);
  const hops = el('div', { class: 'segmented', role: 'group', 'aria-label': t('Steps') });
  const around = el('div', { class: 'around' });
  const alone = el('input', { type: 'checkbox', onchange: () => change({ alone: alone.checked }) });
  const aloneText = el('span', { class: 'what' });
  const radios = [radio('all', t('All of it')), radio('main', t('The largest connected part')), radio('core', t('Its core'))];
  root.append(el('div', { class: 'facet', dataset: { facet: 'part' } }, el('details', { open: true }, el('summary', {}, el('h3', {}, t('Part of the graph'))), radios, core, around, el('label', { class: 'choice also' }, alone, aloneText))));
  return {
    show(state, view) {
      const scope = scopeOf(state.scope);
      for (const one of radios) one.firstChild.checked = one.firstChild.value === scope.of;
      slider.max = Math.max(2, view.mostCore);
      slider.value = scope.k ?? 2;
      core.hidden = scope.of !== 'core';
      sliderSaid.textContent = scope.of === 'core' ? tn('Each has at least {n} partner here.', 'Each has at least {n} partners here.', scope.k) : '';
      const centre = scope.of === 'ego' ? model.place(scope.slug) : -1;
      around.hidden = centre < 0;
      if (centre >= 0) {
        hops.replaceChildren(...[1, 2].map((n) => el('button', { type: 'button', 'aria-pressed': String(scope.hops === n), onclick: () => change({ scope: `ego:${scope.slug}:${n}` }) }, tn('{n} step', '{n} steps', n))));
        around.replaceChildren(el('span', { class: 'what' }, t('Around {name}', { name: model.name(centre) })), hops, el('button', { type: 'button', class: 'clear', onclick: () => change({ scope: 'all' }) }, t('Clear')));
      }
      const lonely = view.passed.may.reduce((sum, may, i) => sum + (may && !model.incident(i).some((link) => view.passed.link[link]) ? 1 : 0), 0);
      alone.checked = state.alone;
      alone.parentElement.hidden = !lonely && !state.alone;
      aloneText.textContent = t('Draw those without a link ({n})', { n: number(lonely) });
    },
  };
}
