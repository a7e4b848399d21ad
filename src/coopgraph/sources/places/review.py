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
from coopgraph.sources.places.making import CALLED, OWN
from coopgraph.sources.places.query import FOUND, Candidate
from coopgraph.sources.records import Records

if TYPE_CHECKING:
    from coopgraph.sources.places.adding import Answered

MOST_OFFERED: Final = 5


@dataclass(frozen=True)
class Doubt:
    """One name to decide. `offered` are places it may mean, each in words that begin with its id, and at the
    end that others of the name are not in the gazetteer."""

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
    unsettled = sorted((one for one in answers if one.match.how not in FOUND), key=lambda one: one.id)
    alike = [list(group) for _, group in groupby(unsettled, key=lambda one: one.id)]
    firsts = [min((one.asked.source, one.asked.first) for one in each) for each in alike]
    places = _places(firsts, records)
    found = [_doubt(each, places[first], gazetteer) for each, first in zip(alike, firsts, strict=True)]
    return sorted(found, key=lambda doubt: (-doubt.rows, doubt.id))


def _places(firsts: Sequence[tuple[str, int]], records: Mapping[str, Records]) -> dict[tuple[str, int], str]:
    """Where records stand, in words; each file is read at most once."""
    wanted: dict[str, list[int]] = {}
    for source, record in firsts:
        wanted.setdefault(source, []).append(record)
    return {
        (source, record): f"{file}, {unit_of(file)} {line}"
        for source, found in wanted.items()
        for record, (file, line) in records[source].locate_all(found).items()
    }


def _doubt(alike: Sequence[Answered], first: str, gazetteer: Gazetteer) -> Doubt:
    """What is said of one name, as most of its rows have it."""
    commonest = min(alike, key=lambda one: (-one.asked.count, one.asked.key))
    return Doubt(
        id=commonest.id,
        name=commonest.name,
        country=commonest.asked.country or "",
        lat=commonest.asked.lat,
        lon=commonest.asked.lon,
        how=commonest.match.how,
        rows=sum(one.asked.count for one in alike),
        first=first,
        offered=_offered(gazetteer, commonest.match.candidates),
    )


def _offered(gazetteer: Gazetteer, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    others = _not_held(gazetteer, candidates)
    held = candidates[: MOST_OFFERED - len(others)]
    return (*(in_words(gazetteer, one) for one in held), *others)


def _not_held(gazetteer: Gazetteer, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Say that places of the name are not in the gazetteer; chosen, that is `none`."""
    here = [one for one in candidates if one.left_out in (OWN, CALLED)]
    if here:
        one = max(here, key=lambda each: (each.largest, -each.row))
        size = f"{one.largest:,} inhabitants" if one.largest else "inhabitants not stated"
        where = f"in {gazetteer.of('country', one.row)}, the largest of them: {size}"
    elif any(one.left_out for one in candidates):
        where = "in other countries"
    else:
        return ()
    return (f"none: a place of this name {where}; it is not in this gazetteer, a larger one has it",)


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
