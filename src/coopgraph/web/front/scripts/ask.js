// The page of questions: find one by its words. The page of one: names completed as you type, the link copied.
import { read, write } from './shared/address.js';
import { ask } from './shared/ask.js';
import { startCopy } from './shared/copy.js';
import { el, plain, say } from './shared/dom.js';
import { start } from './shared/shell.js';
import { lang, tn } from './shared/words.js';

const WAIT = 120; // milliseconds after the last key

startFilter(document.getElementById('filter'));
for (const field of document.querySelectorAll('input[data-complete]')) complete(field);
startCopy();
start();

function startFilter(box) {
  if (!box) return;
  const questions = [...document.querySelectorAll('.theme li')];
  const texts = questions.map((item) => plain(`${item.closest('.theme').querySelector('h2').textContent} ${item.textContent}`));
  const filter = () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    questions.forEach((item, i) => { item.hidden = !words.every((word) => texts[i].includes(word)); });
    for (const theme of document.querySelectorAll('.theme')) theme.hidden = !theme.querySelector('li:not([hidden])');
    const left = questions.filter((item) => !item.hidden).length;
    document.getElementById('none').hidden = left > 0;
    write({ q: box.value }, { q: '' });
    if (words.length) say(tn('{n} question', '{n} questions', left));
  };
  box.addEventListener('input', filter);
  box.value = read({ q: '' }).q;
  if (box.value) filter();
}

function complete(field) {
  let timer;
  let running;
  const look = async () => {
    running?.abort();
    running = new AbortController();
    const { found } = await ask('search', { q: field.value, lang }, { signal: running.signal }).catch(() => ({ found: [] })); // a field works without
    field.list.replaceChildren(...found.map(({ iri, label }) => el('option', { value: found.filter((other) => other.label === label).length > 1 ? iri : label }, label)));
  };
  field.addEventListener('input', () => { clearTimeout(timer); if (field.value.trim()) timer = setTimeout(look, WAIT); });
}
