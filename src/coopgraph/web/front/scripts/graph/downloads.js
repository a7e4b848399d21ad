// Downloads of what is seen: pictures by the stage, files by the server, and the view itself as a page that needs no server.
import { hand, save } from '../shared/ask.js';
import { el, say } from '../shared/dom.js';
import { day, label, lang, t } from '../shared/words.js';
import { eventsSeen } from './filtering.js';
import { colouring } from './legend.js';
import { layersOf } from './state.js';
import { layerLooks } from '../explore/ink.js';
import { kindsName, layerName } from './texts.js';

/** Make the buttons of both menus work; `seen()` gives the state, the view and the counts, `title()` says what is seen. */
export function createDownloads(model, { name, stage, seen, title }) {
  const run = (button, act) => button.addEventListener('click', async () => {
    const menu = button.closest('details');
    menu.querySelector('.wrong')?.remove();
    try {
      await act(button.dataset);
      menu.removeAttribute('open');
      say(t('Downloaded.'));
    } catch (error) {
      menu.querySelector('ul').append(el('li', { class: 'wrong', role: 'alert' }, error.message));
    }
  });
  for (const button of document.querySelectorAll('[data-picture]')) run(button, ({ picture }) => drawn(picture));
  for (const button of document.querySelectorAll('[data-graph]')) run(button, ({ graph }) => save(`/download/${graph}`, { ...asked(), title: title() }));
  run(document.getElementById('save'), () => save('/download/html', { ...asked(), title: title(), state: location.search }));

  /** What is seen, by places in the graph: the server has the same graph. */
  function asked() {
    const { view } = seen();
    return { lang, nodes: places(view.node), links: places(view.link), events: places(eventsSeen(model, { link: view.link, event: view.passed.event })) };
  }
  async function drawn(format) {
    const options = { title: label(model.data.title), date: model.data.now ? t('Data as of {day}', { day: day(model.data.now) }) : '', legend: legendOf(model, seen().state) };
    if (format === 'png') hand(await stage.png(options), `${name}.png`);
    else hand(new Blob([stage.svg(options)], { type: 'image/svg+xml' }), `${name}.svg`);
  }
}

function places(mask) {
  const found = [];
  mask.forEach((one, i) => { if (one) found.push(i); });
  return found;
}

/** The legend as entries of a picture. */
function legendOf(model, state) {
  const { data } = model;
  const shown = layersOf(model, state.layers);
  const looks = layerLooks(data.layers);
  const lines = data.layers.flatMap((layer, place) => (shown.has(place) ? [{ text: layerName(layer), colour: looks[place].key ?? 'mutual', dash: looks[place].dash }] : []));
  const groups = colouring(model, state.colour).groups.map(({ key, number, text }) => ({ text: number ? `${number} ${text}` : text, colour: key }));
  const kinds = state.colour === 'kind' ? [] : data.kinds.flatMap((kind, place) => (data.nodes.kind.includes(place) ? [{ text: kindsName(kind), kind, colour: 'mutual' }] : []));
  return [...lines, ...kinds, ...groups];
}
