"""Dates as IATI takes them: days. A month or a year is none, unless the user asks for its first or last day.

In: a date as a source states it. Out: a `Day`, or None. Standard: xsd:date.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass


@dataclass(frozen=True)
class Day:
    """A day; `said` is what the source states where that is less than a day."""

    iso: str
    said: str = ""


def day(text: str, *, last: bool, partial: str) -> Day | None:
    """Return the day of a date; of a month or a year its first or last day, where that is wanted, and said.

    >>> day("2017-05", last=True, partial="leave-out") is None
    True
    >>> day("2017-05", last=True, partial="first-and-last-day")
    Day(iso='2017-05-31', said='2017-05 as stated; its last day is written because IATI requires a day')
    """
    if len(text) == 10:
        return Day(text)
    if partial == "leave-out":
        return None
    which = "last" if last else "first"
    said = f"{text} as stated; its {which} day is written because IATI requires a day"
    return Day(last_possible(text) if last else first_possible(text), said)


def first_possible(text: str) -> str:
    """Return the first day a date can mean.

    >>> first_possible("2017")
    '2017-01-01'
    """
    return text + "-01-01"[len(text) - 10 :] if len(text) < 10 else text


def last_possible(text: str) -> str:
    """Return the last day a date can mean.

    >>> last_possible("2016-02"), last_possible("2017")
    ('2016-02-29', '2017-12-31')
    """
    if len(text) == 4:
        return f"{text}-12-31"
    return f"{text}-{monthrange(int(text[:4]), int(text[5:]))[1]}" if len(text) == 7 else text
