// How each thing that is drawn looks: radius, colour, strength, width, dash, head. The same for WebGL, for PNG and for SVG.
import { groupKey } from './ink.js';

/** Return { node(i), link(l), ground(c) } for what `compose` gave; sizes are pixels at a ratio of 1. */
export function looksOf(model, scene, composed, ink, room) {
  const least = Math.max(2.4, Math.min(5, 0.1 * Math.sqrt((room.width * room.height) / Math.max(1, composed.nodes.length))));
  const chosen = new Set(scene.selected ?? []);
  const { lit, own, lanes, forms, looks, strongest } = composed;
  const ground = scene.ground ?? groupKey;
  const { community } = model.data.nodes;
  const dim = (i) => lit !== null && !lit.has(i);
  const mutual = (a, b) => {
    const key = community[a] === community[b] && community[a] >= 0 ? ground(community[a]) : null;
    return key && key !== 'gx' ? key : 'mutual';
  };
  return {
    ground,
    node: (i) => ({ r: least * (0.75 + 2.1 * scene.size(i)), hex: ink(scene.colour(i)), alpha: dim(i) ? 0.16 : 1, form: forms[i], chosen: chosen.has(i) }),
    link: (l) => {
      const [a, b, layer] = [model.source[l], model.target[l], model.layer[l]];
      const [forward, backward] = [scene.forward[l], scene.backward[l]];
      const share = Math.sqrt((forward + backward) / strongest[layer]);
      const { key, dash } = looks[layer];
      const mine = own.has(l);
      const within = lit === null || (lit.has(a) && lit.has(b) && (mine || !own.size));
      const strength = (key ? 0.55 : 0.3) + 0.4 * share;
      return {
        hex: ink(key ?? mutual(a, b)), dash, lane: lanes.get(l) ?? 0,
        width: (key ? 1.3 + 1.7 * share : 0.9 + 4.1 * share) + (mine ? 0.6 : 0),
        alpha: within ? Math.min(1, strength + (mine ? 0.25 : 0)) : 0.05,
        head: model.data.layers[layer].directed && !(forward > 0 && backward > 0) ? (forward > 0 ? 1 : -1) : 0,
      };
    },
  };
}

/** Sizes grow slower than the drawing spreads, so that coming nearer parts things: pixels for each pixel at a ratio of 1. */
export function shrink(ratio) {
  return Math.min(1.25, Math.max(0.3, ratio ** 0.55));
}
