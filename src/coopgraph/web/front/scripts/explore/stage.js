// The drawn graph of the page: sigma draws nodes and links by WebGL, canvases below and above it hold communities, rings and names.
// In: a container, a model (graph/model.js) and what to do. Out: { show, fit, zoom, look, camera, png, svg, destroy }.
import { MultiUndirectedGraph } from 'graphology';
import Sigma from 'sigma';
import { el } from '../shared/dom.js';
import { t, tn } from '../shared/words.js';
import { edgeProgram } from './edges.js';
import { listen } from './gestures.js';
import { channels, readInk } from './ink.js';
import { looksOf, shrink } from './look.js';
import { nodeProgram } from './nodes.js';
import { makePace } from './pace.js';
import { paintGround, paintMarks, paintNames, spot } from './paint.js';
import { canvasPen } from './pens.js';
import { pngOf, svgOf } from './picture.js';
import { compose } from './scene.js';

const SETTLED = 140; // milliseconds without movement until all is drawn again
const FRAME = { x: [-1.02, 1.02], y: [-1.02, 1.02] };
const SPAN = FRAME.x[1] - FRAME.x[0];
const RATIOS = { least: 0.004, most: 2.5 };

const prepared = new WeakMap();

/** Start WebGL while the graph is still on its way. */
export function prepareStage(container) {
  if (prepared.has(container) || !webgl()) return;
  const state = { pace: makePace(), rim: [1, 1, 1] };
  prepared.set(container, { state, sigma: startSigma(container, state) });
}

/** Return the stage; without WebGL a message stands in the container and nothing is drawn (`drawn` is false). */
export function createStage(container, model, handlers = {}, { label = t('Drawing of the relationships') } = {}) {
  dressContainer(container, label);
  prepareStage(container);
  if (!prepared.has(container)) return withoutWebGL(container);
  const { state, sigma } = prepared.get(container);
  const ink = { now: readInk() };
  const [below, above] = canvases(sigma);
  const [penBelow, penAbove] = [below, above].map((ctx) => canvasPen(ctx, ink.now('font')));
  const say = { members: (count) => tn('{n} member', '{n} members', count) };
  const stage = { scene: null, composed: null, looks: null, hovered: null, focused: null, box: null, badges: [], names: [], view: null, model, sigma, container };
  container.stage = stage; // found from its element, by the page and by tests

  const draw = () => ({ composed: stage.composed, looks: stage.looks, ink: ink.now, view: stage.view, room: stage.room, scene: stage.scene, model, hovered: stage.hovered, focused: stage.focused, box: stage.box, say });
  stage.paintAbove = () => {
    if (!stage.composed) return;
    clear(above, stage.view);
    paintMarks(penAbove, draw());
    Object.assign(stage, paintNames(penAbove, draw()));
  };
  const paint = () => {
    stage.view = viewOf(sigma);
    if (!stage.composed) return;
    clear(below, stage.view);
    paintGround(penBelow, draw());
    stage.paintAbove();
  };
  sigma.on('afterRender', () => { state.pace.frame(performance.now()); paint(); });

  let settle = 0;
  sigma.getCamera().on('updated', () => {
    state.pace.moving = true;
    clearTimeout(settle);
    settle = setTimeout(() => {
      state.pace.moving = false;
      sigma.scheduleRender();
      handlers.onCamera?.(cameraOf(sigma));
    }, SETTLED);
  });
  const dress = () => {
    state.rim = channels(ink.now('canvas')).map((channel) => channel / 255);
    const { ratio } = around(stage, boundsOf(stage));
    stage.room = { ...sigma.getDimensions(), pixels: unit(sigma).scale / ratio / sigma.scaleSize(1, ratio) };
    stage.looks = looksOf(model, stage.scene, stage.composed, ink.now, stage.room);
    state.pace.of(stage.composed.nodes.length + stage.composed.links.length);
    draughtOf(stage, sigma);
  };
  const themed = () => { ink.now = readInk(); if (stage.scene) dress(); };
  addEventListener('theme', themed);
  const unlisten = listen(stage, handlers, sigma);
  const sized = new ResizeObserver(() => {
    if (!stage.composed) return;
    sigma.resize();
    if (upright(sigma) !== stage.composed.turned) stage.show(stage.scene, { fit: true });
    else if (sizeOf(stage.room) !== sizeOf(sigma.getDimensions())) dress();
    else sigma.scheduleRender();
  });
  sized.observe(container);

  return Object.assign(stage, {
    drawn: true,
    show(scene, { fit = false } = {}) {
      stage.scene = scene;
      stage.composed = compose(model, scene, { turned: upright(sigma) });
      Object.assign(stage, { counts: stage.composed.counts, dense: stage.composed.dense });
      if (stage.hovered !== null && !stage.composed.drawn[stage.hovered]) stage.hovered = null;
      if (fit) stage.fit({ animate: false });
      dress();
      return stage.composed.counts;
    },
    fit({ animate = true } = {}) { if (stage.composed) move(sigma, around(stage, boundsOf(stage)), animate); },
    pan(dx, dy) {
      const { x, y } = sigma.getCamera().getState();
      sigma.getCamera().setState({ x: x + dx / stage.view.scale / SPAN, y: y - dy / stage.view.scale / SPAN });
    },
    zoom(factor) { move(sigma, { ratio: bounded(sigma.getCamera().ratio / factor) }, true); },
    lookAtCommunity(c) {
      const disc = stage.composed?.discs.find((one) => one.c === c);
      if (disc) move(sigma, around(stage, boxAround([[disc.x, disc.y, disc.r * 1.3]])), true);
    },
    look(what, { animate = true } = {}) {
      const nodes = [what].flat().filter((i) => stage.composed?.drawn[i]);
      if (nodes.length) move(sigma, around(stage, boundsOfNodes(stage, nodes), 0.12), animate);
    },
    /** Where a node is on the screen, in pixels from the container's corner. */
    spot: (i) => spot(stage.composed, stage.view, i),
    camera(cam) {
      if (cam === null) stage.fit();
      else if (cam) move(sigma, cam, false);
      return cameraOf(sigma);
    },
    png: (options) => pngOf(draw, options),
    svg: (options) => svgOf(draw, options),
    destroy() {
      clearTimeout(settle);
      removeEventListener('theme', themed);
      sized.disconnect();
      unlisten();
      sigma.kill();
    },
  });
}

