"""Lines on a map: the shortest way between two places, cut where the map ends.

In: two points as (longitude, latitude). Out: parts of a line, each a list of points no more than some degrees
apart. Standard: RFC 7946, 3.1.9: a line that crosses the antimeridian is cut in two.
"""

from __future__ import annotations

from itertools import pairwise
from math import acos, atan, atan2, ceil, cos, degrees, hypot, radians, sin
from typing import Final

Point = tuple[float, float]
_STEP: Final = 5.0  # degrees of arc between two points of a line
_DIGITS: Final = 5  # about a metre


def great_circle(start: Point, end: Point) -> list[list[Point]]:
    """Return the shortest way from one place to another as one part, or two at the antimeridian.

    Between places that are one, or opposite one another, there is no one shortest way: a straight line.

    >>> great_circle((0.0, 0.0), (0.0, 9.0))
    [[(0.0, 0.0), (0.0, 4.5), (0.0, 9.0)]]
    >>> great_circle((179.0, 0.0), (-179.0, 0.0))
    [[(179.0, 0.0), (180.0, 0.0)], [(-180.0, 0.0), (-179.0, 0.0)]]
    """
    a, b = _vector(start), _vector(end)
    angle = acos(max(-1.0, min(1.0, sum(p * q for p, q in zip(a, b, strict=True)))))
    if sin(angle) < 1e-9:
        return [[start, end]]
    steps = max(1, ceil(degrees(angle) / _STEP))
    inner = [_point(_between(a, b, angle, step / steps)) for step in range(1, steps)]
    return _cut([start, *inner, end])


def _vector(place: Point) -> tuple[float, float, float]:
    long, lat = radians(place[0]), radians(place[1])
    return cos(lat) * cos(long), cos(lat) * sin(long), sin(lat)


def _between(
    a: tuple[float, float, float], b: tuple[float, float, float], angle: float, share: float
) -> tuple[float, float, float]:
    p, q = sin((1 - share) * angle) / sin(angle), sin(share * angle) / sin(angle)
    return p * a[0] + q * b[0], p * a[1] + q * b[1], p * a[2] + q * b[2]


def _point(v: tuple[float, float, float]) -> Point:
    return round(degrees(atan2(v[1], v[0])), _DIGITS), round(degrees(atan2(v[2], hypot(v[0], v[1]))), _DIGITS)


def _cut(points: list[Point]) -> list[list[Point]]:
    parts: list[list[Point]] = [[points[0]]]
    for here, there in pairwise(points):
        if abs(there[0] - here[0]) > 180:
            edge = 180.0 if here[0] > 0 else -180.0
            lat = _at_antimeridian(here, there)
            parts[-1].append((edge, lat))
            parts.append([(-edge, lat)])
        parts[-1].append(there)
    return parts


def _at_antimeridian(here: Point, there: Point) -> float:
    """Return the latitude at which the great circle through two places crosses the antimeridian."""
    a, b = _vector(here), _vector(there)
    x, z = a[1] * b[2] - a[2] * b[1], a[0] * b[1] - a[1] * b[0]
    return round(degrees(atan(x / z)), _DIGITS) if z else here[1]
