// Keyboard shortcuts: one list, so that the help shows all there are.
import { el } from './dom.js';
import { t } from './words.js';

const known = [];

/** Offer a shortcut: `key` as KeyboardEvent.key says it, `text` what it does, in the page's language. */
export function shortcut(key, text, act) {
  known.push({ key, text, act });
}

/** Listen to the shortcuts; keys typed into a field are not shortcuts, but for Escape. */
export function startKeys() {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const typing = event.target.closest?.('input:not([type="checkbox"], [type="radio"], [type="range"]), textarea, select, [contenteditable], .CodeMirror');
    if (typing && event.key !== 'Escape') return;
    if (document.querySelector('dialog[open]')) return;
    const found = known.find(({ key }) => key === event.key || (key.length === 1 && key.toLowerCase() === event.key.toLowerCase()));
    if (found) { event.preventDefault(); found.act(event); }
  });
  shortcut('?', t('Show this help'), help);
  document.getElementById('help')?.addEventListener('click', help);
}

function help() {
  const dialog = el('dialog', { class: 'help', 'aria-labelledby': 'help-title' },
    el('h2', { id: 'help-title' }, t('Keyboard shortcuts')),
    el('dl', {}, known.map(({ key, text }) => [el('dt', {}, el('kbd', {}, key === ' ' ? t('Space') : key)), el('dd', {}, text)])),
    el('form', { method: 'dialog' }, el('button', { class: 'button' }, t('Close'))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
