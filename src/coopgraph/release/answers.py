"""The answers of the table queries, and how columns of them are put side by side.

In: what answers a query file, and the folder of the queries. Out: Arrow tables, keys of several columns
joined to one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coopgraph.release.columns_of import mapped

if TYPE_CHECKING:
    import pyarrow as pa


class Answers:
    """The answers of the table queries, each run once."""

    def __init__(self, select: Callable[[Path], pa.Table], folder: Path) -> None:
        self._select = select
        self._folder = folder
        self._sources: dict[str, str] | None = None

    def __call__(self, name: str) -> pa.Table:
        return self._select(self._folder / f"{name}.rq")

    def sources(self, name: str, *key: str) -> pa.Table:
        """(key, source): the source of each graph that states it, or the graph itself where it names none."""
        import pyarrow as pa

        if self._sources is None:
            found = self("graphs.source")
            self._sources = dict(sorted(zip(*found.to_pydict().values(), strict=True), reverse=True))
        table = self(name)
        sources = mapped(table["graph"], lambda graph: (self._sources or {}).get(graph, graph), pa.string())
        return pa.table({"key": joined(table, *key), "source": sources})


def joined(table: pa.Table, *names: str) -> pa.ChunkedArray:
    """One text of several columns; no IRI has a space."""
    import pyarrow.compute as pc

    return (
        table[names[0]] if len(names) == 1 else pc.binary_join_element_wise(*(table[n] for n in names), " ")
    )


def ordered(columns: Mapping[str, Any], *by: str) -> pa.Table:
    import pyarrow as pa

    table = pa.table(dict(columns)).sort_by([(name, "ascending") for name in by])
    return table.combine_chunks()
