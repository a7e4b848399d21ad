"""The graphs centralities are measured on, and their scores, worked out more precisely than by anyone.

In: a folder and a number of nodes and edges. Out: `graph.npz` (source, target, weight) and one reference
`.npy` for each measure, made once; coreness and betweenness, which are counts, are igraph's. Invented and
seeded: both degrees have a heavy tail, a random tree makes the graph weakly connected.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

SIZES = {"tiny": (300, 3_000), "whole": (100_000, 1_000_000)}
EXACT_SIZES = {"tiny": (100, 800), "whole": (3_000, 114_000)}
PIVOTS = 32  # sources of a sampled betweenness
_TAIL = 0.6  # the k-th most frequent node is drawn in proportion to k ** -0.6


@dataclass(frozen=True)
class Graph:
    """Edges as three arrays; the same edges without direction where `directed` is not asked for."""

    nodes: int
    source: np.ndarray
    target: np.ndarray
    weight: np.ndarray

    def matrix(self, *, directed: bool = True) -> sparse.csr_array:
        """The weights as CSR: (i, j) is i -> j; without direction both ways are added up."""
        shape = (self.nodes, self.nodes)
        there = sparse.csr_array((self.weight, (self.source, self.target)), shape=shape)
        made = there if directed else there + there.T
        made = made.tocsr()
        made.sort_indices()
        return made

    def undirected(self) -> Graph:
        """Each pair once, with the sum of both ways."""
        half = sparse.triu(self.matrix(directed=False), format="coo")
        return Graph(self.nodes, half.row, half.col, half.data)


def graph(folder: Path, nodes: int, edges: int) -> Path:
    """The graph of that size, written once."""
    path = folder / f"graph-{nodes}-{edges}" / "graph.npz"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        source, target = _drawn(nodes, edges)
        weight = np.round(np.random.default_rng(3).exponential(2.0, edges) + 0.5, 3)
        np.savez(path, nodes=nodes, source=source, target=target, weight=weight)
    return path


def read(path: Path) -> Graph:
    """The graph as it was written."""
    kept = np.load(path)
    return Graph(int(kept["nodes"]), kept["source"], kept["target"], kept["weight"])


def _drawn(nodes: int, edges: int) -> tuple[np.ndarray, np.ndarray]:
    """Distinct ordered pairs, no loops: a random tree first, then pairs of frequent nodes."""
    random = np.random.default_rng(2)
    chance = np.arange(1, nodes + 1) ** -_TAIL
    chance /= chance.sum()
    child = np.arange(1, nodes)
    parent = (random.random(nodes - 1) * child).astype(np.int64)
    turned = random.random(nodes - 1) < 0.5
    codes = np.where(turned, child * nodes + parent, parent * nodes + child)
    while len(codes) < edges:
        ends = random.choice(nodes, size=(2, edges), p=chance)
        more = (ends[0] * nodes + ends[1])[ends[0] != ends[1]]
        both = np.concatenate([codes, more])
        _, first = np.unique(both, return_index=True)
        codes = both[np.sort(first)][:edges]
    renamed = random.permutation(nodes)  # frequent nodes anywhere, not first
    source, target = renamed[codes // nodes], renamed[codes % nodes]
    order = np.lexsort((target, source))
    return source[order], target[order]


def modularity(made: Graph, labels: np.ndarray) -> float:
    """Newman's weighted modularity of a division into communities, both directions added up."""
    within = made.weight[labels[made.source] == labels[made.target]].sum()
    ends = np.concatenate([labels[made.source], labels[made.target]])
    strength = np.bincount(ends, np.concatenate([made.weight, made.weight]))
    return float(within / made.weight.sum() - np.square(strength / strength.sum()).sum())


def pivots(count: int) -> list[int]:
    """The sources our kernel draws, for those who take sources."""
    chosen = np.random.default_rng(0).choice(count, size=min(PIVOTS, count), replace=False)
    return sorted(chosen.tolist())


def reference(path: Path, measure: str) -> np.ndarray:
    """Scores that add up to 1: in extended precision until nothing changes any more, or igraph's."""
    kept = path.with_name(f"{measure}.npy")
    if not kept.is_file():
        np.save(kept, _REFERENCES[measure](read(path)).astype(np.float64))
    return np.load(kept)


def _pagerank(made: Graph) -> np.ndarray:
    matrix = made.matrix().astype(np.longdouble)
    given = matrix.sum(axis=1)
    follow = np.where(given > 0, 0.85 / np.where(given > 0, given, 1), 0)
    into, scores = matrix.T.tocsr(), np.full(made.nodes, np.longdouble(1) / made.nodes)
    for _ in range(400):  # 0.85 ** 400 is 6e-29
        scores = into @ (scores * follow)
        scores += (1 - scores.sum()) / made.nodes
    return scores / scores.sum()


def _hubs(made: Graph) -> np.ndarray:
    matrix = made.matrix().astype(np.longdouble)
    into = matrix.T.tocsr()
    return _settled(lambda scores: matrix @ (into @ scores), made.nodes)


def _eigenvector(made: Graph) -> np.ndarray:
    matrix = made.matrix(directed=False).astype(np.longdouble)
    return _settled(lambda scores: matrix @ scores + scores, made.nodes)


def _settled(step, nodes: int) -> np.ndarray:
    scores = np.full(nodes, np.longdouble(1) / nodes)
    for _ in range(2_000):
        after = step(scores)
        after /= after.sum()
        change = np.abs(after - scores).sum()
        scores = after
        if change < 1e-17:
            return scores
    raise SystemExit("The reference did not settle.")


def _igraph(made: Graph, *, directed: bool):
    import igraph

    kept = made if directed else made.undirected()
    return igraph.Graph(kept.nodes, np.column_stack([kept.source, kept.target]), directed=directed)


def _shares(scores) -> np.ndarray:
    found = np.asarray(scores, dtype=np.float64)
    return found / found.sum()


_REFERENCES = {
    "pagerank": _pagerank,
    "hits": _hubs,
    "eigenvector": _eigenvector,
    "k-core": lambda made: _shares(_igraph(made, directed=False).coreness()),
    "sampled betweenness": lambda made: _shares(
        _igraph(made, directed=True).betweenness(sources=pivots(made.nodes))
    ),
    "betweenness": lambda made: _shares(_igraph(made, directed=True).betweenness()),
}
