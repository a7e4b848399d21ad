"""What of a trend is shown of some cities: from when on, and who is at zero throughout.

In: a Trend, and cities. Out: the trend from the first window in which one of them takes part, and sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coopgraph.network.trend.series import Trend

EXCHANGE = ("peer_exchange", "peer_exchange_k1", "generalised_exchange")  # 0 where nothing comes back


def empty_before(trend: Trend, cities: Sequence[str]) -> int:
    """Return in how many windows none of these cities takes part, before the first in which one does."""
    series = [trend.series(city) for city in cities]
    for layer in range(len(trend.windows)):
        if any(points[layer].events for points in series if points):
            return layer
    return 0


def cut(trend: Trend, cities: Sequence[str]) -> Trend:
    """Return the trend without the windows before the first in which one of these cities takes part."""
    skip = empty_before(trend, cities)
    if not skip:
        return trend
    size = trend.table.num_rows // len(trend.windows)
    return replace(
        trend,
        table=trend.table.slice(skip * size),
        growth=trend.growth.slice(skip),
        windows=trend.windows[skip:],
    )


def at_zero(trend: Trend, city: str) -> int:
    """Return in how many events of a window a city takes part at most, if its score is 0 in all; else 0."""
    taking_part = [point for point in trend.series(city) if point.events]
    if any(point.score != 0 for point in taking_part):
        return 0
    return max((point.events for point in taking_part), default=0)


def sentences(trend: Trend, cities: Sequence[str]) -> Iterator[str]:
    """Yield what is not shown of these cities, and why one is at zero throughout."""
    if skip := empty_before(trend, cities):
        first, last = trend.windows[0], trend.windows[skip - 1]
        which = f"{first} to {last}" if skip > 1 else f"{first}"
        yield f"Not shown: {which}; none of these cities takes part in anything then."
    for city in cities:
        if most := at_zero(trend, city):
            why = " no return is known in any" if trend.measure in EXCHANGE else " the score is 0 in all"
            yield f"{trend.label(city)} is at zero throughout: in up to {most:,} events a window;{why}."
