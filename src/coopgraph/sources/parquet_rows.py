"""Parquet files to raw records: typed values as the texts a CSV file would have.

In: a source of kind parquet. Out: its raw table; lists of plain values are list columns. What has no text of
that sort (nested objects, bytes) is told and left out.
Standard: Apache Parquet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.columns.duck import Connection
from coopgraph.columns.parquet import Damaged, batches, opened
from coopgraph.columns.typed_text import has_text, is_list, texts
from coopgraph.errors import Fault, SourceError
from coopgraph.sources.bytes_read import look_at, reading
from coopgraph.sources.header import header_faults, header_names
from coopgraph.sources.loading import insert_columns, insert_rows
from coopgraph.sources.raw import Raw
from coopgraph.sources.records import Piece
from coopgraph.sources.source_spec import SourceSpec
from coopgraph.sources.workbook import MOST_RATIO, refused

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

MOST_CELLS: Final = 100_000_000


@dataclass(frozen=True)
class _File:
    """One file with its columns found sound: their own names, what we call them, which are lists."""

    path: Path
    sha256: str
    own: tuple[str, ...]
    names: tuple[str, ...]
    lists: frozenset[str]
    warnings: tuple[Fault, ...]


def read_parquet(spec: SourceSpec, connection: Connection) -> Raw:
    """Load every file of a source into its raw table, in order."""
    files: list[_File] = []
    faults: list[Fault] = []
    for path in spec.files:
        try:
            files.append(_look(path))
        except SourceError as error:
            faults += error.faults_of(path.name)
    if faults := faults + _unlike(files):
        raise SourceError(f"The source '{spec.name}' cannot be read.", faults=faults)
    pieces: list[Piece] = []
    for file in files:
        first = 1 + sum(piece.count for piece in pieces)
        count = _load(file, files[0], spec, first, connection)
        pieces.append(Piece(file.path.name, file.path, file.sha256, first, count, 1, _from_one))
    return Raw(
        names=files[0].names,
        pieces=tuple(pieces),
        is_ascii=False,
        has_controls=True,
        faults=tuple(fault for file in files for fault in file.warnings),
        lists=files[0].lists,
    )


def _from_one(positions: Iterable[int]) -> dict[int, int]:
    """Rows of such a file have no line; they are counted from 1."""
    return {position: position + 1 for position in positions}


def _look(path: Path) -> _File:
    seen = look_at(path)
    with _damage_as_words(path), opened(path) as file:
        _refuse_bombs(path, file, seen.size)
        schema = file.schema_arrow
        plain = [field for field in schema if has_text(field.type)]
        names = header_names([field.name for field in plain])
        faults = header_faults(path.name, 1, names)
        if not plain:
            what = "has no column of plain values."
            faults.append(Fault(path.name, None, None, what, "Write it again with one value in each cell."))
        if faults:
            raise SourceError(f"{path.name} cannot be read.", faults=faults)
        warnings = tuple(_left_out(path, field) for field in schema if not has_text(field.type))
        lists = frozenset(name for name, field in zip(names, plain, strict=True) if is_list(field.type))
        return _File(path, seen.sha256, tuple(field.name for field in plain), tuple(names), lists, warnings)


def _left_out(path: Path, field: pa.Field[pa.DataType]) -> Fault:
    what = f"the column '{field.name}' holds {str(field.type)[:60]}, which is no plain value: it is not read."
    return Fault(path.name, None, None, what, "Write it as text if it is needed.", "warning")


def _refuse_bombs(path: Path, file: pq.ParquetFile, size: int) -> None:
    """A few kilobytes of repeated values can unfold to more cells than fit anywhere."""
    cells = file.metadata.num_rows * max(1, file.metadata.num_columns)
    if file.metadata.num_rows < 0 or (cells > MOST_CELLS and cells > MOST_RATIO * size):
        what = f"would unfold to {cells:,} cells, from {size:,} bytes."
        raise refused(path, what, "If it is really that large, split it into several files.")


def _unlike(files: Sequence[_File]) -> list[Fault]:
    what = f"has other columns than {files[0].path.name}." if files else ""
    return [
        Fault(file.path.name, None, None, what, "Make it a source of its own.")
        for file in files[1:]
        if set(file.names) != set(files[0].names) or file.lists != files[0].lists
    ]


def _load(file: _File, like: _File, spec: SourceSpec, first: int, connection: Connection) -> int:
    """Append the rows of a file, its columns in the order of the first file's."""
    order = [file.names.index(name) for name in like.names]
    count = 0
    with _damage_as_words(file.path), opened(file.path) as content:
        for batch in batches(content, list(file.own)):
            cells = [texts(batch.column(file.own[i])) for i in order]
            count += insert_columns(connection, spec.name, cells, first=first + count)
    if not count:
        insert_rows(connection, spec.name, (), first=first, lists=[name in like.lists for name in like.names])
    return count


@contextmanager
def _damage_as_words(path: Path) -> Iterator[None]:
    with reading(path):
        try:
            yield
        except Damaged as error:
            what = f"is not a whole Parquet file: {error}."
            raise refused(path, what, "Write it again, or save it as CSV.") from error
