"""Contenders of the centralities: one library, one measure, one graph.

In: a library, measures with commas between, where graphs are kept, which size, and the most CPU seconds to
spend on one. Out: for each measure CPU seconds of it alone and of making the library's own graph from three
arrays, and how far the scores are from the reference. One thread each. A measure is timed in a process that
has done it on a tiny graph before; one that takes longer than the limit is stopped there.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from graph_data import EXACT_SIZES, PIVOTS, SIZES, Graph, graph, modularity, pivots, read, reference
from measure import peak_mb
from scipy import sparse

DIRECTED = ("pagerank", "hits", "sampled betweenness", "betweenness")
ERROR = 1e-13  # asked of those who take a tolerance
REPEAT = {"tiny": 0.001, "whole": 0.5}  # CPU seconds to fill with repeats


def ours(made: Graph, measure: str) -> Any:
    """What the kernels take: an Adjacency, and for communities networkit's graph made of it."""
    from coopgraph.network.adjacency import Adjacency
    from coopgraph.network.centrality.communities import networkit_graph

    directed = measure in DIRECTED
    found = Adjacency(tuple(range(made.nodes)), made.matrix(directed=directed), directed)
    return networkit_graph(found) if measure == "communities" else found


def scipy(made: Graph, measure: str) -> sparse.csr_array:
    """A CSR matrix."""
    return made.matrix(directed=measure in DIRECTED)


def networkit(made: Graph, measure: str) -> Any:
    """A networkit graph."""
    import networkit as nk

    nk.setNumberOfThreads(1)
    nk.setSeed(0, False)
    kept = made if measure in DIRECTED else made.undirected()
    edges = (kept.weight, (kept.source.astype(np.uint64), kept.target.astype(np.uint64)))
    weighted = "betweenness" not in measure  # it would read weights as lengths
    return nk.GraphFromCoo(edges, n=kept.nodes, weighted=weighted, directed=measure in DIRECTED)


def igraph(made: Graph, measure: str) -> Any:
    """An igraph graph."""
    import igraph as ig

    kept = made if measure in DIRECTED else made.undirected()
    found = ig.Graph(kept.nodes, np.column_stack([kept.source, kept.target]), directed=measure in DIRECTED)
    found.es["weight"] = kept.weight
    return found


def networkx(made: Graph, measure: str) -> Any:
    """A networkx graph."""
    import networkx as nx

    kept = made if measure in DIRECTED else made.undirected()
    G: Any = nx.DiGraph() if measure in DIRECTED else nx.Graph()
    G.add_nodes_from(range(kept.nodes))
    G.add_weighted_edges_from(
        zip(kept.source.tolist(), kept.target.tolist(), kept.weight.tolist(), strict=True)
    )
    return G


def ours_scores(made: Any, measure: str) -> Any:
    from coopgraph.network.centrality.betweenness import betweenness_scores
    from coopgraph.network.centrality.communities import leiden
    from coopgraph.network.centrality.cores import core_numbers
    from coopgraph.network.centrality.eigenvector import eigenvector_scores
    from coopgraph.network.centrality.hits import hits_scores
    from coopgraph.network.centrality.pagerank import pagerank_scores

    kernels: dict[str, Callable[[], Any]] = {
        "pagerank": lambda: pagerank_scores(made),
        "hits": lambda: hits_scores(made)[0],
        "eigenvector": lambda: eigenvector_scores(made),
        "k-core": lambda: core_numbers(made),
        "communities": lambda: leiden(made),
        "sampled betweenness": lambda: betweenness_scores(made, k=min(PIVOTS, len(made))),
        "betweenness": lambda: betweenness_scores(made),
    }
    return kernels[measure]()


def scipy_scores(matrix: Any, measure: str) -> Any:
    """Plain power iteration, as one would write it."""
    count = matrix.shape[0]
    scores = np.full(count, 1 / count)
    into = matrix.T.tocsr()
    given = matrix.sum(axis=1)
    follow = np.divide(0.85, given, out=np.zeros(count), where=given > 0)
    steps: dict[str, Callable[[Any], Any]] = {
        "pagerank": lambda x: (y := into @ (x * follow)) + (1 - y.sum()) / count,
        "hits": lambda x: matrix @ (into @ x),
        "eigenvector": lambda x: into @ x + x,
    }
    for _ in range(10_000):
        after = steps[measure](scores)
        after /= after.sum()
        change = np.abs(after - scores).sum()
        scores = after
        if change < ERROR:
            return scores
    raise SystemExit("Power iteration did not settle.")


