// The timeline without loading the page anew: a changed choice is fetched and put in place, an agreement opens beside it.
import { el, say } from './shared/dom.js';
import { hand } from './shared/ask.js';
import { start } from './shared/shell.js';
import { t } from './shared/words.js';

const form = document.getElementById('choices');
let running;

start();
form.addEventListener('change', () => show(addressOf(form), { push: true }));
form.addEventListener('submit', (event) => { event.preventDefault(); show(addressOf(form), { push: true }); });
addEventListener('popstate', () => show(location.href, { fill: true }));
document.getElementById('main').addEventListener('click', (event) => {
  const asked = event.target.closest('a[data-agreement]');
  if (asked) { event.preventDefault(); open(asked.dataset.agreement); }
});
offerPicture();

/** The page's address with the choice of the form; what is not chosen stays out. */
function addressOf(choices) {
  const query = new URLSearchParams([...new FormData(choices)].filter(([, value]) => value !== ''));
  return `${location.pathname}?${query}`;
}

async function show(address, { push = false, fill = false } = {}) {
  const result = document.getElementById('result');
  running?.abort();
  running = new AbortController();
  result.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(address, { signal: running.signal, headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.getElementById('result');
    if (!answer.ok || !fresh) { location.href = address; return; }
    result.replaceWith(document.adoptNode(fresh));
    if (fill) for (const field of page.getElementById('choices').elements) if (field.name && form.elements[field.name]) form.elements[field.name].value = field.value;
    if (push) history.pushState(null, '', address);
    for (const link of document.querySelectorAll('a[data-lang]')) link.href = `/${link.dataset.lang}/timeline${location.search}`;
    offerPicture();
    say(fresh.querySelector('.told').textContent);
  } catch (error) {
    if (error.name === 'AbortError') return;
    result.removeAttribute('aria-busy');
    result.prepend(el('p', { class: 'note warn', role: 'alert' }, t('The server does not answer. Try again.')));
  }
}

/** Show all that the table says of an agreement. */
function open(iri) {
  const row = document.getElementById(iri);
  const heads = [...row.closest('table').tHead.rows[0].cells];
  const facts = [...row.cells].slice(1).map((cell, i) => {
    const said = el('dd', {});
    said.append(...[...cell.cloneNode(true).childNodes]);
    return [el('dt', {}, heads[i + 1].textContent), said];
  });
  const dialog = el('dialog', { class: 'agreement', 'aria-labelledby': 'agreement-title' },
    el('h2', { id: 'agreement-title' }, row.cells[0].textContent), el('dl', { class: 'facts' }, facts),
    el('form', { method: 'dialog' }, el('button', { class: 'button' }, t('Close'))));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  dialog.showModal();
}

/** A PNG beside the SVG: the same file, painted. */
function offerPicture() {
  const link = document.getElementById('svg');
  if (!link) return;
  const button = el('button', { type: 'button', class: 'tool', onclick: async () => {
    const image = new Image();
    image.src = URL.createObjectURL(await (await fetch(link.href)).blob());
    await image.decode();
    const canvas = el('canvas', { width: image.width * 2, height: image.height * 2 });
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    canvas.toBlob((blob) => hand(blob, 'agreements.png'));
  } }, 'PNG');
  link.after(' ', button);
}
