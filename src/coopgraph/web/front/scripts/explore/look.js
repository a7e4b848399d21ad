// How each thing that is drawn looks: radius, colour, strength, width, dash, head. The same for WebGL, for PNG and for SVG.
import { groupKey } from './ink.js';
import { apart } from './sizes.js';

/**
 * Return { node(i), link(l), ground(c) } for what `compose` gave; sizes are pixels at a ratio of 1. `pixels`: so many of those there are for each unit
 * of the data where all is in view, and there no node covers another; without it they may.
 */
export function looksOf(model, scene, composed, ink, { width, height, pixels }) {
  const least = Math.max(2.4, Math.min(5, 0.1 * Math.sqrt((width * height) / Math.max(1, composed.nodes.length))));
  const bySize = (i) => least * (0.75 + 2.1 * scene.size(i));
  const radius = pixels ? apart(composed, bySize, pixels, scene.pinned) : bySize;
  const thin = Math.max(0.4, Math.min(1, Math.sqrt(700 / Math.max(1, composed.links.length)))); // many lines are thin lines
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
    node: (i) => ({ r: radius(i), hex: ink(scene.colour(i)), alpha: dim(i) ? 0.16 : 1, form: forms[i], chosen: chosen.has(i) }),
    link: (l) => {
      const [a, b, layer] = [model.source[l], model.target[l], model.layer[l]];
      const [forward, backward] = [scene.forward[l], scene.backward[l]];
      const share = Math.sqrt((forward + backward) / strongest[layer]);
      const { key, dash } = looks[layer];
      const mine = own.has(l);
      const within = lit === null || (lit.has(a) && lit.has(b) && (mine || !own.size));
      const between = lit === null && community[a] !== community[b]; // at first sight communities are read before what joins them
      const strength = ((key ? 0.5 : 0.38) + 0.35 * share) * (between ? (key ? 0.55 : 0.7) : 1);
      const width = key ? (lit === null ? 0.8 + 0.6 * share : 1.1 + 1.4 * share) : (lit === null ? 0.8 + 3 * share : 1 + 4 * share);
      return {
        hex: ink(key ?? mutual(a, b)), dash, lane: lanes.get(l) ?? 0,
        width: mine ? width + 0.6 : width * thin,
        alpha: within ? (mine ? Math.min(1, strength + 0.25) : strength * Math.max(0.55, thin)) : 0.05,
        head: model.data.layers[layer].directed && !(forward > 0 && backward > 0) ? (forward > 0 ? 1 : -1) : 0,
      };
    },
  };
}

/** Lines grow slower than nodes when one comes nearer. */
export function lineSwell(swell) {
  return swell > 1 ? Math.sqrt(swell) : swell;
}

/** Sizes grow slower than the drawing spreads, so that coming nearer parts things: pixels for each pixel at a ratio of 1. */
export function shrink(ratio) {
  return Math.min(1.25, Math.max(0.3, ratio ** 0.55));
}
