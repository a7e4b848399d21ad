"""Distances on the Earth taken as a sphere: degrees in, kilometres out (the haversine formula)."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final

_RADIUS_KM: Final = 6371.0088  # the mean radius of GRS 80


def km_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance of two places in kilometres.

    >>> round(km_between(38.72509, -9.1498, 40.4165, -3.70256))  # Lisbon to Madrid
    503
    """
    one, other = radians(lat), radians(other_lat)
    up, along = sin((other - one) / 2), sin(radians(other_lon - lon) / 2)
    return 2 * _RADIUS_KM * asin(min(1.0, sqrt(up * up + cos(one) * cos(other) * along * along)))
