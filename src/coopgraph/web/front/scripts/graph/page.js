// A page that draws the graph (Explore, Map): loads it, and keeps drawing, facets, legend, panel and tables in step with the state of the view.
import { createActs } from './acts.js';
import { createDownloads } from './downloads.js';
import { createFacets } from './facets.js';
import { apply, counts } from './filtering.js';
import { createFrame } from './frame.js';
import { createHistory } from './history.js';
import { colouring, createLegend, sizing } from './legend.js';
import { makeModel } from './model.js';
import { createPanel } from './panel.js';
import { createPart } from './part.js';
import { createPeriod } from './period.js';
import { searchIn } from './search.js';
import { FILTERS, filtersOf } from './state.js';
import { createTables } from './table.js';
import { partOf, viewOf } from './view.js';
import { ask } from '../shared/ask.js';
import { say } from '../shared/dom.js';
import { shortcut } from '../shared/keys.js';
import { fromServer } from '../shared/search.js';
import { start } from '../shared/shell.js';
import { label, lang, t } from '../shared/words.js';

const $ = (id) => document.getElementById(id);
const saved = 'saved' in document.documentElement.dataset;
const CAMERA = 300; // milliseconds after the last movement until the address holds the camera

/** Begin the page. `createStage` makes the drawing (see explore/stage.js), `name` is that of downloaded pictures, `placed` says that places are given, so that nothing is expanded or pinned, `shown(model, view)` hears of each view. */
export async function begin({ createStage, name, placed = false, shown = () => {} }) {
  const inPage = $('graph');
  let data;
  try {
    data = inPage ? JSON.parse(inPage.textContent) : await ask('graph.json');
  } catch (error) {
    createFrame().failed(error.message, () => location.reload());
    start();
    return;
  }
  run(makeModel(data, lang), { createStage, name, placed, shown });
}

function run(model, { createStage, name, placed, shown }) {
  let [view, passedOf, passed, found, told] = [null, '', null, null, null];
  const history = createHistory({
    changed: ({ returned } = {}) => { draw(); if (returned) camera.restore(); },
    travelled: () => period.halt(),
  });
  const acts = createActs(model, { history, now: () => ({ state: history.state, view }), look, fit: () => camera.fit(), redraw: draw });
  const frame = createFrame(model, { change: history.change, undo: history.undo, redo: history.redo, reset: acts.reset, zoom: (by) => stage.zoom(by), fit: () => camera.fit() });
  const stage = createStage($('drawing'), model, {
    onSelect: (i, { add }) => { if (i === null) { if (!add) acts.close(); } else if (add) acts.toggle(i); else acts.pick([i]); },
    onBox: acts.box, onOpen: acts.expand, onLink: (link) => acts.link(model.source[link], model.target[link]),
    onCommunity: acts.community, onMove: acts.move, onCamera: (cam) => camera.moved(cam),
  });
  const camera = createCamera(stage, history);
  const part = createPart($('facet-list'), model, history.change);
  const facets = createFacets($('facet-list'), model, history.change);
  const period = createPeriod($('period'), model.data.now, history.change);
  const legend = createLegend($('legend'), model, history.change);
  const panel = createPanel($('details'), model, acts);
  const tables = createTables($('tables'), model, { select: pickAndLook, link: acts.link });
  createDownloads(model, { name, stage, seen: () => ({ state: history.state, view }), title: () => `${label(model.data.title)}: ${frame.sentence()}` });

  function look(list) { if (list.length && !$('drawing').matches(':hover')) stage.look(list); }
  function pickAndLook(list) { acts.pick(list); look(list); frame.toDrawing(); }

  function draw() {
    picture();
    beside();
  }
  function picture() {
    const { state } = history;
    const key = JSON.stringify(FILTERS.concat('hidden', 'scope', 'open').map((one) => state[one]));
    if (key !== passedOf) [passedOf, passed, found] = [key, apply(model, filtersOf(model, state)), null];
    view = { ...viewOf(model, state, passed), saved, placed, adding: acts.adding };
    told = stage.show(sceneOf(model, state, view));
    view.drawn = stage.composed?.drawn ?? view.node;
  }
  function beside() {
    const { state } = history;
    found ??= counts(model, filtersOf(model, state), passed, state.scope === 'all' ? undefined : (whole) => partOf(model, state, whole));
    frame.show(state, view, told, history);
    part.show(state, view);
    for (const one of [facets, period, legend]) one.show(state, found);
    const has = panel.show(view);
    $('details').hidden = !has;
    $('legend').hidden = has;
    frame.opened(has ? JSON.stringify([state.sel, state.link, state.path, state.compare]) : '');
    tables.show(view);
    shown(model, view);
  }

  addEventListener('theme', beside);
  listen(acts, history, { placed, fit: () => camera.fit(), selected: () => view.selected });
  picture();
  camera.restore();
  frame.ready(stage.drawn);
  const choose = (find) => {
    const i = model.data.nodes.iri.indexOf(find.iri);
    if (i < 0) { if (find.href) location.href = find.href; return; }
    pickAndLook([i]);
    if (!view.node[i]) say(t('{name} does not pass the filters.', { name: model.name(i) }));
  };
  setTimeout(() => { // the picture first
    beside();
    let inGraph;
    const another = (...asked) => (inGraph ??= searchIn(model, { cities: true }))(...asked); // the page is not left for what is not in it
    start({ choose, find: saved ? searchIn(model) : (...asked) => (acts.adding ? another : fromServer)(...asked) });
  });
}

