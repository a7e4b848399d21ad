// A page with sigma as it comes: circles and straight lines, no labels, no shapes, no communities.
import { UndirectedGraph } from 'graphology';
import Sigma from 'sigma';
import { moved, seen } from './clock.js';

const container = document.getElementById('graph');
const { nodes, links } = await (await fetch('graph.json')).json();
const graph = new UndirectedGraph();
nodes.iri.forEach((iri, i) => graph.addNode(i, { x: nodes.x[i], y: nodes.y[i], size: 3, color: '#0f6fb3' }));
links.source.forEach((source, l) => graph.addUndirectedEdge(source, links.target[l], { size: 1, color: '#c5ccd4' }));
const sigma = new Sigma(graph, container, { renderLabels: false });
window.pictured = { first: await seen(container), drawnNodes: graph.order, drawnLinks: graph.size };
window.move = (seconds) => moved(sigma.getCamera(), seconds);
