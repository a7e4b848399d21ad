"""Raw cells to the cells mappings see: trimmed, NFC, split into lists, empty as NULL.

In: the raw table of a source. Out: a table of the same rows, and what had to be changed or told. One look at all columns
says which need any of it, so regular files cost nothing.
Standard: Unicode NFC (UAX 15); which characters are controls or bidi: UAX 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
from coopgraph.sources.loading import internal_names, raw_table
from coopgraph.sources.raw import Raw
from coopgraph.sources.records import RECORD, table_name
from coopgraph.sources.source_spec import SourceSpec

WHITE: Final = " \t\n\r\v\f\u00a0\u2007\u202f\u3000\ufeff"

_FEW: Final = 5_000


@dataclass(frozen=True)
class Column:
    """What one look at a column told."""

    has_edges: bool
    has_empty: bool
    is_ascii: bool


_PLAIN: Final = Column(has_edges=False, has_empty=False, is_ascii=True)


def normalise(connection: Connection, raw: Raw, spec: SourceSpec) -> int:
    """Make the table `source NAME` of a source's raw table and return how many cells NFC changed."""
    table = connection.table(f'"{raw_table(spec.name)}"')
    internal = dict(zip(raw.names, internal_names(len(raw.names)), strict=True))
    seen = _looks(table, raw, internal)
    cells = {name: _cell(internal[name], seen[name], spec, name in raw.lists) for name in raw.names}
    cells |= {name: _split(cells[name], spec.separators[name], spec.trim) for name in spec.separators}
    content = table.project(column(RECORD), *(cells[name].alias(internal[name]) for name in raw.names))
    target = f'"{table_name(spec.name)}"'
    if any(look != _PLAIN for look in seen.values()) or spec.separators or spec.null:
        content.create(target)
    else:
        content.create_view(target)
    wide = [name for name in raw.names if not seen[name].is_ascii and name not in raw.lists]
    return _keep_originals(connection, table, spec, {name: internal[name] for name in wide})


def _looks(table: Relation, raw: Raw, internal: Mapping[str, str]) -> dict[str, Column]:
    """Look once at every column of text; for a few records doing everything is cheaper than looking."""
    if sum(piece.count for piece in raw.pieces) <= _FEW or raw.lists:
        return dict.fromkeys(raw.names, Column(True, True, raw.is_ascii))
    flags = [
        function("bool_or", test)
        for name in raw.names
        for test in _tests(column(internal[name]), raw.is_ascii)
    ]
    values = [bool(value) for value in table.aggregate(flags).fetchall()[0]]
    return {
        name: Column(values[i], values[i + 1], not values[i + 2])
        for name, i in zip(raw.names, range(0, len(values), 3), strict=True)
    }


def _tests(cell: Expression, is_ascii: bool) -> tuple[Expression, Expression, Expression]:
    """Has white space at an edge; is empty; is not ASCII. Comparisons and suffixes cost next to nothing."""
    edges = cell < constant("!")
    for mark in " \t\n\r\v\f":
        edges = edges | function("suffix", cell, constant(mark))
    if is_ascii:
        return edges, cell == constant(""), constant(False)
    wide = function("strlen", cell) != function("length", cell)
    for mark in "\u00a0\u2007\u202f\u3000\ufeff":
        wide_edge = function("prefix", cell, constant(mark)) | function("suffix", cell, constant(mark))
        edges = edges | (wide & wide_edge)
    return edges, cell == constant(""), wide


def _cell(name: str, seen: Column, spec: SourceSpec, is_list: bool) -> Expression:
    """The expression that normalises one column; the column itself when nothing is to be done."""
    cell = column(name)
    if is_list:
        return _clean_list(cell, spec.trim)
    if spec.trim and seen.has_edges:
        cell = function("trim", cell, constant(WHITE))
    if not seen.is_ascii:
        cell = function("nfc_normalize", cell)
    for text in spec.null:
        cell = function("nullif", cell, constant(text))
    if seen.has_empty or (spec.trim and seen.has_edges):
        cell = function("nullif", cell, constant(""))
    return cell


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
    connection: Connection, table: Relation, spec: SourceSpec, internal: Mapping[str, str]
) -> int:
    """Keep the text as written of each cell NFC changes, in the table `originals`."""
    if not internal:
        return 0
    differs = {name: function("nfc_normalize", column(own)) != column(own) for name, own in internal.items()}
    counts = table.aggregate([function("count_if", test) for test in differs.values()]).fetchall()[0]
    for name, count in zip(internal, counts, strict=True):
        if count:
            cells = table.filter(differs[name]).project(
                constant(spec.name).alias("source"),
                column(RECORD).alias("record"),
                constant(name).alias("name"),
                column(internal[name]).alias("original"),
            )
            _append(connection, cells, "originals")
    return sum(count or 0 for count in counts)


def _append(connection: Connection, rows: Relation, table: str) -> None:
    exists = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [table]).fetchall()
    if exists:
        rows.insert_into(table)
    else:
        rows.create(table)
