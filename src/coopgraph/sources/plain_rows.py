"""Rows of texts into the raw table of a source: all that a source kind of one's own has to know of reading.

In: a source, and a function that turns one of its files into names and rows. Out: its raw table.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from coopgraph.columns.duck import Connection
from coopgraph.errors import Fault, SourceError
from coopgraph.sources.bytes_read import look_at
from coopgraph.sources.header import header_faults, header_names
from coopgraph.sources.loading import insert_rows
from coopgraph.sources.raw import Raw
from coopgraph.sources.records import Piece
from coopgraph.sources.source_spec import SourceSpec

Rows = Iterable[tuple[int, Sequence[str | None]]]
ReadFile = Callable[[Path], tuple[Sequence[str], Rows]]


def read_rows(spec: SourceSpec, connection: Connection, read_file: ReadFile) -> Raw:
    """Read each file of a source by `read_file`: its path to column names, and rows of (line, cells).

    The line is the physical line of the file, from 1, that messages name. A cell is a text, or None where it
    is empty; each row has one for each column. `read_file` raises SourceError for what it cannot read; what
    is no UTF-8 is told here. Files of one source must have the same columns in the same order.
    """
    pieces: list[Piece] = []
    names: list[str] = []
    faults: list[Fault] = []
    first = 1
    for path in spec.files:
        try:
            seen = look_at(path)  # a missing or unreadable file is told here, in words
            found, rows = _read(path, read_file)
            names = names or found
            if found != names:
                what = f"has other columns than {spec.files[0].name}."
                raise _refused(path, None, what, "Make it a source of its own.")
            lines = array("q")
            cells = _counted(path, rows, len(names), lines)
            count = insert_rows(connection, spec.name, cells, first=first, lists=[False] * len(names))
        except UnicodeDecodeError as error:
            faults.append(Fault(path.name, None, None, f"is no UTF-8: {error.reason}.", "Save it as UTF-8."))
            continue
        except SourceError as error:
            faults += error.faults_of(path.name)
            continue
        pieces.append(Piece(path.name, path, seen.sha256, first, count, 1, _finder(lines)))
        first += count
    if faults:
        raise SourceError(f"The source '{spec.name}' cannot be read.", faults=faults)
    return Raw(tuple(names), tuple(pieces), is_ascii=False, has_controls=True)


def _read(path: Path, read_file: ReadFile) -> tuple[list[str], Rows]:
    own, rows = read_file(path)
    names = header_names(list(own))
    if wrong := header_faults(path.name, 1, names):
        raise SourceError(f"{path.name} cannot be read.", faults=wrong)
    return list(names), rows


def _counted(path: Path, rows: Rows, width: int, lines: array[int]) -> Iterator[Sequence[str | None]]:
    """Yield the cells of each row and note its line."""
    for line, cells in rows:
        if len(cells) != width or not all(isinstance(cell, str | None) for cell in cells):
            what = f"gives {len(cells)} cells where {width} texts are needed."
            raise _refused(path, line, what, "The plugin that reads it has to be mended.")
        lines.append(line)
        yield cells


def _finder(lines: array[int]) -> Callable[[Iterable[int]], dict[int, int]]:
    return lambda positions: {position: lines[position] for position in positions}


def _refused(path: Path, line: int | None, what: str, fix: str) -> SourceError:
    return SourceError(f"{path.name} cannot be read.", faults=[Fault(path.name, line, None, what, fix)])
