// The drawn graph of the page: sigma draws nodes and links by WebGL, canvases below and above it hold communities, rings and names.
// In: a container, a model (graph/model.js) and what to do. Out: { show, fit, zoom, look, camera, png, svg, destroy }.
import { MultiUndirectedGraph } from 'graphology';
import Sigma from 'sigma';
import { el } from '../shared/dom.js';
import { number, t, tn } from '../shared/words.js';
import { edgeProgram } from './edges.js';
import { listen } from './gestures.js';
import { channels, readInk } from './ink.js';
import { looksOf, shrink } from './look.js';
import { nodeProgram } from './nodes.js';
import { paintGround, paintMarks, paintNames, onScreen, spot } from './paint.js';
import { canvasPen } from './pens.js';
import { pngOf, svgOf } from './picture.js';
import { compose } from './scene.js';

const SETTLED = 140; // milliseconds without movement until all is drawn again
const MOVING = 4000; // links drawn while the drawing moves, the strongest
const FRAME = { x: [-1.02, 1.02], y: [-1.02, 1.02] };
const RATIOS = { least: 0.004, most: 2.5 };

/** Return the stage; without WebGL a message stands in the container and nothing is drawn (`drawn` is false). */
export function createStage(container, model, handlers = {}, { label = t('Drawing of the relationships') } = {}) {
  dressContainer(container, label);
  if (!webgl()) return withoutWebGL(container);
  const state = { moving: false, most: MOVING, rim: [1, 1, 1] };
  const ink = { now: readInk() };
  const sigma = startSigma(container, state);
  const layers = ['ground', 'marks', 'names'].map((id) => sigma.createCanvasContext(id, id === 'ground' ? { beforeLayer: 'edges' } : { beforeLayer: 'mouse' }).getCanvases()[id].getContext('2d'));
  sigma.resize(true);
  const pens = layers.map((ctx) => canvasPen(ctx, ink.now('font')));
  const say = { members: (count) => tn('{n} member', '{n} members', count) };
  const stage = { scene: null, composed: null, looks: null, hovered: null, focused: null, box: null, badges: [], view: null, model, sigma, container };

  const draw = () => ({ composed: stage.composed, looks: stage.looks, ink: ink.now, view: stage.view, scene: stage.scene, model, hovered: stage.hovered, focused: stage.focused, box: stage.box, say });
  stage.paintAbove = () => {
    if (!stage.composed) return;
    for (const ctx of layers.slice(1)) clear(ctx, stage.view);
    paintMarks(pens[1], draw());
    stage.badges = paintNames(pens[2], draw()).badges;
  };
  const paint = () => {
    stage.view = viewOf(sigma);
    if (!stage.composed) return;
    clear(layers[0], stage.view);
    paintGround(pens[0], draw());
    stage.paintAbove();
  };
  sigma.on('afterRender', paint);

  let settle = 0;
  sigma.getCamera().on('updated', () => {
    state.moving = true;
    clearTimeout(settle);
    settle = setTimeout(() => {
      state.moving = false;
      sigma.scheduleRender();
      handlers.onCamera?.(cameraOf(sigma));
    }, SETTLED);
  });
  const dress = () => {
    state.rim = channels(ink.now('canvas')).map((channel) => channel / 255);
    stage.looks = looksOf(model, stage.scene, stage.composed, ink.now, sigma.getDimensions());
    draughtOf(stage, sigma);
  };
  const themed = () => { ink.now = readInk(); if (stage.scene) dress(); };
  addEventListener('theme', themed);
  const unlisten = listen(stage, handlers, sigma);

  return Object.assign(stage, {
    drawn: true,
    show(scene, { fit = false } = {}) {
      stage.scene = scene;
      stage.composed = compose(model, scene);
      if (stage.hovered !== null && !stage.composed.drawn[stage.hovered]) stage.hovered = null;
      if (fit) stage.fit({ animate: false });
      dress();
      return stage.composed.counts;
    },
    get dense() { return stage.composed?.dense ?? false; },
    get counts() { return stage.composed?.counts; },
    fit({ animate = true } = {}) { if (stage.composed) move(sigma, around(stage, boundsOf(stage)), animate); },
    zoom(factor) { move(sigma, { ratio: bounded(sigma.getCamera().ratio / factor) }, true); },
    look(what, { animate = true } = {}) {
      const nodes = [what].flat().filter((i) => stage.composed?.drawn[i]);
      if (nodes.length) move(sigma, around(stage, boundsOfNodes(stage, nodes), 0.12), animate);
    },
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
    nodeProgramClasses: { node: nodeProgram(state) }, edgeProgramClasses: { line: edgeProgram(1, state), arc: edgeProgram(10, state) },
    defaultNodeType: 'node', defaultEdgeType: 'line', defaultDrawNodeHover: () => {}, zoomToSizeRatioFunction: shrink,
    minCameraRatio: RATIOS.least, maxCameraRatio: RATIOS.most, doubleClickZoomingRatio: 1, zIndex: false,
    ...(still() ? { inertiaDuration: 0, zoomDuration: 0 } : {}),
  });
  sigma.setCustomBBox(FRAME).refresh();
  return sigma;
}

function still() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Give sigma what is drawn: a new graph when other things are drawn, else the same with other looks. */
function draughtOf({ composed, looks, model }, sigma) {
  const graph = new MultiUndirectedGraph();
  for (const i of composed.nodes.toReversed()) {
    const { r, hex, alpha, form } = looks.node(i);
    graph.addNode(i, { x: composed.x[i], y: -composed.y[i], size: r, hex, alpha, form, type: 'node' });
  }
  for (const l of composed.links) {
    const look = looks.link(l);
    graph.addUndirectedEdgeWithKey(l, model.source[l], model.target[l], { ...look, type: look.lane ? 'arc' : 'line' });
  }
  sigma.setGraph(graph);
}

/** The screen: pixels for each unit of the data, and where (0, 0) stands. */
function viewOf(sigma) {
  const { width, height } = sigma.getDimensions();
  const cameraState = sigma.getCamera().getState();
  const at = sigma.graphToViewport({ x: 0, y: 0 }, { cameraState });
  const right = sigma.graphToViewport({ x: 1, y: 0 }, { cameraState });
  return { x: at.x, y: at.y, scale: right.x - at.x, width, height, swell: sigma.scaleSize(1) };
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

/** All that is drawn: the nodes, and the discs of closed communities. */
function boundsOf({ composed }) {
  const closed = composed.discs.filter((disc) => disc.closed);
  const boxes = [...composed.nodes.map((i) => [composed.x[i], composed.y[i], 0]), ...closed.map(({ x, y, r }) => [x, y, r])];
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
  const home = sigma.graphToViewport({ x: 0, y: 0 }, { cameraState: { x: 0.5, y: 0.5, angle: 0, ratio: 1 } });
  const one = sigma.graphToViewport({ x: 1, y: 0 }, { cameraState: { x: 0.5, y: 0.5, angle: 0, ratio: 1 } }).x - home.x;
  const [padX, padY] = [Math.min(70, width * 0.1), Math.min(40, height * 0.08)];
  const ratio = Math.max(closest, (box.right - box.left) * one / Math.max(50, width - 2 * padX), (box.bottom - box.top) * one / Math.max(50, height - 2 * padY));
  const [x, y] = [(box.left + box.right) / 2, -(box.top + box.bottom) / 2];
  const span = FRAME.x[1] - FRAME.x[0];
  return { x: 0.5 + x / span, y: 0.5 + y / span, ratio: bounded(ratio), angle: 0 };
}
