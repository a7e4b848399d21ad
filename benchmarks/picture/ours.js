// The drawing of the Explore page on the same data: what its scripts do until the first picture, filters and all.
import { createStage, prepareStage } from '../../src/coopgraph/web/front/scripts/explore/stage.js';
import { groupKey } from '../../src/coopgraph/web/front/scripts/explore/ink.js';
import { apply, OPEN } from '../../src/coopgraph/web/front/scripts/graph/filtering.js';
import { makeModel } from '../../src/coopgraph/web/front/scripts/graph/model.js';
import { moved, seen } from './clock.js';

const container = document.getElementById('graph');
const asked = fetch('graph.json');
prepareStage(container);
const data = await (await asked).json();
const model = makeModel(data, 'en');
const passed = apply(model, OPEN);
const { community, measures: { peer_exchange: measure } } = data.nodes;
const most = measure.reduce((a, b) => Math.max(a, b), 0);
const stage = createStage(container, model, {});
const scene = {
  ...passed, selected: [], path: [], pinned: new Map(), open: new Map(), communities: new Set(),
  colour: (i) => groupKey(community[i]), size: (i) => Math.sqrt(measure[i] / most),
};
const first = stage.show(scene, { fit: true });
window.pictured = { first: await seen(container), ...first };
window.openAll = () => ({ ...stage.show({ ...scene, communities: new Set(data.communities.keys()) }, { fit: true }), at: performance.now() });
window.move = (seconds) => moved(stage.sigma.getCamera(), seconds);
window.stage = stage;
