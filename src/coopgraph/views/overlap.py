"""Push points apart until no two are closer than they may be.

In: points and radii. Out: points, moved as little as a few rounds of pushing allow. A grid finds the
neighbours, so the time grows with the number of points, not with its square.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def push_apart(points: Array, radii: Array, *, rounds: int = 80) -> Array:
    """Return points of which any two are at least the sum of their radii apart (as far as `rounds` allow).

    >>> apart = push_apart(np.zeros((3, 2)), np.ones(3))
    >>> bool(np.hypot(*(apart[0] - apart[1])) > 1.95)
    True
    """
    points = _nudge(points.astype(float))
    for _ in range(rounds):
        left, right = _near(points, float(2 * radii.max()))
        gap = points[left] - points[right]
        length = np.sqrt((gap**2).sum(axis=1)) + 1e-12
        short = radii[left] + radii[right] - length
        close = short > 1e-3 * radii.min()
        if not close.any():
            break
        step = (gap[close] / length[close, None]) * (0.5 * short[close, None])
        np.add.at(points, left[close], step)
        np.add.at(points, right[close], -step)
    return points


def _nudge(points: Array) -> Array:
    """Part points that lie on one another, in a fixed direction for each, so that there is a way to push."""
    turn = np.arange(len(points)) * 2.399963
    return points + 1e-6 * np.column_stack([np.cos(turn), np.sin(turn)])


def _near(points: Array, reach: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of points in the same or neighbouring cells of a grid with cells of size `reach`."""
    cell = np.floor((points - points.min(axis=0)) / reach).astype(np.int64)
    width = int(cell[:, 1].max()) + 3
    key = (cell[:, 0] + 1) * width + cell[:, 1] + 1
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    pairs = [_pairs(order, ordered, step) for step in (0, 1, width - 1, width, width + 1)]
    return np.concatenate([p[0] for p in pairs]), np.concatenate([p[1] for p in pairs])


def _pairs(
    order: NDArray[np.int64], ordered: NDArray[np.int64], step: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return every pair of a point and one in the cell `step` further on; each pair once."""
    first = np.searchsorted(ordered, ordered + step, side="left")
    last = np.searchsorted(ordered, ordered + step, side="right")
    count = last - first
    left = np.repeat(order, count)
    start = np.repeat(first - np.concatenate([[0], np.cumsum(count)[:-1]]), count)
    right = order[np.arange(len(left)) + start]
    once = right > left if step == 0 else left != right
    return left[once], right[once]
