"""What a network loses with one thing at a time, on arrays.

In: edges between numbered cities, worked out once. Out: a Loss for each city, or for each set of events. Only
cities that hold a group together (articulation points) need the groups counted anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopgraph.network.layers import group_sizes
from coopgraph.network.measures import DIGITS

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Loss:
    """What goes with one thing.

    Attributes
    ----------
    lost_dyads, lost_mutual
        Pairs of cities without flow afterwards, and those of them that had flow both ways.
    left_alone
        Cities that remain and lose their last partner.
    components, largest
        Groups of linked cities that remain, and how many cities the largest has.
    score_lost
        Peer exchange the cities that remain lose, added up.
    """

    lost_dyads: int
    lost_mutual: int
    left_alone: int
    components: int
    largest: int
    score_lost: float


@dataclass(frozen=True, eq=False)
class Pairs:
    """Edges, and the dyads they make.

    Attributes
    ----------
    size, others
        How many places there are, and how many other cities each has in V.
    source, target, weight, events
        One entry per edge, in the order of source and target.
    one, other, dyad
        The two places of each dyad, the lower first; and the dyad of each edge.
    """

    size: int
    others: int
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    weight: NDArray[np.float64]
    events: NDArray[np.int64]
    one: NDArray[np.int64]
    other: NDArray[np.int64]
    dyad: NDArray[np.int64]

    def sides(self, weight: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return what goes each way in each dyad, with these weights of the edges."""
        import numpy as np

        there, back = np.zeros(len(self.one)), np.zeros(len(self.one))
        up = self.source < self.target
        there[self.dyad[up]] = weight[up]
        back[self.dyad[~up]] = weight[~up]
        return there, back

    def partners(self, alive: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return how many partners each place has in the dyads that are alive."""
        import numpy as np

        ends = np.concatenate((self.one[alive], self.other[alive]))
        return np.bincount(ends, minlength=self.size)


def pairs_of(edges: pa.Table, size: int, nodes: int) -> Pairs:
    """Return edges (source, target, weight, events, by place) with their dyads; `nodes` is |V|."""
    import numpy as np

    source, target, weight, events = (
        np.asarray(edges.column(name).to_numpy()) for name in ("source", "target", "weight", "events")
    )
    source, target = source.astype(np.int64), target.astype(np.int64)
    low, high = np.minimum(source, target), np.maximum(source, target)
    keys, dyad = np.unique(low * size + high, return_inverse=True)
    return Pairs(size, max(nodes - 1, 1), source, target, weight, events, keys // size, keys % size, dyad)


def exchanged(there: NDArray[np.float64], back: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the reciprocated share of each dyad, 0 where nothing flows.

    >>> import numpy as np
    >>> exchanged(np.array([3.0, 0.0]), np.array([1.0, 0.0])).tolist()
    [0.5, 0.0]
    """
    import numpy as np

    flow = there + back
    return 2 * np.minimum(there, back) / np.where(flow > 0, flow, 1.0)


def of_cities(pairs: Pairs, places: Sequence[int]) -> Iterator[Loss]:
    """Yield what goes with each city."""
    import networkx as nx
    import numpy as np

    there, back = pairs.sides(pairs.weight)
    ends = np.concatenate((pairs.one, pairs.other))

    def summed(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(ends, weights=np.tile(values, 2), minlength=pairs.size).astype(np.float64)

    partners = pairs.partners(np.ones(len(pairs.one), dtype=bool))
    mutual = summed(((there > 0) & (back > 0)).astype(float))
    score = summed(exchanged(there, back)) / pairs.others
    last_of = np.bincount(
        np.concatenate((pairs.one[partners[pairs.other] == 1], pairs.other[partners[pairs.one] == 1])),
        minlength=pairs.size,
    )
    G: nx.Graph[int] = nx.Graph(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True))
    cut = set(nx.articulation_points(G))
    sizes = {place: len(group) for group in nx.connected_components(G) for place in group}
    ordered = sorted((len(group) for group in nx.connected_components(G)), reverse=True)
    for place in places:
        if place in cut:
            groups, largest = _groups(pairs, (pairs.one != place) & (pairs.other != place))
        else:
            groups, largest = _without_one(ordered, sizes.get(place, 0))
        yield Loss(
            lost_dyads=int(partners[place]),
            lost_mutual=int(mutual[place]),
            left_alone=int(last_of[place]),
            components=groups,
            largest=largest,
            score_lost=round(float(score[place]), DIGITS),
        )


def _groups(pairs: Pairs, alive: NDArray[np.bool_]) -> tuple[int, int]:
    """Return how many groups the dyads that are alive make, and the largest."""
    sizes = group_sizes(pairs.one[alive], pairs.other[alive], pairs.size)
    return len(sizes), int(sizes.max(initial=0))


def _without_one(ordered: Sequence[int], size: int) -> tuple[int, int]:
    """Return how many groups remain, and the largest, when a group of this size loses one and holds together.

    >>> _without_one([5, 2], 5), _without_one([5, 2], 2), _without_one([5, 2], 0)
    ((2, 4), (1, 5), (2, 5))
    """
    if not size:
        return len(ordered), max(ordered, default=0)
    rest = list(ordered)
    rest.remove(size)
    if size > 2:
        rest.append(size - 1)
    return len(rest), max(rest, default=0)


def of_events(pairs: Pairs, lost: pa.Table, things: int) -> Iterator[Loss]:
    """Yield what goes with each thing; `lost` are its edges, each end as thing * size + place."""
    import numpy as np

    there, back = pairs.sides(pairs.weight)
    every = np.ones(len(pairs.one), dtype=bool)
    before, had, whole = exchanged(there, back), pairs.partners(every), _groups(pairs, every)
    codes = pairs.source * pairs.size + pairs.target
    source, target, weight, events = (
        np.asarray(lost.column(name).to_numpy()) for name in ("source", "target", "weight", "events")
    )
    bounds = np.searchsorted(source, np.arange(things + 1) * pairs.size)
    for thing in range(things):
        part = slice(bounds[thing], bounds[thing + 1])
        shift = thing * pairs.size
        edge = np.searchsorted(codes, (source[part] - shift) * pairs.size + target[part] - shift)
        rest = pairs.weight.copy()
        all_gone = events[part] == pairs.events[edge]
        rest[edge] = np.where(all_gone, 0.0, rest[edge] - weight[part])
        after_there, after_back = pairs.sides(rest)
        alive = after_there + after_back > 0
        groups, largest = whole if alive.all() else _groups(pairs, alive)
        change = before - exchanged(after_there, after_back)
        yield Loss(
            lost_dyads=int((~alive).sum()),
            lost_mutual=int((~alive & (there > 0) & (back > 0)).sum()),
            left_alone=int(((had > 0) & (pairs.partners(alive) == 0)).sum()),
            components=groups,
            largest=largest,
            score_lost=round(2 * float(change.sum()) / pairs.others, DIGITS),
        )
