"""Where each city stands: its measures, their ranges and ranks, under both readings of unknown roles.

In: an open release. Out: `Standings`, worked out once for all cities; equal to what `rank` and `ranges` give.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from coopgraph.network.basis import Basis
    from coopgraph.network.sensitivity.loss import Loss
    from coopgraph.release import Release

SHOWN: Final = ("peer-exchange", "peer-exchange-k1", "given", "received", "reciprocity", "partners")


@dataclass(frozen=True)
class Standing:
    """A city by one measure: its value and rank with unknown roles not counted as a yes, and their ranges.

    `other_value` and `other_rank` count them as a yes; `ranked` is how many cities have a rank. None:
    undefined.
    """

    measure: str
    value: float | None
    low: float | None
    high: float | None
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    ranked: int
    other_value: float | None
    other_rank: int | None


@dataclass(frozen=True)
class Standings:
    """Every city's standings by IRI, what they rest on, and the loss their ranges are worked out under."""

    cities: Mapping[str, tuple[Standing, ...]]
    basis: Basis
    loss: Loss


def standings(release: Release) -> Standings:
    """Work out where every city of a release stands."""
    from coopgraph.network.ranking import rank
    from coopgraph.network.sensitivity.ranges import ranges

    usual, other = rank(release), rank(release, unknown="both")
    ranged = ranges(release, measure=SHOWN)
    limits = {(row["measure"], row["city"]): row for row in ranged.table.to_pylist()}
    mine, theirs = _columns(usual.table), _columns(other.table)
    ranked = {name: sum(own[name][1] is not None for own in mine.values()) for name in SHOWN}
    return Standings(
        {
            city: tuple(_standing(name, city, mine, theirs, limits, ranked[name]) for name in SHOWN)
            for city in mine
        },
        usual.basis,
        ranged.loss,
    )


def _columns(table: Any) -> dict[str, dict[str, tuple[float | None, int | None]]]:
    """Return value and rank of each city by measure; equal values share a rank."""
    found: dict[str, dict[str, tuple[float | None, int | None]]] = {}
    cities = table["city"].to_pylist()
    for name in SHOWN:
        values = table[name.replace("-", "_")].to_pylist()
        ordered = sorted((value for value in values if value is not None), reverse=True)
        first: dict[float, int] = {}
        for place, value in enumerate(ordered, start=1):
            first.setdefault(value, place)
        for city, value in zip(cities, values, strict=True):
            found.setdefault(city, {})[name] = (value, None if value is None else first[value])
    return found


def _standing(
    name: str,
    city: str,
    mine: Mapping[str, Mapping[str, tuple[float | None, int | None]]],
    theirs: Mapping[str, Mapping[str, tuple[float | None, int | None]]],
    limits: Mapping[tuple[str, str], Mapping[str, Any]],
    ranked: int,
) -> Standing:
    limit = limits[name.replace("-", "_"), city]
    value, rank = mine[city][name]
    return Standing(
        name,
        value,
        limit["score_low"],
        limit["score_high"],
        rank,
        limit["rank_low"],
        limit["rank_high"],
        ranked,
        *theirs[city][name],
    )
