// Ask the server for data of the release this page shows.
export const release = document.documentElement.dataset.release;

/** Fetch JSON from /data/<path>; an error has the server's words. */
export async function ask(path, parameters = {}, { signal } = {}) {
  const query = new URLSearchParams({ ...parameters, release });
  return (await answer(fetch(`/data/${path}?${query}`, { signal, headers: { Accept: 'application/json' } }))).json();
}

/** POST JSON and hand the answer to the reader as a file. */
export async function save(path, body) {
  const sent = fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...body, release }) });
  const response = await answer(sent);
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'coopgraph';
  hand(await response.blob(), name);
}

/** Hand a blob to the reader as a file. */
export function hand(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function answer(sent) {
  const response = await sent;
  if (response.ok) return response;
  const said = await response.json().catch(() => ({}));
  throw new Error(said.error ?? `${response.status} ${response.statusText}`);
}
