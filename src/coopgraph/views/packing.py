"""Place discs (communities) on a landscape page: linked ones near each other, none over another.

In: radii and a matrix of how strongly discs are linked. Out: their centres. Largest first, each to the
best free place on a spiral of candidates; then a few rounds in which each disc is taken up and put down
again.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_GOLDEN = np.pi * (3 - np.sqrt(5))


def pack_discs(
    radii: Array, links: Array, *, aspect: float = 1.4, gap: float = 1.0, rounds: int = 3
) -> Array:
    """Return the centres of discs that do not overlap and are at least `gap` apart.

    >>> centres = pack_discs(np.array([2.0, 1.0]), np.zeros((2, 2)), gap=0.0)
    >>> bool(np.hypot(*(centres[0] - centres[1])) >= 3)
    True
    """
    n = len(radii)
    centres = np.full((n, 2), np.nan)
    candidates = _spiral(radii, gap, aspect)
    order = np.lexsort((-radii, links.sum(axis=1) == 0))  # unlinked ones last: they go around the others
    for i in order:
        centres[i] = _best_place(int(i), centres, radii, links, candidates, aspect, gap)
    for _ in range(rounds if n > 2 else 0):
        for i in order[::-1]:
            centres[i] = np.nan
            centres[i] = _best_place(int(i), centres, radii, links, candidates, aspect, gap)
    return centres


def _spiral(radii: Array, gap: float, aspect: float) -> Array:
    """Return candidate centres, dense enough that small discs find the holes between large ones."""
    reach = 2.2 * np.sqrt(((radii + gap) ** 2).sum()) + 2 * radii.max()
    step = max(float(np.quantile(radii + gap, 0.2)) * 0.45, reach / 70)
    k = np.arange(int((reach / step) ** 2))
    radius = step * np.sqrt(k)
    return np.column_stack(
        [np.sqrt(aspect) * radius * np.cos(k * _GOLDEN), radius * np.sin(k * _GOLDEN) / np.sqrt(aspect)]
    )


def _best_place(
    i: int, centres: Array, radii: Array, links: Array, candidates: Array, aspect: float, gap: float
) -> Array:
    """Return the free candidate nearest to what disc `i` is linked to and to the middle of the page."""
    placed = np.flatnonzero(~np.isnan(centres[:, 0]))
    span = candidates[:, None, :] - centres[placed][None, :, :]
    distance = np.sqrt((span**2).sum(axis=2))
    free = (distance >= radii[placed] + radii[i] + gap).all(axis=1)
    off_middle = np.hypot(candidates[:, 0] / np.sqrt(aspect), candidates[:, 1] * np.sqrt(aspect))
    pull = links[i, placed] / max(float(links[i].sum()), 1e-12)
    cost = distance @ pull + (0.55 if pull.any() else 1.0) * off_middle
    return np.asarray(candidates[int(np.argmin(np.where(free, cost, np.inf)))])
