"""Communities of a large graph in numpy alone: each node joins the neighbours it is most tied to.

In: dyads as arrays. Out: a community number for each node, largest community first, -1 for a node without a
link. Louvain (Blondel et al. 2008, doi:10.1088/1742-5468/2008/10/P10008); within a round half of the nodes
move, drawn with a seed, so that all can be weighed at once. Weights are whole numbers inside: sums are the
same on every machine.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Places = NDArray[np.int64]
_ROUNDS = 40
_FEW = 0.01  # when so few want to move, the next level goes on
_LARGEST = float(2**44)  # the sum of all weights, as whole numbers: products of sums keep their digits


def communities(n: int, source: Places, target: Places, weight: Array, *, seed: int = 1) -> Places:
    """Return each node's community; dyads stand once, in any order, and weights are above 0.

    >>> communities(6, np.array([0, 1, 2, 3]), np.array([1, 2, 0, 4]), np.ones(4)).tolist()
    [0, 0, 0, 1, 1, -1]
    """
    of = np.arange(n)
    a, b = np.concatenate([source, target]), np.concatenate([target, source])
    total = float(weight.sum())
    whole = np.maximum(np.rint(np.tile(weight, 2) * (_LARGEST / total)), 1.0) if total else np.zeros(len(a))
    rng = np.random.default_rng(seed)
    level = n
    while len(a):
        joined = _moved(level, a, b, whole, rng)
        names, joined = np.unique(joined, return_inverse=True)
        of = joined[of]
        if len(names) == level:
            break
        level = len(names)
        a, b, whole = _merged(level, joined[a], joined[b], whole)
    return _by_size(of, np.bincount(np.concatenate([source, target]), minlength=n) > 0)


def _moved(n: int, a: Places, b: Places, weight: Array, rng: np.random.Generator) -> Places:
    """Move nodes to the community they gain most from until few want to; links of a node to itself count."""
    of = np.arange(n)
    strength = np.bincount(a, weight, n).astype(float)
    whole = strength.sum()
    outer = a != b
    a, b, weight = a[outer], b[outer], weight[outer]
    for _ in range(_ROUNDS):
        best, gain = _best(n, of, a, b, weight, strength, whole)
        wanting = np.flatnonzero(gain > 0)
        if len(wanting) <= n * _FEW:
            break
        moving = wanting[rng.random(len(wanting)) < 0.5] if len(wanting) > 1 else wanting
        of[moving] = best[moving]
    return of


def _best(
    n: int, of: Places, a: Places, b: Places, weight: Array, strength: Array, whole: float
) -> tuple[Places, Array]:
    """Return for each node the community to join and what it gains over staying; ties go to the lowest."""
    tied, start = np.unique(a * n + of[b], return_inverse=True)
    node, group = tied // n, tied % n
    ties = np.bincount(start, weight)
    held = np.bincount(of, strength, n)
    own = group == of[node]
    value = ties - strength[node] * ((held[group] - np.where(own, strength[node], 0.0)) / whole)
    stay = -strength * ((held[of] - strength) / whole)
    stay[node[own]] = value[own]
    order = np.lexsort((group, -value, node))
    first = order[np.flatnonzero(np.diff(node[order], prepend=-1))]
    best, gain = of.copy(), np.zeros(n)
    best[node[first]] = group[first]
    gain[node[first]] = value[first] - stay[node[first]]
    gain[best == of] = 0.0
    return best, gain


def _merged(n: int, a: Places, b: Places, weight: Array) -> tuple[Places, Places, Array]:
    """Return the links between communities; those within are links of a community to itself."""
    key, place = np.unique(a * n + b, return_inverse=True)
    return key // n, key % n, np.bincount(place, weight).astype(float)


def _by_size(of: Places, linked: NDArray[np.bool_]) -> Places:
    """Number the communities of the linked nodes, the largest first, then by their first node."""
    found = np.full(len(of), -1)
    names, first, place, size = np.unique(
        of[linked], return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(names), dtype=np.int64)
    rank[np.lexsort((first, -size))] = np.arange(len(names))
    found[linked] = rank[place]
    return found
