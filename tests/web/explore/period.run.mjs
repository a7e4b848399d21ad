// Reads a graph and periods from standard input and writes what each lets through; test_period.py compares it with the library.
import { readFileSync } from 'node:fs';
import { OPEN, apply } from '../../../src/coopgraph/web/front/scripts/graph/filtering.js';
import { makeModel } from '../../../src/coopgraph/web/front/scripts/graph/model.js';

const { graph, periods } = JSON.parse(readFileSync(0, 'utf8'));
const model = makeModel(graph);
const found = periods.map(([from, to]) => {
  const { event, link, forward, backward } = apply(model, { ...OPEN, from, to });
  return { event: [...event], link: [...link], forward: [...forward], backward: [...backward] };
});
process.stdout.write(JSON.stringify(found));
