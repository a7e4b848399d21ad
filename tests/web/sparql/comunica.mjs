// Ask the endpoint as Comunica does: `node comunica.mjs ADDRESS`. It finds out itself that it is one, and what
// it may send there. Writes what it found as JSON.
import { QueryEngine } from '@comunica/query-sparql';

const engine = new QueryEngine();
const sources = [{ type: 'sparql', value: process.argv[2] }];
const ours = 'PREFIX : <https://example.org/> ';

const rows = await (await engine.queryBindings(`${ours} SELECT ?s ?o { ?s :p ?o } ORDER BY ?s`, { sources })).toArray();
const triples = await (await engine.queryQuads(`${ours} CONSTRUCT WHERE { ?s :p ?o }`, { sources })).toArray();
const joined = await (await engine.queryBindings(`${ours} SELECT ?c { :a :p ?b . ?b :p ?c }`, { sources })).toArray();
const yes = await engine.queryBoolean(`${ours} ASK { :x :name "La Paz"@es }`, { sources });
let wrong = '';
try {
  await (await engine.queryBindings('SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }', { sources })).toArray();
} catch (error) {
  wrong = error.message;
}
console.log(JSON.stringify({
  rows: rows.map((row) => [row.get('s').value, row.get('o').value]),
  triples: triples.length,
  joined: joined.map((row) => row.get('c').value),
  yes,
  wrong,
}));
