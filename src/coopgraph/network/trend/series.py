"""A trend: the scores of each city and the numbers of the network, window by window, and what belongs beside.

In: the tables `over_time` worked out. Out: a Trend: series, rows and sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from coopgraph.errors import ProjectionError
from coopgraph.network.basis import Basis
from coopgraph.network.faults import fault
from coopgraph.network.leading import Leading

if TYPE_CHECKING:
    import pyarrow as pa

    from coopgraph.network.trend.windows import Window


class Point(NamedTuple):
    """A city in a window: its score, None where it is undefined, and in how many events it takes part."""

    score: float | None
    events: int


@dataclass(frozen=True)
class Trend:
    """Cities and their network, window by window.

    Attributes
    ----------
    table
        One row per window and city of V, in the order of windows, ranks and IRIs: window (`2016`, or
        `2016/2018`), first, last (years), rank (within the window), city, label, country, events (how many of
        the window's events it takes part in), and all measures as `rank` has them. A city without flow has
        peer exchange 0 and no reciprocity; with `events` 0 it takes part in nothing then.
    growth
        One row per window: window, first, last, events, participations, cities (that take part), new_cities
        (in no window before), dyads, mutual_dyads, mutual_share (of directed edges), mean_peer_exchange
        (over V), weight, components (groups of linked cities), largest (of them, in cities),
        going_on (events that began before the window and state no end), undated, and undated_share (of the
        window's events and these).
    basis
        What the flows of all windows together rest on.
    measure, windows
        The column ranked by, and the windows in their order.
    last_year
        The last year asked for, which the last window may not reach.
    leading
        The event in which most of the first five cities are peers, where there is one.
    """

    table: pa.Table
    growth: pa.Table
    basis: Basis
    measure: str
    windows: tuple[Window, ...]
    last_year: int
    leading: Leading | None = None

    def series(self, city: str) -> tuple[Point, ...]:
        """Return a city's scores in the order of windows; empty where it is not in V."""
        return self._series.get(city, ())

    def label(self, city: str) -> str:
        """Return what a city is called, its IRI where nothing is known."""
        return self._labels.get(city, city)

    def first_cities(self, top: int | None = None) -> list[str]:
        """Return the cities with the largest mean of the measure over all windows, undefined as nothing.

        Equal ones stand in the order of their IRIs; `top` says how many, None returns all.
        """
        from coopgraph.network.measures import DIGITS

        sums = {
            city: round(fsum(point.score or 0 for point in points), DIGITS)
            for city, points in self._series.items()
        }
        return sorted(sums, key=lambda city: (-sums[city], city))[:top]

    def of(self, cities: Iterable[str]) -> pa.Table:
        """Return the rows of `table` about these cities."""
        import pyarrow as pa
        import pyarrow.compute as pc

        wanted = pa.array(sorted(cities), pa.string())
        return self.table.filter(pc.is_in(self.table.column("city"), value_set=wanted))

    @cached_property
    def _series(self) -> dict[str, tuple[Point, ...]]:
        found: dict[str, list[Point]] = {}
        columns = ("city", self.measure, "events")
        for city, score, events in zip(
            *(self.table.column(name).to_pylist() for name in columns), strict=True
        ):
            found.setdefault(city, []).append(Point(score, events))
        return {city: tuple(points) for city, points in found.items()}

    @cached_property
    def _labels(self) -> dict[str, str]:
        return dict(zip(*(self.table.column(name).to_pylist() for name in ("city", "label")), strict=True))

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from coopgraph.markup import described

        return described(self.table, self.sentences())

    def sentences(self) -> tuple[str, ...]:
        """Return what the windows are, what V is, what is left out, and what the numbers rest on."""
        first = (self.leading.sentence(),) if self.leading else ()
        return (*self._windows(), *self._dates(), *first, *self.basis.sentences())

    def _windows(self) -> Iterator[str]:
        first, last = self.windows[0], self.windows[-1]
        length = first.last - first.first + 1
        many = len(self.windows)
        if many == 1:
            yield f"One window: {first}."
        else:
            step = self.windows[1].first - first.first
            every = "each year" if step == 1 else f"every {step} years"
            yield (
                f"{many} windows of {_years(length)}, one {every}: {first} to {last}. "
                f"V is the same in all of them, so that they can be compared: a city that takes part in none "
                "of a window's events has peer exchange 0 in it, and no reciprocity."
            )
        if last.last < self.last_year:
            yield f"{_span(last.last + 1, self.last_year)} no window reaches: step and length leave it over."

    def _dates(self) -> Iterator[str]:
        undated = self.basis.undated_left_out
        whole = self.basis.selected_events + undated
        if undated:
            yield (
                f"Undated: {undated:,} of {whole:,} events ({undated / whole:.0%}) state no date that places "
                "them and are in no window. Growth is the growth of what is dated."
            )
        going_on = max(self.growth.column("going_on").to_pylist(), default=0)
        if going_on:
            yield (
                "Actions that state no end go on to the last window, so late windows hold more: up to "
                f"{going_on:,} of a window's events began before it and state no end."
            )


def check_cities(trend: Trend, cities: Sequence[str]) -> None:
    """Raise ProjectionError naming the cities that take part in nothing in any window."""
    faults = [
        fault(f"{city} takes part in none of the events in these windows.", "Take other cities, or years.")
        for city in cities
        if not trend.series(city)
    ]
    if faults:
        raise ProjectionError("There is no trend of these cities.", faults=faults)


def _years(count: int) -> str:
    return "one year" if count == 1 else f"{count} years"


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"
