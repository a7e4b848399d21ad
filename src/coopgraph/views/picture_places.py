"""Where the nodes of a picture are, in inches from its upper left corner, and the ground of each community.

In: a `Seen`. Out: `Places`, and convex hulls.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coopgraph.views import plot_style as style
from coopgraph.views.label_places import Array
from coopgraph.views.seen import GROUPS, Seen

WIDTH, LEGEND, GUTTER = 11.0, 2.55, 0.25  # inches
LEAST, MOST = 3.2, 8.2  # height of the graph
CLOSEST = 0.0165  # inches a unit of the canvas is drawn as, at most
SPREAD = {"diamond": 1.25, "square": 1.2, "triangle": 1.2, "triangleDown": 1.2, "hexagon": 1.1}
EDGE = 0.42  # free around the outermost nodes, for the ground of communities and for names


class Places:
    """Where nodes are, in inches, and how large the graph is."""

    def __init__(self, seen: Seen) -> None:
        composition = seen.composition
        points = np.array([composition.points[i] for i in seen.nodes]).reshape(-1, 2)
        radii = np.array([composition.radii[i] for i in seen.nodes])
        low, high = _bounds(points, radii)
        self.width = WIDTH - 2 * style.MARGIN - LEGEND - GUTTER
        span = np.maximum(high - low, 1.0)
        room = np.array([self.width - 2 * EDGE, MOST - 2 * EDGE])
        self.scale = float(min(CLOSEST, (room / span).min()))
        self.height = max(LEAST, float(span[1]) * self.scale + 2 * EDGE)
        middle = np.array([self.width, self.height]) / 2
        self.points = dict(zip(seen.nodes, middle + (points - (low + high) / 2) * self.scale, strict=True))
        self.radii = {i: max(composition.radii[i] * self.scale, 0.022) for i in seen.nodes}
        self._reach = {i: SPREAD.get(seen.shape(composition.drawing.nodes[i].kind), 1.0) for i in seen.nodes}

    def disc(self, i: int) -> tuple[float, float, float]:
        x, y = self.points[i]
        return float(x), float(y), self.radii[i]

    def taken(self, i: int) -> tuple[float, float, float]:
        """Return the disc that names keep clear of: a diamond reaches farther than its radius."""
        x, y, r = self.disc(i)
        return x, y, r * self._reach[i]


def _bounds(points: Array, radii: Array) -> tuple[Array, Array]:
    if not len(points):
        return np.zeros(2), np.zeros(2)
    return (points - radii[:, None]).min(axis=0), (points + radii[:, None]).max(axis=0)


def hulls_of(seen: Seen, placed: Places) -> dict[int, Array]:
    """Return the corners around each community of three or more (of two, where it has a colour)."""
    if seen.composition.drawing.colour_by != "community":
        return {}
    members: dict[int, list[int]] = {}
    for i in seen.nodes:
        if seen.composition.groups[i] >= 0:
            members.setdefault(seen.composition.groups[i], []).append(i)
    least = {group: 2 if group < GROUPS else 3 for group in members}
    return {
        group: _hull([tuple(placed.points[i]) for i in ids])
        for group, ids in sorted(members.items())
        if len(ids) >= least[group]
    }


def _hull(points: Sequence[tuple[float, float]]) -> Array:
    """Return the corners of the convex hull (Andrew's monotone chain)."""
    ordered = sorted(set(points))

    def half(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
        chain: list[tuple[float, float]] = []
        for p in points:
            while len(chain) > 1 and _cross(chain[-2], chain[-1], p) <= 0:
                chain.pop()
            chain.append(p)
        return chain[:-1]

    return np.array([*half(ordered), *half(ordered[::-1])] or ordered)


def _cross(o: Sequence[float], a: Sequence[float], b: Sequence[float]) -> float:
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])
