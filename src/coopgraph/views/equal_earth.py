"""Equal Earth: a map of the world on which areas keep their size, for maps drawn without a browser.

In: longitude and latitude in degrees. Out: x and y on a globe of radius 1, y to the north. As the explorer's
map has it by d3-geo. Projection: Šavrič, Patterson & Jenny 2018, doi:10.1080/13658816.2018.1504949.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M: Final = sqrt(3) / 2


def equal_earth(long: float, lat: float, middle: float = 0.0) -> tuple[float, float]:
    """Return where a place stands on a map whose middle meridian is `middle`.

    >>> [round(at, 4) for at in equal_earth(180, 0)], [round(at, 4) for at in equal_earth(0, 90)]
    ([2.7066, 0.0], [0.0, 1.3174])
    """
    angle = asin(_M * sin(radians(lat)))
    square = angle * angle
    sixth = square**3
    x = radians(long - middle) * cos(angle)
    x /= _M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square))
    return x, angle * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
