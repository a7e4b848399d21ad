"""Dates of Wikidata: a moment and how precise it is, as the date that is sure.

In: an xsd:dateTime (or a date, month or year) and Wikidata's precision, 11 a day, 10 a month, 9 a year. Out:
a W3CDTF date of that precision, never padded; empty for less than a year.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_DATE: Final = re.compile(r"\+?(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?Z?")
_DAY, _MONTH, _YEAR = 11, 10, 9


def stated_date(text: str, precision: str) -> str:
    """Return what is sure of a date.

    Without a precision the first of January may be a year alone, and the first of any month a month.

    >>> stated_date("1989-01-01T00:00:00Z", "9"), stated_date("1989-01-01T00:00:00Z", "11")
    ('1989', '1989-01-01')
    >>> stated_date("1989-01-01T00:00:00Z", ""), stated_date("1989-05-17T00:00:00Z", "")
    ('1989', '1989-05-17')
    >>> stated_date("1980-01-01T00:00:00Z", "8")
    ''
    """
    found = _DATE.fullmatch(text)
    if found is None or found[1] == "0000":
        return ""
    year, month, day = found.groups()
    sure = int(precision) if precision.isdecimal() else _sure(month, day)
    if sure < _YEAR:
        return ""
    if sure >= _DAY and month and day and _exists(f"{year}-{month}-{day}"):
        return f"{year}-{month}-{day}"
    return f"{year}-{month}" if sure >= _MONTH and month and "01" <= month <= "12" else year


def _sure(month: str | None, day: str | None) -> int:
    if day not in (None, "01", "00"):
        return _DAY
    return _MONTH if month not in (None, "01", "00") else _YEAR


def _exists(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
