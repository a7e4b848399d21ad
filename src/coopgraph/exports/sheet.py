"""A table as a page shows it, checked before any file is made of it.

In: plain values (title, columns, rows), as a page sends them. Out: a `Sheet`, or every fault at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any, Final

from coopgraph.errors import Fault, ProjectionError
from coopgraph.network.faults import fault
from coopgraph.views.drawing import clean

TYPES: Final = ("text", "number", "date", "iri")
MOST_ROWS: Final = 200_000
LONGEST: Final = 32_767  # characters that a cell of a spreadsheet holds
Value = str | int | float | date | None
_FORMULA: Final = tuple("=+-@\t\r＝＋－＠")
_NUMBER: Final = re.compile(r"[-+]?\d+([.,]\d+)*\s?%?")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Column:
    """A column: its heading, and what its cells hold."""

    name: str
    type: str = "text"


@dataclass(frozen=True)
class Sheet:
    """Rows of as many cells as there are columns; None is an empty cell."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def sheet_from(body: Mapping[str, Any]) -> Sheet:
    """Return the table of a request; raises ProjectionError with what is wrong in it.

    >>> sheet_from({"title": "Cities", "columns": ["City", {"name": "Since", "type": "date"}],
    ...             "rows": [["Lima", "1982-10-12"]]}).rows
    (('Lima', datetime.date(1982, 10, 12)),)
    """
    wrong = list(_faults(body))
    if wrong:
        raise ProjectionError("No file can be made of this table.", faults=wrong[:20])
    columns = tuple(map(_column, body["columns"]))
    rows = tuple(
        tuple(_value(cell, column.type) for cell, column in zip(row, columns, strict=True))
        for row in body["rows"]
    )
    return Sheet(clean(body.get("title") or "", 300), columns, rows)


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe goes before what might be one.

    >>> harmless("=1+1"), harmless("-5"), harmless("- quote")
    ("'=1+1", '-5', "'- quote")
    """
    starts = text.lstrip(" ").startswith(_FORMULA)
    return f"'{text}" if starts and not _NUMBER.fullmatch(text) else text


def _faults(body: Mapping[str, Any]) -> Iterator[Fault]:
    columns, rows = body.get("columns"), body.get("rows")
    if not isinstance(columns, list) or not columns or not all(map(_is_column, columns)):
        yield fault(
            "'columns' is no list of headings.",
            f"Give texts, or objects with name and type ({', '.join(TYPES)}).",
        )
        return
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        yield fault("'rows' is no list of rows.", f"Give a list of at most {MOST_ROWS:,}.")
        return
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, list) or len(row) != len(columns):
            yield fault(
                f"Row {number} has not {len(columns)} cells.",
                "Give each column a cell, null where it is empty.",
            )
        elif not all(map(_is_cell, row)):
            yield fault(
                f"Row {number} holds what is no text, number or null.", "Write lists and objects as text."
            )


def _is_column(column: Any) -> bool:
    if isinstance(column, dict):
        return isinstance(column.get("name"), str) and column.get("type", "text") in TYPES
    return isinstance(column, str)


def _is_cell(cell: Any) -> bool:
    return cell is None or isinstance(cell, str | int) or (isinstance(cell, float) and isfinite(cell))


def _column(column: Any) -> Column:
    told = column if isinstance(column, dict) else {"name": column}
    return Column(clean(told["name"], 300), told.get("type", "text"))


def _value(cell: Any, kind: str) -> Value:
    """Return a cell as what it is: whole days are dates, texts are without control characters."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if not isinstance(cell, str):
        number: Value = cell
        return number
    if kind == "date" and _DAY.fullmatch(cell):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            return clean(cell, LONGEST)
    return clean(cell, LONGEST)
