// Small pictures of what is drawn: a kind's shape, a layer's line, a group's colour with its number.
import { FORMS, dashes, layerLooks, onColour, outline, readInk } from '../explore/ink.js';
import { svg } from '../shared/dom.js';

/** The shape of a kind of node, in the colour of a palette key. */
export function kindMark(kind, key = 'mutual') {
  return svg('svg', { viewBox: '0 0 16 16', class: 'mark', 'aria-hidden': 'true' }, coloured(svg('path', { d: outline(FORMS[kind] ?? 0, 8, 8, 5.5), class: 'fill' }), key));
}

/** The line of a layer; an arrow where it has a direction and `oneWay` is asked for. */
export function layerMark(model, place, { oneWay = false } = {}) {
  const { key, dash } = layerLooks(model.data.layers)[place];
  const line = svg('path', { d: oneWay ? 'M1 8H19' : 'M1 8H27', class: 'line', 'stroke-dasharray': dashes(dash).join(' ') || null });
  return coloured(svg('svg', { viewBox: '0 0 28 16', class: 'mark wide', 'aria-hidden': 'true' }, line, oneWay ? svg('path', { d: 'M27 8L18 3.5V12.5Z', class: 'fill' }) : null), key ?? 'mutual');
}

/** A disc in a group's colour, with its number where it has one. */
export function groupMark(key, number = '') {
  return coloured(svg('svg', { viewBox: '0 0 20 20', class: 'mark disc', 'aria-hidden': 'true' }, svg('circle', { cx: 10, cy: 10, r: 9, class: 'fill' }), number === '' ? null : svg('text', { x: 10, y: 14, 'text-anchor': 'middle', fill: onColour(readInk()(key)) }, String(number))), key);
}

function coloured(element, key) {
  element.style.setProperty('--mark', `var(--${key})`);
  return element;
}
