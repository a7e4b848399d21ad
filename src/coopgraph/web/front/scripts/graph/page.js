// A page that draws the graph (Explore, Map): loads it, holds the state of the view, and keeps drawing, facets, legend, panel and tables in step with it.
import { createDownloads } from './downloads.js';
import { createFacets } from './facets.js';
import { apply, counts } from './filtering.js';
import { createFrame } from './frame.js';
import { colouring, createLegend, sizing } from './legend.js';
import { makeModel } from './model.js';
import { createPanel } from './panel.js';
import { createPart } from './part.js';
import { createPeriod } from './period.js';
import { searchIn } from './search.js';
import { DEFAULTS, FILTERS, filtersOf, pinnedList } from './state.js';
import { createTables } from './table.js';
import { afterExpanding, drawnPartners, partOf, viewOf } from './view.js';
import { onReturn, read, write } from '../shared/address.js';
import { ask } from '../shared/ask.js';
import { say } from '../shared/dom.js';
import { shortcut } from '../shared/keys.js';
import { start } from '../shared/shell.js';
import { label, lang, t, tn } from '../shared/words.js';

const $ = (id) => document.getElementById(id);
const saved = 'saved' in document.documentElement.dataset;
const KEPT = 200; // steps that can be undone
const CAMERA = 300; // milliseconds after the last movement until the address holds the camera

/** Begin the page. `createStage` makes the drawing (see explore/stage.js), `name` is that of downloaded pictures, `shown(model, view)` hears of each view. */
export async function begin({ createStage, name, shown = () => {} }) {
  const inPage = $('graph');
  let data;
  try {
    data = inPage ? JSON.parse(inPage.textContent) : await ask('graph.json');
  } catch (error) {
    createFrame().failed(error.message, () => location.reload());
    start();
    return;
  }
  run(makeModel(data, lang), { createStage, name, shown });
}

