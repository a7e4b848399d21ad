"""The outlines of the land, for maps that are drawn without a browser.

In: the `world.json` built for the explorer. Out: rings of (longitude, latitude). Format: TopoJSON, quantised
arcs.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Final

_WORLD: Final = Path(__file__).parents[1] / "web" / "static" / "world.json"
Ring = tuple[tuple[float, float], ...]


@lru_cache(maxsize=1)
def land() -> tuple[Ring, ...]:
    """Return the outer outlines of the land, at 1:110 million.

    >>> all(-180 <= long <= 180 for ring in land() for long, _ in ring)
    True
    """
    world = json.loads(_WORLD.read_text("utf-8"))
    (kx, ky), (x0, y0) = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round(x * kx + x0, 3), round(y * ky + y0, 3)))
        arcs.append(points)
    polygons = [part for geometry in world["objects"]["land"]["geometries"] for part in geometry["arcs"]]
    return tuple(part for polygon in polygons for part in _split(_ring(polygon[0], arcs)))


def _ring(places: list[int], arcs: list[list[tuple[float, float]]]) -> Ring:
    """Join arcs; a negative place is an arc the other way round. The point two arcs share stands once."""
    joined: list[tuple[float, float]] = []
    for place in places:
        points = arcs[place] if place >= 0 else arcs[~place][::-1]
        joined.extend(points[1:] if joined else points)
    return tuple(joined)


def _split(ring: Ring) -> list[Ring]:
    """Cut a ring where it goes around the back of the world, so that no line runs across the map."""
    cuts = [i for i in range(1, len(ring)) if abs(ring[i][0] - ring[i - 1][0]) > 180]
    return [ring[start:end] for start, end in zip([0, *cuts], [*cuts, len(ring)], strict=True)]
