"""In which state an agreement is on a day, as far as its dates say: the one home of the rule.

In: the days its dates can mean. Out: a `Period`: the states it can be in, and between which days that holds.
Stored questions 21, 22 and 53 say the same in SPARQL.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Final

from coopgraph.release.columns_of import first_day, last_day

STATES: Final = (  # as the concept scheme names them, the surest first
    "in-force",
    "not-yet-in-force",
    "end-not-stated",
    "renewed",
    "replaced",
    "expired",
    "not-certain",
    "date-not-stated",
)
NOT_CERTAIN: Final = "not-certain"

Window = tuple[date, date]  # the first and the last day a date can mean


def window(stated: str) -> Window | None:
    """Return the first and the last day a date can mean.

    >>> [day.isoformat() for day in window("2013-02")]
    ['2013-02-01', '2013-02-28']
    """
    first, last = first_day(stated), last_day(stated)
    return (first, last) if first and last else None


@dataclass(frozen=True)
class Dates:
    """When an agreement begins and ends, and when those begin that renew or replace it; None: not stated."""

    begins: Window | None = None
    ends: Window | None = None
    renewed: tuple[Window | None, ...] = ()
    replaced: tuple[Window | None, ...] = ()


@dataclass(frozen=True)
class Period:
    """The states an agreement can be in from one day to another; None: from ever, for ever."""

    could_be: tuple[str, ...]
    since: date | None = None
    until: date | None = None

    @property
    def state(self) -> str:
        """Return the state, `not-certain` where there can be more than one."""
        return self.could_be[0] if len(self.could_be) == 1 else NOT_CERTAIN


def period_on(dates: Dates, day: date) -> Period:
    """Return what an agreement can be on a day, and between which days around it that is so.

    >>> sure = period_on(Dates(window("2016"), window("2019-06")), date(2018, 5, 1))
    >>> sure.state, sure.since.isoformat(), sure.until.isoformat()
    ('in-force', '2016-12-31', '2019-06-01')
    >>> period_on(Dates(window("2016"), window("2019-06")), date(2019, 6, 15)).could_be
    ('in-force', 'expired')
    """
    could_be = _possible(dates, day)
    since, until = None, None
    for turn in sorted(_turns(dates), reverse=True):
        if turn <= day and _possible(dates, turn - timedelta(1)) != could_be:
            since = turn
            break
    for turn in sorted(_turns(dates)):
        if turn > day and _possible(dates, turn) != could_be:
            until = turn - timedelta(1)
            break
    return Period(could_be, since, until)


def _turns(dates: Dates) -> set[date]:
    """The days on which something becomes possible or sure."""
    begun = [dates.begins, *dates.renewed, *dates.replaced]
    days = {day for each in begun if each for day in each}
    ended = dates.ends or ()
    return (days | {day + timedelta(1) for day in ended if day < date.max}) - {date.min}


def _possible(dates: Dates, day: date) -> tuple[str, ...]:
    if dates.begins is None and dates.ends is None:
        return ("date-not-stated",)
    ways = product(
        _has_begun(dates, day),
        _has_any_begun(dates.renewed, day),
        _has_any_begun(dates.replaced, day),
        _has_ended(dates.ends, day),
    )
    found = {_state(*way, stated=dates.ends is not None) for way in ways}
    return tuple(state for state in STATES if state in found)


def _state(begun: bool, renewed: bool, replaced: bool, ended: bool, *, stated: bool) -> str:
    if not begun:
        return "not-yet-in-force"
    if renewed:
        return "renewed"
    if replaced:
        return "replaced"
    if not stated:
        return "end-not-stated"
    return "expired" if ended else "in-force"


def _has_begun(dates: Dates, day: date) -> set[bool]:
    if dates.begins is None and dates.ends is not None and day > dates.ends[1]:
        return {True}  # what has ended had begun
    return _reached(dates.begins, day)


def _has_any_begun(others: Iterable[Window | None], day: date) -> set[bool]:
    reached = [_reached(other, day) for other in others]
    if {True} in reached:
        return {True}
    return set().union({False}, *reached)


def _reached(days: Window | None, day: date) -> set[bool]:
    if days is None:
        return {False, True}
    first, last = days
    return {True} if day >= last else {False} if day < first else {False, True}


def _has_ended(days: Window | None, day: date) -> set[bool]:
    """An agreement still holds on the day it ends."""
    if days is None:
        return {False}
    first, last = days
    return {True} if day > last else {False} if day <= first else {False, True}
