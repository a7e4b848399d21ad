"""Columns put beside each other by key: what the tables of a release are made with.

In: two-column tables (key, value) as queries give them. Out: one value, or one sorted list, for each of the
wanted keys, in their order. Nothing here depends on the order in which the store answers.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def taken(keys: pa.ChunkedArray, having: pa.Array, values: pa.Array) -> pa.Array:
    """The value of each key, null where it has none; `having` are distinct keys beside `values`."""
    import pyarrow.compute as pc

    return values.take(pc.index_in(keys.combine_chunks(), value_set=having))


def grouped(table: pa.Table) -> tuple[pa.Array, pa.Array]:
    """Distinct keys and, for each, the sorted list of its distinct values (columns 0 and 1 of the table).

    >>> import pyarrow as pa
    >>> keys, lists = grouped(pa.table({"k": ["b", "a", "b", "b"], "v": ["2", "1", "1", "2"]}))
    >>> lists.to_pylist()
    [['1'], ['1', '2']]
    """
    key, value = table.column_names[:2]
    once = table.select([key, value]).group_by([key, value]).aggregate([])
    ordered = once.sort_by([(key, "ascending"), (value, "ascending")])
    lists = ordered.group_by(key, use_threads=False).aggregate([(value, "list")])
    return lists[key].combine_chunks(), lists[f"{value}_list"].combine_chunks()


def list_column(keys: pa.ChunkedArray, table: pa.Table) -> pa.Array:
    """A sorted list of text for each key; an empty list where nothing is stated."""
    import pyarrow as pa
    import pyarrow.compute as pc

    having, lists = grouped(_as_text(table))
    found = taken(keys, having, lists)
    return pc.if_else(pc.is_valid(found), found, pa.scalar([], pa.list_(pa.string())))


def one_column(keys: pa.ChunkedArray, table: pa.Table, kind: pa.DataType | None = None) -> pa.Array:
    """One value of a type (text by default) for each key: the first in order where several are stated."""
    import pyarrow as pa

    key, value = table.column_names[:2]
    typed = pa.table({key: table[key], value: cast(table[value], kind or pa.string())})
    first = typed.group_by(key).aggregate([(value, "min")])
    return taken(keys, first[key].combine_chunks(), first[f"{value}_min"].combine_chunks())


def cast(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    """To a type of the table; decimals are rounded to its places, never cut."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if column.type.equals(kind):
        return column
    if pa.types.is_decimal(kind):
        if pa.types.is_decimal(column.type):
            return pc.round(column, ndigits=kind.scale).cast(kind, safe=False)
        if pa.types.is_string(column.type):  # numbers of several kinds: an Oxigraph decimal without a point
            return pc.round(column.cast(pa.decimal256(76, 38)), ndigits=kind.scale).cast(kind)
        # Arrow asks that the type, not the values, fit: an int64 may need 21 digits
        return column.cast(pa.decimal128(38, kind.scale)).cast(kind)
    if pa.types.is_floating(kind) and pa.types.is_decimal(column.type):
        return column.cast(pa.string()).cast(kind)  # straight from decimal it is off in the last digit
    if pa.types.is_string(kind) and pa.types.is_date(column.type):
        return pc.strftime(column, format="%Y-%m-%d")
    return column.cast(kind)


def _as_text(table: pa.Table) -> pa.Table:
    import pyarrow as pa

    return pa.table({name: cast(table[name], pa.string()) for name in table.column_names[:2]})


def date_column(keys: pa.ChunkedArray, table: pa.Table, *, latest: bool = False) -> tuple[pa.Array, pa.Array]:
    """For each key the date as stated, and the first day (or the last, if `latest`) it can mean.

    Of several dates the one with the earliest (latest) such day.
    """
    import pyarrow as pa

    key, value = table.column_names[:2]
    texts = cast(table[value], pa.string())
    days = mapped(texts, last_day if latest else first_day, pa.date32())
    way = "descending" if latest else "ascending"
    stated = pa.table({"key": table[key], "text": texts, "day": days})
    ordered = stated.sort_by([("key", "ascending"), ("day", way), ("text", way)])
    best = ordered.group_by("key", use_threads=False).aggregate([("text", "first"), ("day", "first")])
    having = best["key"].combine_chunks()
    return (
        taken(keys, having, best["text_first"].combine_chunks()),
        taken(keys, having, best["day_first"].combine_chunks()),
    )


def mapped(column: pa.ChunkedArray, change: Callable[[str], object], kind: pa.DataType) -> pa.ChunkedArray:
    """Apply a function once to each different text of a column."""
    import pyarrow as pa

    coded = column.combine_chunks().dictionary_encode()
    values = pa.array([change(text) for text in coded.dictionary.to_pylist()], kind)
    return pa.chunked_array([values.take(coded.indices)])


@cache
def first_day(text: str) -> date | None:
    """The first day a date as precise as stated can mean; None for what is no such date.

    >>> first_day("2016"), last_day("2016-02"), first_day("2016-05-31")
    (datetime.date(2016, 1, 1), datetime.date(2016, 2, 29), datetime.date(2016, 5, 31))
    """
    return _day(text, last=False)


@cache
def last_day(text: str) -> date | None:
    """The last day a date as precise as stated can mean; None for what is no such date."""
    return _day(text, last=True)


def _day(text: str, *, last: bool) -> date | None:
    parts = text[:10].removesuffix("Z").split("-")
    try:
        year, month, day = [int(part) for part in parts] + [0] * (3 - len(parts))
        month = month or (12 if last else 1)
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except ValueError:
        return None
