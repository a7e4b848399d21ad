"""The text of a spreadsheet's cell: what was meant, without noise and without more than was said.

In: a cell of openpyxl. Out: text, or None when empty: numbers as written (0.1, not 0.1000000000000000055),
dates as ISO 8601 with the precision their format shows.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

_LEAP_BUG: Final = date(1900, 2, 28)
_NOT_FORMAT: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


class CellRefused(ValueError):
    """A cell has no text that could be taken."""

    def __init__(self, what: str, fix: str, *, is_unknown: bool = False) -> None:
        super().__init__(what)
        self.is_unknown = is_unknown  # the cell says nothing, and is read as empty
        self.what, self.fix = what, fix


def cell_text(cell: Any, stored: Any) -> str | None:
    """Return the text of a cell; `stored` is the same cell with the value its formula had."""
    value = cell.value
    if value is None:
        return None
    if getattr(cell, "data_type", "") == "f":
        value = getattr(stored, "value", None)
        if value is None:
            raise CellRefused(
                f"holds a formula without a stored value ({_formula(cell.value)}).",
                "Open the workbook in Excel or LibreOffice and save it, or write the value.",
                is_unknown=True,
            )
        cell = stored
    if cell.data_type == "e":
        raise CellRefused(
            f"holds the error {value}.", "Correct the formula, or clear the cell.", is_unknown=True
        )
    return plain_text(value, getattr(cell, "number_format", "General"))


def plain_text(value: object, number_format: str = "General") -> str:
    """Return a value as text.

    >>> plain_text(1.1000000000000001), plain_text(2017.0), plain_text(True)
    ('1.1', '2017', 'true')
    >>> plain_text(datetime(2017, 5, 1), "mmm yyyy")
    '2017-05'
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime):
        return _moment(value, number_format)
    if isinstance(value, timedelta):
        return str(value)
    return value.isoformat() if isinstance(value, date | time) else str(value)


def number_text(value: float) -> str:
    """Return a number with the 15 digits a spreadsheet shows, never with an exponent.

    >>> number_text(0.1 + 0.2), number_text(1e21), number_text(-0.00001)
    ('0.3', '1000000000000000000000', '-0.00001')
    """
    return format(Decimal(format(value, ".15g")), "f")


def _moment(value: datetime, number_format: str) -> str:
    """A date as precise as its format shows it."""
    if value.date() == _LEAP_BUG:
        raise CellRefused(
            "is day 59 or 60 of Excel, whose 1900-02-29 never was.",
            "Format the cell as text and write the date.",
        )
    if value.time() != time():
        rounded = value + timedelta(microseconds=500_000)  # days as fractions are never exact to the second
        return rounded.replace(microsecond=0).isoformat()
    letters = _NOT_FORMAT.sub("", number_format.split(";")[0]).lower()
    if "d" in letters or "y" not in letters:
        return value.date().isoformat()
    return value.strftime("%Y-%m") if "m" in letters else value.strftime("%Y")


def _formula(value: object) -> str:
    text = str(getattr(value, "text", value))
    return text if len(text) <= 40 else text[:39] + "…"
