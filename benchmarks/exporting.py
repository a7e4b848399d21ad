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


def ours(kind: str, tables: str) -> int:
    """Export, and return how many edges were written."""
    with release_of(Path(tables)) as release, tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"out.{kind}"
        return cg.export(
            release, target, kind, graph="exchange", memory=sys.argv[4] if len(sys.argv) > 4 else None
        ).counts["edges"]


def theirs(kind: str, tables: str) -> int:
    """Let networkx write the graph of the library, and return how many edges it has."""
    import networkx as nx

    with release_of(Path(tables)) as release, tempfile.TemporaryDirectory() as folder:
        G = cg.exchange_graph(release)
        write = nx.write_gexf if kind == "gexf" else nx.write_graphml
        G.graph.clear()
        write(G, Path(folder) / f"out.{kind}")
        return G.number_of_edges()


if __name__ == "__main__":
    who, kind, tables = sys.argv[1:4]
    timed(lambda: (ours if who == "ours" else theirs)(kind, tables))
