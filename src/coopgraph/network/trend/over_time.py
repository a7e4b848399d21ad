"""The measures per year or rolling window, and how the network grows.

In: a release (or tables) and the options of `flows`. Out: a Trend: one table of cities and one of the
network, window by window, over one V. Participations are read and merged once for all windows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum
from typing import TYPE_CHECKING, NamedTuple, Unpack

from coopgraph.errors import ProjectionError
from coopgraph.network.asked import measure_column
from coopgraph.network.basis import Basis
from coopgraph.network.faults import fault
from coopgraph.network.hypothetical.laid import laid_over
from coopgraph.network.selection import Options, select
from coopgraph.network.tables import Dated, Source, opened

if TYPE_CHECKING:
    import pyarrow as pa

    from coopgraph.columns.engine import Engine
    from coopgraph.network.trend.windows import Participations, Window


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
    """

    table: pa.Table
    growth: pa.Table
    basis: Basis
    measure: str
    windows: tuple[Window, ...]
    last_year: int

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

    def sentences(self) -> tuple[str, ...]:
        """Return what the windows are, what V is, what is left out, and what the numbers rest on."""
        return (*self._windows(), *self._dates(), *self.basis.sentences())

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
                f"Undated: {undated} of {whole} events ({undated / whole:.0%}) state no date that places "
                "them and are in no window. Growth is the growth of what is dated."
            )
        going_on = max(self.growth.column("going_on").to_pylist(), default=0)
        if going_on:
            yield (
                "Actions that state no end go on to the last window, so late windows hold more: up to "
                f"{going_on} of a window's events began before it and state no end."
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


def over_time(
    source: Source,
    *,
    measure: str = "peer-exchange",
    window: int = 1,
    step: int = 1,
    first: int | None = None,
    last: int | None = None,
    language: str = "en",
    **options: Unpack[Options],
) -> Trend:
    """Measure the cities in each year, or in windows of several, over one V.

    Each window holds what `rank(period=...)` of its years would, with V fixed: every city with a
    participation in any window, or `nodes`.

    Parameters
    ----------
    source
        As for `flows`, with the columns start and end; labels and countries come from its cities.
    measure
        What to rank by within each window, as for `rank`.
    window, step
        How many years a window has, and how many years after one window the next begins.
    first, last
        The years to begin and end with; by default the first and last that any selected event states, but
        none after the day a release speaks of. Windows lie within them.
    language
        Which label to prefer: en, es or pt.
    **options
        The options of `flows`, except `period`.

    Raises
    ------
    MeasureError
        For an unknown measure or language.
    ProjectionError
        As `flows` does; for windows that cannot be; and where no selected event has a date.

    Examples
    --------
    >>> import pyarrow as pa
    >>> table = pa.table({"event": ["visit"] * 2 + ["workshop"] * 2, "city": ["Lima", "Quito"] * 2,
    ...                   "contributes": [True, False, True, True], "benefits": [False, True, True, True],
    ...                   "start": ["2016"] * 2 + ["2017-05"] * 2, "end": ["2016"] * 2 + ["2017-06"] * 2})
    >>> trend = over_time(table)
    >>> trend.table.select(["window", "city", "peer_exchange"]).to_pydict()
    {'window': ['2016', '2016', '2017', '2017'], 'city': ['Lima', 'Quito', 'Lima', 'Quito'],
     'peer_exchange': [0.0, 0.0, 1.0, 1.0]}
    >>> trend.growth.column("mutual_share").to_pylist()
    [0.0, 1.0]
    """
    column = measure_column(measure, None, language)
    useless = {
        "period": "Give the years by first and last.",
        "half_life": "A window is its own time: leave it out.",
        "largest_event": "Leave it out.",
    }
    wrong = [fault(f"{name} has no use here.", fix) for name, fix in useless.items() if options.get(name)]
    if wrong:
        raise ProjectionError("The windows cannot be made as asked.", faults=wrong)
    selection = select(**options)
    from coopgraph.network.projection import basis_of, project
    from coopgraph.network.trend import windows as dates
    from coopgraph.network.trend.growth import growth
    from coopgraph.network.trend.scores import in_windows, ranked, scored

    with opened(source, selection) as engine:
        found = dates.dated(engine, source, selection)
        begin, end = _span_asked(engine, found, source, first, last)
        made = dates.windows(begin, end, window, step)
        put = dates.placed(engine, found, made, selection)
        within = replace(selection, period=(f"{made[0].first:04}-01-01", f"{made[-1].last:04}-99-99"))
        projected = project(engine, within, put.rows, put.left_out | laid_over(source), coded=True)
        pairs, edges = in_windows(projected, put)
        scores = ranked(projected, scored(projected, pairs, edges, len(made)), source, column, language, made)
        return Trend(
            table=scores,
            growth=growth(projected, put, pairs, edges, scores, made),
            basis=basis_of(projected.selection, projected.found, projected.cities),
            measure=column,
            windows=made,
            last_year=end,
        )


def _span_asked(
    engine: Engine, found: Participations, source: Source, first: int | None, last: int | None
) -> tuple[int, int]:
    """Return the years asked for; where one is not, the first or last that any event states.

    What is planned is no trend: of itself it goes no further than the day the data speak of.
    """
    from coopgraph.network.trend.windows import years

    stated = years(engine, found)
    if stated is None:
        wrong = fault(
            "None of the selected events states when it was.",
            "Add dates to the events, or take away a filter; without dates there is no trend.",
        )
        raise ProjectionError("There is nothing to put in years.", faults=[wrong])
    now = int(source.now[:4]) if isinstance(source, Dated) and source.now else stated[1]
    latest = min(stated[1], now) if now >= stated[0] else stated[1]
    return (stated[0] if first is None else first, latest if last is None else last)
