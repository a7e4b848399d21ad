"""Names that are of no certain place, as rows to decide: how often each occurs, where, and what it may mean.

In: the answers of a build. Out: `Doubt`s, the commonest first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from coopgraph.errors import unit_of
from coopgraph.sources.places.gazetteer import Gazetteer
from coopgraph.sources.places.matching import FOUND, Candidate
from coopgraph.sources.records import Records

if TYPE_CHECKING:
    from coopgraph.sources.places.adding import Answered

MOST_OFFERED: Final = 5


@dataclass(frozen=True)
class Doubt:
    """One name to decide. `offered` are places it may mean, each in words that begin with its id."""

    id: str
    name: str
    country: str
    lat: float | None
    lon: float | None
    how: str
    rows: int
    first: str
    offered: tuple[str, ...]


def doubts(answers: Sequence[Answered], records: Mapping[str, Records], gazetteer: Gazetteer) -> list[Doubt]:
    """Return every name that is of no certain place, once, the commonest first."""
    open_ = [one for one in answers if one.match.how not in FOUND]
    found = []
    for name, group in groupby(sorted(open_, key=lambda one: one.id), key=lambda one: one.id):
        alike = list(group)
        commonest = min(alike, key=lambda one: (-one.asked.count, one.asked.key))
        first = min(alike, key=lambda one: (one.asked.source, one.asked.first)).asked
        file, line = records[first.source].locate(first.first)
        found.append(
            Doubt(
                id=name,
                name=commonest.name,
                country=commonest.asked.country or "",
                lat=commonest.asked.lat,
                lon=commonest.asked.lon,
                how=commonest.match.how,
                rows=sum(one.asked.count for one in alike),
                first=f"{file}, {unit_of(file)} {line}",
                offered=_offered(gazetteer, commonest.match.candidates),
            )
        )
    return sorted(found, key=lambda doubt: (-doubt.rows, doubt.id))


def _offered(gazetteer: Gazetteer, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    return tuple(in_words(gazetteer, one) for one in candidates[:MOST_OFFERED])


def in_words(gazetteer: Gazetteer, candidate: Candidate) -> str:
    """Say which place a candidate is: `geonames-4409896: Springfield, Missouri, US, 170,188 inhabitants`."""
    row = candidate.row
    region, population = gazetteer.of("admin1", row), gazetteer.of("population", row)
    parts = [
        gazetteer.of("name", row),
        *([region] if region and not region.isdigit() else []),
        gazetteer.of("country", row),
        f"{population:,} inhabitants" if population else "inhabitants not stated",
        *([f"{candidate.km:,.0f} km away"] if candidate.km is not None else []),
    ]
    return f"geonames-{gazetteer.of('id', row)}: {', '.join(parts)}"
