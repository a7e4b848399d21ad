"""Contenders of the queries: one `.rq` file, asked of the same release, the answer as CSV.

In: `raw`, `ours` or `rdflib`, the release's directory and the query file. The timed part is warm: the store is open and the
query has been asked once; rdflib holds the same triples in memory.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from measure import timed


def raw(release: Path, query: str) -> Callable[[], int]:
    """pyoxigraph alone, the answer serialised to CSV by the engine."""
    import pyoxigraph as ox

    store = ox.Store.read_only(str(release / "store"))

    def ask() -> int:
        answer = store.query(query).serialize(format=ox.QueryResultsFormat.CSV)
        return answer.count(b"\n") - 1

    return ask


def ours(release: Path, query: str) -> Callable[[], int]:
    """A release's trusted query, serialised to CSV."""
    import coopgraph as cg

    opened = cg.open(release)

    def ask() -> int:
        return opened.query(query, trusted=True).serialize("csv").count(b"\n") - 1

    return ask


def rdflib(release: Path, query: str) -> Callable[[], int]:
    """rdflib's own engine on a graph in memory."""
    import pyoxigraph as ox
    from rdflib import Graph

    graph = Graph()
    store = ox.Store.read_only(str(release / "store"))
    triples = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    graph.parse(data=triples, format="nt")

    def ask() -> int:
        answer = graph.query(query).serialize(format="csv")
        return answer.count(b"\n") - 1

    return ask


if __name__ == "__main__":
    contender, directory, file, repeats = sys.argv[1:5]
    prepared = {"raw": raw, "ours": ours, "rdflib": rdflib}[contender](
        Path(directory), Path(file).read_text(encoding="utf-8")
    )
    prepared()
    timed(lambda: [prepared() for _ in range(int(repeats))][-1])
