// Pointer and keyboard on the stage: choose, open, drag, point at, box; move the focus from node to node.
import { say } from '../shared/dom.js';
import { t, tn } from '../shared/words.js';
import { course, distanceTo } from './bends.js';
import { onScreen, spot } from './paint.js';

const NEAR = 6; // pixels from a line within which a click means it, and between two clicks that are one double-click
const REACH = 2.5; // pixels around a node that belong to it
const STEP = 80; // pixels of a step of the drawing

/** Listen to a stage; returns what ends it. */
export function listen(stage, handlers, sigma) {
  const hand = { dragged: null, from: null, moved: false, clicked: null };
  // sigma would draw all nodes a second time and read a pixel back at each movement: a stall for each, and a warning
  sigma.getNodeAtPosition = (at) => nodeAt(stage, at);
  sigma.pickingLayers.clear();
  pointer(stage, handlers, sigma, hand);
  return listenKeys(stage, handlers);
}

/** Listen to the keys alone; returns what ends it. */
export function listenKeys(stage, handlers) {
  const { container } = stage;
  const keys = (event) => key(stage, handlers, event);
  const left = () => { stage.focused = null; stage.paintAbove(); };
  container.addEventListener('keydown', keys);
  container.addEventListener('blur', left);
  return () => { container.removeEventListener('keydown', keys); container.removeEventListener('blur', left); };
}

function pointer(stage, handlers, sigma, hand) {
  const { container, model } = stage;
  const point = (i) => {
    if (stage.hovered === i) return;
    stage.hovered = i;
    container.classList.toggle('pointing', i !== null);
    stage.paintAbove();
    handlers.onHover?.(i);
  };
  sigma.on('enterNode', ({ node }) => { if (!hand.from) point(Number(node)); });
  sigma.on('leaveNode', () => point(null));
  sigma.on('leaveStage', () => point(null));
  const chosen = ({ node, event }) => {
    hand.clicked = event;
    if (hand.moved) return;
    container.focus({ preventScroll: true });
    if (node !== undefined) { handlers.onSelect?.(Number(node), { add: adds(event) }); return; }
    const community = communityAt(stage, event);
    if (community !== null) { turn(stage, handlers, community); return; }
    const link = handlers.onLink ? linkAt(stage, event) : null;
    if (link !== null) handlers.onLink(link);
    else handlers.onSelect?.(null, { add: adds(event) });
  };
  const twice = (told) => {
    told.event.preventSigmaDefault();
    const far = !hand.clicked || Math.hypot(told.event.x - hand.clicked.x, told.event.y - hand.clicked.y) > NEAR;
    if (far) chosen(told); // two clicks in two places, however quick, are two choices
    else if (told.node !== undefined) handlers.onOpen?.(Number(told.node));
  };
  sigma.on('clickNode', chosen);
  sigma.on('clickStage', chosen);
  sigma.on('doubleClickNode', twice);
  sigma.on('doubleClickStage', twice);
  sigma.on('downNode', ({ node, event }) => { if (byMouse(event)) Object.assign(hand, { dragged: Number(node), from: event, moved: false }); });
  sigma.on('downStage', ({ event }) => { Object.assign(hand, { dragged: null, from: event.original.shiftKey && byMouse(event) ? event : null, moved: false }); });
  sigma.on('moveBody', ({ event, preventSigmaDefault }) => {
    if (hand.from && (hand.moved || Math.hypot(event.x - hand.from.x, event.y - hand.from.y) > 3)) {
      hand.moved = true;
      if (hand.dragged !== null) drag(stage, sigma, hand.dragged, event);
      else { stage.box = boxOf(hand.from, event); stage.paintAbove(); }
    } else if (!hand.from) container.classList.toggle('pointing', stage.hovered !== null || communityAt(stage, event) !== null);
    if (hand.from) preventSigmaDefault();
  });
  const up = () => {
    if (hand.moved && hand.dragged !== null) {
      const { x, y, turned } = stage.composed;
      const at = [round(x[hand.dragged]), round(y[hand.dragged])];
      handlers.onMove?.(hand.dragged, ...(turned ? [at[1], -at[0]] : at));
    }
    if (hand.moved && stage.box) {
      const inside = stage.composed.nodes.filter((i) => within(spot(stage.composed, stage.view, i), stage.box));
      stage.box = null;
      stage.paintAbove();
      say(tn('{n} chosen', '{n} chosen', inside.length));
      if (handlers.onBox) handlers.onBox(inside, { add: true });
      else for (const i of inside) handlers.onSelect?.(i, { add: true });
    }
    Object.assign(hand, { dragged: null, from: null });
  };
  sigma.getMouseCaptor().on('mouseup', up);

  function drag(target, renderer, i, event) {
    const at = renderer.viewportToGraph(event);
    [target.composed.x[i], target.composed.y[i]] = [at.x, -at.y];
    Object.assign(renderer.getGraph().getNodeAttributes(i), at);
    renderer.refresh({ partialGraph: { nodes: [String(i)], edges: renderer.getGraph().edges(i) }, skipIndexation: true, schedule: true });
  }

  function linkAt({ composed, view, looks }, { x, y }) {
    let [found, nearest] = [null, NEAR];
    for (const l of composed.links) {
      const [a, b] = [spot(composed, view, model.source[l]), spot(composed, view, model.target[l])];
      const reach = NEAR + 0.2 * Math.hypot(a.x - b.x, a.y - b.y);
      if (x < Math.min(a.x, b.x) - reach || x > Math.max(a.x, b.x) + reach || y < Math.min(a.y, b.y) - reach || y > Math.max(a.y, b.y) + reach) continue;
      const far = distanceTo(course(a, b, { ...looks.link(l), head: 0, cutFrom: 0, cutTo: 0 }), x, y);
      if (far < nearest) [found, nearest] = [l, far];
    }
    return found;
  }
}

