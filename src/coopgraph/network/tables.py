"""The tables flows are made from: those of a release, or a user's own.

In: a Release, one Arrow table of participations, or tables by name. Out: expressions over them, columns
checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from coopgraph.errors import ProjectionError
from coopgraph.network.faults import fault

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from coopgraph.columns.engine import Engine


_ANSWERS = ("yes", "no", "unknown", "", None)


@runtime_checkable
class Tables(Protocol):
    """What is asked of a release: its tables by name, and where they lie as Parquet."""

    def table(self, name: str) -> pa.Table:
        """Return the table as Arrow."""

    def table_path(self, name: str) -> Path:
        """Return the table's Parquet file."""


@runtime_checkable
class Labelled(Protocol):
    """What a release can do beyond its tables."""

    def label(self, iri: str, language: str | None = None) -> str:
        """Return the label of a thing, its IRI where it has none."""


Source: TypeAlias = "Tables | pa.Table | Mapping[str, pa.Table]"


def named_table(source: Source, name: str) -> Path | pa.Table:
    """Return a table of the source by name, as Parquet where there is some, else as Arrow."""
    return source.table_path(name) if isinstance(source, Tables) else _held(source, name)


def _held(source: pa.Table | Mapping[str, pa.Table], name: str) -> pa.Table:
    held = source if isinstance(source, Mapping) else {"participations": source}
    if name not in held:
        fix = "Give a release, or tables by name: {'participations': ..., '" + name + "': ...}."
        wrong = fault(f"There is no table '{name}'.", fix)
        raise ProjectionError("These flows cannot be made from what was given.", faults=[wrong])
    return held[name]


def folders(source: Source) -> tuple[Path, ...]:
    """Return the folders an engine must be allowed to read."""
    return (source.table_path("participations").parent,) if isinstance(source, Tables) else ()


def bind(engine: Engine, source: Source, name: str, columns: Sequence[str]) -> ir.Table:
    """Return the named table as an expression; raises ProjectionError naming the columns it lacks."""
    rows = named_table(source, name)
    table = engine.table(rows)
    _require(name, columns, table.columns)
    if not isinstance(rows, Path):  # a release checked its own when it was built
        check_answers(name, rows)
    return table


def rows_of(source: Source, name: str, columns: Sequence[str]) -> pa.Table:
    """Return the named table as Arrow, with the same check."""
    table = source.table(name) if isinstance(source, Tables) else _held(source, name)
    _require(name, columns, table.column_names)
    return table


def _require(name: str, columns: Sequence[str], present: Sequence[str]) -> None:
    faults = [
        fault("is missing.", f"The table has {', '.join(present)}.", column=column, table=name)
        for column in columns
        if column not in present
    ]
    if faults:
        raise ProjectionError("These flows cannot be made from what was given.", faults=faults)


def check_answers(name: str, rows: pa.Table) -> None:
    """Refuse rows without an event or a city, and flags that are neither yes, no nor unknown."""
    faults = [
        fault(f"is empty in {rows.column(key).null_count} rows.", column=key, table=name)
        for key in ("event", "city")
        if key in rows.column_names and rows.column(key).null_count
    ]
    for flag in ("contributes", "benefits"):
        if flag in rows.column_names:
            faults += [
                fault(f"has {word!r}.", "Write yes, no or unknown.", column=flag, table=name)
                for word in _answers(rows.column(flag))
                if word not in _ANSWERS
            ]
    if faults:
        raise ProjectionError("These flows cannot be made from what was given.", faults=faults)


def _answers(flags: pa.ChunkedArray) -> list[object]:
    import pyarrow as pa

    return [] if pa.types.is_boolean(flags.type) else sorted(flags.unique().to_pylist(), key=str)
