// Download what a figure shows: the rows of its table, as they stand now.
import { save } from './ask.js';
import { say } from './dom.js';
import { t } from './words.js';

/** Make every download button of a figure work. A cell may say what it holds: data-value, and data-type on its heading. */
export function startDownloads(root = document) {
  root.addEventListener('click', async (event) => {
    const button = event.target.closest('button[data-download]');
    const figure = button?.closest('.figure');
    const table = figure?.querySelector('table');
    if (!table) return;
    event.preventDefault();
    try {
      await save(`/download/${button.dataset.download}`, { title: figure.querySelector('h2').textContent.trim(), ...contents(table) });
      say(t('Downloaded.'));
    } catch (error) {
      say(error.message);
      button.closest('.menu')?.append(Object.assign(document.createElement('p'), { className: 'wrong', textContent: error.message }));
    }
    button.closest('details')?.removeAttribute('open');
  });
}

/** Return {columns: [{name, type}], rows: [[...]]} of a table without the rows that are hidden. */
export function contents(table) {
  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  const columns = heads.map((cell) => ({ name: cell.textContent.trim(), type: cell.dataset.type ?? 'text' }));
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.hidden);
  return { columns, rows: rows.map((row) => [...row.cells].map((cell, i) => value(cell, columns[i]?.type))) };
}

function value(cell, type) {
  const text = cell.dataset.value ?? cell.textContent.trim();
  if (text === '' || text === '–') return null;
  return type === 'number' ? Number(text) : text;
}
