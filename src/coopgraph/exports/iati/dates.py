"""Dates as IATI takes them: days. A month or a year is none, unless the user asks for its first or last day.

In: a date as a source states it. Out: a `Day`, or None. Standard: xsd:date.
"""

from __future__ import annotations

from dataclasses import dataclass

from coopgraph.release.columns_of import first_day, last_day


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
    found = last_day(text) if last else first_day(text)
    if partial == "leave-out" or found is None:
        return None
    which = "last" if last else "first"
    said = f"{text} as stated; its {which} day is written because IATI requires a day"
    return Day(found.isoformat(), said)


def last_possible(text: str) -> str:
    """Return the last day a date can mean, and what is no date as it is.

    >>> last_possible("2016-02"), last_possible("2017"), last_possible("2016-13")
    ('2016-02-29', '2017-12-31', '2016-13')
    """
    found = last_day(text)
    return found.isoformat() if found else text
