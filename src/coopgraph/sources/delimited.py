"""CSV and TSV files to raw records.

In: a source of kind csv or tsv. Out: its raw table and where each record stands. DuckDB reads UTF-8 files
on all cores and in flat memory; whatever it refuses is read again by Python's parser, which either says
what is wrong, line by line, or finds nothing wrong (mixed line ends) and its rows are taken.
Standard: RFC 4180.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from coopgraph.columns.duck import Connection, DuckError
from coopgraph.errors import Fault, SourceError
from coopgraph.sources import delimited_text
from coopgraph.sources.bytes_read import Bytes, look_at
from coopgraph.sources.delimited_text import LONGEST_CELL, Dialect, Row, lines_of, rows, wrong_delimiter
from coopgraph.sources.encodings import bom_fault, decoding_faults, misread_utf8
from coopgraph.sources.header import header_faults, header_names
from coopgraph.sources.loading import insert_relation, insert_rows, internal_names
from coopgraph.sources.raw import Raw
from coopgraph.sources.records import Piece
from coopgraph.sources.room import enough_room
from coopgraph.sources.source_spec import SourceSpec


@dataclass
class _Opened:
    """One file with its header read and found sound."""

    path: Path
    seen: Bytes
    names: list[str]
    warnings: list[Fault] = field(default_factory=list)


def read_delimited(spec: SourceSpec, connection: Connection) -> Raw:
    """Load every file of a source into its raw table, in order."""
    dialect = Dialect(spec.encoding, spec.delimiter, header=not spec.header, skip=spec.skip)
    opened = _open_all(spec, dialect)
    names = opened[0].names
    pieces: list[Piece] = []
    for file in opened:
        first = 1 + sum(piece.count for piece in pieces)
        count = _load(file, spec, dialect, names, first, connection)
        row = 1 + dialect.skip + int(dialect.header)
        plain = file.seen.lines == row + count - 1
        lines = partial(_next_lines, row) if plain else partial(lines_of, file.path, dialect)
        pieces.append(Piece(file.path.name, file.path, file.seen.sha256, first, count, row, lines))
    seen = [file.seen for file in opened]
    return Raw(
        names=tuple(names),
        pieces=tuple(pieces),
        is_ascii=all(look.is_ascii for look in seen) and not dialect.encoding.startswith("utf-16"),
        has_controls=any(look.has_controls for look in seen),
        faults=tuple(fault for file in opened for fault in file.warnings),
    )


def _open_all(spec: SourceSpec, dialect: Dialect) -> list[_Opened]:
    faults: list[Fault] = []
    opened: list[_Opened] = []
    for path in spec.files:
        try:
            opened.append(_open(path, dialect, spec.header))
        except SourceError as error:
            faults += error.faults_of(path.name)
    faults += _unlike(opened)
    if faults:
        raise SourceError(f"The source '{spec.name}' cannot be read.", faults=faults)
    return opened


def _open(path: Path, dialect: Dialect, declared: tuple[str, ...]) -> _Opened:
    seen = look_at(path)
    if not seen.size:
        fix = "Put a header in its first line." if dialect.header else "Put a row in it, or leave it out."
        raise _refused(path, [Fault(path.name, None, None, "is empty.", fix)])
    if fault := bom_fault(path, seen, dialect.encoding):
        raise _refused(path, [fault])
    first = delimited_text.first_row(path, dialect)
    if first is None:
        blank = Fault(path.name, None, None, "has only blank lines.", "Put a header in its first line.")
        raise _refused(path, delimited_text.faults(path, dialect) or [blank])
    if len(declared) != len(first.cells):
        if fault := wrong_delimiter(path, first.cells, dialect.delimiter):
            raise _refused(path, [fault])
        if declared:
            raise _refused(path, [_other_width(path, first, declared)])
    names = header_names(declared or first.cells)
    if "\ufffd" in "".join(names) and (undecoded := decoding_faults(path, dialect.encoding, most=1000)):
        raise _refused(path, undecoded)
    if faults := header_faults(path.name, first.line, names):
        raise _refused(path, faults)
    warning = misread_utf8(path, seen, dialect.encoding)
    return _Opened(path, seen, names, [warning] if warning else [])


def _other_width(path: Path, first: Row, declared: tuple[str, ...]) -> Fault:
    what = (
        f"the row has {len(first.cells)} cells, and 'header' in coopgraph.toml names {len(declared)} columns."
    )
    return Fault(path.name, first.line, None, what, "Name every column, in the order of the file.")


def _unlike(opened: Sequence[_Opened]) -> list[Fault]:
    """Files of one source must have the same columns; their order may differ."""
    faults = []
    for file in opened[1:]:
        first = opened[0]
        missing = sorted(set(first.names) - set(file.names))
        extra = sorted(set(file.names) - set(first.names))
        if missing or extra:
            what = f"has other columns than {first.path.name}:"
            lacks = f" no {', '.join(missing)};" if missing else ""
            adds = f" also {', '.join(extra)};" if extra else ""
            words = (what + lacks + adds).rstrip(";") + "."
            faults.append(Fault(file.path.name, 1, None, words, "Make it a source of its own."))
    return faults


def _load(
    file: _Opened,
    spec: SourceSpec,
    dialect: Dialect,
    names: Sequence[str],
    first: int,
    connection: Connection,
) -> int:
    """Append one file to the raw table, by DuckDB where it can."""
    plain = (
        dialect.encoding in ("utf-8", "utf-8-sig", "ascii") and not dialect.skip
    )  # DuckDB counts otherwise
    if plain and not any(c in str(file.path) for c in "*?["):
        try:
            with enough_room(file.path.name):
                return _by_duckdb(file, spec, dialect, names, first, connection)
        except DuckError:
            pass  # not regular CSV: Python's parser says why, or reads it
    faults = delimited_text.faults(file.path, dialect)
    if faults:
        raise _refused(file.path, faults)
    order = [file.names.index(name) for name in names]
    found = ([row.cells[i] or None for i in order] for row in _data_rows(file.path, dialect))
    return insert_rows(connection, spec.name, found, first=first, lists=[False] * len(names))


def _by_duckdb(
    file: _Opened,
    spec: SourceSpec,
    dialect: Dialect,
    names: Sequence[str],
    first: int,
    connection: Connection,
) -> int:
    internal = internal_names(len(names))
    content = connection.read_csv(
        str(file.path.resolve()),
        header=dialect.header,
        auto_detect=False,
        strict_mode=True,
        compression="none",  # packed files are unpacked already, and keep their name
        delimiter=dialect.delimiter,
        quotechar='"',
        escapechar='"',
        max_line_size=LONGEST_CELL,
        columns=dict.fromkeys(internal, "VARCHAR"),
    )
    order = [internal[file.names.index(name)] for name in names]
    return insert_relation(connection, spec.name, content, order, first=first)


def _data_rows(path: Path, dialect: Dialect) -> Iterator[Row]:
    found = rows(path, dialect)
    if dialect.header:
        next(found, None)
    return (row for row in found if isinstance(row, Row))


def _next_lines(row: int, positions: Iterable[int]) -> dict[int, int]:
    """The lines of records when each is one line long and a header too."""
    return {position: position + row for position in positions}


def _refused(path: Path, faults: Sequence[Fault]) -> SourceError:
    return SourceError(f"{path.name} cannot be read.", faults=faults)
