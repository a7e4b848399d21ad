// Builds the front end: scripts/*.js (one entry a page) and styles/*.css -> ../static, and the licences of all that is in it.
// The same sources and lock file give the same bytes; tests/web/test_front.py builds again and compares.
import { build } from 'esbuild';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const here = import.meta.dirname;
const out = resolve(process.argv[2] ?? join(here, '..', 'static'));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const entries = (folder, ending) => readdirSync(join(here, folder)).filter((name) => name.endsWith(ending)).sort().map((name) => join(here, folder, name));
const common = { absWorkingDir: here, bundle: true, minify: true, charset: 'utf8', legalComments: 'none', target: ['es2022'], outdir: out, metafile: true, logLevel: 'warning' };
// Of YASGUI's editor: no completion that asks others, none of the prefixes of half the web, and no endpoint but ours.
const alone = {
  name: 'alone',
  setup({ onLoad }) {
    onLoad({ filter: /yasqe\.esm\.js$/ }, ({ path }) => {
      let contents = readFileSync(path, 'utf8');
      const cuts = [
        [/madsrdf = "http:[\s\S]*?\}, tokenTypes = \{/, 'prefixes_default = {}, tokenTypes = {'],
        [/fetchFromLov = [\s\S]*?, completers = \[[^\]]*\]/, 'fetchFromLov = () => [], completers = [conf$$3]'],
        [/"https:\/\/dbpedia\.org\/sparql"/, '""'],
      ];
      for (const [from, to] of cuts) {
        if (contents.search(from) < 0) throw new Error(`${path} has no ${from} any more: see what it asks others now.`);
        contents = contents.replace(from, to);
      }
      return { contents };
    });
  },
};
const results = [
  await build({ ...common, plugins: [alone], entryPoints: entries('scripts', '.js').filter((name) => !name.endsWith('theme.js')), format: 'esm', external: ['/static/*'] }),
  await build({ ...common, entryPoints: [join(here, 'scripts', 'theme.js')], format: 'iife' }),
  await build({ ...common, entryPoints: entries('styles', '.css'), supported: { nesting: false } }), // rooms are nested rules
];
for (const name of readdirSync(join(here, 'files')).sort()) copyFileSync(join(here, 'files', name), join(out, name));
copyFileSync(join(here, 'node_modules', 'world-atlas', 'countries-110m.json'), join(out, 'world.json'));
writeFileSync(join(out, 'licences.txt'), licences(results.flatMap((result) => Object.keys(result.metafile.inputs))));

function licences(inputs) {
  const packages = new Set(['world-atlas']);
  for (const input of inputs) {
    const found = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) packages.add(found[1]);
  }
  for (const name of packages) for (const part of Object.keys(JSON.parse(readFileSync(join(here, 'node_modules', name, 'package.json'), 'utf8')).dependencies ?? {})) packages.add(part); // some come bundled
  return [...packages].sort().map(licence).join('\n');
}

function licence(name) {
  const folder = join(here, 'node_modules', name);
  const { version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry) && !/\.(js|json)$/.test(entry));
  const text = file ? readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim() : `${license}${author ? `, ${author.name ?? author}` : ''}`;
  return `${'='.repeat(80)}\n${name} ${version} (${license})\n${'='.repeat(80)}\n${text}\n`;
}
