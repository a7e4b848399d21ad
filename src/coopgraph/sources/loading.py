"""Rows into the raw table of a source, numbered in the order of the file.

In: rows of texts from a reader written in Python, or a file DuckDB can read itself. Out: a table `raw NAME` with `_record`
from 1 and one VARCHAR column (or VARCHAR[] for lists) for each column of the header, under names of our own: a header's
words never become an identifier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

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
    """Append rows, numbered from `first`, and return how many there were."""
    kinds = [pa.int64(), *(pa.list_(pa.string()) if is_list else pa.string() for is_list in lists)]
    names = [RECORD, *internal_names(len(lists))]
    count = 0
    for batch in _batches(iter(rows)):
        numbered = [range(first + count, first + count + len(batch)), *zip(*batch, strict=True)]
        cells = [pa.array(values, kind) for values, kind in zip(numbered, kinds, strict=True)]
        _append(connection, source, connection.from_arrow(pa.table(cells, names=names)), first + count)
        count += len(batch)
    if not count:
        empty = pa.schema(list(zip(names, kinds, strict=True))).empty_table()
        _append(connection, source, connection.from_arrow(empty), first)
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


def _batches(rows: Iterator[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        yield batch
