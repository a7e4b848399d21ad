"""Contenders of the queries: one `.rq` file asked of the same release, all of its answer written as text.

In: the contender's name, a release, a query file, and how often to ask. Out: the
number of rows. The timed part is warm: the store is open and the query was asked once. `raw` and `ours`
write TSV, rdflib (which holds the same triples in memory) CSV; `arrow` makes typed columns, `count` counts
the pattern inside the engine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from measure import timed

Ask = Callable[[], int]


def raw(release: Path, query: str) -> Ask:
    """pyoxigraph alone, the answer serialised by the engine."""
    import pyoxigraph as ox

    store = ox.Store.read_only(str(release / "store"))

    def ask() -> int:
        return store.query(query).serialize(format=ox.QueryResultsFormat.TSV).count(b"\n") - 1

    return ask


def ours(release: Path, query: str) -> Ask:
    """A release's trusted query: checked, run, and handed over as text."""
    import coopgraph as cg

    opened = cg.open(release)
    return lambda: opened.query(query, trusted=True).serialize("tsv").count(b"\n") - 1


def arrow(release: Path, query: str) -> Ask:
    """The same as typed columns."""
    import coopgraph as cg

    opened = cg.open(release)
    return lambda: opened.query(query, trusted=True).to_arrow().num_rows


def memory(release: Path, query: str) -> Ask:
    """pyoxigraph alone on the same triples in memory, as rdflib has them."""
    import pyoxigraph as ox

    store, kept = ox.Store(), ox.Store.read_only(str(release / "store"))
    triples = kept.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    store.bulk_load(triples, ox.RdfFormat.N_TRIPLES)
    return lambda: store.query(query).serialize(format=ox.QueryResultsFormat.TSV).count(b"\n") - 1


def count(release: Path, query: str) -> Ask:
    """The pattern of the query counted by pyoxigraph; nothing but a number comes out."""
    import pyoxigraph as ox

    store = ox.Store.read_only(str(release / "store"))
    head, pattern = query.split("WHERE", 1)
    counting = f"{head[: head.rindex('SELECT')]}SELECT (COUNT(*) AS ?n) WHERE{pattern}"
    return lambda: int(next(iter(store.query(counting)))[0].value)


def rdflib(release: Path, query: str) -> Ask:
    """rdflib's own engine on a graph in memory."""
    import pyoxigraph as ox
    from rdflib import Graph

    graph = Graph()
    store = ox.Store.read_only(str(release / "store"))
    triples = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    graph.parse(data=triples, format="nt")
    return lambda: graph.query(query).serialize(format="csv").count(b"\n") - 1


CONTENDERS = {"raw": raw, "memory": memory, "ours": ours, "arrow": arrow, "count": count, "rdflib": rdflib}

if __name__ == "__main__":
    contender, directory, file, repeats = sys.argv[1:]
    asked = CONTENDERS[contender](Path(directory), Path(file).read_text(encoding="utf-8"))
    asked()
    timed(lambda: [asked() for _ in range(int(repeats))][-1])
