"""Where an agreement's bar stands on an axis of years, in per cent of its width.

In: an agreement and a scale. Out: a `Bar`. A date as wide as a month or a year is drawn as wide as that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coopgraph.views.timeline.agreements import Agreement

FADE: Final = 7.0  # how far an end (or a beginning) nobody states fades away, in per cent of the axis
STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100)
MOST_TICKS: Final = 10

Part = tuple[float, float]  # where it begins, and how wide it is


@dataclass(frozen=True)
class Tick:
    """A year on the axis."""

    year: int
    at: float
    minor: bool  # left out where there is little room


@dataclass(frozen=True)
class Scale:
    """The years an axis spans, from 1 January of `first` up to 1 January of `last`."""

    first: int
    last: int

    def at(self, day: date) -> float:
        """Return where a day stands; days beyond the axis stand at its ends.

        >>> Scale(2000, 2010).at(date(2005, 1, 1))
        50.014
        """
        start, end = date(self.first, 1, 1).toordinal(), date(self.last, 1, 1).toordinal()
        return round(min(100.0, max(0.0, 100 * (day.toordinal() - start) / (end - start))), 3)

    @property
    def ticks(self) -> list[Tick]:
        """Return at most ten round years, every second of which is minor."""
        years = self.last - self.first
        step = next((step for step in STEPS if years / step <= MOST_TICKS), STEPS[-1])
        from_year = -(-self.first // step) * step
        return [
            Tick(year, self.at(date(year, 1, 1)), minor=bool(year // step % 2))
            for year in range(from_year, self.last, step)
        ]


@dataclass(frozen=True)
class Bar:
    """The parts of a bar: what is sure, what a date leaves open, and what fades because nobody states it."""

    begin: Part | None  # within this it began
    sure: Part | None  # from its beginning to its end, by what is stated
    end: Part | None  # within this it ends
    fades_in: Part | None  # no beginning is stated
    fades_out: Part | None  # no end is stated
    open: Part | None  # from there to the day looked at: whether it goes on, nobody says
    cap: float | None  # where its end is marked


def scale_for(agreements: Iterable[Agreement], now: date) -> Scale:
    """Return the scale that holds every date stated and the release's day, a year wider at its end."""
    windows = [within for one in agreements for within in (one.began_within, one.ended_within) if within]
    days = [day for within in windows for day in within] + [now]
    return Scale(min(days).year, max(days).year + 2)


def bar_of(agreement: Agreement, scale: Scale, now: date) -> Bar | None:
    """Return the bar of an agreement, or None where no date of it is stated."""
    begin = _within(agreement.began_within, scale)
    end = _within(agreement.ended_within, scale)
    if begin is None and end is None:
        return None
    if begin is None or end is None:
        fades_in = end and _part(max(0.0, end[0] - FADE), end[0])
        fades_out = begin and _part(begin[1], min(100.0, begin[1] + FADE))
        cap = end[1] if end else fades_out and round(fades_out[0] + fades_out[1], 3)
        goes_on = begin and agreement.state == "end-not-stated" and begin[1] < scale.at(now)
        unended = _part(begin[1], scale.at(now)) if begin and goes_on else None
        return Bar(begin and _part(*begin), None, end and _part(*end), fades_in, fades_out, unended, cap)
    sure = _part(begin[1], end[0]) if end[0] > begin[1] else None
    return Bar(_part(*begin), sure, _part(max(begin[0], end[0]), end[1]), None, None, None, end[1])


def _within(days: Sequence[date] | None, scale: Scale) -> tuple[float, float] | None:
    return (scale.at(days[0]), scale.at(days[1] + timedelta(days=1))) if days else None


def _part(start: float, end: float) -> Part:
    return start, round(end - start, 3)
