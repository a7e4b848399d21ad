// The map of the page: canvases for the ground, for arcs and cities, and for marks and names; the first two are moved as they are while many links would take too long to draw.
// In: a container, a model (graph/model.js), what to do, and the world. Out: the same as explore/stage.js gives.
import { shrink } from '../explore/look.js';
import { listenKeys } from '../explore/gestures.js';
import { onColour, readInk } from '../explore/ink.js';
import { paintMarks, paintNames, paintNodes, spot } from '../explore/paint.js';
import { canvasPen } from '../explore/pens.js';
import { pngOf, svgOf } from '../explore/picture.js';
import { el } from '../shared/dom.js';
import { t } from '../shared/words.js';
import { canvasBrush, linesOf, onScreen, paintArcs, penBrush } from './arcs.js';
import { around, bounded, boxOf, homeOf, ratioWithin, whole } from './camera.js';
import { crowding, drawn, looks, pointedAt } from './drawn.js';
import { createGround } from './ground.js';
import { listenPointer } from './hand.js';
import { standing } from './projection.js';

const MANY = 1500; // links and cities above which a moving map is a moved picture
const SETTLED = 160; // milliseconds without movement until all is drawn again
const SWELL = 1.2; // how much things grow at most as one comes nearer
const GLIDE = 260; // milliseconds of a movement that is shown
const DIGIT = { least: 6.5, apart: 11 }; // pixels of a disc from which it holds its community's number, and from one number to the next

