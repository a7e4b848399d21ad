"""Points and lines as a GeoPackage holds them.

In: longitudes and latitudes. Out: bytes, and the box around them. Standard: OGC GeoPackage 1.3, 2.1.3 (a
header, little endian, WGS 84, of lines with an envelope), with ISO well-known binary after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from struct import pack
from typing import Final

from coopgraph.exports.network.lines import Point

Box = tuple[float, float, float, float]  # least and most longitude, least and most latitude
WGS84: Final = 4326
_MAGIC: Final = b"GP\x00"
_BARE, _ENVELOPED = 0b001, 0b011


def point(place: Point) -> tuple[bytes, Box]:
    """Return a point.

    >>> point((-9.1, 38.7))[0][:8].hex(), len(point((-9.1, 38.7))[0])
    ('47500001e6100000', 29)
    """
    x, y = place
    return _MAGIC + pack("<BiBIdd", _BARE, WGS84, 1, 1, x, y), (x, x, y, y)


def lines(parts: Sequence[Sequence[Point]]) -> tuple[bytes, Box]:
    """Return a line of several parts."""
    xs, ys = zip(*chain.from_iterable(parts), strict=True)
    box = (min(xs), max(xs), min(ys), max(ys))
    head = _MAGIC + pack("<Bi4d", _ENVELOPED, WGS84, *box)
    return head + pack("<BII", 1, 5, len(parts)) + b"".join(map(_line, parts)), box


def _line(points: Sequence[Point]) -> bytes:
    flat = [number for place in points for number in place]
    return pack(f"<BII{len(flat)}d", 1, 2, len(points), *flat)
