"""Contenders of making graphs: from Flows, from networkx, from three arrays.

In: what to make, where graphs are kept, and which size. Out: CPU seconds, and how many edges the made graph
has. What it is made from is there before the clock starts; each is made once from a tiny graph before.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import graph_measures
import pyarrow as pa
from graph_data import SIZES, Graph, graph, read
from measure import timed

import coopgraph as cg

Work = Callable[[], Any]


def flows(made: Graph) -> Any:
    """Flows with these edges between cities with IRIs."""
    cities = pa.array([f"https://example.org/id/city/{place:06}" for place in range(made.nodes)])
    columns = {
        "source": cities.take(pa.array(made.source)),
        "target": cities.take(pa.array(made.target)),
        "weight": pa.array(made.weight),
        "events": pa.array(made.weight.astype("int64") + 1),
    }
    nothing = pa.table({"event": ["e"], "city": ["a"], "contributes": [True], "benefits": [True]})
    return replace(cg.flows(nothing), edges=pa.table(columns), nodes=tuple(cities.to_pylist()))


def exchange(made: Graph) -> Work:
    given = flows(made)
    return lambda: cg.exchange_graph(given)


def networkx(made: Graph) -> Work:
    import networkx as nx

    given = flows(made)

    def work() -> Any:
        G: Any = nx.DiGraph()
        G.add_nodes_from(given.nodes)
        names = ("source", "target", "weight")
        G.add_weighted_edges_from(zip(*(given.edges.column(name).to_pylist() for name in names), strict=True))
        return G

    return work


def adjacency(made: Graph) -> Work:
    from coopgraph.network.adjacency import adjacency as convert

    given = flows(made)
    return lambda: convert(given)


def back(made: Graph) -> Work:
    from coopgraph.network.adjacency import adjacency as convert

    given = graph_measures.networkx(made, "pagerank")
    return lambda: convert(given)


def arrays(library: str) -> Callable[[Graph], Work]:
    return lambda made: lambda: graph_measures.CONTENDERS[library][0](made, "pagerank")


CONTENDERS: dict[str, Callable[[Graph], Work]] = {
    "exchange": exchange,
    "networkx": networkx,
    "adjacency": adjacency,
    "back": back,
    "scipy": arrays("scipy"),
    "networkit": arrays("networkit"),
    "igraph": arrays("igraph"),
}


def size_of(made: Any) -> int:
    """How many edges there are, whatever it is that has them."""
    if hasattr(made, "matrix"):
        return int(made.matrix.nnz)
    if hasattr(made, "nnz"):
        return int(made.nnz)
    for name in ("number_of_edges", "numberOfEdges", "ecount"):
        if hasattr(made, name):
            return int(getattr(made, name)())
    raise SystemExit(f"{type(made).__name__} does not say how many edges it has.")


if __name__ == "__main__":
    name, folder, size = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    CONTENDERS[name](read(graph(folder, *SIZES["tiny"])))()
    work = CONTENDERS[name](read(graph(folder, *SIZES[size])))
    kept: list[Any] = []  # so that taking the graph down is not timed

    def once() -> int:
        kept.append(work())
        return size_of(kept[-1])

    timed(once)
