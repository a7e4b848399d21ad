// Pages that are tables: sort by any column, filter the rows, in step with the address.
import { onReturn, read, write } from './shared/address.js';
import { el, plain, say } from './shared/dom.js';
import { start } from './shared/shell.js';
import { compare, t, tn } from './shared/words.js';
import { startPictures } from './tables/picture.js';
import { order, passes } from './tables/sorting.js';

const FEW = 10; // rows that need no filter

startPictures();
start();
for (const table of document.querySelectorAll('table[data-sort]')) enhance(table);

/** A table named by data-sort has its state in `<name>-sort`, `<name>-desc` and `<name>-filter`; an unnamed one in `sort` ... */
function enhance(table) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.key);
  const name = (what) => (table.dataset.sort ? `${table.dataset.sort}-${what}` : what);
  const usual = { [name('sort')]: '', [name('desc')]: false, [name('filter')]: '' };
  const texts = rows.map((row) => plain(row.textContent));
  let state = read(usual);

  const show = () => {
    const head = heads.find(({ dataset }) => dataset.key === state[name('sort')]);
    const descending = state[name('desc')];
    for (const other of heads) other.setAttribute('aria-sort', other === head ? (descending ? 'descending' : 'ascending') : 'none');
    const values = head ? rows.map((row) => value(row.cells[head.cellIndex])) : rows.map(() => '');
    body.append(...order(values, { number: head?.dataset.type === 'number', descending, compare }).map((i) => rows[i]));
    const asked = plain(state[name('filter')]);
    rows.forEach((row, i) => { row.hidden = !passes(texts[i], asked); });
    if (box) { box.value = state[name('filter')]; told.textContent = t('{n} of {all} rows', { n: rows.filter((row) => !row.hidden).length, all: rows.length }); }
  };
  const change = (changed, push) => { state = { ...state, ...changed }; write(state, usual, { push }); show(); };

  for (const head of heads) {
    const button = el('button', { type: 'button', onclick: () => {
      const again = state[name('sort')] === head.dataset.key;
      change({ [name('sort')]: head.dataset.key, [name('desc')]: again ? !state[name('desc')] : head.dataset.type === 'number' }, true);
      say(t('Sorted by {column}.', { column: head.textContent }));
    } }, ...head.childNodes);
    head.append(button);
  }
  const told = el('span', { class: 'quiet' });
  const box = rows.length > FEW ? el('input', { type: 'search', placeholder: t('Filter the rows'), 'aria-label': t('Filter the rows'),
    oninput: () => change({ [name('filter')]: box.value }), onchange: () => say(tn('{n} row', '{n} rows', rows.filter((row) => !row.hidden).length)) }) : null;
  if (box) table.closest('.scroll').before(el('p', { class: 'row-filter' }, box, told));
  onReturn(usual, (read) => { state = read; show(); });
  show();
}

function value(cell) {
  return cell.dataset.value ?? cell.textContent.trim();
}
