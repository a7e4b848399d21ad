"""What would raise a score most: one more event with one partner, tried and measured.

In: where everybody stands. Out: the changes that raise the score, best first; nothing is guessed, each is
the score worked out again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coopgraph.network.explanation.shares import score
from coopgraph.network.explanation.standing import Standing, rank_with, rounded

MOST = 5
_ONE_SIDED = (("gives", (1.0, 0.0)), ("receives", (0.0, 1.0)))
_MUTUAL = (("both", (1.0, 1.0)),)
_ADDED = dict((*_ONE_SIDED, *_MUTUAL))


@dataclass(frozen=True)
class Change:
    """One more event of the city and one partner.

    Attributes
    ----------
    change
        Who gives in it: the city (gives), the partner (receives), or both.
    partner
        The partner, or None for any city with which nothing passes yet: the gain is the same with each.
    score, gain, rank
        The score afterwards, by how much it is higher, and the rank; with any new partner, the rank that is
        certain whichever it is.
    """

    change: str
    partner: str | None
    score: float
    gain: float
    rank: int


def changes(stand: Standing, city: str) -> list[Change]:
    """Return the cheapest change with each partner that raises the score, the best first, at most five.

    The cheapest is an event in which one of the two gives to the other; one in which both do is tried only
    where that does not raise the score.
    """
    tried = [_cheapest(stand, city, partner, pair) for partner, pair in stand.dyads[city].items()]
    strangers = [other for other in stand.scores if other != city and other not in stand.dyads[city]]
    best = [found for found in tried if found is not None]
    if strangers and (new := _cheapest(stand, city, strangers[0], (0.0, 0.0))):
        best.append((*new[:3], None))
    best.sort(key=lambda found: (-found[1], found[3] is not None, found[3] or ""))
    return [_placed(stand, city, found, strangers) for found in best[:MOST]]


_Added = tuple[str, tuple[float, float]]
_Tried = tuple[float, float, str, "str | None"]


def _cheapest(stand: Standing, city: str, partner: str, pair: tuple[float, float]) -> _Tried | None:
    return _best(stand, city, partner, pair, _ONE_SIDED) or _best(stand, city, partner, pair, _MUTUAL)


def _best(
    stand: Standing, city: str, partner: str, pair: tuple[float, float], added: Iterable[_Added]
) -> _Tried | None:
    """Return (score, gain, change, partner) of the best of these changes, if any raises the score."""
    before = stand.scores[city]
    best: _Tried | None = None
    for change, (given, received) in added:
        dyads = {**stand.dyads[city], partner: (pair[0] + given, pair[1] + received)}
        after = rounded(score(stand.measure, dyads, stand.others))
        gain = None if after is None else rounded(after - (before or 0.0))
        if after is not None and gain is not None and gain > (best[1] if best else 0.0):
            best = (after, gain, change, partner)
    return best


def _placed(stand: Standing, city: str, found: _Tried, strangers: list[str]) -> Change:
    after, gain, change, partner = found
    given, received = _ADDED[change]
    rank = max(
        rank_with(stand, city, after, other, (pair[0] + given, pair[1] + received))
        for other in (strangers if partner is None else [partner])
        for pair in (stand.dyads[city].get(other, (0.0, 0.0)),)
    )
    return Change(change, partner, after, gain, rank)
