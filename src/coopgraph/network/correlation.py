"""Correlation of two lists of numbers, exactly added up so that it repeats.

In: two sequences of the same length. Out: a number within [-1, 1], or None where one of them does not vary.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt


def pearson(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Return how near the pairs lie to a line.

    >>> pearson([1, 2, 3], [2, 4, 6]), pearson([1, 2], [5, 5])
    (1.0, None)
    """
    x, y = _centred(left), _centred(right)
    scale = sqrt(fsum(value * value for value in x) * fsum(value * value for value in y))
    return round(fsum(a * b for a, b in zip(x, y, strict=True)) / scale, 12) if scale else None


def spearman(left: Sequence[float], right: Sequence[float]) -> float | None:
    """Return how near the two orders are, ties at their mean rank.

    >>> spearman([1, 2, 30], [1, 5, 6])
    1.0
    """
    return pearson(_mean_ranks(left), _mean_ranks(right))


def _centred(values: Sequence[float]) -> list[float]:
    if not values or min(values) == max(values):
        return [0.0] * len(values)
    mean = fsum(values) / len(values)
    return [value - mean for value in values]


def _mean_ranks(values: Sequence[float]) -> list[float]:
    order = sorted(values)
    first = {value: place for place, value in reversed(list(enumerate(order)))}
    last = {value: place for place, value in enumerate(order)}
    return [(first[value] + last[value]) / 2 for value in values]
