"""Place scores and their ranges on one axis: a row for each city, a dot, a bar.

In: rows of a ranking. Out: `Dots`: places in a box of its own units, for a drawing a template makes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any, Final

ROWS: Final = 25
_WIDTH, _LEFT, _RIGHT, _TOP, _PITCH = 760, 210, 90, 8, 21


@dataclass(frozen=True)
class Dot:
    """A row: where its score and the ends of its range stand; no range, no ends."""

    row: Mapping[str, Any]
    y: float
    x: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Dots:
    """A box `width` by `height`; an axis from `left` to `right` at `floor`; ticks are (value, place)."""

    width: int
    height: int
    left: int
    right: int
    floor: float
    ticks: tuple[tuple[float, float], ...]
    rows: tuple[Dot, ...]


def dots(rows: Sequence[Mapping[str, Any]], measure: str, *, most: int = ROWS) -> Dots:
    """Place the first rows that have a score; `measure` is a column.

    >>> placed = dots([{"given": 4.0, "score_low": 2.0, "score_high": 4.0}], "given")
    >>> [value for value, _ in placed.ticks], placed.rows[0].x == placed.right
    ([0.0, 1.0, 2.0, 3.0, 4.0], True)
    """
    shown = [row for row in rows if row[measure] is not None][:most]
    values = [row[name] for row in shown for name in (measure, "score_low", "score_high") if row.get(name)]
    ticks = _ticks(min([0.0, *values]), max([0.0, *values]))
    right = _WIDTH - _RIGHT

    def place(value: float | None) -> float | None:
        if value is None:
            return None
        return round(_LEFT + (right - _LEFT) * (value - ticks[0]) / (ticks[-1] - ticks[0]), 1)

    bottom = _TOP + len(shown) * _PITCH
    return Dots(
        _WIDTH,
        bottom + 30,
        _LEFT,
        right,
        bottom + 4,
        tuple((tick, place(tick) or 0.0) for tick in ticks),
        tuple(
            Dot(
                row,
                _TOP + (i + 0.5) * _PITCH,
                place(row[measure]) or 0.0,
                place(row.get("score_low")),
                place(row.get("score_high")),
            )
            for i, row in enumerate(shown)
        ),
    )


def _ticks(least: float, most: float) -> list[float]:
    """Return round values from at or below the least to at or above the most, about five.

    >>> _ticks(0.0, 0.137), _ticks(-1.0, 1.0), _ticks(0.0, 0.0)
    ([0.0, 0.05, 0.1, 0.15], [-1.0, -0.5, 0.0, 0.5, 1.0], [0.0, 1.0])
    """
    if most <= least:
        return [0.0, 1.0]
    rough = (most - least) / 4
    size = 10.0 ** floor(log10(rough))
    step = next(times * size for times in (1, 2, 2.5, 5, 10) if times * size >= rough * 0.999)
    first, last = floor(least / step + 1e-9), ceil(most / step - 1e-9)
    return [round(place * step, 10) for place in range(first, last + 1)]
