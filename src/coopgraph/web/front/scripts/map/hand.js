// Pointer on the map: drag, wheel and pinch move it; a click chooses; with Shift a box does.
import { nodeAt } from '../explore/gestures.js';
import { spot } from '../explore/paint.js';
import { say } from '../shared/dom.js';
import { tn } from '../shared/words.js';
import { distanceFrom, onScreen } from './arcs.js';

const NEAR = 6; // pixels from a line within which a click means it
const STILL = 3; // pixels a pointer may move and still click
const WHEEL = 0.0016; // how much nearer a notch of the wheel comes

/** Listen to the pointer; returns what ends it. */
export function listenPointer(stage, handlers) {
  const { container } = stage;
  const down = new Map(); // pointers that are down: where each was last
  const hand = { from: null, moved: false, box: false };
  const at = ({ clientX, clientY }) => { const box = container.getBoundingClientRect(); return { x: clientX - box.left, y: clientY - box.top }; };
  const on = {
    pointerdown(event) {
      if (event.button !== 0) return;
      container.setPointerCapture(event.pointerId);
      down.set(event.pointerId, at(event));
      if (down.size === 1) Object.assign(hand, { from: at(event), moved: false, box: event.shiftKey && event.pointerType === 'mouse' });
      else hand.moved = true;
    },
    pointermove(event) {
      const here = at(event);
      const before = down.get(event.pointerId);
      if (!before) { if (event.pointerType === 'mouse') point(stage, handlers, here); return; }
      if (!hand.moved && Math.hypot(here.x - hand.from.x, here.y - hand.from.y) <= STILL) return;
      hand.moved = true;
      if (hand.box) { stage.box = boxOf(hand.from, here); stage.paintAbove(); return; }
      pinch(stage, down, event.pointerId, here);
      down.set(event.pointerId, here);
    },
    pointerup(event) {
      if (!down.delete(event.pointerId) || down.size) return;
      container.focus({ preventScroll: true });
      if (stage.box) boxed(stage, handlers);
      else if (!hand.moved) click(stage, handlers, at(event), event.shiftKey || event.ctrlKey || event.metaKey);
    },
    pointercancel(event) { down.delete(event.pointerId); stage.box = null; stage.paintAbove(); },
    pointerleave() { point(stage, handlers, null); },
    dblclick(event) { const { x, y } = at(event); stage.zoom(2, { x, y }); },
    wheel(event) {
      event.preventDefault();
      const { x, y } = at(event);
      const lines = event.deltaMode === 1 ? 30 : 1;
      stage.zoomNow(Math.exp(-event.deltaY * lines * WHEEL * (event.ctrlKey ? 4 : 1)), { x, y });
    },
  };
  for (const [name, act] of Object.entries(on)) container.addEventListener(name, act, { passive: false });
  return () => { for (const [name, act] of Object.entries(on)) container.removeEventListener(name, act); };
}

/** Move with one pointer, come nearer with two. */
function pinch(stage, down, id, here) {
  const before = down.get(id);
  const other = [...down].find(([one]) => one !== id)?.[1];
  stage.pan(before.x - here.x, before.y - here.y, { half: Boolean(other) });
  if (!other) return;
  const [was, is] = [before, here].map(({ x, y }) => Math.hypot(x - other.x, y - other.y));
  if (was > 0 && is > 0) stage.zoomNow(is / was, { x: (here.x + other.x) / 2, y: (here.y + other.y) / 2 });
}

function point(stage, handlers, here) {
  const found = here && stage.composed ? nodeAt(stage, here) : null;
  const node = found === null ? null : Number(found);
  if (node === stage.hovered) return;
  stage.hovered = node;
  stage.container.classList.toggle('pointing', node !== null);
  stage.paintAbove();
  handlers.onHover?.(node);
}

function click(stage, handlers, here, add) {
  if (!stage.composed) return;
  const found = nodeAt(stage, here);
  if (found !== null) { handlers.onSelect?.(Number(found), { add }); return; }
  const link = linkAt(stage, here);
  if (link !== null) handlers.onLink?.(link);
  else handlers.onSelect?.(null, { add });
}

function linkAt({ composed, looks, view, lines }, { x, y }) {
  let [found, nearest] = [null, NEAR];
  for (const l of composed.links) {
    const points = onScreen(lines(l, looks.link(l).lane), view);
    const far = points ? distanceFrom(points, x, y) : Infinity;
    if (far < nearest) [found, nearest] = [l, far];
  }
  return found;
}

function boxed(stage, handlers) {
  const { left, right, top, bottom } = stage.box;
  const inside = stage.composed.nodes.filter((i) => { const { x, y } = spot(stage.composed, stage.view, i); return x >= left && x <= right && y >= top && y <= bottom; });
  stage.box = null;
  stage.paintAbove();
  say(tn('{n} chosen', '{n} chosen', inside.length));
  handlers.onBox?.(inside, { add: true });
}

function boxOf(a, b) {
  return { left: Math.min(a.x, b.x), right: Math.max(a.x, b.x), top: Math.min(a.y, b.y), bottom: Math.max(a.y, b.y) };
}
