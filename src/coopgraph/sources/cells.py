"""Raw cells to the cells mappings see: trimmed, NFC, split into lists, empty as NULL.

In: the raw table of a source. Out: a table of the same rows, and what had to be changed or told. One look
at all columns says which need any of it, so regular files cost nothing.
Standard: Unicode NFC (UAX 15); which characters are controls or bidi: UAX 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from coopgraph.columns.duck import (
    Connection,
    Expression,
    Relation,
    case,
    column,
    constant,
    each,
    function,
)
from coopgraph.sources.cell_formats import CellFormat
from coopgraph.sources.cell_rewriting import rewritten
from coopgraph.sources.loading import internal_names, raw_table
from coopgraph.sources.raw import Raw
from coopgraph.sources.records import RECORD, table_name
from coopgraph.sources.source_spec import SourceSpec

_WIDE_WHITE: Final = "\u00a0\u2007\u202f\u3000\ufeff"
WHITE: Final = " \t\n\r\v\f" + _WIDE_WHITE

_SURELY_NFC: Final = r"[\x00-\x{2ff}]*"  # below U+0300 nothing combines and nothing decomposes for good
_FEW: Final = 5_000


@dataclass(frozen=True)
class Column:
    """What looking at a column told: white space at edges or empty texts, letters beyond ASCII, cells
    not in NFC."""

    has_edges: bool
    is_ascii: bool
    decomposed: int = 0


@dataclass(frozen=True)
class Normalised:
    """The table of a source's cells, its columns that hold more than ASCII, and how many cells NFC
    changed."""

    table: str
    wide: tuple[str, ...]
    changed: int


def normalise(connection: Connection, raw: Raw, spec: SourceSpec) -> Normalised:
    """Make the table of a source's cells; the raw table itself is taken when nothing in it needs a change."""
    table = connection.table(f'"{raw_table(spec.name)}"')
    internal = dict(zip(raw.names, internal_names(len(raw.names)), strict=True))
    seen = _decomposed(table, _looks(table, raw, internal), internal, raw.lists)
    cells = {
        name: _cell(internal[name], seen[name], spec, spec.formats.get(name), name in raw.lists)
        for name in raw.names
    }
    cells |= {name: _split(cells[name], spec.separators[name], spec.trim) for name in spec.separators}
    _keep_originals(connection, table, spec, internal, seen)
    wide = tuple(name for name in raw.names if not seen[name].is_ascii)
    changed = sum(column.decomposed for column in seen.values())
    if not (
        any(_needs_change(look, spec) for look in seen.values())
        or spec.separators
        or spec.formats
        or raw.lists
    ):
        return Normalised(raw_table(spec.name), wide, changed)
    content = table.project(column(RECORD), *(cells[name].alias(internal[name]) for name in raw.names))
    content.create(f'"{table_name(spec.name)}"')
    return Normalised(table_name(spec.name), wide, changed)


def _needs_change(seen: Column, spec: SourceSpec) -> bool:
    return bool(seen.has_edges or seen.decomposed or spec.null)


def _looks(table: Relation, raw: Raw, internal: Mapping[str, str]) -> dict[str, Column]:
    """Look once at every column of text; for a few records doing everything is cheaper than looking."""
    if sum(piece.count for piece in raw.pieces) <= _FEW or raw.lists:
        return dict.fromkeys(raw.names, Column(True, raw.is_ascii))
    flags = [
        function("bool_or", test)
        for name in raw.names
        for test in _tests(column(internal[name]), raw.is_ascii)
    ]
    values = [bool(value) for value in table.aggregate(flags).fetchall()[0]]
    return {
        name: Column(values[i], not values[i + 1])
        for name, i in zip(raw.names, range(0, len(values), 2), strict=True)
    }


def _decomposed(
    table: Relation, seen: Mapping[str, Column], internal: Mapping[str, str], lists: frozenset[str]
) -> dict[str, Column]:
    """Count the cells NFC changes in each column that holds more than ASCII."""
    wide = [name for name in seen if not seen[name].is_ascii and name not in lists]
    if not wide:
        return dict(seen)
    counts = table.aggregate([function("count_if", _differs(internal[name])) for name in wide]).fetchall()[0]
    counted = dict(zip(wide, counts, strict=True))
    return {name: replace(look, decomposed=counted.get(name) or 0) for name, look in seen.items()}


def _composed(cell: Expression) -> Expression:
    """A cell in NFC; what Latin script writes composed is told by a pattern, ten times as quick as
    normalising."""
    return case(function("regexp_full_match", cell, constant(_SURELY_NFC)), cell).otherwise(
        function("nfc_normalize", cell)
    )


def _differs(internal: str) -> Expression:
    return _composed(column(internal)) != column(internal)


def _tests(cell: Expression, is_ascii: bool) -> tuple[Expression, Expression]:
    """Has white space at an edge or is empty; is not ASCII. White space sorts before "!", and so does
    nothing."""
    first = constant("!")
    edges = (cell < first) | (function("right", cell, constant(1)) < first)
    if is_ascii:
        return edges, constant(False)
    wide = function("strlen", cell) != function("length", cell)
    for mark in _WIDE_WHITE:
        wide_edge = function("prefix", cell, constant(mark)) | function("suffix", cell, constant(mark))
        edges = edges | (wide & wide_edge)
    return edges, wide


def _cell(name: str, seen: Column, spec: SourceSpec, form: CellFormat | None, is_list: bool) -> Expression:
    """The expression that normalises one column; the column itself when nothing is to be done."""
    cell = column(name)
    if is_list:
        return _clean_list(cell, spec.trim)
    if spec.trim and seen.has_edges:
        cell = function("trim", cell, constant(WHITE))
    if seen.decomposed:
        cell = _composed(cell)
    for text in spec.null:
        cell = function("nullif", cell, constant(text))
    if seen.has_edges or spec.null:
        cell = function("nullif", cell, constant(""))
    return rewritten(cell, form) if form else cell


def _split(cell: Expression, separator: str, trim: bool) -> Expression:
    return _clean_list(function("string_split", cell, constant(separator)), trim)


def _clean_list(parts: Expression, trim: bool) -> Expression:
    """Trim each part, drop empty ones; a list without parts is NULL."""
    part = column("part")
    clean = function("trim", part, constant(WHITE)) if trim else part
    trimmed = function("list_transform", parts, each("part", function("nfc_normalize", clean)))
    kept = function("list_filter", trimmed, each("part", part != constant("")))
    return case(function("len", kept) > constant(0), kept)


def _keep_originals(
    connection: Connection,
    table: Relation,
    spec: SourceSpec,
    internal: Mapping[str, str],
    seen: Mapping[str, Column],
) -> None:
    """Keep the text as written of each cell NFC changes, in the table `originals`."""
    for name, own in internal.items():
        if seen[name].decomposed:
            cells = table.filter(_differs(own)).project(
                constant(spec.name).alias("source"),
                column(RECORD).alias("record"),
                constant(name).alias("name"),
                column(own).alias("original"),
            )
            _append(connection, cells, "originals")


def _append(connection: Connection, rows: Relation, table: str) -> None:
    exists = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [table]).fetchall()
    if exists:
        rows.insert_into(table)
    else:
        rows.create(table)
