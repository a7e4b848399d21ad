// Search over the data in the page: for pages that are saved and have no server, and where only what is in the graph will do.
import { plain } from '../shared/dom.js';
import { saidOf } from '../shared/search.js';
import { label } from '../shared/words.js';

const MOST = 20;

/** Return what finds nodes by any of their names: first those that begin with the text, then those with a word that does, then those that hold it; `cities` come before all else. */
export function searchIn(model, { cities = false } = {}) {
  const { nodes } = model.data;
  const countries = new Map(model.data.countries.map(({ code, label: names }) => [code, label(names)]));
  const texts = nodes.iri.map((_, i) => [...new Set([model.name(i), ...Object.values(nodes.label).map((names) => names[i]), ...nodes.names[i]])].map(plain));
  const rank = (names, asked) => Math.min(...names.map((name) => (name.startsWith(asked) ? 0 : name.includes(` ${asked}`) ? 1 : name.includes(asked) ? 2 : 3)));
  const later = (i) => Number(cities && model.kind(i) !== 'city');
  return async (text) => {
    const asked = plain(text);
    const fit = texts.map((names, i) => ({ i, rank: rank(names, asked) })).filter(({ rank: r }) => r < 3);
    fit.sort((a, b) => later(a.i) - later(b.i) || a.rank - b.rank || model.incident(b.i).length - model.incident(a.i).length || a.i - b.i);
    const found = fit.slice(0, MOST).map(({ i }) => ({ iri: nodes.iri[i], label: model.name(i), said: saidOf({ kind: model.kind(i), country: countries.get(nodes.country[i]) }) }));
    return { found, more: fit.length - found.length };
  };
}
