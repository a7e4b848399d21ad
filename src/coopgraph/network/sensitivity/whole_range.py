"""The range of a whole network's reciprocity, had a part of the events gone unrecorded.

In: contributions, and a loss. Out: a ReciprocityRange: the share of all flow that is returned, and where it
would lie, from the 5th to the 95th percentile; the draws are those of `ranges`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coopgraph.network.sensitivity.loss import Loss, check_loss

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coopgraph.network.flows import Contributions

_AT_ONCE = 100  # replicates


@dataclass(frozen=True)
class ReciprocityRange:
    """The share of all flow that is returned, and its 5th and 95th percentile; None without flow."""

    value: float | None
    low: float | None
    high: float | None


def reciprocity_range(made: Contributions, loss: Loss | None = None) -> ReciprocityRange:
    """Say how much of all flow is returned, and how that would move had events gone unrecorded.

    The share is sum of min(w_ij, w_ji) over sum of w_ij, doi:10.1038/srep02729. A replicate without any flow
    has none and is left out. Raises MeasureError for a loss that cannot be.

    >>> import pyarrow as pa
    >>> from coopgraph.network.flows import contributions
    >>> table = pa.table({"event": ["visit", "visit", "course", "course"], "city": ["Lima", "Quito"] * 2,
    ...                   "contributes": [True, True, True, False], "benefits": [True, True, False, True]})
    >>> reciprocity_range(contributions(table))
    ReciprocityRange(value=0.666666666667, low=0.0, high=1.0)
    """
    import numpy as np

    loss = loss or Loss()
    check_loss(loss)
    edges, weights, events, names = _terms(made)
    if not len(weights):
        return ReciprocityRange(None, None, None)
    starts, back = _pairs(edges)
    every = np.ones((len(names), 1), bool)
    value = float(_shares(starts, back, weights, events, every)[0])
    found = np.concatenate([_shares(starts, back, weights, events, kept) for kept in _kept(names, loss)])
    found = found[~np.isnan(found)]
    low, high = np.percentile(found, (5, 95), method="inverted_cdf").tolist() if len(found) else (None, None)
    return ReciprocityRange(round(value, 12), low and round(low, 12), high and round(high, 12))


def _terms(
    made: Contributions,
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64], list[str]]:
    """Return the ordered pairs, weights and events of all terms, those of a pair side by side."""
    import numpy as np

    table = made.table
    names = sorted(set(table["event"].to_pylist()))
    place = {name: i for i, name in enumerate(names)}
    city = {name: i for i, name in enumerate(made.flows.nodes)}
    ends = [[city[name] for name in table[column].to_pylist()] for column in ("source", "target")]
    edges = np.array(ends, np.int64).T.reshape(-1, 2)
    order = np.lexsort((edges[:, 1], edges[:, 0]))
    events = np.array([place[name] for name in table["event"].to_pylist()], np.int64)
    return edges[order], table["weight"].to_numpy()[order], events[order], names


def _pairs(edges: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each pair's terms begin, and the place of its pair the other way round, -1 for none."""
    import numpy as np

    new = np.any(edges[1:] != edges[:-1], axis=1)
    starts = np.flatnonzero(np.concatenate([[True], new]))
    pairs = [tuple(pair) for pair in edges[starts].tolist()]
    place = {pair: i for i, pair in enumerate(pairs)}
    return starts, np.array([place.get((target, source), -1) for source, target in pairs], np.int64)


def _kept(names: list[str], loss: Loss) -> list[NDArray[np.bool_]]:
    from coopgraph.network.sensitivity.draws import draws, keys

    own = keys(names, loss.seed)
    firsts = range(0, loss.replicates, _AT_ONCE)
    return [draws(own, first, min(first + _AT_ONCE, loss.replicates)) < loss.keep for first in firsts]


def _shares(
    starts: NDArray[np.int64],
    back: NDArray[np.int64],
    weights: NDArray[np.float64],
    events: NDArray[np.int64],
    kept: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Return the share that is returned in each network (columns of `kept`); NaN where nothing flows."""
    import numpy as np

    flow = np.add.reduceat(weights[:, None] * kept[events], starts, axis=0)
    returned = np.where((back >= 0)[:, None], np.minimum(flow, flow[back]), 0.0).sum(axis=0)
    whole = flow.sum(axis=0)
    share: NDArray[np.float64] = np.divide(returned, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return share
