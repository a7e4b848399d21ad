"""Where names go on a picture: beside their node, else a little off with a line to it, never over another.

In: nodes that want a name, discs and boxes that are taken, all in inches. Out: the names that found a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Box = tuple[float, float, float, float]  # left, top, right, bottom
_GAPS = (0.12, 0.22, 0.34, 0.48, 0.66, 0.9, 1.2, 1.6)  # how far off a name goes that must be there


@dataclass(frozen=True)
class Wanted:
    """A name that wants a place: its node's disc, its size, whether it must be there, and its better side."""

    node: int
    text: str
    disc: tuple[float, float, float]
    width: float
    height: float
    must: bool = False
    way: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Placed:
    """A name in its box, and where a line from its node ends if it stands off."""

    wanted: Wanted
    box: Box
    end: tuple[float, float] | None = None


def place_names(
    names: Sequence[Wanted], discs: Array, taken: Sequence[Box], area: tuple[float, float], room: int
) -> list[Placed]:
    """Place names in their order, `room` of them and all that must be there, as far as there is space.

    A name covers no disc but where it must be there and nothing else is free; it never covers another name.

    >>> two = [Wanted(i, name, (1.0, 1.0 + i, 0.1), 0.5, 0.1) for i, name in enumerate(["Lima", "Quito"])]
    >>> [placed.wanted.text for placed in place_names(two, np.array([n.disc for n in two]), [], (3, 3), 9)]
    ['Lima', 'Quito']
    """
    boxes = _Boxes(taken)
    placed: list[Placed] = []
    for wanted in names:
        if room <= 0 and not wanted.must:
            continue
        found = _beside(wanted, discs, boxes, area) or (
            _farther(wanted, discs, boxes, area) if wanted.must else None
        )
        if found:
            boxes.add(found.box)
            placed.append(found)
            room -= 1
    return placed


class _Boxes:
    """Boxes that are taken."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._boxes = list(boxes)
        self._array: Array = np.array(self._boxes, dtype=float).reshape(-1, 4)

    def add(self, box: Box) -> None:
        self._boxes.append(box)
        self._array = np.array(self._boxes, dtype=float)

    def hit(self, box: Box) -> bool:
        left, top, right, bottom = self._array.T
        return bool(((left < box[2]) & (right > box[0]) & (top < box[3]) & (bottom > box[1])).any())


def _beside(wanted: Wanted, discs: Array, boxes: _Boxes, area: tuple[float, float]) -> Placed | None:
    """Return one of four places beside the node, the one that points away from its partners first."""
    x, y, r = wanted.disc
    (ax, ay), half, gap = wanted.way, wanted.height / 2, r + 0.03
    places = [
        (ax + 0.3, x + gap, y - half),
        (0.2 - ax, x - gap - wanted.width, y - half),
        (0.1 + ay, x - wanted.width / 2, y + gap),
        (-ay, x - wanted.width / 2, y - gap - wanted.height),
    ]
    for _, left, top in sorted(places, reverse=True):
        box = (left, top, left + wanted.width, top + wanted.height)
        if _within(box, area) and not boxes.hit(box) and not _covered(box, discs, wanted.disc):
            return Placed(wanted, box)
    return None


def _farther(wanted: Wanted, discs: Array, boxes: _Boxes, area: tuple[float, float]) -> Placed | None:
    """Return the nearest free place around whose box and line to the node cover as little as can be."""
    x, y, _ = wanted.disc
    best: tuple[float, Placed] | None = None
    for gap, box in _around(wanted):
        if not _within(box, area) or boxes.hit(box):
            continue
        end = _nearest(box, x, y)
        crossed = sum(
            _covered(_spot(x, y, *end, part), discs, wanted.disc) or boxes.hit(_spot(x, y, *end, part))
            for part in (0.3, 0.45, 0.6, 0.75, 0.9)
        )
        near = (box[0] - 0.07, box[1] - 0.02, box[2] + 0.07, box[3] + 0.02)  # would be read as another's
        cost = (
            gap
            + 0.15 * crossed
            + 5.0 * _covered(box, discs, wanted.disc)
            + 0.2 * _covered(near, discs, wanted.disc)
        )
        if best is None or cost < best[0]:
            best = (cost, Placed(wanted, box, end))
    return best[1] if best else None


def _around(wanted: Wanted) -> Iterator[tuple[float, Box]]:
    x, y, r = wanted.disc
    for gap in _GAPS:
        for turn in range(16):
            dx, dy = np.cos(turn * np.pi / 8), np.sin(turn * np.pi / 8)
            middle = x + dx * (r + gap + wanted.width / 2), y + dy * (r + gap + wanted.height / 2)
            left, top = middle[0] - wanted.width / 2, middle[1] - wanted.height / 2
            yield gap, (left, top, left + wanted.width, top + wanted.height)


def _nearest(box: Box, x: float, y: float) -> tuple[float, float]:
    return max(box[0] - 0.02, min(x, box[2] + 0.02)), max(box[1], min(y, box[3]))


def _spot(x: float, y: float, to_x: float, to_y: float, part: float) -> Box:
    at_x, at_y = x + (to_x - x) * part, y + (to_y - y) * part
    return at_x - 0.01, at_y - 0.01, at_x + 0.01, at_y + 0.01


def _covered(box: Box, discs: Array, own: tuple[float, float, float]) -> bool:
    """Say whether a box covers a disc other than its own."""
    x, y, r = discs.T
    dx = x - np.clip(x, box[0], box[2])
    dy = y - np.clip(y, box[1], box[3])
    others = (x != own[0]) | (y != own[1])
    return bool(((dx * dx + dy * dy < (r + 0.01) ** 2) & others).any())


def _within(box: Box, area: tuple[float, float]) -> bool:
    return box[0] > 0 and box[1] > 0 and box[2] < area[0] and box[3] < area[1]
