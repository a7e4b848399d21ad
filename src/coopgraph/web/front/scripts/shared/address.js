// The view's state lives in the address: read it, change it, hear of the reader going back and forward.

/** Return the state: each name of `defaults` from the address (or another query string), as the type its default has (lists: separated by commas). */
export function read(defaults, query = location.search) {
  const asked = new URLSearchParams(query);
  return Object.fromEntries(Object.entries(defaults).map(([name, usual]) => [name, asked.has(name) ? typed(asked.get(name), usual) : usual]));
}

/** Put the state into the address; what equals its default stays out. `push` makes a step the reader can go back from. */
export function write(state, defaults, { push = false } = {}) {
  const asked = new URLSearchParams(location.search);
  for (const [name, usual] of Object.entries(defaults)) {
    const text = untyped(state[name]);
    if (text === untyped(usual)) asked.delete(name);
    else asked.set(name, text);
  }
  const query = asked.toString();
  const address = location.pathname + (query ? `?${query}` : '');
  if (address === location.pathname + location.search) return;
  history[push ? 'pushState' : 'replaceState'](null, '', address);
  for (const link of document.querySelectorAll('a[data-lang]')) link.href = `/${link.dataset.lang}/${location.pathname.split('/').slice(2).join('/')}${query ? `?${query}` : ''}`;
}

/** Call `changed` with the state when the reader goes back or forward. */
export function onReturn(defaults, changed) {
  addEventListener('popstate', () => changed(read(defaults)));
}

function typed(text, usual) {
  if (Array.isArray(usual)) return text ? text.split(',') : [];
  if (typeof usual === 'number') return Number.isFinite(Number(text)) ? Number(text) : usual;
  if (typeof usual === 'boolean') return text === '1';
  return text;
}

function untyped(value) {
  if (Array.isArray(value)) return value.join(',');
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value ?? '');
}
