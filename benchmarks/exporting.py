"""Write a network of so many edges: by an export, or by networkx from the graph it holds in memory.

In: `ours` or `networkx`, a format, a folder of tables. Out: CPU seconds and the peak of memory.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from exporting_data import release_of
from measure import timed

import coopgraph as cg

EDGES = ("edges", "links", "GAVE_TO", "rows of links")  # what formats call them


def ours(kind: str, tables: Path) -> int:
    """Export, and return how many edges were written."""
    with release_of(tables) as release, tempfile.TemporaryDirectory() as folder:
        counts = cg.export(release, Path(folder) / "out", kind).counts
        return next(counts[name] for name in EDGES if name in counts)


def theirs(kind: str, tables: Path) -> int:
    """Let networkx write the graph of the library, and return how many edges it has."""
    import networkx as nx

    with release_of(tables) as release, tempfile.TemporaryDirectory() as folder:
        G = cg.exchange_graph(release)
        write = nx.write_gexf if kind == "gexf" else nx.write_graphml
        G.graph.clear()  # the basis is no value a file holds
        write(G, Path(folder) / "out")
        return int(G.number_of_edges())


if __name__ == "__main__":
    who, kind, tables = sys.argv[1:]
    timed(lambda: (ours if who == "ours" else theirs)(kind, Path(tables)))
