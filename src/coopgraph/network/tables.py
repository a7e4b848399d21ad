"""The tables flows are made from: those of a release, or a user's own.

In: a Release, one Arrow table of participations, or tables by name. Out: expressions over them, columns checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from coopgraph.errors import Fault, ProjectionError

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from coopgraph.columns.engine import Engine


@runtime_checkable
class Tables(Protocol):
    """What is asked of a release: its tables by name, and where they lie as Parquet."""

    def table(self, name: str) -> pa.Table:
        """Return the table as Arrow."""

    def table_path(self, name: str) -> Path:
        """Return the table's Parquet file."""


Source: TypeAlias = "Tables | pa.Table | Mapping[str, pa.Table]"


def named_table(source: Source, name: str) -> Path | pa.Table:
    """Return a table of the source by name, as Parquet where there is some, else as Arrow."""
    if isinstance(source, Tables):
        return source.table_path(name)
    held = source if isinstance(source, Mapping) else {"participations": source}
    if name not in held:
        fix = "Give a release, or tables by name: {'participations': ..., '" + name + "': ...}."
        fault = Fault(None, None, None, f"There is no table '{name}'.", fix)
        raise ProjectionError("These flows cannot be made from what was given.", faults=[fault])
    return held[name]


def folders(source: Source) -> tuple[Path, ...]:
    """Return the folders an engine must be allowed to read."""
    return (source.table_path("participations").parent,) if isinstance(source, Tables) else ()


def bind(
    engine: Engine, source: Source, name: str, columns: Sequence[str]
) -> ir.Table:
    """Return the named table as an expression that has these columns; raises ProjectionError naming those missing."""
    table = engine.table(named_table(source, name))
    _require(name, columns, table.columns)
    return table


def rows_of(source: Source, name: str, columns: Sequence[str]) -> pa.Table:
    """Return the named table as Arrow, with the same check."""
    table = source.table(name) if isinstance(source, Tables) else named_table(source, name)
    _require(name, columns, table.column_names)
    return table


def _require(name: str, columns: Sequence[str], present: Sequence[str]) -> None:
    faults = [
        Fault(name, None, column, "is missing.", f"The table has {', '.join(present)}.")
        for column in columns
        if column not in present
    ]
    if faults:
        raise ProjectionError("These flows cannot be made from what was given.", faults=faults)