/** Return the map's stage; `world` is a promise of the topology of land and borders. */
export function createMap(container, model, handlers = {}, world = Promise.resolve(null)) {
  container.classList.add('stage', 'map');
  for (const [name, value] of Object.entries({ role: 'application', tabindex: '0', 'aria-label': t('Map of the relationships'), 'aria-roledescription': t('map') })) container.setAttribute(name, value);
  const canvases = ['ground', 'below', 'above'].map((name) => el('canvas', { class: name, 'aria-hidden': 'true' }));
  container.append(...canvases);
  const [land, below, above] = canvases.map((canvas) => canvas.getContext('2d'));
  const places = standing(model.data.nodes);
  const onMap = { ...model, data: { ...model.data, nodes: { ...model.data.nodes, x: places.x, y: places.y } } };
  const ground = createGround();
  const look = { ink: readInk(), pen: null };
  const stage = { scene: null, composed: null, looks: null, hovered: null, focused: null, box: null, view: null, model, container, places, lines: linesOf(model, places) };
  container.stage = stage; // found from its element by tests
  let [camera, room, drawnAt, frame, settle, glide] = [{ x: 0, y: 0, ratio: 1 }, { width: 0, height: 0 }, null, 0, 0, 0];

  const home = () => homeOf(room);
  const seen = () => {
    const scale = home() / camera.ratio;
    return { x: room.width / 2 - camera.x * scale, y: room.height / 2 - camera.y * scale, scale, ...room, swell: Math.min(SWELL / (stage.composed ? crowding(stage.composed) : 1), 1 / shrink(camera.ratio)) };
  };
  const draw = () => ({ composed: stage.composed, looks: stage.looks, ink: look.ink, view: stage.view, scene: stage.scene, model, hovered: stage.hovered, focused: stage.focused, box: stage.box, lines: stage.lines, room, paintBelow: pictured, looksOf: looks });
  const pictured = (pen, picture) => {
    ground.draw(pen, picture.ink, picture.view);
    paintPath(penBrush(pen), picture);
    paintArcs(penBrush(pen), { ...picture, lines: stage.lines });
    paintNodes(pen, smallestLast(picture));
    paintDigits(pen, picture);
    pen.text(boundaries(), 10, picture.view.height - 12, { size: 11, fill: picture.ink('quiet'), halo: picture.ink('canvas') });
  };
  const paintBelow = () => {
    for (const ctx of [land, below]) clear(ctx);
    drawnAt = stage.view;
    for (const canvas of canvases.slice(0, 2)) canvas.style.setProperty('transform', 'none');
    ground.paint(land, look.ink, stage.view);
    if (!stage.composed) return;
    paintPath(canvasBrush(below), draw());
    paintGraph(below, draw());
  };
  const paintGraph = (ctx, picture) => {
    const pen = canvasPen(ctx, look.ink('font'));
    paintArcs(canvasBrush(ctx), picture);
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
    paintNodes(pen, smallestLast(picture));
    paintDigits(pen, picture);
  };
  stage.paintAbove = () => {
    if (!stage.composed || !stage.view) return;
    clear(above);
    const pointed = pointedAt(onMap, stage);
    container.classList.toggle('fading', pointed !== null);
    const picture = pointed ? { ...draw(), composed: pointed, looks: looks(onMap, { ...stage.scene, selected: [stage.hovered] }, pointed, look.ink, room) } : draw();
    if (pointed) paintGraph(above, picture);
    paintMarks(look.pen, picture);
    paintNames(look.pen, { ...picture, avoid: covered(container) });
  };
  const paint = ({ still = false } = {}) => {
    cancelAnimationFrame(frame);
    frame = 0;
    if (!room.width) return;
    stage.view = seen();
    if (!still && drawnAt && (stage.composed ? stage.composed.links.length + stage.composed.nodes.length : 0) > MANY) moveBelow(canvases.slice(0, 2), drawnAt, stage.view);
    else paintBelow();
    stage.paintAbove();
  };
  const moved = () => {
    if (!frame) frame = requestAnimationFrame(() => paint());
    clearTimeout(settle);
    settle = setTimeout(() => { paint({ still: true }); handlers.onCamera?.(rounded(camera)); }, SETTLED);
  };
  const go = (next, animate) => {
    cancelAnimationFrame(glide);
    const to = bounded({ ...camera, ...next });
    if (!animate || still()) { camera = to; moved(); return; }
    const [from, begun] = [camera, performance.now()];
    const step = (now) => {
      const part = Math.min(1, (now - begun) / GLIDE);
      const eased = part < 0.5 ? 2 * part * part : 1 - 2 * (1 - part) ** 2;
      camera = { x: mix(from.x, to.x, eased), y: mix(from.y, to.y, eased), ratio: from.ratio * (to.ratio / from.ratio) ** eased };
      moved();
      if (part < 1) glide = requestAnimationFrame(step);
    };
    glide = requestAnimationFrame(step);
  };
  /** The camera after coming nearer by a factor, with the point of the screen where it is. */
  const nearer = (factor, { x, y } = { x: room.width / 2, y: room.height / 2 }) => {
    const ratio = ratioWithin(camera.ratio / factor);
    const by = (1 / (home() / camera.ratio)) - (1 / (home() / ratio));
    return { x: camera.x + (x - room.width / 2) * by, y: camera.y + (y - room.height / 2) * by, ratio };
  };
  const dress = () => {
    look.ink = readInk();
    look.pen = canvasPen(above, look.ink('font'));
    if (stage.scene) stage.looks = looks(onMap, stage.scene, stage.composed, look.ink, room);
  };
  const resized = () => {
    const [width, height] = [container.clientWidth, container.clientHeight];
    if (!width || !height || (width === room.width && height === room.height)) return;
    room = { width, height };
    for (const canvas of canvases) {
      [canvas.width, canvas.height] = [Math.round(width * density()), Math.round(height * density())];
      canvas.getContext('2d').setTransform(density(), 0, 0, density(), 0, 0);
    }
    dress();
    paint({ still: true });
  };
  const themed = () => { dress(); paint({ still: true }); };
  const clear = (ctx) => ctx.clearRect(0, 0, room.width, room.height);

  resized();
  const watch = new ResizeObserver(resized);
  watch.observe(container);
  addEventListener('theme', themed);
  const ends = [listenPointer(stage, handlers), listenKeys(stage, { ...handlers, onOpen: undefined })];
  world.then((topology) => { if (topology) { ground.give(topology); paint({ still: true }); } });

  return Object.assign(stage, {
    drawn: true,
    show(scene) {
      const node = scene.node.map((one, i) => one & places.placed[i]);
      const link = scene.link.map((one, l) => one & node[model.source[l]] & node[model.target[l]]);
      stage.scene = { ...scene, node, link, pinned: new Map(), open: new Map(), selected: [...new Set([...(scene.selected ?? []), ...(scene.path ?? [])])], way: scene.path ?? [], path: [] };
      stage.composed = drawn(onMap, { ...stage.scene, path: scene.path });
      if (stage.hovered !== null && !stage.composed.drawn[stage.hovered]) stage.hovered = null;
      dress();
      paint({ still: true });
      return stage.composed.counts;
    },
    fit({ animate = true } = {}) {
      if (!stage.composed) return;
      const arcs = stage.composed.links.map((l) => stage.lines(l, stage.looks.link(l).lane));
      go(whole(boxOf(stage.composed.nodes, places, arcs), room, 0.06), animate);
    },
    pan(dx, dy, { half = false } = {}) { const by = (half ? 0.5 : 1) / (home() / camera.ratio); go({ x: camera.x + dx * by, y: camera.y + dy * by }, false); },
    zoom(factor, at) { go(nearer(factor, at), true); },
    zoomNow(factor, at) { go(nearer(factor, at), false); },
    look(what, { animate = true } = {}) {
      const nodes = [what].flat().filter((i) => stage.composed?.drawn[i]);
      if (nodes.length) go(around(boxOf(nodes, places), room, 0.15), animate);
    },
    camera(cam) {
      if (cam) go(cam, false);
      return rounded(camera);
    },
    /** Where a node is on the screen, in pixels from the container's corner. */
    spot: (i) => spot(stage.composed, stage.view, i),
    png: (options) => pngOf(draw, options),
    svg: (options) => svgOf(draw, options),
    destroy() {
      clearTimeout(settle);
      cancelAnimationFrame(frame);
      watch.disconnect();
      removeEventListener('theme', themed);
      for (const end of ends) end();
      container.replaceChildren();
    },
  });
}