function dressContainer(container, label) {
  container.classList.add('stage');
  for (const [name, value] of Object.entries({ role: 'application', tabindex: '0', 'aria-label': label, 'aria-roledescription': t('network drawing') })) container.setAttribute(name, value);
}

function webgl() {
  return Boolean(globalThis.WebGL2RenderingContext && document.createElement('canvas').getContext('webgl2'));
}

function withoutWebGL(container) {
  container.setAttribute('role', 'group');
  container.append(el('p', { class: 'note warn nodrawing' }, t('Your browser cannot draw this picture: WebGL 2 is switched off or missing. The table below says the same.')));
  const nothing = () => undefined;
  return { drawn: false, dense: false, counts: undefined, show: nothing, fit: nothing, zoom: nothing, look: nothing, camera: nothing, png: async () => null, svg: () => '', destroy: () => container.replaceChildren() };
}

function startSigma(container, state) {
  const graph = new MultiUndirectedGraph();
  const sigma = new Sigma(graph, container, {
    renderLabels: false, renderEdgeLabels: false, enableEdgeEvents: false, enableCameraRotation: false, stagePadding: 0, allowInvalidContainer: true,
    nodeProgramClasses: { circle: nodeProgram(state) }, edgeProgramClasses: { line: edgeProgram(1, state), arrow: edgeProgram(10, state) }, // sigma's own are never compiled
    defaultNodeType: 'circle', defaultEdgeType: 'line', defaultDrawNodeHover: () => {}, zoomToSizeRatioFunction: shrink,
    minCameraRatio: RATIOS.least, maxCameraRatio: RATIOS.most, doubleClickZoomingRatio: 1, zIndex: false,
    ...(still() ? { inertiaRatio: 0, inertiaDuration: 0, zoomDuration: 0 } : {}),
  });
  sigma.setCustomBBox(FRAME).refresh();
  return sigma;
}

