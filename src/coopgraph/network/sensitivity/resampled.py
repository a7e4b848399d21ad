"""What many networks share, each made of a part of the same events.

In: contributions. Out: a Resampled: flows = terms x kept, sums over partners = who has which partner x shares
of dyads, as products of sparse matrices; `measured` takes them. V stays as it is.

Flows that are the sum of the same terms are worked out once: thirteen cities that meet in one event have 156
flows, all alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coopgraph.network.flows import Contributions

    Floats: TypeAlias = NDArray[np.float64]
    Places: TypeAlias = NDArray[np.int64]

SCIPY_PAYS = 20_000  # terms; for fewer, importing scipy costs more than its products save
AMOUNT_DIGITS = 6  # as `exchange.edges` rounds amounts


@dataclass(frozen=True)
class Sums:
    """Rows as weighted sums of other rows: where each row's terms begin, which rows they are, and weights."""

    starts: Places
    terms: Places
    weights: Floats

    def __matmul__(self, values: Floats) -> Floats:
        import numpy as np

        if len(self.terms) >= SCIPY_PAYS:
            from scipy import sparse

            shape = (len(self.starts) - 1, len(values))
            matrix: Any = sparse.csr_array((self.weights, self.terms, self.starts), shape=shape)
            found: Floats = matrix @ values
            return found
        added = np.zeros((len(self.starts) - 1, values.shape[1]))
        some = np.diff(self.starts) > 0
        if some.any():
            weighted = values[self.terms] * self.weights[:, None]
            added[some] = np.add.reduceat(weighted, self.starts[:-1][some], axis=0)
        return added


@dataclass(frozen=True)
class Resampled:
    """The structure all networks share, from which their measures are worked out.

    Attributes
    ----------
    others
        How many partners a city could have, at least 1.
    events
        The IRIs of the events that give any flow, in their order.
    flows
        Distinct flows (rows) as sums of what events (columns) add; the last row is no flow.
    pairs, mutual
        Distinct dyads as one of its cities sees them: the row of what it gives, and of what it gets; of all
        dyads, and of those that can have both.
    dyads, mutual_dyads, gives, gets
        How often each city (row) has each of these dyads, gives each distinct flow, and gets it.
    digits
        To how many digits flows are rounded; None for not at all.
    """

    others: int
    events: tuple[str, ...]
    flows: Sums
    pairs: tuple[Places, Places]
    mutual: tuple[Places, Places]
    dyads: Sums
    mutual_dyads: Sums
    gives: Sums
    gets: Sums
    digits: int | None


def resampled(made: Contributions) -> Resampled:
    """Return the structure of these contributions, distinct flows and dyads once."""
    import numpy as np

    event, source, target, weight, events = _arrays(made)
    order = np.lexsort((event, target, source))
    event, source, target, weight = event[order], source[order], target[order], weight[order]
    starts = np.flatnonzero(np.diff(source, prepend=-1) | np.diff(target, prepend=-1))
    alike, first = _alike(event, weight, starts)
    n, none = len(made.flows.nodes), len(first)
    flows = _rows(event, weight, starts, first)
    city, outward, inward = _seen(source[starts], target[starts], alike, n, none)
    pairs, dyad = np.unique(outward * (none + 1) + inward, return_inverse=True)
    there, back = pairs // (none + 1), pairs % (none + 1)
    both = (there < none) & (back < none)
    among = both[dyad]
    return Resampled(
        others=max(n - 1, 1),
        events=events,
        flows=flows,
        pairs=(there, back),
        mutual=(there[both], back[both]),
        dyads=_counted(city, dyad, n, len(pairs)),
        mutual_dyads=_counted(city[among], (np.cumsum(both) - 1)[dyad[among]], n, len(pairs)),
        gives=_counted(source[starts], alike, n, none + 1),
        gets=_counted(target[starts], alike, n, none + 1),
        digits=AMOUNT_DIGITS if made.flows.basis.weight == "amount" else None,
    )


def _arrays(made: Contributions) -> tuple[Any, Any, Any, Floats, tuple[str, ...]]:
    """Return event, source and target as places, weights, and the events that have a place."""
    import numpy as np

    table = made.table.combine_chunks()
    coded = {name: table.column(name).combine_chunks() for name in ("event", "source", "target")}
    place = {city: number for number, city in enumerate(made.flows.nodes)}
    cities = coded["source"].dictionary.to_pylist() if len(table) else []
    of_city = np.array([place.get(city, -1) for city in cities], dtype=np.int64)
    source, target = (of_city[coded[end].indices.to_numpy()] for end in ("source", "target"))
    used, event = np.unique(coded["event"].indices.to_numpy(), return_inverse=True)
    names = coded["event"].dictionary.take(_arrow(used)).to_pylist()
    return event.astype(np.int64), source, target, table.column("weight").to_numpy(), tuple(names)


def _arrow(numbers: Any) -> Any:
    import pyarrow as pa

    return pa.array(numbers)


def _alike(event: Places, weight: Floats, starts: Places) -> tuple[Places, Places]:
    """Return for each flow the number of its kind, and the first flow of each kind.

    Flows are of one kind when they have the same terms. They are told apart by a hash of these, and then
    compared; should two hashes meet, every flow is a kind of its own.
    """
    import numpy as np

    from coopgraph.network.sensitivity.draws import mixed

    if not len(starts):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    terms = mixed(mixed(event.astype(np.uint64)) ^ weight.view(np.uint64))
    _, first, kind = np.unique(np.add.reduceat(terms, starts), return_index=True, return_inverse=True)
    lengths = np.diff(starts, append=len(event))
    model = first[kind]
    within = np.arange(len(event)) - np.repeat(starts, lengths)
    if (lengths == lengths[model]).all():
        beside = np.repeat(starts[model], lengths) + within
        if (event == event[beside]).all() and (weight == weight[beside]).all():
            return kind.astype(np.int64), first
    return np.arange(len(starts)), np.arange(len(starts))


def _rows(event: Places, weight: Floats, starts: Places, first: Places) -> Sums:
    """Return the terms of the first flow of each kind as rows, and one empty row."""
    import numpy as np

    lengths = np.diff(starts, append=len(event))[first]
    ends = np.concatenate(([0], np.cumsum(lengths), [lengths.sum()])).astype(np.int64)
    terms = np.repeat(starts[first] - ends[:-2], lengths) + np.arange(lengths.sum())
    return Sums(ends, event[terms], weight[terms])


def _counted(rows: Places, columns: Places, count: int, width: int) -> Sums:
    """Return how often each row has each column."""
    import numpy as np

    found, often = np.unique(rows * max(width, 1) + columns, return_counts=True)
    starts = np.searchsorted(found // max(width, 1), np.arange(count + 1))
    return Sums(starts.astype(np.int64), found % max(width, 1), often.astype(float))


def _seen(source: Places, target: Places, kind: Places, n: int, none: int) -> tuple[Places, Places, Places]:
    """Return every dyad as each of its cities sees it: city, what it gives, what it gets."""
    import numpy as np

    key = source * n + target
    place = np.searchsorted(key, target * n + source)
    nearest = np.minimum(place, len(key) - 1)
    alone = key[nearest] != target * n + source
    back = np.where(alone, none, kind[nearest])
    return (
        np.concatenate((source, target[alone])),
        np.concatenate((kind, np.full(int(alone.sum()), none))),
        np.concatenate((back, kind[alone])),
    )
