"""Who can introduce one city to another: ways through partners, the best trusted first.

In: `Ties`, a city, and those it wants to meet. Out: ways as the places of their cities. A tie is trusted as
much as it is strong, a way as much as its weakest tie.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from coopgraph.network.partnering.ties import Ties

Way = tuple[int, ...]
MOST: Final = 3  # ways to one city


def ways(ties: Ties, start: int, ends: Sequence[int], most: int = MOST) -> dict[int, tuple[Way, ...]]:
    """Return up to `most` ways to each end: through one partner where there is one, else the shortest way.

    Of ways as short, the one whose weakest tie is the strongest goes first, then the one whose ties are the
    strongest together, then the order of the cities.

    Examples
    --------
    >>> from coopgraph.network.partnering.ties import ties_of
    >>> ties = ties_of([("e1", "Lima"), ("e1", "Quito"), ("e2", "Quito"), ("e2", "Bogotá")])
    >>> [[ties.cities[place] for place in way] for way in ways(ties, 1, [0])[0]]
    [['Lima', 'Quito', 'Bogotá']]
    """
    own = ties.of(start)
    widest: dict[int, Way] | None = None
    found: dict[int, tuple[Way, ...]] = {}
    for end in ends:
        there = ties.of(end)
        common = sorted(
            (via for via in own if via in there and via != end),
            key=lambda via: (-min(own[via], there[via]), -own[via] - there[via], via),
        )
        if common:
            found[end] = tuple((start, via, end) for via in common[:most])
        else:
            widest = _widest(ties, start) if widest is None else widest
            found[end] = (widest[end],) if end in widest else ()
    return found


def _widest(ties: Ties, start: int) -> dict[int, Way]:
    """Return the shortest way to every city within reach, of several the widest: one ring after another."""
    way: dict[int, Way] = {start: (start,)}
    width = {start: float("inf")}
    ring = [start]
    while ring:
        best: dict[int, tuple[float, int]] = {}
        for here in ring:
            for there, strength in ties.of(here).items():
                if there not in way:
                    offer = (-min(width[here], strength), here)
                    best[there] = min(offer, best.get(there, offer))
        for there, (narrow, here) in best.items():
            way[there], width[there] = (*way[here], there), -narrow
        ring = sorted(best)
    return way
