"""The measures per year or rolling window, and how the network grows.

In: a release (or tables) and the options of `flows`. Out: a Trend: one table of cities and one of the
network, window by window, over one V. Participations are read and merged once for all windows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Unpack

from coopgraph.errors import ProjectionError
from coopgraph.network.asked import measure_column
from coopgraph.network.faults import fault
from coopgraph.network.hypothetical.laid import laid_over
from coopgraph.network.leading import leading
from coopgraph.network.selection import Options, Selection, select
from coopgraph.network.tables import Source, day_of, opened
from coopgraph.network.trend.series import Trend

if TYPE_CHECKING:
    from coopgraph.columns.engine import Engine
    from coopgraph.network.projection import Projection
    from coopgraph.network.trend.windows import Participations, Placed, Window

FIRST = 5  # cities of whom is asked whether one event makes them first


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
        As `flows` does; for years after the day a release speaks of, and windows that cannot be; and where
        no selected event has a date.

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
    from coopgraph.network.projection import basis_of
    from coopgraph.network.trend.growth import growth
    from coopgraph.network.trend.scores import in_windows, ranked, scored

    with opened(source, selection) as engine:
        placed = in_years(engine, source, selection, window, step, first, last)
        projected, put, made = placed.projected, placed.put, placed.windows
        pairs, edges = in_windows(projected, put)
        scores = ranked(projected, scored(projected, pairs, edges, len(made)), source, column, language, made)
        trend = Trend(
            table=scores,
            growth=growth(projected, put, pairs, edges, scores, made),
            basis=basis_of(projected.selection, projected.found, projected.cities),
            measure=column,
            windows=made,
            last_year=placed.last_year,
        )
        first_cities = trend.first_cities(FIRST)
        return replace(trend, leading=leading(engine, put.rows, first_cities, source, selection))


@dataclass(frozen=True)
class InYears:
    """The windows, which event is in which, the projection of all of them, and the last year asked for."""

    windows: tuple[Window, ...]
    put: Placed
    projected: Projection
    last_year: int


def in_years(
    engine: Engine,
    source: Source,
    selection: Selection,
    window: int,
    step: int,
    first: int | None,
    last: int | None,
) -> InYears:
    """Put the selected events in windows of years; raises what `over_time` does for windows."""
    from coopgraph.network.projection import project
    from coopgraph.network.trend import windows as dates

    found = dates.dated(engine, source, selection)
    begin, end = _span_asked(engine, found, source, first, last)
    made = dates.windows(begin, end, window, step)
    put = dates.placed(engine, found, made, selection)
    within = replace(selection, period=(f"{made[0].first:04}-01-01", f"{made[-1].last:04}-99-99"))
    projected = project(engine, within, put.rows, put.left_out | laid_over(source), coded=True)
    return InYears(made, put, projected, end)


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
    day = day_of(source)
    _refuse_later(day, first, last)
    now = int(day[:4]) if day else stated[1]
    latest = min(stated[1], now) if now >= stated[0] else stated[1]
    return (stated[0] if first is None else first, latest if last is None else last)


def _refuse_later(day: str | None, first: int | None, last: int | None) -> None:
    """Raise ProjectionError for years after the day the data speak of: nothing is known to go on then."""
    later = [year for year in (first, last) if day is not None and year is not None and year > int(day[:4])]
    if day is not None and later:
        wrong = fault(f"{_span(later[0], later[-1])} is after it.", f"End with {day[:4]} or before.")
        raise ProjectionError(f"The data speak of no year after {day}.", faults=[wrong])


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"
