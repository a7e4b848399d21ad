"""Rows into the raw table of a source, numbered in the order of the file.

In: rows of texts from a reader written in Python, or a file DuckDB can read itself. Out: a table `raw NAME`
with `_record` from 1 and one VARCHAR column (or VARCHAR[] for lists) for each column of the header, under
names of our own: a header's words never become an identifier.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice

import pyarrow as pa

from coopgraph.columns.duck import Connection, Relation, column, constant, function
from coopgraph.sources.records import RECORD

_ROWS_AT_ONCE = 20_000

Cell = str | list[str] | None


def raw_table(source: str) -> str:
    return f"raw {source}"


def internal_names(count: int) -> list[str]:
    return [f"c{number}" for number in range(count)]


def insert_rows(
    connection: Connection, source: str, rows: Iterable[Sequence[Cell]], *, first: int, lists: Sequence[bool]
) -> int:
    """Append rows, numbered from `first`, and return how many there were; an empty cell may be None or ""."""
    names = [RECORD, *internal_names(len(lists))]
    count = 0
    for batch in _batches(iter(rows)):
        numbers = range(first + count, first + count + len(batch))
        cells = [
            _column(values, is_list) for values, is_list in zip(zip(*batch, strict=True), lists, strict=True)
        ]
        table = pa.Table.from_arrays([_numbers(numbers), *cells], names=names)
        _append(connection, source, connection.from_arrow(table), first + count)
        count += len(batch)
    if not count:
        empty = [_numbers(()), *(_column((), is_list) for is_list in lists)]
        _append(connection, source, connection.from_arrow(pa.Table.from_arrays(empty, names=names)), first)
    return count


def insert_columns(connection: Connection, source: str, columns: Sequence[pa.Array], *, first: int) -> int:
    """Append columns of texts, or of lists of texts, of one length, and return that."""
    count = len(columns[0])
    names = [RECORD, *internal_names(len(columns))]
    table = pa.Table.from_arrays([_numbers(range(first, first + count)), *columns], names=names)
    _append(connection, source, connection.from_arrow(table), first)
    return count


def insert_relation(
    connection: Connection, source: str, rows: Relation, order: Sequence[str], *, first: int
) -> int:
    """Append what DuckDB reads itself, in its order; `order` names its columns as the raw table has them."""
    number = (function("row_number").over() + constant(first - 1)).cast("BIGINT").alias(RECORD)
    names = internal_names(len(order))
    cells = (column(own).alias(name) for own, name in zip(order, names, strict=True))
    _append(connection, source, rows.project(number, *cells), first)
    counted = connection.table(f'"{raw_table(source)}"').aggregate([function("count", column(RECORD))])
    return int(counted.fetchall()[0][0]) - (first - 1)


def _append(connection: Connection, source: str, rows: Relation, first: int) -> None:
    """The first rows of a source make its table."""
    target = f'"{raw_table(source)}"'
    if first == 1:
        connection.execute(f"DROP TABLE IF EXISTS {target}")  # a file before this one had a header only
        rows.create(target)
    else:
        rows.insert_into(target)


def text_array(values: Iterable[str | None]) -> pa.Array:
    """Make an Arrow array of texts, None as "".

    By its buffers: `pyarrow.array` imports pandas wherever that is installed, which takes a second.

    >>> text_array(["La Paz", None, "Panamá"]).to_pylist()
    ['La Paz', '', 'Panamá']
    """
    texts = [value or "" for value in values]
    content = "".join(texts).encode()
    offsets = array("q", accumulate(map(len, texts), initial=0))
    if len(content) != offsets[-1]:  # some letter takes more than one byte
        offsets = array("q", accumulate((len(text.encode()) for text in texts), initial=0))
    return pa.LargeStringArray.from_buffers(
        len(texts), pa.py_buffer(offsets.tobytes()), pa.py_buffer(content)
    )


def _column(values: Sequence[Cell], is_list: bool) -> pa.Array:
    if not is_list:
        return text_array([value if isinstance(value, str) else None for value in values])
    parts = [value if isinstance(value, list) else [] for value in values]
    offsets = array("q", accumulate(map(len, parts), initial=0))
    ends = pa.Array.from_buffers(pa.int64(), len(offsets), [None, pa.py_buffer(offsets.tobytes())])
    return pa.LargeListArray.from_arrays(ends, text_array([part for value in parts for part in value]))


def _numbers(values: Iterable[int]) -> pa.Array:
    content = array("q", values)
    return pa.Array.from_buffers(pa.int64(), len(content), [None, pa.py_buffer(content.tobytes())])


def _batches(rows: Iterator[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        yield batch
