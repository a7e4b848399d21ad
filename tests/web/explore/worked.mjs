// A graph small enough to be worked out by hand: Ave, Bur and Cid exchange, Ave and Cid are members of Net, Dor stands alone.
import { makeModel } from '../../../src/coopgraph/web/front/scripts/graph/model.js';

const id = (name) => `https://example.org/id/${name}`;
const all = (...texts) => ({ en: texts, es: texts.map((text) => `${text} es`), pt: texts });

export const data = {
  now: '2016-12-31',
  kinds: ['city', 'network', 'organisation', 'agreement'],
  nodes: {
    iri: [id('city/ave'), id('city/bur'), id('city/cid'), id('city/dor'), id('network/net')],
    kind: [0, 0, 0, 0, 1], label: all('Ave', 'Bur', 'Cid', 'Dor', 'Net'), names: [[], [], [], [], []],
    country: ['ES', 'PT', 'ES', '', ''], community: [0, 0, 0, -1, 0], x: [0, 1, 0, 1, 0.5], y: [0, 0, 1, 1, 0.5],
    lat: [40, 41, null, null, null], long: [-3, -8, null, null, null], population: [1000, 2000, null, null, null],
    measures: { peer_exchange: [0.5, 0.25, 0.1, null, null] },
  },
  layers: [
    { key: 'exchange', label: { en: 'Exchange' }, directed: true, shown: true, family: 'link' },
    { key: `agreement ${id('kind/twinning')}`, label: { en: 'twinning' }, directed: false, shown: true, family: 'agreement' },
    { key: 'membership', label: { en: 'Membership' }, directed: false, shown: false, family: 'membership' },
  ],
  links: {
    source: [0, 1, 0, 0, 2], target: [1, 2, 1, 4, 4], layer: [0, 0, 1, 2, 2],
    events: [[0, 1], [1], [2], [3], [4]],
    forward: [[1, 0.5], [0.5], [1], [1], [1]], backward: [[0, 0.25], [0], [0], [0], [0]],
    strong: [true, true, true, true, true],
  },
  events: {
    iri: [id('action/a'), id('action/b'), id('agreement/t'), id('membership/m'), id('membership/n')],
    kind: ['action', 'action', 'agreement', 'membership', 'membership'], label: all('A', 'B', 'T', 'M', 'N'),
    date: ['2016', '2018–2020', '1990-05', '', '2001'],
    from: ['2016-01-01', '2018-01-01', '1990-05-01', null, '2001-01-01'], to: [null, '2020-12-31', null, null, null],
    goals: [[11], [11, 5], [], [], []], lines: [[0], [], [], [], []], programmes: [[], [], [], [], []],
    amount: [5000, null, 200, null, null], currency: ['EUR', '', 'USD', '', ''],
    certainty: ['stated', 'derived', '', '', 'stated'], sources: [[0], [0], [], [], []],
  },
  sources: [{ iri: id('source/s'), title: 'S', publisher: 'P', url: 'https://example.org/s', date: '2020', retrieved: '2026-01-01' }],
  lines: [{ iri: id('line/green'), label: { en: 'Green' } }], programmes: [],
  goals: Array.from({ length: 17 }, (_, i) => ({ number: i + 1, iri: `http://metadata.un.org/sdg/${i + 1}`, label: { en: `Goal ${i + 1}` } })),
  countries: [{ code: 'ES', label: { en: 'Spain' } }, { code: 'PT', label: { en: 'Portugal' } }],
  communities: [{ members: 4, names: [0, 1, 2], x: 0, y: 0, r: 1 }], notes: [],
};

export const model = () => makeModel(data);
