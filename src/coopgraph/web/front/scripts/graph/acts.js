// What the reader does to the view of the graph: choose, open, hide, pin, narrow. Each act is a change of the state.
import { say } from '../shared/dom.js';
import { t, tn } from '../shared/words.js';
import { DEFAULTS, FILTERS, pinnedList } from './state.js';
import { afterExpanding, drawnPartners } from './view.js';

const CHOSEN = { sel: [], link: '', path: [], compare: [] };

/** Return the acts; `now()` gives { state, view }, `look(list)` brings nodes into sight, `fit()` all of them. */
export function createActs(model, { history, now, look, fit, redraw }) {
  const { change } = history;
  const slugs = (list) => [...new Set(list)].map(model.slug);
  let adding = false;
  const acts = {
    get adding() { return adding; },
    select(list) { adding = false; change({ ...CHOSEN, sel: slugs(list) }); },
    /** Select what was chosen, beside what is selected where another was asked for. */
    pick(list) { acts.select(adding ? [...now().view.selected, ...list] : list); },
    toggle(i) {
      const { selected } = now().view;
      acts.select(selected.includes(i) ? selected.filter((one) => one !== i) : [...selected, i]);
    },
    box(list) { acts.select([...now().view.selected, ...list]); },
    add() {
      adding = !adding;
      redraw();
      if (adding) say(t('Choose another in the drawing, in the tables or by a search.'));
    },
    link(a, b) { change({ ...CHOSEN, link: slugs([a, b]).join('*') }); look([a, b]); },
    path(a, b) {
      change({ ...CHOSEN, sel: slugs([a, b]), path: slugs([a, b]) });
      look(now().view.path?.ways[0] ?? []);
    },
    compare(a, b) { change({ ...CHOSEN, sel: slugs([a, b]), compare: slugs([a, b]) }); },
    close() {
      const { compare, path } = now().view;
      change(compare || path ? { compare: [], path: [] } : CHOSEN);
    },
    around(i, hops) { change({ ...CHOSEN, scope: `ego:${model.slug(i)}:${hops}`, sel: slugs([i]) }); fit(); },
    expand(i) {
      const { state, view } = now();
      const { drawn, all } = drawnPartners(model, view.passed, view.drawn, i);
      const most = afterExpanding(model, view.passed, view.drawn, i);
      const others = state.open.filter((entry) => !entry.startsWith(`${model.slug(i)}*`));
      if (drawn < all) change({ ...CHOSEN, open: [...others, `${model.slug(i)}*${most}`], sel: slugs([i]) });
      say(t('{name}: {drawn} of {all} partners are drawn.', { name: model.name(i), ...drawnPartners(model, view.passed, now().view.drawn, i) }));
    },
    community(c) {
      const { open } = now().state;
      const name = `c${c + 1}`;
      change({ open: open.includes(name) ? open.filter((one) => one !== name) : [...open, name] });
    },
    hide(...list) {
      const { state } = now();
      const gone = slugs(list);
      change({ hidden: [...new Set([...state.hidden, ...gone])], sel: state.sel.filter((slug) => !gone.includes(slug)) });
      say(tn('{n} hidden', '{n} hidden', now().state.hidden.length));
    },
    pin(...list) {
      const pinned = new Map(now().view.pinned);
      const { x, y } = model.data.nodes;
      const all = list.every((i) => pinned.has(i));
      for (const i of list) if (all) pinned.delete(i); else pinned.set(i, { x: x[i], y: y[i] });
      change({ pinned: pinnedList(model, pinned) });
    },
    move(i, x, y) { change({ pinned: pinnedList(model, new Map(now().view.pinned).set(i, { x, y })) }); },
    reset() {
      change({ ...Object.fromEntries(FILTERS.map((name) => [name, DEFAULTS[name]])), scope: DEFAULTS.scope, hidden: [] });
      fit();
    },
  };
  return acts;
}
