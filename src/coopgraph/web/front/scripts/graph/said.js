// What is seen, in a sentence; why nothing is seen, where nothing is.
import { label, tn } from '../shared/words.js';
import { eventsSeen } from './filtering.js';
import { kindCount, periodText } from './texts.js';

/** "87 of 173 cities, 190 exchanges, 100 agreements, 2010 to 2026; 50 without a link are not drawn." */
export function sentence(model, state, view, counts) {
  const { kind } = model.data.nodes;
  const shown = new Uint32Array(model.data.kinds.length);
  const all = new Uint32Array(model.data.kinds.length);
  kind.forEach((k, i) => { all[k] += 1; shown[k] += view.node[i]; });
  const alone = view.passed.may.reduce((sum, may, i) => sum + (may && !view.passed.node[i] ? 1 : 0), 0);
  const nodes = model.data.kinds.flatMap((name, k) => (k === 0 || shown[k] ? [kindCount(name, shown[k], all[k])] : []));
  const notes = [
    ...(alone ? [tn('{n} without a link is not drawn', '{n} without a link are not drawn', alone)] : []),
    ...(counts?.weakLinks > 0 && !counts.closed ? [tn('{n} weaker link is drawn when an end of it is selected', '{n} weaker links are drawn when an end of them is selected', counts.weakLinks)] : []),
    ...(counts?.closed > 0 ? [tn('{n} community is closed: select it to open it', '{n} communities are closed: select one to open it', counts.closed)] : []),
    ...(counts?.closed > 0 ? [tn('{n} link is inside closed communities or in a band between two', '{n} links are inside closed communities or in bands between two', counts.closedLinks + counts.bandLinks)] : []),
  ];
  const seen = eventsSeen(model, { link: view.link, event: view.passed.event });
  return `${[...nodes, ...linksSaid(model, view, seen), ...yearsSaid(model, state, seen)].join(', ')}${notes.length ? `; ${notes.join('; ')}` : ''}.`;
}

function linksSaid(model, view, seen) {
  const pairs = new Map();
  view.link.forEach((one, l) => {
    const family = model.data.layers[model.layer[l]].directed ? 'exchange' : model.data.layers[model.layer[l]].family;
    if (one) pairs.set(family, (pairs.get(family) ?? 0) + 1);
  });
  const agreements = seen.reduce((sum, one, e) => sum + (one && model.data.events.kind[e] === 'agreement' ? 1 : 0), 0);
  return [
    ...(pairs.has('exchange') ? [tn('{n} exchange', '{n} exchanges', pairs.get('exchange'))] : []),
    ...(agreements ? [tn('{n} agreement', '{n} agreements', agreements)] : []),
    ...(pairs.has('membership') ? [tn('{n} membership', '{n} memberships', pairs.get('membership'))] : []),
  ];
}

function yearsSaid(model, state, seen) {
  if (state.from || state.to) return [periodText(state)];
  let [first, last] = [Infinity, 0];
  seen.forEach((one, e) => {
    if (!one || !model.firstYear[e]) return;
    first = Math.min(first, model.firstYear[e]);
    last = Math.max(last, model.lastYear[e]);
  });
  return last ? [periodText({ from: first, to: last })] : [];
}

/** The notes of the data in the page's language. */
export function notes(model) {
  return model.data.notes.map(({ text }) => label(text));
}
