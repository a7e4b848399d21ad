// Read a GEXF file with the library Gephi Lite reads it with, and tell what is in it as JSON.
const { readFileSync } = require("fs");
const Graph = require("graphology");
const gexf = require("graphology-gexf");

const graph = gexf.parse(Graph, readFileSync(process.argv[2], "utf-8"));
console.log(
  JSON.stringify({
    type: graph.type,
    attributes: graph.getAttributes(),
    nodes: graph.mapNodes((id, told) => ({ id, ...told })),
    edges: graph.mapEdges((id, told, source, target) => ({ id, ...told, source, target })),
  })
);