/** What the stage is given to draw. */
function sceneOf(model, { colour, size: by }, view) {
  const size = sizing(model, by);
  const { node, link, passed: { forward, backward }, pinned, open, communities } = view;
  return {
    node, link, forward, backward, pinned, open, communities, selected: view.path ? [] : view.pair ?? view.chosen, path: view.path?.ways[0] ?? [], chosenLink: view.pair ? linkBetween(model, view, view.pair) : -1,
    colour: colouring(model, colour).key, size: size.of, importance: importanceIn(model),
    ...(colour === 'community' ? {} : { ground: () => 'gx' }),
  };
}

/** What is named first: the first of each community that has a colour, as the legend names it, then whom most links join; agreements last. */
function importanceIn(model) {
  const { communities, nodes } = model.data;
  const first = new Set(communities.slice(0, 8).map(({ names }) => names[0]));
  const mutual = nodes.measures.peer_exchange ?? [];
  return (i) => (first.has(i) ? model.links : 0) + (model.kind(i) === 'agreement' ? 0 : model.incident(i).length) + Math.min(mutual[i] ?? 0, 0.999);
}

function linkBetween(model, { link }, [a, b]) {
  return [...model.incident(a)].find((one) => link[one] && model.other(one, a) === b) ?? -1;
}

/** The camera and the address: where it stands is kept a moment after it came to rest, but for the view of everything, which is the usual one. */
function createCamera(stage, history) {
  let [timer, home] = [0, ''];
  const keep = ({ x, y, ratio } = {}) => history.moved(String([x, y, ratio]) === home ? [] : [x, y, ratio].map(String));
  const fit = () => {
    stage.fit({ animate: false });
    const { x, y, ratio } = stage.camera() ?? {};
    home = String([x, y, ratio]);
    keep({ x, y, ratio });
  };
  return {
    fit,
    moved(cam) { clearTimeout(timer); timer = setTimeout(() => keep(cam), CAMERA); },
    restore() {
      const [x, y, ratio] = history.state.cam.map(Number);
      fit();
      if (![x, y, ratio].every(Number.isFinite) || !(ratio > 0)) return;
      stage.camera({ x, y, ratio });
      keep({ x, y, ratio });
    },
  };
}

function listen(acts, history, { placed, fit, selected }) {
  shortcut('Escape', t('Back to the legend'), ({ target }) => { // leaves what is nearest: a field, a menu, what is selected
    const menu = document.querySelector('details.menu[open]');
    if (target.matches('input, textarea, select')) target.blur();
    else if (menu) { menu.removeAttribute('open'); menu.firstElementChild.focus(); } else acts.close();
  });
  shortcut('f', t('Show the whole drawing'), fit);
  if (!placed) shortcut('e', t('Expand the neighbours of what is selected'), () => selected().slice(-1).forEach(acts.expand));
  shortcut('h', t('Hide what is selected'), () => { if (selected().length) acts.hide(...selected()); });
  if (!placed) shortcut('p', t('Pin what is selected, or unpin it'), () => { if (selected().length) acts.pin(...selected()); });
  shortcut('z', t('Undo'), history.undo);
  shortcut('y', t('Redo'), history.redo);
  shortcut('t', t('Go to the tables'), () => { $('tables-title').scrollIntoView(); $('tables-title').focus({ preventScroll: true }); });
}
