"""Place the members of one community so that the distance on paper follows the distance in the graph.

In: a small adjacency matrix. Out: coordinates around the origin, one unit between neighbours.
Stress majorisation (Gansner, Koren & North 2004, doi:10.1007/978-3-540-31843-9_25), dense, numpy alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_GOLDEN = np.pi * (3 - np.sqrt(5))
_DENSE = 500  # beyond this many members the quadratic method is not worth its time


def place_members(adjacent: NDArray[np.bool_], *, rounds: int = 60) -> Array:
    """Return one point for each member; neighbours are about one unit apart.

    >>> pair = place_members(np.array([[False, True], [True, False]]))
    >>> float(np.round(np.hypot(*(pair[0] - pair[1])), 3))
    1.0
    """
    start = sunflower(adjacent)
    if len(adjacent) > _DENSE or len(adjacent) < 2:
        return start
    return _majorise(start, _hops(adjacent), rounds)


def sunflower(adjacent: NDArray[np.bool_]) -> Array:
    """Return a phyllotaxis disc with the best connected members in its middle."""
    rank = np.argsort(np.argsort(-adjacent.sum(axis=1), kind="stable"), kind="stable")
    radius, angle = 0.6 * np.sqrt(rank + 0.5), rank * _GOLDEN
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _hops(adjacent: NDArray[np.bool_]) -> Array:
    """Return the steps between every two members; those out of reach are put beyond the farthest."""
    n = len(adjacent)
    distance = np.where(adjacent, 1.0, np.inf)
    np.fill_diagonal(distance, 0.0)
    reached = adjacent | np.eye(n, dtype=bool)
    for step in range(2, n + 1):
        wider = (reached.astype(np.float32) @ adjacent.astype(np.float32)) > 0
        new = wider & ~reached
        if not new.any():
            break
        distance[new] = step
        reached |= new
    farthest = distance[np.isfinite(distance)].max()
    return np.where(np.isfinite(distance), distance, farthest + 1)


def _majorise(points: Array, wanted: Array, rounds: int) -> Array:
    """Move every point to the mean of where the others want it (weights 1/d^2), again and again."""
    pull = np.where(wanted > 0, 1 / np.maximum(wanted, 1e-9) ** 2, 0.0)
    total = pull.sum(axis=1, keepdims=True)
    for _ in range(rounds):
        gap = points[:, None, :] - points[None, :, :]
        length = np.sqrt((gap**2).sum(axis=2)) + 1e-9
        stretch = (pull * wanted / length)[:, :, None]
        wish = (pull @ points + (stretch * gap).sum(axis=1)) / total
        points = (
            points + wish
        ) / 2  # all move at once, so half way, or two nodes would swing about each other
        points = points - points.mean(axis=0)
    return points