const boundaries = () => t('Boundaries: Natural Earth; no opinion on any boundary is meant.');

/** What stands on the map: no name goes under it. */
function covered(container) {
  const at = container.getBoundingClientRect();
  return [...container.parentElement.querySelectorAll('.credit, .zoom')].map((one) => one.getBoundingClientRect())
    .filter(({ width }) => width > 0).map(({ left, right, top, bottom }) => ({ left: left - at.left, right: right - at.left, top: top - at.top, bottom: bottom - at.top }));
}

/** On the map the small stand before the great, so that none is hidden. */
function smallestLast({ composed, ...rest }) {
  return { ...rest, composed: { ...composed, nodes: composed.nodes.toReversed() } };
}

/** A shortest way, under the links it goes along. */
function paintPath(brush, { scene, composed, view, model, ink, lines }) {
  const { way } = scene;
  for (let k = 1; k < way.length; k += 1) {
    const l = composed.links.find((one) => [model.source[one], model.target[one]].every((end) => end === way[k - 1] || end === way[k]));
    const points = l === undefined ? null : onScreen(lines(l, composed.lanes.get(l) ?? 0), view);
    if (points) brush.line(points, { stroke: ink('accent'), width: 9, opacity: 0.3, dash: [] });
  }
}

/** The numbers of communities in the discs that have room for them, so that colour is never alone. */
function paintDigits(pen, { composed, looks, view, ink, scene }) {
  if (scene.ground) return;
  const shown = composed.nodes.map((i) => ({ i, ...spot(composed, view, i), ...looks.node(i) })).filter(({ x, y }) => x > -9 && y > -9 && x < view.width + 9 && y < view.height + 9).sort((a, b) => a.r - b.r);
  const before = []; // what stands in front
  for (const { i, x, y, r, hex, alpha } of shown) {
    const community = composed.communityOf(i);
    const free = r * view.swell >= DIGIT.least && !before.some((other) => Math.abs(other.x - x) < DIGIT.apart && Math.abs(other.y - y) < DIGIT.apart);
    before.push({ x, y });
    if (!free || community < 0 || community > 98) continue;
    pen.text(String(community + 1), x, y + 0.5, { size: Math.min(11.5, r * view.swell * 1.15), weight: 700, fill: onColour(ink(scene.colour(i)) ?? hex), align: 'center', opacity: alpha });
  }
}

/** Show what was drawn for one view where it stands in another. */
function moveBelow(canvases, was, is) {
  const by = is.scale / was.scale;
  for (const canvas of canvases) canvas.style.setProperty('transform', `translate(${is.x - was.x * by}px, ${is.y - was.y * by}px) scale(${by})`);
}

function rounded({ x, y, ratio }) {
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10, ratio: Math.round(ratio * 1e4) / 1e4 };
}

function mix(a, b, part) {
  return a + (b - a) * part;
}

function density() {
  return Math.min(2, globalThis.devicePixelRatio || 1);
}

function still() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
