"""The tables flows are made from, those of a release or a user's own, and the engine that reads them.

In: a Release, one table of participations, or tables by name, as Arrow or Parquet. Out: an engine, and
expressions over the tables, columns checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from coopgraph.errors import ProjectionError
from coopgraph.network.faults import fault
from coopgraph.settings.engine import EngineSpec, engine_spec

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from coopgraph.columns.engine import Engine
    from coopgraph.network.selection import Selection

_KEYS = ("event", "city")
_FLAGS = ("contributes", "benefits")
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


@runtime_checkable
class Settled(Protocol):
    """What a release knows of its workspace."""

    @property
    def engine(self) -> EngineSpec:
        """What the workspace file says of the engine."""


@runtime_checkable
class Named(Protocol):
    """What a release knows of the names of things."""

    def names(self, iri: str) -> tuple[str, ...]:
        """Return every label and acronym of a thing."""


@runtime_checkable
class Dated(Protocol):
    """What a release knows of its time."""

    @property
    def now(self) -> str | None:
        """The day the data speak of."""


Held: TypeAlias = "pa.Table | Path | str"
Source: TypeAlias = "Tables | Held | Mapping[str, Held]"


@contextmanager
def opened(source: Source, selection: Selection) -> Iterator[Engine]:
    """Open the engine asked for, else the one the release's workspace names, allowed to read the source.

    An engine that is open already stays open; what was kept on it meanwhile is forgotten.
    """
    from coopgraph.columns.engine import Engine
    from coopgraph.columns.opening import open_engine

    wanted = selection.engine
    if isinstance(wanted, Engine):
        with wanted.scope():
            yield wanted
        return
    own = source.engine if isinstance(source, Settled) else EngineSpec()
    spec = own if wanted is None else engine_spec(wanted)
    spec = replace(spec, memory=selection.memory or own.memory)
    with open_engine(spec, allow=folders(source)) as engine:
        yield engine


def day_of(source: Source) -> str | None:
    """Return the day a release speaks of; None for plain tables."""
    return source.now if isinstance(source, Dated) else None


def named_table(source: Source, name: str) -> Held:
    """Return a table of the source by name, as Parquet where there is some, else as Arrow."""
    return source.table_path(name) if isinstance(source, Tables) else _held(source, name)


def _held(source: Held | Mapping[str, Held], name: str) -> Held:
    held = source if isinstance(source, Mapping) else {"participations": source}
    if name not in held:
        fix = "Give a release, or tables by name: {'participations': ..., '" + name + "': ...}."
        wrong = fault(f"There is no table '{name}'.", fix)
        raise ProjectionError("These flows cannot be made from what was given.", faults=[wrong])
    return held[name]


def folders(source: Source) -> tuple[Path, ...]:
    """Return the folders an engine must be allowed to read."""
    if isinstance(source, Tables):
        return (source.table_path("participations").parent,)
    held = source.values() if isinstance(source, Mapping) else (source,)
    return tuple(Path(rows) for rows in held if isinstance(rows, (str, Path)))


def bind(engine: Engine, source: Source, name: str, columns: Sequence[str]) -> ir.Table:
    """Return the named table as an expression; raises ProjectionError naming the columns it lacks."""
    rows = named_table(source, name)
    table = engine.table(rows)
    _require(name, columns, table.columns)
    if not isinstance(source, Tables):  # a release checked its own when it was built
        _check(name, _gaps(engine, table) if isinstance(rows, (str, Path)) else _gaps_of(rows))
    return table


def rows_of(source: Source, name: str, columns: Sequence[str]) -> pa.Table:
    """Return the named table as Arrow, with the same check."""
    table = source.table(name) if isinstance(source, Tables) else _held(source, name)
    if isinstance(table, (str, Path)):
        from coopgraph.columns.parquet import read

        table = read(Path(table))
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


Gaps = tuple[dict[str, int], dict[str, list[object]]]


def _check(name: str, found: Gaps) -> None:
    """Refuse rows without an event or a city, and flags that are neither yes, no nor unknown."""
    empty, answers = found
    faults = [
        fault(f"is empty in {count} rows.", column=key, table=name) for key, count in empty.items() if count
    ]
    faults += [
        fault(f"has {word!r}.", "Write yes, no or unknown.", column=flag, table=name)
        for flag, words in answers.items()
        for word in words
        if word not in _ANSWERS
    ]
    if faults:
        raise ProjectionError("These flows cannot be made from what was given.", faults=faults)


def _gaps_of(rows: pa.Table) -> Gaps:
    """Return how often event and city are empty, and which words the flags hold."""
    import pyarrow as pa

    present = rows.column_names
    flags = [flag for flag in _FLAGS if flag in present and not pa.types.is_boolean(rows[flag].type)]
    answers = {flag: sorted(rows[flag].unique().to_pylist(), key=str) for flag in flags}
    return {key: rows[key].null_count for key in _KEYS if key in present}, answers


def _gaps(engine: Engine, table: ir.Table) -> Gaps:
    """Return the same of Parquet, worked out where it lies."""
    counts = {key: table[key].isnull().sum() for key in _KEYS if key in table.columns}
    empty = engine.fetch(table.agg(**counts)).to_pylist()[0] if counts else {}
    flags = [flag for flag in _FLAGS if flag in table.columns and not table[flag].type().is_boolean()]
    answers = {flag: engine.fetch(table.select(flag).distinct())[flag].to_pylist() for flag in flags}
    return empty, {flag: sorted(words, key=str) for flag, words in answers.items()}
