// What of a scene is drawn on the map and how it looks. No DOM.
import { looksOf } from '../explore/look.js';
import { compose } from '../explore/scene.js';

export const MOST = 2000; // links drawn at once, the strongest, and each of what is selected
const CROWD = { links: 350, nodes: 1500 }; // above so many they are fainter and thinner, or smaller, so that the land stays in sight
const DISC = 0.62; // of the size discs have in Explore: here their places are given, and they crowd
const FEW = 40; // links up to which they look as in Explore at first sight
const FULL = 150; // links from which they are as thin and faint as FIRST says
const FIRST = { exchange: { width: [0.6, 2.5], alpha: [0.3, 0.45] }, other: { width: [0.6, 1.1], alpha: [0.2, 0.28] } }; // pixels and strengths at first sight, of the weakest and of the strongest

/** What is drawn: no communities, for places are given; of very many links the strongest. */
export function drawn(model, scene) {
  const whole = compose(model, scene, { many: { nodes: Infinity, links: Infinity } });
  const links = whole.links.filter((l, k) => k < MOST || whole.own.has(l));
  return { ...whole, links, discs: [], bands: [], counts: { ...whole.counts, closed: 0, drawnLinks: links.length, weakLinks: whole.counts.links - links.length } };
}

/** How much smaller discs are where there are very many: 1 where there is room. */
export function crowding({ nodes }) {
  return Math.min(1, Math.max(0.45, Math.sqrt(CROWD.nodes / Math.max(1, nodes.length))));
}

/**
 * How things look on the map: discs are smaller than in Explore. While nothing is selected links are thin and faint, so that land, cities and names are
 * read first; where they are many, those between communities have one ink. Very many are fainter still.
 */
export function looks(model, scene, composed, ink, room) {
  const usual = looksOf(model, scene, composed, ink, room);
  const small = DISC * crowding(composed);
  const faint = Math.min(1, Math.sqrt(CROWD.links / Math.max(1, composed.links.length)));
  const { community } = model.data.nodes;
  const crowd = Math.min(1, Math.max(0, (composed.links.length - FEW) / (FULL - FEW)));
  const first = (l, look) => {
    const [a, b, layer] = [model.source[l], model.target[l], model.layer[l]];
    const { width, alpha } = FIRST[model.data.layers[layer].directed ? 'exchange' : 'other'];
    const share = Math.sqrt((scene.forward[l] + scene.backward[l]) / composed.strongest[layer]);
    const between = community[a] !== community[b] || community[a] < 0;
    return { ...look, width: mix([look.width, mix(width, share)], crowd) * faint, alpha: mix([look.alpha, mix(alpha, share)], crowd) * faint, hex: crowd === 1 && between ? ink('mutual') : look.hex };
  };
  return {
    link: (l) => {
      const look = usual.link(l);
      if (composed.own.has(l)) return look;
      return composed.lit === null ? first(l, look) : { ...look, alpha: look.alpha * faint, width: look.width * faint };
    },
    ground: usual.ground,
    node: (i) => { const look = usual.node(i); return { ...look, r: look.r * small }; },
  };
}

/** What comes out in full while a city is pointed at and nothing is selected: it, its partners and what joins them; else null. */
export function pointedAt(model, { composed, hovered }) {
  if (hovered === null || !composed || composed.lit !== null) return null;
  const links = composed.links.filter((l) => model.source[l] === hovered || model.target[l] === hovered);
  const lit = new Set([hovered, ...links.map((l) => model.other(l, hovered))]);
  return { ...composed, links, lit, own: new Set(links), nodes: composed.nodes.filter((i) => lit.has(i)) };
}

function mix([from, to], part) {
  return from + (to - from) * part;
}
