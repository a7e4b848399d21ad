"""Which links are kept where there are too many: the strongest of each node first.

In: dyads as arrays. Out: the places of those that are kept, ascending.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Places = NDArray[np.int64]


def strongest(n: int, source: Places, target: Places, weight: Array, most: int) -> Places:
    """Return the places of at most `most` dyads: each node's strongest, then each node's second, and so on.

    >>> ends = np.array([0, 0, 0, 1]), np.array([1, 2, 3, 2])
    >>> strongest(4, *ends, np.array([5.0, 1.0, 2.0, 4.0]), 3).tolist()
    [0, 2, 3]
    """
    if len(source) <= most:
        return np.arange(len(source))
    both = np.concatenate([source, target])
    place = np.tile(np.arange(len(source)), 2)
    order = np.lexsort((place, -np.tile(weight, 2), both))
    counts = np.bincount(both, minlength=n)
    rank = np.empty(len(both), dtype=np.int64)
    rank[order] = np.arange(len(both)) - (np.cumsum(counts) - counts)[both[order]]
    turn = np.minimum(rank[: len(source)], rank[len(source) :])
    return np.sort(np.lexsort((np.arange(len(source)), -weight, turn))[:most])
