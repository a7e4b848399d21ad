"""Place cities on a small map: the land behind them, and names that do not cover one another.

In: places by longitude and latitude, the outlines of the land. Out: a `SmallMap` in a box of its own units.
Projection: Equal Earth, its middle meridian in the middle of what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from coopgraph.views.equal_earth import equal_earth
from coopgraph.views.profiles.profile import Reference

_SIDES: Final = ((7, 4, "start"), (-7, 4, "end"), (0, -8, "middle"), (0, 16, "middle"))
Ring = Sequence[tuple[float, float]]
WIDTH: Final = 560
_LEAST, _MARGIN, _LETTER, _LINE = 24.0, 0.12, 6.4, 14.0  # degrees, share of the box, units


@dataclass(frozen=True)
class Pin:
    """A city: its place, and its name where there is room for it."""

    city: Reference
    x: float
    y: float
    name: str
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True)
class SmallMap:
    """A box `width` by `height`, the land as an SVG path, and the cities."""

    width: int
    height: int
    land: str
    pins: tuple[Pin, ...]


@dataclass(frozen=True)
class _Frame:
    middle: float  # meridian
    west: float
    north: float
    scale: float  # units of the box a unit of the projection

    def place(self, long: float, lat: float) -> tuple[float, float]:
        x, y = equal_earth(long, lat, self.middle)
        return round((x - self.west) * self.scale, 1), round((self.north - y) * self.scale, 1)


def small_map(places: Iterable[tuple[Reference, float, float]], land: Iterable[Ring]) -> SmallMap | None:
    """Place cities given as (city, longitude, latitude); None where none has a place.

    >>> lima = Reference("urn:lima", "Lima", "", "city")
    >>> found = small_map([(lima, -77.0, -12.0)], [])
    >>> found.width, found.pins[0].name
    (560, 'Lima')
    """
    cities = sorted(places, key=lambda place: place[0].iri)
    if not cities:
        return None
    frame, height = _frame([long for _, long, _ in cities], [lat for _, _, lat in cities])
    dots = [(city, *frame.place(long, lat)) for city, long, lat in cities]
    return SmallMap(WIDTH, height, _path(frame, land, height), tuple(_named(dots, height)))


def _frame(longs: Sequence[float], lats: Sequence[float]) -> tuple[_Frame, int]:
    """Return a frame around the places, never less than `_LEAST` degrees wide, at most 3 by 4."""
    middle, centre = (min(longs) + max(longs)) / 2, (min(lats) + max(lats)) / 2
    spots = [equal_earth(long, lat, middle) for long, lat in zip(longs, lats, strict=True)]
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    wide = max(max(xs) - min(xs), equal_earth(_LEAST, centre)[0]) * (1 + 2 * _MARGIN)
    tall = max(max(ys) - min(ys), equal_earth(0, _LEAST * 0.6)[1]) * (1 + 2 * _MARGIN)
    wide = max(wide, tall / 0.75)  # the box is no taller than three quarters of its width
    west, north = (min(xs) + max(xs) - wide) / 2, (min(ys) + max(ys) + tall) / 2
    return _Frame(middle, west, north, WIDTH / wide), round(tall * WIDTH / wide)


def _path(frame: _Frame, land: Iterable[Ring], height: int) -> str:
    """Return the land that is within the box or near it."""
    parts = []
    for ring in land:
        points = [frame.place(*point) for point in ring]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > height:
            continue
        parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z")
    return "".join(parts)


def _named(dots: Sequence[tuple[Reference, float, float]], height: int) -> Iterable[Pin]:
    """Give each city its name at the right, left, above or below, wherever it covers nothing yet."""
    taken = [(x - 5, y - 5, x + 5, y + 5) for _, x, y in dots]
    for city, x, y in dots:
        size = len(city.label) * _LETTER
        for dx, dy, anchor in _SIDES:
            text_x, text_y = x + dx, y + dy
            left = text_x - {"start": 0.0, "end": size, "middle": size / 2}[anchor]
            box = (left, text_y - _LINE + 3, left + size, text_y + 3)
            inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= height
            if inside and not any(_over(box, other) for other in taken):
                taken.append(box)
                yield Pin(city, x, y, city.label, round(text_x, 1), round(text_y, 1), anchor)
                break
        else:
            yield Pin(city, x, y, "", x, y, "start")


def _over(box: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
