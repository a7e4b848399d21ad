"""Place a city and its partners for a small drawing: names in two columns, so that none covers another.

In: a city's partners, and what passes between them. Out: an `Ego`: places in a box of its own units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

from coopgraph.views.profiles.profile import Partner, Reference

Way = Literal["both", "given", "received", "shared"]
MOST: Final = 18  # partners drawn: nine names on each side can be read
_WIDTH, _PITCH, _REACH, _GAP, _LETTERS = 480, 25, 84, 9, 21


@dataclass(frozen=True)
class Spoke:
    """A partner: its place, its name as drawn, and what joins it to the city.

    `way` is both, given (by the city), received, or shared: agreements or actions, but it is not known that
    anything passed. `x1` ... `y2` are the ends of the line, clear of both dots.
    """

    partner: Reference
    name: str
    right: bool
    x: float
    y: float
    text_x: float
    x1: float
    y1: float
    x2: float
    y2: float
    way: Way
    agreements: int
    actions: int
    given: float
    received: float


@dataclass(frozen=True)
class Ego:
    """A box `width` by `height` with the city in its middle, and how many partners are not drawn."""

    width: int
    height: int
    spokes: tuple[Spoke, ...]
    left_out: int


def ego(partners: Sequence[Partner], flows: Mapping[str, tuple[float, float]]) -> Ego:
    """Place the partners with most in common; `flows` is what the city gave and received by partner.

    >>> lima = Partner(Reference("urn:lima", "Lima", "", "city"), 1, 0)
    >>> ego([lima], {"urn:lima": (1.0, 0.0)}).spokes[0].way
    'given'
    """
    weight = {one.partner.iri: sum(flows.get(one.partner.iri, ())) for one in partners}
    ordered = sorted(
        partners,
        key=lambda one: (-weight[one.partner.iri], -one.agreements - one.actions, one.partner.iri),
    )
    drawn = ordered[:MOST]
    rows = (len(drawn) + 1) // 2
    height = max(rows, 4) * _PITCH + _PITCH
    spokes = [
        _spoke(one, flows.get(one.partner.iri, (0.0, 0.0)), place, len(drawn), height)
        for place, one in enumerate(drawn)
    ]
    return Ego(_WIDTH, height, tuple(spokes), len(ordered) - len(drawn))


def _spoke(one: Partner, flow: tuple[float, float], place: int, count: int, height: int) -> Spoke:
    """Even places stand on the right and odd ones on the left, each side from the top down."""
    right = place % 2 == 0
    rows = (count + 1) // 2 if right else count // 2
    y = height / 2 + (place // 2 - (rows - 1) / 2) * _PITCH
    middle, side = _WIDTH / 2, 1 if right else -1
    x = middle + side * _REACH * sqrt(max(0.0, 1 - ((y - height / 2) / (height / 2 + _PITCH)) ** 2))
    away = sqrt((x - middle) ** 2 + (y - height / 2) ** 2)
    near, far = 13 / away, 1 - 8 / away
    name = one.partner.label
    return Spoke(
        partner=one.partner,
        name=name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…",
        right=right,
        x=round(x, 1),
        y=round(y, 1),
        text_x=round(x + side * _GAP, 1),
        x1=round(middle + (x - middle) * near, 1),
        y1=round(height / 2 + (y - height / 2) * near, 1),
        x2=round(middle + (x - middle) * far, 1),
        y2=round(height / 2 + (y - height / 2) * far, 1),
        way=_way(*flow),
        agreements=one.agreements,
        actions=one.actions,
        given=flow[0],
        received=flow[1],
    )


def _way(given: float, received: float) -> Way:
    if given and received:
        return "both"
    if given:
        return "given"
    return "received" if received else "shared"
