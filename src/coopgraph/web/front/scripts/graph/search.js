// Search over the data in the page, for pages that are saved and have no server.
import { plain } from '../shared/dom.js';
import { kindName } from './texts.js';

const MOST = 20;

/** Return what finds nodes by any of their names: first those that begin with the text, then those with a word that does, then those that hold it. */
export function searchIn(model) {
  const { nodes } = model.data;
  const texts = nodes.iri.map((_, i) => [...new Set([model.name(i), ...Object.values(nodes.label).map((names) => names[i]), ...nodes.names[i]])].map(plain));
  const rank = (names, asked) => Math.min(...names.map((name) => (name.startsWith(asked) ? 0 : name.includes(` ${asked}`) ? 1 : name.includes(asked) ? 2 : 3)));
  return async (text) => {
    const asked = plain(text);
    const fit = texts.map((names, i) => ({ i, rank: rank(names, asked) })).filter(({ rank: r }) => r < 3);
    fit.sort((a, b) => a.rank - b.rank || model.incident(b.i).length - model.incident(a.i).length || a.i - b.i);
    const found = fit.slice(0, MOST).map(({ i }) => ({ iri: nodes.iri[i], kind: model.kind(i), label: model.name(i), said: kindName(model.kind(i)) }));
    return { found, more: fit.length - found.length };
  };
}
