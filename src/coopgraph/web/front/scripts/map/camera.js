// Where the camera of the map stands: { x, y } in the middle, in units of the map, and the ratio of the whole map's width that is seen. No DOM.
import { WORLD } from './projection.js';

const RATIOS = { least: 0.02, most: 1.4 };
const WHOLE = { wide: { left: 84, right: 84, top: 26, bottom: 46 }, narrow: { left: 26, right: 34, top: 20, bottom: 62 } }; // pixels for names, the foot note and the buttons
const NARROW = 560; // pixels of width
const EDGE = 6; // pixels above the world where it is lower than the drawing

/** Pixels for each unit of the map at a ratio of 1. */
export function homeOf(room) {
  return Math.min(room.width / (2 * WORLD.right), room.height / (2 * WORLD.bottom)) * 0.97;
}

/** The box around nodes; with `lines` also what these arcs need above and below. */
export function boxOf(nodes, { x, y }, lines = []) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const i of nodes) Object.assign(box, { left: Math.min(box.left, x[i]), right: Math.max(box.right, x[i]), top: Math.min(box.top, y[i]), bottom: Math.max(box.bottom, y[i]) });
  for (const line of lines) for (let k = 1; k < line.length; k += 2) if (!Number.isNaN(line[k])) [box.top, box.bottom] = [Math.min(box.top, line[k]), Math.max(box.bottom, line[k])];
  return box;
}

/** The camera that has a box in its middle, never nearer than the closest ratio. */
export function around(box, room, closest) {
  return framed(box, room, closest, { left: Math.min(80, room.width * 0.1), right: Math.min(80, room.width * 0.1), top: Math.min(50, room.height * 0.1), bottom: Math.min(50, room.height * 0.1) });
}

/** The camera that has all that is shown in view, clear of the foot note and the buttons, and no empty band above the world. */
export function whole(box, room, closest) {
  const { x, y, ratio } = framed(box, room, closest, room.width < NARROW ? WHOLE.narrow : WHOLE.wide);
  const scale = homeOf(room) / ratio;
  return { x, y: Math.max(y, -WORLD.bottom + (room.height / 2 - EDGE) / scale), ratio };
}

/** A camera within what can be seen. */
export function bounded({ x, y, ratio }) {
  const within = (value, most) => Math.min(most, Math.max(-most, value));
  return { x: within(x, WORLD.right), y: within(y, WORLD.bottom), ratio: ratioWithin(ratio) };
}

export function ratioWithin(ratio) {
  return Math.min(RATIOS.most, Math.max(RATIOS.least, ratio));
}

function framed({ left, right, top, bottom }, room, closest, pad) {
  if (!(left <= right)) return { x: 0, y: 0, ratio: 1 };
  const fits = Math.min((room.width - pad.left - pad.right) / Math.max(1, right - left), (room.height - pad.top - pad.bottom) / Math.max(1, bottom - top));
  const ratio = ratioWithin(Math.max(closest, homeOf(room) / fits));
  const scale = homeOf(room) / ratio;
  return { x: (left + right + (pad.right - pad.left) / scale) / 2, y: (top + bottom + (pad.bottom - pad.top) / scale) / 2, ratio };
}
