"""The years of which a year book has something to tell, and how much.

In: the facts of a release. Out: counts by year, the same as the key figures of that year's book.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.yearbook.parts import undated
from coopgraph.yearbook.spells import Spell, year_of

if TYPE_CHECKING:
    from coopgraph.yearbook.facts import Facts

FIRST, LAST = 1000, 2999
COUNTED: Final = ("actions-within", "agreements-signed", "agreements-ended", "memberships-begun")


@dataclass(frozen=True)
class Years:
    """Years with the figures `COUNTED`, the last first, and how many things of each sort are in no year."""

    counts: tuple[tuple[int, tuple[int, ...]], ...]
    undated: dict[str, int]


def years_of(facts: Facts, now: str | None) -> Years:
    """Count what is dated in each year, up to the year the data speak of where they say it."""
    last = year_of(now) or LAST
    counters = (
        Counter(year for one in facts.actions for year in _within(one.spell)),
        Counter(one.year for one in facts.agreements),
        Counter(one.spell.last for one in facts.agreements),
        Counter(year_of(row["since"]) for row in facts.memberships),
    )
    known = sorted(_years(counters, last), reverse=True)
    counts = tuple((year, tuple(counter[year] for counter in counters)) for year in known)
    return Years(counts, undated(facts))


def _years(counters: Iterable[Counter[int] | Counter[int | None]], last: int) -> set[int]:
    return {
        year
        for counter in counters
        for year in counter
        if year is not None and FIRST <= year <= min(last, LAST)
    }


def _within(spell: Spell) -> range:
    """Return the years a spell is within.

    >>> _within(Spell("2016", "2018-05")), _within(Spell(None, "2017")), len(_within(Spell()))
    (range(2016, 2019), range(2017, 2018), 0)
    """
    first = spell.last if spell.first is None else spell.first
    last = spell.first if spell.last is None else spell.last
    return range(0) if first is None or last is None else range(max(first, FIRST), min(last, LAST) + 1)