def networkit_scores(G: Any, measure: str) -> Any:
    import networkit as nk

    def pagerank() -> Any:
        made = nk.centrality.PageRank(
            G, tol=ERROR, distributeSinks=nk.centrality.SinkHandling.DistributeSinks
        )
        made.norm = nk.centrality.Norm.L1_NORM
        return made.run().scores()

    kernels: dict[str, Callable[[], Any]] = {
        "pagerank": pagerank,
        "eigenvector": lambda: nk.centrality.EigenvectorCentrality(G, tol=ERROR).run().scores(),
        "k-core": lambda: nk.centrality.CoreDecomposition(G).run().scores(),
        "communities": lambda: (
            nk.community.ParallelLeiden(G, iterations=3, randomize=True).run().getPartition().getVector()
        ),
        "sampled betweenness": lambda: (
            nk.centrality.EstimateBetweenness(G, min(PIVOTS, G.numberOfNodes())).run().scores()
        ),
        "betweenness": lambda: nk.centrality.Betweenness(G).run().scores(),
    }
    return kernels[measure]()


def igraph_scores(G: Any, measure: str) -> Any:
    import random

    random.seed(0)
    count = G.vcount()
    kernels: dict[str, Callable[[], Any]] = {
        "pagerank": lambda: G.pagerank(weights="weight"),
        "hits": lambda: G.hub_score(weights="weight"),
        "eigenvector": lambda: G.eigenvector_centrality(weights="weight"),
        "k-core": lambda: G.coreness(),
        "communities": lambda: G.community_leiden("modularity", weights="weight", n_iterations=3).membership,
        "sampled betweenness": lambda: G.betweenness(sources=pivots(count)),
        "betweenness": lambda: G.betweenness(),
    }
    return kernels[measure]()


def networkx_scores(G: Any, measure: str) -> Any:
    import networkx as nx

    count = G.number_of_nodes()
    kernels: dict[str, Callable[[], Any]] = {
        "pagerank": lambda: nx.pagerank(G, tol=ERROR / count, max_iter=1000),
        "hits": lambda: nx.hits(G, tol=0)[0],
        "eigenvector": lambda: nx.eigenvector_centrality(
            G, weight="weight", tol=ERROR / count, max_iter=10_000
        ),
        "k-core": lambda: nx.core_number(G),
        "communities": lambda: nx.community.louvain_communities(G, seed=0),
        "sampled betweenness": lambda: nx.betweenness_centrality_subset(G, pivots(count), range(count)),
    }
    found = kernels[measure]()
    if measure == "communities":
        found = {node: place for place, members in enumerate(found) for node in members}
    return [found[node] for node in range(count)]


CONTENDERS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "coopgraph": (ours, ours_scores),
    "scipy": (scipy, scipy_scores),
    "networkit": (networkit, networkit_scores),
    "igraph": (igraph, igraph_scores),
    "networkx": (networkx, networkx_scores),
}


class TooLong(Exception):
    """Raised by the timer in the middle of a measure."""


def stopped(*_: object) -> None:
    raise TooLong


def measured(library: str, measure: str, work: Path, size: str, limit: float) -> dict[str, Any]:
    """Warm up, make the graph, measure again and again, and look how right it is."""
    convert, scores = CONTENDERS[library]
    scores(convert(read(graph(work, *SIZES["tiny"])), measure), measure)
    path = graph(work, *(EXACT_SIZES if measure == "betweenness" else SIZES)[size])
    whole = read(path)
    start = time.process_time()
    made = convert(whole, measure)
    conversion = time.process_time() - start
    signal.signal(signal.SIGPROF, stopped)
    signal.setitimer(signal.ITIMER_PROF, limit)
    start, repeats, found = time.process_time(), 0, None
    try:
        while not repeats or time.process_time() - start < REPEAT[size]:
            found = scores(made, measure)
            repeats += 1
    except TooLong:
        repeats = repeats or 1
    signal.setitimer(signal.ITIMER_PROF, 0)
    cpu, peak = (time.process_time() - start) / repeats, peak_mb()
    told = None if found is None else quality(np.asarray(found), library, measure, path)
    return {
        "cpu": cpu,
        "conversion": conversion,
        "peak_mb": peak,
        "finished": found is not None,
        "told": told,
    }


def quality(scores: np.ndarray, library: str, measure: str, path: Path) -> float | None:
    """L1 distance from the reference; modularity, of communities; None where nothing is the same for all."""
    if measure == "communities":
        return modularity(read(path), scores.astype(int))
    if measure == "sampled betweenness" and library == "networkit":
        return None  # it draws sources of its own
    return float(np.abs(scores / scores.sum() - reference(path, measure)).sum())


if __name__ == "__main__":
    library, measures, work, size, limit = sys.argv[1:]
    found = {
        measure: measured(library, measure, Path(work), size, float(limit)) for measure in measures.split(",")
    }
    print(json.dumps(found))
