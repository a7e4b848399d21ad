// What every page has: search, theme, shortcuts, downloads, and word of a newer release.
import { ask, release } from './ask.js';
import { el } from './dom.js';
import { startDownloads } from './download.js';
import { shortcut, startKeys } from './keys.js';
import { startSearch } from './search.js';
import { t } from './words.js';

const LOOK_EVERY = 15_000; // milliseconds between two looks for a newer release

/** Start the page's frame; `choose` is what a search result does (default: open its page), `find` who searches (default: the server). */
export function start({ choose, find } = {}) {
  startSearch(choose, find);
  shortcut('/', t('Search'), () => document.getElementById('search')?.focus());
  startKeys();
  startDownloads();
  document.getElementById('theme')?.addEventListener('click', turnTheme);
  document.addEventListener('click', (event) => {
    for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target)) menu.removeAttribute('open');
  });
  if (release && release !== 'live') setInterval(lookForNewer, LOOK_EVERY);
  document.documentElement.dataset.ready = '';
}

function turnTheme() {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
  try { localStorage.setItem('theme', root.dataset.theme); } catch { /* a private window keeps nothing */ }
  dispatchEvent(new Event('theme'));
}

async function lookForNewer() {
  if (document.hidden) return;
  const banner = document.getElementById('newer');
  const inForce = await ask('release.json').catch(() => null); // the server may be away for a moment
  if (!banner || !inForce || inForce.id === release) return;
  const again = () => { const url = new URL(location.href); url.searchParams.delete('release'); location.replace(url); };
  banner.replaceChildren(t('A newer release of the data was published.'), ' ', el('button', { type: 'button', onclick: again }, t('Show it')));
  banner.hidden = false;
}
