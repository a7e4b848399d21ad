// Reads graphs from standard input and writes what algorithms.js finds in each; test_algorithms.py compares it with networkx.
import { readFileSync } from 'node:fs';
import { components, coreNumbers, ego, neighbours, shortestPaths } from '../../../src/coopgraph/web/front/scripts/graph/algorithms.js';

const found = JSON.parse(readFileSync(0, 'utf8')).map(({ size, source, target, link, node, from, to, hops }) => {
  const graph = neighbours({ size, links: source.length, source, target }, link, node);
  return {
    rows: Array.from({ length: size }, (_, i) => [...graph.to.slice(graph.start[i], graph.start[i + 1])]),
    core: [...coreNumbers(graph)], component: [...components(graph, node)], ego: ego(graph, from, hops), ...shortestPaths(graph, from, to, 1000),
  };
});
process.stdout.write(JSON.stringify(found));
