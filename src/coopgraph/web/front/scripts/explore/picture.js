// A picture of what is seen, to keep: PNG at twice the size or SVG whose texts are texts, with a title, a legend and where it is from.
import { dashes, FORMS, inkOfTheme, n, outline } from './ink.js';
import { looksOf } from './look.js';
import { paintGraph, paintGround, paintMarks, paintNames } from './paint.js';
import { canvasPen, escaped, svgPen } from './pens.js';

const SCALE = 2;
const HEAD = 52;
const ROW = 20;

/** A PNG as a blob; `draw` gives what is on the screen. */
export async function pngOf(draw, options = {}) {
  const picture = layOut(draw(), options);
  const canvas = new OffscreenCanvas(picture.width * SCALE, picture.height * SCALE);
  const ctx = canvas.getContext('2d');
  ctx.scale(SCALE, SCALE);
  paint(canvasPen(ctx, picture.ink('font')), picture, (act) => {
    ctx.save();
    ctx.translate(0, picture.top);
    ctx.beginPath();
    ctx.rect(0, 0, picture.width, picture.view.height);
    ctx.clip();
    act();
    ctx.restore();
  });
  return canvas.convertToBlob({ type: 'image/png' });
}

/** An SVG document as text. */
export function svgOf(draw, options = {}) {
  const picture = layOut(draw(), options);
  const pen = svgPen(canvasPen(new OffscreenCanvas(1, 1).getContext('2d'), picture.ink('font')).measure);
  paint(pen, picture, (act) => {
    pen.lines.push(`<svg y="${picture.top}" width="${picture.width}" height="${picture.view.height}">`);
    act();
    pen.lines.push('</svg>');
  });
  const font = escaped(picture.ink('font').replaceAll('"', "'"));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${picture.width}" height="${n(picture.height)}" viewBox="0 0 ${picture.width} ${n(picture.height)}" font-family="${font}" role="img">`,
    `<title>${escaped([options.title, options.date].filter(Boolean).join(', '))}</title>`, ...pen.lines, '</svg>', '',
  ].join('\n');
}

/** Where head, drawing and legend stand; the colours are those of the ground asked for, whatever the page's theme. */
function layOut(drawn, { title = '', date = '', legend = [], dark = drawn.ink.dark } = {}) {
  const ink = dark === drawn.ink.dark ? drawn.ink : inkOfTheme(dark);
  const looks = ink === drawn.ink ? drawn.looks : (drawn.looksOf ?? looksOf)(drawn.model, drawn.scene, drawn.composed, ink, drawn.room);
  const { width, height } = drawn.view;
  const measure = canvasPen(new OffscreenCanvas(1, 1).getContext('2d'), ink('font')).measure;
  const entries = place(legend.map((entry) => (typeof entry === 'string' ? { text: entry } : entry)), width, measure);
  const rows = entries.length ? entries.at(-1).row + 1 : 0;
  const top = title || date ? HEAD : 0;
  return { ...drawn, ink, looks, width, title, date, entries, top, height: top + height + (rows ? rows * ROW + 24 : 0), hovered: null, focused: null, box: null };
}

function paint(pen, picture, inDrawing) {
  const { ink, width, height, top, title, date, view } = picture;
  pen.path(`M0 0H${n(width)}V${n(height)}H0Z`, { fill: ink('canvas') });
  inDrawing(() => {
    (picture.paintBelow ?? paintBelow)(pen, picture);
    paintMarks(pen, picture);
    paintNames(pen, picture);
  });
  if (title) pen.text(title, 20, 22, { size: 18, weight: 650, fill: ink('ink') });
  if (date) pen.text(date, 20, 42, { size: 12.5, fill: ink('quiet') });
  for (const { text, kind, colour, dash, arrow, x, row } of picture.entries) {
    const y = top + view.height + 18 + row * ROW;
    const mark = { fill: ink(colour ?? 'quiet') };
    if (kind) pen.path(outline(FORMS[kind] ?? 0, x + 7, y, 5.5), mark);
    else if (dash !== undefined || arrow !== undefined) pen.path(`M${n(x)} ${n(y)}H${n(x + 18)}`, { stroke: mark.fill, width: 2.2, dash: dashes(dash ?? 0) });
    else if (colour) pen.circle(x + 7, y, 5.5, mark);
    if (arrow) pen.path(`M${n(x + 20)} ${n(y)}l-7 -4v8Z`, mark);
    pen.text(text, x + (kind || colour || dash !== undefined || arrow !== undefined ? 24 : 0), y, { size: 12, fill: ink('ink') });
  }
}

function paintBelow(pen, picture) {
  paintGround(pen, picture);
  paintGraph(pen, picture);
}

/** Legend entries side by side, on as many rows as they need. */
function place(entries, width, measure) {
  let [x, row] = [20, 0];
  return entries.map((entry) => {
    const wide = measure(entry.text, 12) + 46;
    if (x > 20 && x + wide > width - 20) [x, row] = [20, row + 1];
    const found = { ...entry, x, row };
    x += wide;
    return found;
  });
}
