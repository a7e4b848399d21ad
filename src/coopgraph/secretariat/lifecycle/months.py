"""Months counted back and forth, as people count them.

In: a day and a number of months. Out: the same day of another month, or its last day where it has none.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """Return the day that many months later, earlier if negative; days beyond the calendar are its ends.

    >>> months_after(date(2024, 1, 31), 1), months_after(date(2024, 2, 29), -12)
    (datetime.date(2024, 2, 29), datetime.date(2023, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(earlier: date, later: date) -> int:
    """Return the whole months from one day to a later one.

    >>> [months_between(date(2024, 1, 31), date(2024, 2, day)) for day in (28, 29)]
    [0, 1]
    """
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (months_after(earlier, months) > later)