/** Open or close a community; one that was opened is brought near. */
function turn(stage, handlers, community) {
  handlers.onCommunity?.(community);
  if (stage.composed.discs.some(({ c, closed }) => c === community && !closed)) stage.lookAtCommunity(community);
}

/** The node at a point, as sigma knows it: the most important of those there; null where none is. */
export function nodeAt({ composed, view, looks }, { x, y }) {
  const found = composed?.nodes.find((i) => {
    const at = spot(composed, view, i);
    return Math.abs(at.x - x) < 40 && Math.hypot(at.x - x, at.y - y) < looks.node(i).r * view.swell + REACH;
  });
  return found === undefined ? null : String(found);
}

/** The closed community whose disc, or the open one whose number, is at a point. */
function communityAt({ composed, view, badges }, { x, y }) {
  if (!composed?.dense) return null;
  const badge = badges.find((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom);
  if (badge) return badge.community;
  const disc = composed.discs.find((one) => { const at = onScreen(one, view); return one.closed && Math.hypot(at.x - x, at.y - y) < at.r; });
  return disc ? disc.c : null;
}

function key(stage, handlers, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !stage.composed) return;
  const act = {
    ArrowLeft: () => go(stage, -1, 0, event.shiftKey), ArrowRight: () => go(stage, 1, 0, event.shiftKey),
    ArrowUp: () => go(stage, 0, -1, event.shiftKey), ArrowDown: () => go(stage, 0, 1, event.shiftKey),
    Enter: () => enter(stage, handlers, event.shiftKey), ' ': () => enter(stage, handlers, true),
    e: () => expand(stage, handlers), '+': () => stage.zoom(1.4), '=': () => stage.zoom(1.4), '-': () => stage.zoom(1 / 1.4), f: () => stage.fit(),
  }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act || act() === false) return;
  event.preventDefault();
  event.stopPropagation();
}

/** Move the focus to the nearest neighbour in a direction, else to the nearest of all; with Shift the drawing is moved. */
function go(stage, dx, dy, pan) {
  const { composed, view } = stage;
  if (pan) { stage.pan(dx * STEP, dy * STEP); return; }
  const here = placeOf(stage, stage.focused);
  const next = here ? ahead(stage, here, dx, dy) : nearest(stops(stage), view.width / 2, view.height / 2);
  if (!next) return;
  stage.focused = next.node === undefined ? { community: next.community } : { node: next.node };
  if (next.x < 20 || next.y < 20 || next.x > view.width - 20 || next.y > view.height - 20) stage.pan(next.x - view.width / 2, next.y - view.height / 2);
  stage.paintAbove();
  say(next.node === undefined ? communityText(composed, next.community) : nodeText(stage, next.node));
}

/** What the focus can stand on: nodes drawn and closed communities. */
function stops({ composed, view }) {
  const closed = composed.discs.filter((disc) => disc.closed).map((disc) => ({ community: disc.c, ...onScreen(disc, view) }));
  return [...composed.nodes.map((node) => ({ node, ...spot(composed, view, node) })), ...closed];
}

function placeOf(stage, focused) {
  const one = focused ?? (stage.scene.selected?.length ? { node: stage.scene.selected.at(-1) } : null);
  return one && stops(stage).find(({ node, community }) => (one.node === undefined ? community === one.community : node === one.node));
}

function ahead(stage, here, dx, dy) {
  const { model, scene } = stage;
  const partners = new Set(here.node === undefined ? [] : [...model.incident(here.node)].filter((l) => scene.link[l]).map((l) => model.other(l, here.node)));
  const all = stops(stage).filter(({ x, y }) => (x - here.x) * dx + (y - here.y) * dy > Math.hypot(x - here.x, y - here.y) * 0.5);
  const own = all.filter(({ node }) => partners.has(node));
  return nearest(own.length ? own : all, here.x, here.y);
}

function nearest(list, x, y) {
  return list.reduce((best, one) => (!best || Math.hypot(one.x - x, one.y - y) < Math.hypot(best.x - x, best.y - y) ? one : best), null);
}

function enter(stage, handlers, add) {
  const { node, community } = stage.focused ?? {};
  if (community !== undefined) turn(stage, handlers, community);
  else if (node !== undefined) handlers.onSelect?.(node, { add });
  else return false;
  return true;
}

function expand(stage, handlers) {
  const { node = stage.scene.selected?.at(-1), community } = stage.focused ?? {};
  if (community !== undefined) turn(stage, handlers, community);
  else if (node !== undefined) handlers.onOpen?.(node);
  else return false;
  return true;
}

function nodeText({ model, scene }, i) {
  const partners = new Set([...model.incident(i)].filter((l) => scene.link[l]).map((l) => model.other(l, i))).size;
  return [model.name(i), tn('{n} neighbour', '{n} neighbours', partners)].join(', ');
}

function communityText(composed, c) {
  const disc = composed.discs.find((one) => one.c === c);
  return [t('Community {number}', { number: String(c + 1) }), tn('{n} member', '{n} members', disc.members)].join(', ');
}

function adds({ original }) {
  return Boolean(original.shiftKey || original.ctrlKey || original.metaKey);
}

function byMouse({ original }) {
  return original instanceof MouseEvent && original.button === 0;
}

function boxOf(a, b) {
  return { left: Math.min(a.x, b.x), right: Math.max(a.x, b.x), top: Math.min(a.y, b.y), bottom: Math.max(a.y, b.y) };
}

function within({ x, y }, { left, right, top, bottom }) {
  return x >= left && x <= right && y >= top && y <= bottom;
}

function round(value) {
  return Math.round(value * 1e4) / 1e4;
}
