"""Place the members of communities so that the distance on paper follows the distance in the graph.

In: links within communities. Out: for each member an offset from the middle of its community, one unit
between neighbours. Stress majorisation (Gansner, Koren & North 2004, doi:10.1007/978-3-540-31843-9_25), in
large communities towards neighbours and pivots alone (Ortmann, Klimenta & Brandes 2017,
doi:10.7155/jgaa.00440). All communities move at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Places = NDArray[np.int64]
_GOLDEN = np.pi * (3 - np.sqrt(5))
_PIVOTS = 16  # a community of no more members is placed exactly
_FAR = 1e6  # steps, where there is no path


def place_members(group: Places, a: Places, b: Places, *, rounds: int = 50) -> Array:
    """Return one offset for each member; `group` is ascending from 0, `a` and `b` are links, each both ways.

    >>> pair = place_members(np.array([0, 0]), np.array([0, 1]), np.array([1, 0]))
    >>> float(np.round(np.hypot(*(pair[0] - pair[1])), 3))
    1.0
    """
    n = len(group)
    sizes = np.bincount(group)
    first = np.cumsum(sizes) - sizes
    degree = np.bincount(a, minlength=n)
    at = _sunflower(group, first, degree)
    if not n:
        return np.zeros((0, 2))
    steps, pivots = _pivoted(group, first, degree, a, b)
    weight = _weights(steps, pivots, group)
    large = sizes[group[a]] > _PIVOTS
    a, b = a[large], b[large]
    total = np.maximum(weight.sum(axis=0) + np.bincount(a, minlength=n), 1e-12)
    for _ in range(rounds):
        wish = (weight * _wished(at, at[pivots], steps)).sum(axis=0)
        wish += _summed(a, _wished(at[a], at[b], 1.0), n)
        at = (at + wish / total) / 2  # all at once, so half way, or two would swing about each other
        at = at - (_summed(group, at, len(sizes)) / sizes)[group]
    return np.column_stack([at.real, at.imag])


def _sunflower(group: Places, first: Places, degree: Places) -> NDArray[np.complex128]:
    """Return a phyllotaxis disc for each community, the best connected members in its middle."""
    order = np.lexsort((np.arange(len(group)), -degree, group))
    rank = np.empty(len(group))
    rank[order] = np.arange(len(group)) - first[group[order]]
    return np.asarray(0.6 * np.sqrt(rank + 0.5) * np.exp(1j * rank * _GOLDEN))


def _pivoted(group: Places, first: Places, degree: Places, a: Places, b: Places) -> tuple[Array, Places]:
    """Return the steps from each member to each pivot of its community, and the pivots.

    The first pivot is the best connected member, the next the one farthest from all pivots so far; a
    community with fewer members repeats its pivots, which then weigh nothing.
    """
    n, groups = len(group), len(first)
    order = np.lexsort((np.arange(n), -degree, group))
    pivot = order[first]
    nearest = np.full(n, np.inf)
    steps, pivots = [], []
    for _ in range(min(_PIVOTS, int(np.bincount(group).max()))):
        reached = _steps(pivot, n, a, b)
        steps.append(reached)
        pivots.append(pivot[group])
        nearest = np.minimum(nearest, reached)
        order = np.lexsort((np.arange(n), -nearest, group))
        pivot = order[first]
    made = np.array(steps)
    known = np.where(made < _FAR, made, 0.0)
    farthest = np.zeros(groups)
    np.maximum.at(farthest, group, known.max(axis=0))
    return np.where(made < _FAR, made, farthest[group] + 1), np.array(pivots)


def _steps(start: Places, n: int, a: Places, b: Places) -> Array:
    """Return the steps to each member from the start of its community."""
    steps = np.full(n, _FAR)
    steps[start] = 0.0
    front = np.zeros(n, dtype=bool)
    front[start] = True
    for step in range(1, n):
        met = b[front[a]]
        front[:] = False
        front[met[steps[met] == _FAR]] = True
        if not front.any():
            break
        steps[front] = step
    return steps


def _weights(steps: Array, pivots: Places, group: Places) -> Array:
    """Return 1/d^2, times how many members a pivot stands for; nothing for a member itself."""
    n = len(group)
    stands = np.bincount(pivots[steps.argmin(axis=0), np.arange(n)], minlength=n)
    once = np.ones(steps.shape, dtype=bool)
    for k in range(1, len(pivots)):
        once[k] = (pivots[:k] != pivots[k]).all(axis=0)
    away = once & (steps > 0)
    return np.where(away, stands[pivots] / np.maximum(steps, 1.0) ** 2, 0.0)


def _wished(
    at: NDArray[np.complex128], other: NDArray[np.complex128], steps: Array | float
) -> NDArray[np.complex128]:
    """Return where another would have a node be: as many units away as there are steps between them."""
    gap = at - other
    return np.asarray(other + steps * gap / (np.abs(gap) + 1e-9))


def _summed(place: Places, values: NDArray[np.complex128], n: int) -> NDArray[np.complex128]:
    return np.asarray(np.bincount(place, values.real, n) + 1j * np.bincount(place, values.imag, n))
