"""Where every city stands under one measure, and where one would stand if a dyad were another.

In: flows and a measure. Out: a Standing: dyads, scores rounded to 12 digits, and ranks as `rank` gives them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from coopgraph.network.explanation.shares import Dyads, Measure, score
from coopgraph.network.flows import Flows

DIGITS = 12


@dataclass(frozen=True)
class Standing:
    """Every city's dyads and score; `ordered` holds the scores there are, smallest first."""

    measure: Measure
    dyads: Mapping[str, Dyads]
    scores: Mapping[str, float | None]
    ordered: tuple[float, ...]

    @property
    def others(self) -> int:
        """How many partners a city could have: |V| - 1, at least 1."""
        return max(len(self.scores) - 1, 1)


def standing(made: Flows, measure: Measure) -> Standing:
    """Work out the score of every city in V.

    >>> import pyarrow as pa
    >>> from coopgraph.network.flows import flows
    >>> table = pa.table({"event": ["visit"] * 3, "city": ["Lima", "Quito", "La Paz"],
    ...                   "contributes": [True, True, False], "benefits": [True, True, True]})
    >>> standing(flows(table), Measure("peer_exchange")).scores
    {'La Paz': 0.0, 'Lima': 0.5, 'Quito': 0.5}
    """
    dyads = _dyads(made)
    others = max(len(dyads) - 1, 1)
    scores = {city: rounded(score(measure, pairs, others)) for city, pairs in dyads.items()}
    return Standing(
        measure, dyads, scores, tuple(sorted(known for known in scores.values() if known is not None))
    )


def rounded(value: float | None) -> float | None:
    """Round as rankings do; -0.0 is 0.0."""
    return None if value is None else round(value, DIGITS) + 0.0


def place(stand: Standing, city: str) -> int | None:
    """Return the rank of a city; equal scores share one, and what is undefined has none."""
    own = stand.scores[city]
    return None if own is None else len(stand.ordered) - bisect_right(stand.ordered, own) + 1


def sharing(stand: Standing, city: str) -> int:
    """Return how many other cities have the same rank."""
    own = stand.scores[city]
    return 0 if own is None else sum(known == own for known in stand.ordered) - 1


def rank_with(stand: Standing, city: str, own: float, partner: str, pair: tuple[float, float]) -> int:
    """Return the rank of a city whose score would be `own` if this pair were what passes to the partner."""
    theirs = rounded(score(stand.measure, {**stand.dyads[partner], city: pair[::-1]}, stand.others))
    above = len(stand.ordered) - bisect_right(stand.ordered, own)
    for old, new in ((stand.scores[city], own), (stand.scores[partner], theirs)):
        above += (new is not None and new > own) - (old is not None and old > own)
    return above + 1


def _dyads(made: Flows) -> dict[str, dict[str, tuple[float, float]]]:
    found: dict[str, dict[str, tuple[float, float]]] = {city: {} for city in made.nodes}
    columns = (made.edges.column(name).to_pylist() for name in ("source", "target", "weight"))
    for giver, receiver, weight in zip(*columns, strict=True):
        if weight > 0:
            found[giver][receiver] = (weight, found[giver].get(receiver, (0.0, 0.0))[1])
            found[receiver][giver] = (found[receiver].get(giver, (0.0, 0.0))[0], weight)
    return found
