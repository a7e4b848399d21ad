"""How nodes look in other tools: the colours of communities (decision 12), sizes by peer exchange.

In: a community's number, a measure. Out: six hexadecimal digits, a size.
"""

from __future__ import annotations

from math import sqrt
from typing import Final

COLOURS: Final = ("0f6fb3", "d98404", "00936b", "c2548f", "cf5a12", "52a9dd", "7d2a57", "83801f")
GREY: Final = "8492a1"
LAYERS: Final = {"exchange": "0f6fb3", "agreement": "d98404", "membership": "8492a1"}
_SCALE: Final = 1000.0
_SMALLEST, _LARGEST = 4.0, 16.0


def placed(x: float, y: float) -> tuple[float, float]:
    """Return a place of a drawing, which is within [-1, 1] and has y downwards, as other tools have it.

    >>> placed(0.0784, -0.3095)
    (78.4, 309.5)
    """
    return round(x * _SCALE, 1), round(-y * _SCALE, 1) + 0.0


def colour_of(community: int | None) -> str:
    """Return the colour of a community, counted from 0; of none, and of small ones, grey."""
    return COLOURS[community] if community is not None and 0 <= community < len(COLOURS) else GREY


def size_of(measure: float | None, largest: float) -> float:
    """Return a size whose area grows with the measure.

    >>> size_of(0.25, 1.0), size_of(None, 1.0)
    (10.0, 4.0)
    """
    return _SMALLEST + (_LARGEST - _SMALLEST) * sqrt((measure or 0.0) / (largest or 1.0))
