"""Records: one source's rows as an all-text DuckDB table, and the way back to the file.

In: what a reader loaded. Out: a `Records` whose columns are found by the header's words and whose ordinals
lead back to a file and a physical line. Cells: NULL is empty; a list column holds VARCHAR[].
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coopgraph.columns.duck import Connection, Expression, Relation, column
from coopgraph.errors import Fault

RECORD = "_record"


@dataclass(frozen=True)
class Piece:
    """The records of one file: ordinals `first` to `first + count - 1`.

    `row` is the row of its first record as RFC 7111 counts (the header of a table is row 1). `lines` finds
    the physical lines of some of its records (by their position in the file, from 0).
    """

    title: str
    path: Path
    sha256: str
    first: int
    count: int
    row: int
    lines: Callable[[Iterable[int]], dict[int, int]]
    sheet: str | None = None
    line_column: str | None = None
    """The column of the records that holds the line, where a file has no rows to count."""
    within: str | None = None
    """The column that names what the line is of, where many things may stand on one line."""


@dataclass(frozen=True)
class Records:
    """The rows of one source. `columns` gives the table's own name for each column of the header, in
    order."""

    source: str
    table: str
    columns: Mapping[str, str]
    pieces: tuple[Piece, ...]
    lists: frozenset[str] = frozenset()
    decimals: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    changed: int = 0
    """Cells that were not NFC and were normalised; their text as written is in the table `originals`."""

    @property
    def count(self) -> int:
        return sum(piece.count for piece in self.pieces)

    @property
    def title(self) -> str:
        """The file's name, or how many files there are."""
        return self.pieces[0].title if len(self.pieces) == 1 else f"{len(self.pieces)} files"

    def relation(self, connection: Connection) -> Relation:
        return connection.table(f'"{self.table}"')

    def cell(self, name: str) -> Expression:
        """The column of a header word, as an expression."""
        return column(self.columns[name])

    def locate(self, ordinal: int) -> tuple[str, int]:
        """Return (file's name, physical line) of a record."""
        return self.locate_all([ordinal])[ordinal]

    def locate_all(self, ordinals: Iterable[int]) -> dict[int, tuple[str, int]]:
        """Return (file's name, physical line) of each record, reading each file at most once."""
        wanted = sorted(set(ordinals))
        found: dict[int, tuple[str, int]] = {}
        for piece in self.pieces:
            inside = [n - piece.first for n in wanted if piece.first <= n < piece.first + piece.count]
            if inside:
                lines = piece.lines(inside)
                found |= {n + piece.first: (piece.title, lines[n]) for n in inside}
        return found


def table_name(source: str) -> str:
    return f"source {source}"
