// The Map page: the graph where its cities lie. What has no coordinates is counted and listed.
import { begin } from './graph/page.js';
import { kindsName } from './graph/texts.js';
import { createMap } from './map/stage.js';
import { el } from './shared/dom.js';
import { number, t, tn } from './shared/words.js';

const $ = (id) => document.getElementById(id);
const NAMED = 60; // names of a kind that are listed

const world = fetch($('drawing').dataset.world).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null); // without land the cities are still where they are

$('save').closest('li').hidden = true; // a saved page is that of Explore
begin({ createStage: (container, model, handlers) => createMap(container, model, handlers, world), name: 'coopgraph-map', placed: true, shown: tellUnplaced });

/** Say what passes the filters and has no place on the map. */
function tellUnplaced(model, view) {
  const { lat, long } = model.data.nodes;
  const without = [...view.node.keys()].filter((i) => view.node[i] && (lat[i] === null || long[i] === null));
  const kinds = model.data.kinds.map((kind) => ({ kind, names: without.filter((i) => model.kind(i) === kind).map(model.name) })).filter(({ names }) => names.length);
  $('off-map').hidden = !without.length;
  $('off-map').textContent = tn('{n} is not on the map', '{n} are not on the map', without.length);
  $('unplaced').hidden = !without.length;
  $('unplaced-list').replaceChildren(...kinds.map(({ kind, names }) => el('li', {}, el('b', {}, kindsName(kind), ' ', number(names.length)), ': ', names.slice(0, NAMED).join(', '), names.length > NAMED ? [' ', t('and {n} more', { n: names.length - NAMED })] : '')));
}
