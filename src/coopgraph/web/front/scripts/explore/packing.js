// A colour with its strength in the four bytes of one float, as sigma's programs read them.
import { channels } from './ink.js';

const bytes = new Uint8Array(4);
const float = new Float32Array(bytes.buffer);
const known = new Map();

/** Pack #rrggbb and a strength of 0 to 1; the last bit of the strength is dropped, so that no colour is "not a number". */
export function packed(hex, alpha) {
  const key = `${hex}${Math.round(alpha * 127)}`;
  let found = known.get(key);
  if (found === undefined) {
    bytes.set([...channels(hex), (Math.round(alpha * 127) * 2) & 0xfe]);
    [found] = float;
    known.set(key, found);
  }
  return found;
}
