// Download a drawing the server made, as a picture that needs no style sheet.
import { hand } from '../shared/ask.js';
import { say } from '../shared/dom.js';
import { t } from '../shared/words.js';

const LOOKS = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'opacity', 'font-size', 'font-family', 'font-weight', 'paint-order'];

/** Make "SVG" of a figure hand over its drawing; its other downloads are those of its table. */
export function startPictures() {
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-download="svg"]');
    const figure = button?.closest('.figure');
    const drawn = figure?.querySelector('svg');
    if (!drawn) return;
    event.stopImmediatePropagation();
    hand(new Blob([picture(drawn)], { type: 'image/svg+xml' }), `${figure.id}.svg`);
    say(t('Downloaded.'));
    button.closest('details')?.removeAttribute('open');
  }, true);
}

/** Return a drawing as a file of its own: looks written into it, no links, on the colour it stands on. */
function picture(drawn) {
  const copy = drawn.cloneNode(true);
  const [, , width, height] = copy.getAttribute('viewBox').split(' ').map(Number);
  const all = (root) => [root, ...root.querySelectorAll('*')];
  const places = all(copy);
  all(drawn).forEach((element, i) => {
    const looks = getComputedStyle(element);
    for (const name of LOOKS) places[i].setAttribute(name, looks.getPropertyValue(name));
  });
  for (const link of copy.querySelectorAll('a')) link.removeAttribute('href');
  const back = document.createElementNS(copy.namespaceURI, 'rect');
  Object.entries({ width, height, fill: getComputedStyle(document.body).getPropertyValue('--card').trim() }).forEach(([name, value]) => back.setAttribute(name, value));
  copy.prepend(back);
  copy.setAttribute('width', width);
  copy.setAttribute('height', height);
  return new XMLSerializer().serializeToString(copy);
}
