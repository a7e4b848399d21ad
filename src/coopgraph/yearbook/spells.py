"""Which year a thing is in, by the dates its sources state, and by nothing else.

In: dates as stated (2016, 2013-05, 2017-05-31). Out: `Spell`. What has no date is in no year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Spell:
    """When something began and ended, as stated; None where it is not."""

    start: str | None = None
    end: str | None = None

    @property
    def first(self) -> int | None:
        """The year it began in."""
        return year_of(self.start)

    @property
    def last(self) -> int | None:
        """The year it ended in."""
        return year_of(self.end)

    @property
    def undated(self) -> bool:
        """Whether nothing says when it was."""
        return self.first is None and self.last is None

    def within(self, year: int) -> bool:
        """Whether stated dates put it into a year; without one end, only the year of the other counts.

        >>> [Spell("2016", "2018-05").within(year) for year in (2015, 2016, 2017, 2019)]
        [False, True, True, False]
        >>> Spell("2016").within(2017), Spell(None, "2017").within(2017), Spell().within(2017)
        (False, True, False)
        """
        first = self.last if self.first is None else self.first
        last = self.first if self.last is None else self.last
        return first is not None and last is not None and first <= year <= last

    def open_before(self, year: int) -> bool:
        """Whether it began before a year and nothing says when it ended: nobody knows if it went on.

        >>> Spell("2016").open_before(2017), Spell("2016", "2016").open_before(2017)
        (True, False)
        """
        return self.first is not None and self.last is None and self.first < year

    def by_end_of(self, year: int) -> bool:
        """Whether it is known to have begun by the end of a year."""
        first = self.last if self.first is None else self.first
        return first is not None and first <= year


def year_of(date: str | None) -> int | None:
    """Return the year of a date as stated.

    >>> year_of("2017-05"), year_of("soon"), year_of(None)
    (2017, None, None)
    """
    found = re.match(r"-?\d{4}(?!\d)", date or "")
    return int(found[0]) if found else None


def spell_of(dates: Iterable[tuple[str | None, str | None]]) -> Spell:
    """Return the longest spell of several statements of one thing.

    >>> spell_of([("2017", None), ("2016-05", "2018"), (None, None)])
    Spell(start='2016-05', end='2018')
    """
    starts, ends = zip(*dates, strict=True)
    return Spell(min(filter(None, starts), default=None), max(filter(None, ends), default=None))


def names_year(period: str | None, year: int) -> bool:
    """Tell whether a period in a source's words names a year, or years on both sides of it.

    >>> [names_year(text, 2017) for text in ("during this period (2017)", "2016/2018", "2015-2016", None)]
    [True, True, False, False]
    """
    years = [int(found) for found in re.findall(r"(?<!\d)\d{4}(?!\d)", period or "")]
    return bool(years) and min(years) <= year <= max(years)
