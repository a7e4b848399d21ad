// What of a scene is drawn on the map and how it looks. No DOM.
import { looksOf } from '../explore/look.js';
import { compose } from '../explore/scene.js';

export const MOST = 2000; // links drawn at once, the strongest, and each of what is selected
const CROWD = { links: 350, nodes: 1500 }; // above so many they are fainter and thinner, or smaller, so that the land stays in sight
const DISC = 0.8; // of the size discs have in Explore: here their places are given, and they crowd

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

/** How things look on the map: discs are smaller than in Explore, and very many links are fainter and thinner. */
export function looks(...of) {
  const usual = looksOf(...of);
  const room = crowding(of[2]);
  const faint = Math.min(1, Math.sqrt(CROWD.links / Math.max(1, of[2].links.length)));
  return {
    link: (l) => { const look = usual.link(l); return of[2].own.has(l) ? look : { ...look, alpha: look.alpha * faint, width: look.width * faint }; },
    ground: usual.ground,
    node: (i) => { const look = usual.node(i); return { ...look, r: look.r * DISC * room }; },
  };
}
