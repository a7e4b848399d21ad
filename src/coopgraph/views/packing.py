"""Place discs (communities) on a landscape page: linked ones near each other, none over another.

In: radii and a matrix of how strongly discs are linked. Out: their centres. Largest first, each to the
best free place on a spiral of candidates; where they are few, a few rounds follow in which each disc is
taken up and put down again.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_GOLDEN = np.pi * (3 - np.sqrt(5))
_FEW = 60  # discs that are moved again


def pack_discs(
    radii: Array, links: Array, *, aspect: float = 1.4, gap: float = 1.0, rounds: int = 3
) -> Array:
    """Return the centres of discs that do not overlap and are at least `gap` apart.

    >>> centres = pack_discs(np.array([2.0, 1.0]), np.zeros((2, 2)), gap=0.0)
    >>> bool(np.hypot(*(centres[0] - centres[1])) >= 3)
    True
    """
    n = len(radii)
    candidates = _spiral(radii, gap, aspect)
    off_middle = np.hypot(candidates[:, 0] / np.sqrt(aspect), candidates[:, 1] * np.sqrt(aspect))
    chosen = np.full(n, -1)
    distance = np.zeros((n, len(candidates)))  # of each candidate from each disc put down
    clear = np.full(len(candidates), np.inf)  # from each candidate to the nearest edge of a disc
    order = np.lexsort((-radii, links.sum(axis=1) == 0))  # unlinked ones last: they go around the others
    for i in order:
        chosen[i] = _best(links[i], distance, chosen >= 0, clear >= radii[i] + gap, off_middle)
        distance[i] = np.hypot(*(candidates - candidates[chosen[i]]).T)
        clear = np.minimum(clear, distance[i] - radii[i])
    for _ in range(rounds if 2 < n <= _FEW else 0):
        for i in order[::-1]:
            chosen[i] = -1
            others = chosen >= 0
            clear = (distance[others] - radii[others, None]).min(axis=0)
            chosen[i] = _best(links[i], distance, others, clear >= radii[i] + gap, off_middle)
            distance[i] = np.hypot(*(candidates - candidates[chosen[i]]).T)
    return np.asarray(candidates[chosen])


def _spiral(radii: Array, gap: float, aspect: float) -> Array:
    """Return candidate centres, dense enough that small discs find the holes between large ones."""
    reach = 2.2 * np.sqrt(((radii + gap) ** 2).sum()) + 2 * radii.max()
    step = max(float(np.quantile(radii + gap, 0.2)) * 0.45, reach / max(70.0, 4 * np.sqrt(len(radii))))
    k = np.arange(int((reach / step) ** 2))
    radius = step * np.sqrt(k)
    return np.column_stack(
        [np.sqrt(aspect) * radius * np.cos(k * _GOLDEN), radius * np.sin(k * _GOLDEN) / np.sqrt(aspect)]
    )


def _best(
    links: Array, distance: Array, placed: NDArray[np.bool_], free: NDArray[np.bool_], off_middle: Array
) -> int:
    """Return the free candidate nearest to what a disc is linked to and to the middle of the page."""
    tied = placed & (links > 0)
    pull = links[tied] / max(float(links.sum()), 1e-12)
    cost = pull @ distance[tied] + (0.55 if len(pull) else 1.0) * off_middle
    return int(np.argmin(np.where(free, np.round(cost, 6), np.inf)))
