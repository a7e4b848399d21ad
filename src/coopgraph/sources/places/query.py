"""A name to look up, and what it may mean or was taken for: plain data, and the order of candidates.

In: a name with what is said beside it. Out: a `Match`.
Format: docs/decisions/0016-places.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from coopgraph.sources.places.gazetteer import Gazetteer

How = Literal["exact", "alias", "dominant", "near", "judged", "ambiguous", "far", "unknown", ""]

FOUND: Final = frozenset(("exact", "alias", "dominant", "near", "judged"))


@dataclass(frozen=True)
class Query:
    """One name with what is said beside it. `country` is an ISO 3166-1 alpha-2 code; `dominant`: whether a
    place may be taken because its namesakes in the country are so much smaller."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    dominant: bool = True

    @property
    def position(self) -> tuple[float, float] | None:
        """The latitude and longitude stated; None unless both are."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


@dataclass(frozen=True)
class Candidate:
    """A place a name may mean: its row, how alike the names are (0 to 100), how many km away it lies; and of
    its namesakes that are not in the gazetteer what `Bearer` says."""

    row: int
    score: float
    km: float | None = None
    left_out: int = 0
    largest: int = 0


@dataclass(frozen=True)
class Match:
    """What a name was taken for, and how; `row` is None where it is not certain."""

    how: How
    row: int | None = None
    candidates: tuple[Candidate, ...] = ()


def order(gazetteer: Gazetteer, candidate: Candidate) -> tuple[float, float, int, int]:
    """Sort candidates: near before far, alike before less alike, large before small."""
    row = candidate.row
    return (
        candidate.km if candidate.km is not None else 0.0,
        -candidate.score,
        -gazetteer.of("population", row),
        gazetteer.of("id", row),
    )
