"""CSV and TSV with Python's own parser: the header, every fault with its line, and the lines of records.

In: a file, its encoding and delimiter. Out: rows with the physical line each starts on, or the faults.
DuckDB reads what is regular; this reads what it cannot (other encodings, mixed line ends) and says what is
wrong with the rest.
Standard: RFC 4180.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from coopgraph.errors import Fault
from coopgraph.sources.bytes_read import reading
from coopgraph.sources.encodings import decoding_faults

LONGEST_CELL: Final = 16 << 20
MOST_FAULTS: Final = 1000
_MARKS: Final = (";", "\t", "|", ",")


@dataclass(frozen=True)
class Dialect:
    """How a delimited file is written."""

    encoding: str
    delimiter: str
    header: bool = True
    skip: int = 0  # lines above the header


@dataclass(frozen=True)
class Row:
    line: int
    cells: list[str]


def rows(path: Path, dialect: Dialect, *, errors: str = "strict") -> Iterator[Row | Fault]:
    """Yield each row, a header first, or a fault where the quoting is broken; blank lines are skipped.

    A blank line of a file with one column is a row with an empty cell.
    """
    csv.field_size_limit(LONGEST_CELL)  # the module's own limit, 128 kB, is shorter than what DuckDB reads
    encoding = "utf-8-sig" if dialect.encoding == "utf-8" else dialect.encoding
    with reading(path), path.open(encoding=encoding, errors=errors, newline="") as stream:
        above = sum(1 for _ in islice(stream, dialect.skip))
        reader = csv.reader(stream, delimiter=dialect.delimiter, strict=True)
        line, width = above + 1, 0
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield _quoting(path, line, above + reader.line_num, str(error))
            else:
                width = width or len(cells)
                if cells or width == 1:
                    yield Row(line, cells or [""])
            line = above + reader.line_num + 1


def first_row(path: Path, dialect: Dialect) -> Row | None:
    """Return the first row of a file, its header where it has one, or None when it has no row."""
    first = next(rows(path, dialect, errors="replace"), None)
    return first if isinstance(first, Row) else None


def faults(path: Path, dialect: Dialect) -> list[Fault]:
    """Return everything that is wrong with a file, each with its physical line."""
    found = decoding_faults(path, dialect.encoding, most=MOST_FAULTS)
    width = 0
    for row in rows(path, dialect, errors="replace"):
        if len(found) >= MOST_FAULTS:
            break
        if isinstance(row, Fault):
            found.append(row)
            continue
        width = width or len(row.cells)
        if len(row.cells) != width:
            found.append(_ragged(path, row, width, "header" if dialect.header else "first row"))
    return sorted(found, key=lambda fault: fault.line or 0)


def lines_of(path: Path, dialect: Dialect, positions: Iterable[int]) -> dict[int, int]:
    """Return the physical line of some records, by their position after a header, from 0."""
    wanted = set(positions)
    found: dict[int, int] = {}
    for position, row in enumerate(rows(path, dialect, errors="replace"), -int(dialect.header)):
        if position in wanted and isinstance(row, Row):
            found[position] = row.line
            if len(found) == len(wanted):
                break
    return found


def wrong_delimiter(path: Path, cells: Sequence[str], delimiter: str) -> Fault | None:
    """A header of one column with another delimiter in it was surely written with that one."""
    if len(cells) > 1:
        return None
    counts = {mark: cells[0].count(mark) for mark in _MARKS if mark != delimiter}
    best = max(counts, key=lambda mark: counts[mark])
    if not counts[best]:
        return None
    shown = best.replace("\t", "\\t")
    what = f"has one column, '{shorten(cells[0])}', when read with the delimiter '{delimiter}'."
    return Fault(path.name, 1, None, what, f'Set delimiter = "{shown}" for this source.')


def shorten(text: str, most: int = 60) -> str:
    """Cut a long cell for an error.

    >>> shorten("a" * 100, 5)
    'aaaa…'
    """
    flat = text.replace("\r", " ").replace("\n", " ")
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def _ragged(path: Path, row: Row, width: int, first: str) -> Fault:
    count = len(row.cells)
    cells = "1 cell" if count == 1 else f"{count} cells"
    if count > width:
        fix = "A cell that holds the delimiter must stand in double quotes."
    else:
        fix = "Add the missing delimiters, or close the quote of a cell before."
    return Fault(path.name, row.line, None, f"the row has {cells}, the {first} has {width}.", fix)


def _quoting(path: Path, start: int, end: int, error: str) -> Fault:
    if "unexpected end of data" in error:
        what = "a double quote is opened in this row and never closed."
        return Fault(path.name, start, None, what, 'Close it; a double quote inside a cell is written "".')
    if "field larger" in error:
        return Fault(
            path.name, start, None, f"a cell is longer than {LONGEST_CELL:,} characters.", "Split it."
        )
    what = "there is text after a closing double quote."
    return Fault(path.name, max(start, end), None, what, 'A double quote inside a cell is written "".')
