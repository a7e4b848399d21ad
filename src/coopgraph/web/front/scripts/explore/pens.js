// Two pens with one manner: one draws on a canvas, the other writes SVG. What is painted on the screen and what is downloaded are the same calls.
import { n } from './ink.js';

const HALO = 5; // pixels of ground around a text, so that it is read over dashed lines

/** A pen on a canvas. Styles: fill, stroke, width, opacity, dash; texts have size, weight, fill, halo, align. */
export function canvasPen(ctx, font) {
  return {
    path: (d, style) => ink(ctx, style, new Path2D(d)),
    circle: (x, y, r, style) => {
      const path = new Path2D();
      path.arc(x, y, r, 0, 7);
      ink(ctx, style, path);
    },
    text: (text, x, y, { size, weight = 450, fill, halo, align = 'left', opacity = 1 }) => {
      ctx.font = `${weight} ${size}px ${font}`;
      ctx.textAlign = align;
      ctx.textBaseline = 'middle';
      ctx.globalAlpha = opacity;
      if (halo) {
        ctx.lineJoin = 'round';
        ctx.lineWidth = HALO;
        ctx.strokeStyle = halo;
        ctx.strokeText(text, x, y);
      }
      ctx.fillStyle = fill;
      ctx.fillText(text, x, y);
      ctx.globalAlpha = 1;
    },
    measure: (text, size, weight = 450) => { ctx.font = `${weight} ${size}px ${font}`; return ctx.measureText(text).width; },
  };
}

function ink(ctx, { fill, stroke, width = 1, opacity = 1, dash = [] }, path) {
  ctx.globalAlpha = opacity;
  if (fill) { ctx.fillStyle = fill; ctx.fill(path); }
  if (stroke) {
    ctx.strokeStyle = stroke;
    ctx.lineWidth = width;
    ctx.setLineDash(dash);
    ctx.stroke(path);
    ctx.setLineDash([]);
  }
  ctx.globalAlpha = 1;
}

/** A pen that writes SVG; `lines` are its elements. Texts are measured by the pen of a canvas. */
export function svgPen(measure) {
  const lines = [];
  const shape = ({ fill = 'none', stroke, width = 1, opacity = 1, dash = [] }) => attributes({
    fill, stroke, 'stroke-width': stroke && n(width), 'stroke-dasharray': dash.length && dash.join(' '), opacity: opacity < 1 && Math.round(opacity * 100) / 100,
  });
  return {
    lines,
    path: (d, style) => lines.push(`<path d="${d}"${shape(style)}/>`),
    circle: (x, y, r, style) => lines.push(`<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}"${shape(style)}/>`),
    text: (text, x, y, { size, weight = 450, fill, halo, align = 'left', opacity = 1 }) => {
      const anchor = { left: false, center: 'middle', right: 'end' }[align];
      const edge = halo ? { stroke: halo, 'stroke-width': HALO, 'stroke-linejoin': 'round', 'paint-order': 'stroke' } : {};
      lines.push(`<text x="${n(x)}" y="${n(y)}"${attributes({ fill, 'font-size': size, 'font-weight': weight, 'dominant-baseline': 'central', 'text-anchor': anchor, opacity: opacity < 1 && opacity, ...edge })}>${escaped(text)}</text>`);
    },
    measure,
  };
}

function attributes(all) {
  return Object.entries(all).filter(([, value]) => value || value === 'none').map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join('');
}

/** A text as XML has it; what XML cannot hold is left out. */
export function escaped(text) {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