function run(model, { createStage, name, shown }) {
  const history = { done: [], undone: [], going: false };
  let state = read(DEFAULTS, saved ? document.documentElement.dataset.saved : location.search); // a saved page says what it was saved with
  let [view, passedOf, passed, found, told] = [null, '', null, null, null];
  let [camera, home, adding] = [0, '', false];

  const frame = createFrame(model, { change, undo, redo, reset, zoom: (by) => stage.zoom(by), fit });
  const stage = createStage($('drawing'), model, {
    onSelect: (i, { add }) => (i === null ? (add ? undefined : close()) : add ? select(toggled(i)) : pick([i])),
    onBox: (list) => select([...new Set([...view.selected, ...list])]),
    onOpen: expand, onLink: (link) => selectLink(model.source[link], model.target[link]),
    onCommunity: (c) => change({ open: state.open.includes(`c${c + 1}`) ? state.open.filter((one) => one !== `c${c + 1}`) : [...state.open, `c${c + 1}`] }),
    onMove: (i, x, y) => change({ pinned: pinnedList(model, new Map(view.pinned).set(i, { x, y })) }),
    onCamera: ({ x, y, ratio }) => { clearTimeout(camera); camera = setTimeout(() => moved([x, y, ratio]), CAMERA); },
  });
  const part = createPart($('facet-list'), model, change);
  const facets = createFacets($('facet-list'), model, change);
  const period = createPeriod($('period'), change);
  const legend = createLegend($('legend'), model, change);
  const panel = createPanel($('details'), model, { select, pick, add, link: selectLink, expand, hide, pin, around, path, compare, close });
  const tables = createTables($('tables'), model, { select: chooseAndLook, link: selectLink });
  createDownloads(model, { name, stage, tables, seen: () => ({ state, view, found }), title: () => `${label(model.data.title)}: ${frame.sentence()}` });

  function change(next, { step = true } = {}) {
    if (Object.entries(next).every(([name, value]) => String(state[name]) === String(value)) && !history.going) return;
    if (!history.going) { history.done.push(state); history.undone.length = 0; if (history.done.length > KEPT) history.done.shift(); }
    state = { ...state, ...next };
    keep({ push: !history.going });
    history.going = !step;
    draw();
  }
  function keep(how) {
    if (saved) return;
    write(state, DEFAULTS, how);
    linkAlike();
  }
  function moved(cam) {
    state = { ...state, cam: String(cam) === home ? [] : cam.map(String) };
    keep({ push: false });
  }
  function fit() {
    stage.fit({ animate: false });
    const { x, y, ratio } = stage.camera() ?? {};
    home = String([x, y, ratio]);
    moved([x, y, ratio]);
  }
  function travel(from, to) {
    if (!from.length) return;
    period.pause();
    to.push(state);
    state = { ...from.pop(), cam: state.cam };
    keep({ push: true });
    draw();
  }
  function undo() { travel(history.done, history.undone); }
  function redo() { travel(history.undone, history.done); }
  function reset() {
    change(Object.fromEntries(FILTERS.map((name) => [name, DEFAULTS[name]]).concat([['scope', 'all'], ['hidden', []]])));
    fit();
  }

  function select(list) { adding = false; change({ sel: [...new Set(list)].map(model.slug), link: '', path: [], compare: [] }); }
  /** Select what was chosen, beside what is selected where another was asked for. */
  function pick(list) { select(adding ? [...view.selected, ...list] : list); }
  function add() {
    adding = !adding;
    draw();
    if (adding) say(t('Choose another in the drawing, in the tables or by a search.'));
  }
  function toggled(i) { return view.selected.includes(i) ? view.selected.filter((one) => one !== i) : [...view.selected, i]; }
  function selectLink(a, b) { change({ sel: [], link: `${model.slug(a)}*${model.slug(b)}`, path: [], compare: [] }); look([a, b]); }
  function path(a, b) { change({ sel: [a, b].map(model.slug), path: [a, b].map(model.slug), link: '', compare: [] }); if (view.path?.ways.length) look(view.path.ways[0]); }
  function compare(a, b) { change({ sel: [a, b].map(model.slug), compare: [a, b].map(model.slug), link: '', path: [] }); }
  function close() { change(view.compare || view.path ? { compare: [], path: [] } : { sel: [], link: '', compare: [], path: [] }); }
  /** Escape leaves what is nearest: a field, a menu, what is selected. */
  function escape({ target }) {
    const menu = document.querySelector('details.menu[open]');
    if (target.matches('input, textarea, select')) target.blur();
    else if (menu) { menu.removeAttribute('open'); menu.firstElementChild.focus(); } else close();
  }
  function chooseAndLook(list) { pick(list); look(list); frame.toDrawing(); }
  function look(list) { if (!$('drawing').matches(':hover')) stage.look(list); }
  function around(i, hops) { change({ scope: `ego:${model.slug(i)}:${hops}`, sel: [model.slug(i)] }); fit(); }
  function expand(i) {
    const { drawn, all } = drawnPartners(model, view.passed, view.drawn, i);
    const most = afterExpanding(model, view.passed, view.drawn, i);
    const open = state.open.filter((entry) => !entry.startsWith(`${model.slug(i)}*`));
    if (drawn < all) change({ open: [...open, `${model.slug(i)}*${most}`], sel: [model.slug(i)], link: '', path: [], compare: [] });
    const now = drawnPartners(model, view.passed, view.drawn, i);
    say(t('{name}: {drawn} of {all} partners are drawn.', { name: model.name(i), ...now }));
  }
  function hide(...list) {
    const gone = list.map(model.slug);
    change({ hidden: [...new Set([...state.hidden, ...gone])], sel: state.sel.filter((slug) => !gone.includes(slug)) });
    say(tn('{n} hidden', '{n} hidden', state.hidden.length));
  }
  function pin(...list) {
    const pinned = new Map(view.pinned);
    const all = list.every((i) => pinned.has(i));
    for (const i of list) if (all) pinned.delete(i); else pinned.set(i, { x: model.data.nodes.x[i], y: model.data.nodes.y[i] });
    change({ pinned: pinnedList(model, pinned) });
  }

  function draw() {
    picture();
    beside();
  }
  function picture() {
    const key = JSON.stringify(FILTERS.concat('hidden', 'scope', 'open').map((name) => state[name]));
    if (key !== passedOf) {
      [passedOf, passed, found] = [key, apply(model, filtersOf(model, state)), null];
    }
    view = { ...viewOf(model, state, passed), saved, adding };
    const colours = colouring(model, state.colour);
    const size = sizing(model, state.size);
    const importance = sizing(model, 'peer_exchange');
    told = stage.show({
      node: view.node, link: view.link, forward: passed.forward, backward: passed.backward, selected: view.chosen.filter((i) => !view.path && !view.pair ? true : view.pair?.includes(i)),
      path: view.path?.ways[0] ?? [], chosenLink: view.pair ? linkBetween(view.pair) : -1, pinned: view.pinned, open: view.open, communities: view.communities,
      colour: colours.key, size: size.of, importance: importance.largest > 0 ? importance.of : size.of,
      ...(state.colour === 'community' ? {} : { ground: () => 'gx' }),
    });
    view.drawn = stage.composed?.drawn ?? view.node;
  }
  function beside() {
    found ??= counts(model, filtersOf(model, state), passed, state.scope === 'all' ? undefined : (whole) => partOf(model, state, whole));
    frame.show(state, view, found, told, history);
    part.show(state, view);
    facets.show(state, found);
    period.show(state, found);
    legend.show(state, found);
    const has = panel.show(view);
    $('details').hidden = !has;
    $('legend').hidden = has;
    frame.opened(has);
    tables.show(view);
    shown(model, view);
  }
  function linkBetween([a, b]) {
    return [...model.incident(a)].find((link) => view.link[link] && model.other(link, a) === b) ?? -1;
  }

  if (!saved) onReturn(DEFAULTS, (asked) => { period.pause(); state = asked; draw(); if (cameraOf(state)) stage.camera(cameraOf(state)); else fit(); });
  addEventListener('theme', beside);
  shortcut('Escape', t('Back to the legend'), escape);
  shortcut('f', t('Show the whole drawing'), fit);
  shortcut('e', t('Expand the neighbours of what is selected'), () => view.selected.slice(-1).forEach(expand));
  shortcut('h', t('Hide what is selected'), () => { if (view.selected.length) hide(...view.selected); });
  shortcut('p', t('Pin what is selected, or unpin it'), () => { if (view.selected.length) pin(...view.selected); });
  shortcut('z', t('Undo'), undo);
  shortcut('y', t('Redo'), redo);
  shortcut('t', t('Go to the tables'), () => { $('tables-title').scrollIntoView(); $('tables-title').focus({ preventScroll: true }); });
  const cam = cameraOf(state);
  linkAlike();
  picture();
  fit();
  if (cam) { stage.camera(cam); moved([cam.x, cam.y, cam.ratio]); }
  frame.ready(stage.drawn);
  const choose = (find) => {
    const i = model.data.nodes.iri.indexOf(find.iri);
    if (i >= 0) { chooseAndLook([i]); if (!view.node[i]) say(t('{name} does not pass the filters.', { name: model.name(i) })); }
    else if (find.href) location.href = find.href;
  };
  setTimeout(() => { // the picture first
    beside();
    start(saved ? { choose, find: searchIn(model) } : { choose });
  });
}

/** The other page that draws the graph shows the same, but for where its own camera stands. */
function linkAlike() {
  const asked = new URLSearchParams(location.search);
  asked.delete('cam');
  for (const link of document.querySelectorAll('.tabs a[data-go="e"], .tabs a[data-go="m"]')) if (!link.matches('[aria-current]')) link.search = asked;
}

function cameraOf({ cam }) {
  const [x, y, ratio] = cam.map(Number);
  return [x, y, ratio].every(Number.isFinite) && ratio > 0 ? { x, y, ratio } : null;
}
