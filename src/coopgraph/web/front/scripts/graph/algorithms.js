// Ways through the graph that is shown, on typed arrays: who is next to whom, shortest paths, ego networks, cores, components.
// In: the links that pass. Out: places of nodes. Links have no direction here: who works with whom is what is asked.

/** Return the neighbours of each node as rows of one array (compressed sparse rows): those of i are `to[start[i] .. start[i + 1]]`, sorted, each once. */
export function neighbours(model, link, node = null) {
  const { size, links, source, target } = model;
  const counts = (l) => link[l] && source[l] !== target[l] && (!node || (node[source[l]] && node[target[l]]));
  const start = new Uint32Array(size + 1);
  for (let l = 0; l < links; l += 1) if (counts(l)) { start[source[l] + 1] += 1; start[target[l] + 1] += 1; }
  for (let i = 0; i < size; i += 1) start[i + 1] += start[i];
  const to = new Uint32Array(start[size]);
  const next = start.slice(0, size);
  const put = (i, other) => { to[next[i]] = other; next[i] += 1; };
  for (let l = 0; l < links; l += 1) if (counts(l)) { put(source[l], target[l]); put(target[l], source[l]); }
  return eachOnce({ size, start, to });
}

/** The nodes at most `hops` steps from one, itself first, in the order of their distance and place. */
export function ego(graph, i, hops) {
  const steps = distances(graph, i, hops);
  const found = [];
  for (let j = 0; j < graph.size; j += 1) if (steps[j] >= 0) found.push(j);
  return found.sort((a, b) => steps[a] - steps[b] || a - b);
}

/**
 * All shortest paths between two nodes by steps, at most `most` of them, in the order of their places: { steps, paths, of }.
 * `of` says how many there are; no path: { steps: -1, paths: [], of: 0 }.
 */
export function shortestPaths(graph, from, to, most = 25) {
  const steps = distances(graph, to);
  if (steps[from] < 0) return { steps: -1, paths: [], of: 0 };
  const paths = [];
  const walk = (path) => {
    const last = path.at(-1);
    if (last === to) { paths.push(path); return; }
    for (let at = graph.start[last]; at < graph.start[last + 1] && paths.length < most; at += 1) {
      if (steps[graph.to[at]] === steps[last] - 1) walk([...path, graph.to[at]]);
    }
  };
  walk([from]);
  return { steps: steps[from], paths, of: countPaths(graph, steps, from, to) };
}

/** The core number of each node: the largest k for which it is in a part where everyone has k neighbours (Batagelj and Zaversnik). */
export function coreNumbers({ size, start, to }) {
  const degree = Uint32Array.from({ length: size }, (_, i) => start[i + 1] - start[i]);
  const most = degree.reduce((a, b) => Math.max(a, b), 0);
  const first = new Uint32Array(most + 2);
  for (const d of degree) first[d + 1] += 1;
  for (let d = 0; d <= most; d += 1) first[d + 1] += first[d];
  const place = new Uint32Array(size);
  const order = new Uint32Array(size);
  const next = first.slice();
  for (let i = 0; i < size; i += 1) { place[i] = next[degree[i]]; order[place[i]] = i; next[degree[i]] += 1; }
  for (let k = 0; k < size; k += 1) {
    const i = order[k];
    for (let at = start[i]; at < start[i + 1]; at += 1) {
      const j = to[at];
      if (degree[j] <= degree[i]) continue;
      const [here, there] = [place[j], first[degree[j]]];
      const other = order[there];
      if (other !== j) [order[here], order[there], place[j], place[other]] = [other, j, there, here];
      first[degree[j]] += 1;
      degree[j] -= 1;
    }
  }
  return degree;
}

/** The component of each node that passes, 0 the largest (of equals, the one with the first node); -1 of what does not pass. */
export function components(graph, node = null) {
  const of = new Int32Array(graph.size).fill(-1);
  const sizes = [];
  for (let i = 0; i < graph.size; i += 1) {
    if (of[i] >= 0 || (node && !node[i])) continue;
    const members = [i];
    of[i] = sizes.length;
    for (let k = 0; k < members.length; k += 1) {
      for (let at = graph.start[members[k]]; at < graph.start[members[k] + 1]; at += 1) {
        const j = graph.to[at];
        if (of[j] < 0) { of[j] = of[i]; members.push(j); }
      }
    }
    sizes.push(members.length);
  }
  const places = new Int32Array(sizes.length);
  [...sizes.keys()].sort((a, b) => sizes[b] - sizes[a] || a - b).forEach((c, place) => { places[c] = place; });
  return of.map((c) => (c < 0 ? c : places[c]));
}

/** Steps from a node to each other, -1 where no way leads (or only a longer one than `most`). */
function distances({ size, start, to }, from, most = Infinity) {
  const steps = new Int32Array(size).fill(-1);
  steps[from] = 0;
  const queue = [from];
  for (let k = 0; k < queue.length && steps[queue[k]] < most; k += 1) {
    for (let at = start[queue[k]]; at < start[queue[k] + 1]; at += 1) {
      if (steps[to[at]] < 0) { steps[to[at]] = steps[queue[k]] + 1; queue.push(to[at]); }
    }
  }
  return steps;
}

function countPaths({ start, to, size }, steps, from, target) {
  const counts = new Float64Array(size);
  counts[target] = 1;
  const nearer = [...steps.keys()].filter((i) => steps[i] > 0 && steps[i] <= steps[from]).sort((a, b) => steps[a] - steps[b]);
  for (const i of nearer) for (let at = start[i]; at < start[i + 1]; at += 1) if (steps[to[at]] === steps[i] - 1) counts[i] += counts[to[at]];
  return counts[from];
}

/** Sort each row and leave out what stands there twice. */
function eachOnce({ size, start, to }) {
  const short = new Uint32Array(size + 1);
  let end = 0;
  for (let i = 0; i < size; i += 1) {
    const row = to.subarray(start[i], start[i + 1]).sort();
    let before = -1;
    for (const j of row) if (j !== before) { to[end] = j; end += 1; before = j; }
    short[i + 1] = end;
  }
  return { size, start: short, to: to.slice(0, end) };
}
