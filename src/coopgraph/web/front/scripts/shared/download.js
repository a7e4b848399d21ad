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
      await save(`/download/${button.dataset.download}`, { title: titled(figure), lang: document.documentElement.lang, ...contents(table) });
      say(t('Downloaded.'));
    } catch (error) {
      say(error.message);
      button.closest('.menu')?.append(Object.assign(document.createElement('p'), { className: 'wrong', textContent: error.message }));
    }
    button.closest('details')?.removeAttribute('open');
  });
}

/** What a figure is called; on a page about one thing, after the name of that. */
function titled(figure) {
  const title = figure.querySelector('h2').textContent.trim();
  const subject = document.querySelector('.subject h1')?.textContent.trim();
  if (!subject) return title;
  const rest = title.slice(1);
  return `${subject}: ${rest === rest.toLowerCase() ? title.toLowerCase() : title}`;
}

/** Return {columns: [{name, type}], rows: [[...]], sources: [...]} of a table without the rows that are hidden.
 *  Where cells say by data-sources what they rest on, `sources` are those of the rows; else all of the release. */
export function contents(table) {
  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  const columns = heads.map((cell) => ({ name: cell.textContent.trim(), type: cell.dataset.type ?? 'text' }));
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.hidden);
  const cells = rows.map((row) => [...row.cells]);
  const cited = table.querySelector('[data-sources]') ? { sources: [...new Set(cells.flat().flatMap((cell) => cell.dataset.sources?.split(' ') ?? []))].filter(Boolean) } : {};
  return { columns, rows: cells.map((row) => row.map((cell, i) => value(cell, columns[i]?.type))), ...cited };
}

function value(cell, type) {
  const text = cell.dataset.value ?? cell.textContent.trim();
  if (text === '' || text === '–') return null;
  return type === 'number' ? Number(text) : text;
}
