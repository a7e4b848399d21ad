"""Cells rewritten as a mapping expects them: ISO dates, plain numbers.

In: a column and how its cells are written. Out: an expression that rewrites the cells that are written so,
and leaves every other as it is, so that what does not fit is told with its own text.
Standard: ISO 8601.
"""

from __future__ import annotations

import re
from typing import Final

from coopgraph.columns.duck import Expression, case, constant, function
from coopgraph.sources.cell_formats import CellFormat

_TIME: Final = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_THIN: Final = " \u00a0\u2009\u202f"  # what a space between thousands may be


def rewritten(cell: Expression, form: CellFormat) -> Expression:
    """The expression that rewrites a trimmed cell."""
    if form.unit:
        cell = _without_unit(cell, form.unit)
    if form.thousands:
        cell = _without_thousands(cell, form.thousands, form.decimal)
    return _iso(cell, form.date) if form.date else cell


def _without_unit(cell: Expression, unit: str) -> Expression:
    mark = re.escape(unit)
    pattern = rf"^(?:{mark})?\s*([+-]?\d[\d.,'{_THIN}]*?)\s*(?:{mark})?$"
    return function("regexp_replace", cell, constant(pattern), constant(r"\1"))


def _without_thousands(cell: Expression, thousands: str, decimal: str) -> Expression:
    mark = f"[{_THIN}]" if thousands == " " else re.escape(thousands)
    shape = rf"[+-]?\d{{1,3}}(?:{mark}\d{{3}})+(?:{re.escape(decimal)}\d+)?"
    bare = function("regexp_replace", cell, constant(mark), constant(""), constant("g"))
    return case(function("regexp_full_match", cell, constant(shape)), bare).otherwise(cell)


def _iso(cell: Expression, date: str) -> Expression:
    """31/5/2017, 31.5.2017 or 31-5-2017, with or without a time, and 5/2017; what is no day stays."""
    day, month = (1, 2) if date.startswith("dd") else (2, 1)
    whole = rf"^(\d{{1,2}})[/.\-](\d{{1,2}})[/.\-](\d{{4}}){_TIME}$"
    found = function("regexp_replace", cell, constant(whole), constant(rf"\3-0\{month}-0\{day}"))
    found = function("regexp_replace", found, constant(r"^(0?[1-9]|1[0-2])[/.](\d{4})$"), constant(r"\2-0\1"))
    found = function("regexp_replace", found, constant(r"^(\d{4})-0(\d\d)"), constant(r"\1-\2"))
    found = function("regexp_replace", found, constant(r"^(\d{4}-\d\d)-0(\d\d)$"), constant(r"\1-\2"))
    is_day = function("try_strptime", found, constant("%Y-%m-%d")).isnotnull()
    rewritten = function("regexp_full_match", cell, constant(whole))
    return case(rewritten & ~is_day, cell).otherwise(found)