/** A canvas below sigma's and one above them; those of sigma that stay empty are taken out of the page's layers. */
function canvases(sigma) {
  sigma.createCanvasContext('below', { beforeLayer: 'edges' }).createCanvasContext('above', { beforeLayer: 'mouse' }).resize(true);
  const all = sigma.getCanvases();
  for (const id of ['edgeLabels', 'labels', 'hovers', 'hoverNodes']) all[id].hidden = true;
  return [all.below.getContext('2d'), all.above.getContext('2d')];
}

function still() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Give sigma what is drawn: a new graph when other things are drawn, else the same with other looks. */
function draughtOf({ composed, looks, model }, sigma) {
  const graph = new MultiUndirectedGraph();
  for (const i of composed.nodes) {
    const { r, hex, alpha, form } = looks.node(i);
    graph.addNode(i, { x: composed.x[i], y: -composed.y[i], size: r, hex, alpha, form });
  }
  for (const l of composed.links) {
    const look = looks.link(l);
    graph.addUndirectedEdgeWithKey(l, model.source[l], model.target[l], { ...look, type: look.lane ? 'arrow' : 'line' });
  }
  for (const id of ['edges', 'nodes']) sigma.getCanvases()[id].hidden = graph.order === 0;
  sigma.setGraph(graph);
}

function sizeOf({ width, height }) {
  return `${width} ${height}`;
}

function upright(sigma) {
  const { width, height } = sigma.getDimensions();
  return height > 1.2 * width;
}

/** The screen: pixels for each unit of the data, and where (0, 0) stands. */
function viewOf(sigma) {
  return { ...sigma.getDimensions(), ...unit(sigma, sigma.getCamera().getState()), swell: sigma.scaleSize(1) };
}

function unit(sigma, cameraState = { x: 0.5, y: 0.5, angle: 0, ratio: 1 }) {
  const at = sigma.graphToViewport({ x: 0, y: 0 }, { cameraState });
  return { x: at.x, y: at.y, scale: sigma.graphToViewport({ x: 1, y: 0 }, { cameraState }).x - at.x };
}

function clear(ctx, { width, height }) {
  ctx.clearRect(0, 0, width, height);
}

function cameraOf(sigma) {
  const { x, y, ratio } = sigma.getCamera().getState();
  return Object.fromEntries(Object.entries({ x, y, ratio }).map(([name, value]) => [name, Math.round(value * 1e4) / 1e4]));
}

function bounded(ratio) {
  return Math.min(RATIOS.most, Math.max(RATIOS.least, ratio));
}

function move(sigma, state, animate) {
  const camera = sigma.getCamera();
  if (animate && !still()) camera.animate(state, { duration: 260, easing: 'quadraticInOut' });
  else { camera.setState(state); sigma.scheduleRender(); }
}

/** All that is drawn: the nodes, and the discs of communities. */
function boundsOf({ composed }) {
  const boxes = [...composed.nodes.map((i) => [composed.x[i], composed.y[i], 0]), ...composed.discs.map(({ x, y, r }) => [x, y, r])];
  return boxAround(boxes.length ? boxes : [[-1, -1, 0], [1, 1, 0]]);
}

function boundsOfNodes({ composed }, nodes) {
  return boxAround(nodes.map((i) => [composed.x[i], composed.y[i], 0]));
}

function boxAround(spots) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const [x, y, r] of spots) {
    box.left = Math.min(box.left, x - r); box.right = Math.max(box.right, x + r);
    box.top = Math.min(box.top, y - r); box.bottom = Math.max(box.bottom, y + r);
  }
  return box;
}

/** The camera that has a box in view, with room for names; never nearer than the closest ratio. */
function around({ sigma }, box, closest = 0.02) {
  const { width, height } = sigma.getDimensions();
  const { scale: one } = unit(sigma);
  const [padX, padY] = [Math.min(70, width * 0.1), Math.min(40, height * 0.08)];
  const ratio = Math.max(closest, (box.right - box.left) * one / Math.max(50, width - 2 * padX), (box.bottom - box.top) * one / Math.max(50, height - 2 * padY));
  const [x, y] = [(box.left + box.right) / 2, -(box.top + box.bottom) / 2];
  return { x: 0.5 + x / SPAN, y: 0.5 + y / SPAN, ratio: bounded(ratio), angle: 0 };
}
