// Runs before the page is drawn, so that it never flashes: the theme the reader chose, else the system's.
const chosen = (() => { try { return localStorage.getItem('theme'); } catch { return null; } })();
document.documentElement.dataset.theme = chosen ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
