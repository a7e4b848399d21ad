// The page of the SPARQL editor: the editor in place of the plain field, answers without leaving the page.
import { startCopy } from './shared/copy.js';
import { say } from './shared/dom.js';
import { start } from './shared/shell.js';
import { t, tn } from './shared/words.js';

const form = document.getElementById('editor');
const field = document.getElementById('text');
let editor;
let running;

start();
startCopy();
open();

async function open() {
  const { edit } = await import(form.dataset.yasqe);
  const { terms, prefixes } = JSON.parse(document.getElementById('vocabulary').textContent);
  const place = document.createElement('div');
  field.hidden = true;
  field.before(place);
  editor = edit(place, { value: field.value, terms, prefixes, label: form.dataset.label, run, leave: () => document.getElementById('run').focus() });
  document.getElementById('keys').hidden = false;
  mark();
  form.addEventListener('submit', (event) => { event.preventDefault(); run(); });
  addEventListener('popstate', () => location.reload());
  form.dataset.open = '';
}

/** Ask what stands in the editor, and show the answer in its place; the address holds the query. */
async function run() {
  const address = new URL(form.action);
  address.search = new URLSearchParams({ query: editor.text() });
  running?.abort();
  running = new AbortController();
  document.getElementById('result').setAttribute('aria-busy', 'true');
  say(t('Asking …'));
  try {
    const response = await fetch(address, { signal: running.signal });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const found = page.getElementById('result');
    if (!found) throw new Error(t('The server gave no answer. Is it still running?'));
    document.getElementById('result').replaceWith(document.adoptNode(found));
    if (address.href !== location.href) history.pushState(null, '', address);
    for (const link of document.querySelectorAll('a[data-lang]')) link.href = `/${link.dataset.lang}/query${address.search}`;
    mark();
    startCopy();
    const rows = document.querySelectorAll('#result tbody tr').length;
    if (response.ok) say(tn('{n} row', '{n} rows', rows));
  } catch (error) {
    if (error.name === 'AbortError') return;
    const said = document.createElement('p');
    said.className = 'note warn';
    said.setAttribute('role', 'alert');
    said.textContent = error instanceof TypeError ? t('The server gave no answer. Is it still running?') : error.message;
    document.getElementById('result').replaceChildren(said);
  }
  document.getElementById('result').removeAttribute('aria-busy');
}

function mark() {
  const faults = [...document.querySelectorAll('#result [data-line]')];
  editor.mark(faults.map(({ dataset }) => ({ line: Number(dataset.line), character: Number(dataset.character) || null })));
}
