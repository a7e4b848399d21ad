// Colours of the style sheet, read again when the theme changes; the shapes of kinds and the dashes of layers, so that colour is never alone.

/** What a kind of node is drawn as; see `outline` and the program in nodes.js. */
export const FORMS = { city: 0, network: 1, organisation: 2, agreement: 3 };
const DASHES = [[14, 4], [2.5, 4], [12, 4, 2.5, 4], [6, 5], [22, 5, 2.5, 5], [4, 3]];
const GROUPS = 8;
const KEYS = ['canvas', 'ink', 'quiet', 'faint', 'line', 'accent', 'mutual', 'gx', 'font', ...Array.from({ length: GROUPS }, (_, i) => `g${i}`), ...DASHES.map((_, i) => `layer-${i}`)];

/** Return a reader of custom properties: ink('g0') is a colour such as #0f6fb3. */
export function readInk(root = document.documentElement) {
  const style = getComputedStyle(root);
  const known = new Map();
  const ink = (key) => {
    if (!known.has(key)) known.set(key, key.startsWith('#') ? key : style.getPropertyValue(`--${key}`).trim() || '#8492a1');
    return known.get(key);
  };
  ink.dark = luminance(ink('canvas')) < 0.2;
  return ink;
}

/** The colours of the theme that is not on now, for a picture on the other ground. */
export function inkOfTheme(dark, root = document.documentElement) {
  const before = root.dataset.theme;
  root.dataset.theme = dark ? 'dark' : 'light';
  const ink = readInk(root);
  for (const key of KEYS) ink(key); // read now: the style lives on with the page
  root.dataset.theme = before;
  return ink;
}

/** The palette key of a community's colour. */
export function groupKey(community) {
  return community >= 0 && community < GROUPS ? `g${community}` : 'gx';
}

/** Layers without a direction have a colour and dashes of their own: no two layers have both in common. */
export function layerLooks(layers) {
  let next = 0;
  return layers.map(({ directed }) => {
    if (directed || layers.length === 1) return { key: null, dash: 0 };
    const [turn, place] = [Math.floor(next / DASHES.length), next % DASHES.length];
    next += 1;
    return { key: `layer-${place}`, dash: 1 + ((place + turn) % DASHES.length) };
  });
}

/** The lengths of line and gap of a dash, in pixels: [] is a solid line. */
export function dashes(dash) {
  return dash ? DASHES[dash - 1] : [];
}

/** Black or white, whichever is read better on a colour. */
export function onColour(hex) {
  const light = luminance(hex);
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.055 ? '#ffffff' : '#0b0f14';
}

/** Red, green and blue of #rrggbb, 0 to 255. */
export function channels(hex) {
  const whole = Number.parseInt(hex.length === 4 ? hex.slice(1).replace(/./g, '$&$&') : hex.slice(1, 7), 16);
  return [whole >> 16, (whole >> 8) & 255, whole & 255];
}

function luminance(hex) {
  const [r, g, b] = channels(hex).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The outline of a kind's shape as an SVG path around (x, y). */
export function outline(form, x, y, r) {
  if (form === FORMS.network) return `M${at(x - 0.88 * r, y - 0.88 * r)}h${n(1.76 * r)}v${n(1.76 * r)}h${n(-1.76 * r)}Z`;
  if (form === FORMS.organisation) return `M${at(x, y - 1.24 * r)}L${at(x + 1.1 * r, y + 0.66 * r)}H${n(x - 1.1 * r)}Z`;
  if (form === FORMS.agreement) return `M${at(x, y - 1.2 * r)}L${at(x + 1.2 * r, y)}L${at(x, y + 1.2 * r)}L${at(x - 1.2 * r, y)}Z`;
  const half = Number(n(r)); // both arcs are half circles: a radius rounded by itself would make ovals
  return `M${at(x - half, y)}a${half} ${half} 0 1 0 ${n(2 * half)} 0a${half} ${half} 0 1 0 ${n(-2 * half)} 0Z`;
}

function at(x, y) {
  return `${n(x)} ${n(y)}`;
}

/** A number as a picture needs it: a tenth of a pixel is enough. */
export function n(value) {
  return String(Math.round(value * 10) / 10);
}
