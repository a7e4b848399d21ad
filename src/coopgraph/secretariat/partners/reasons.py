"""Why a city may be a partner: each reason with its number, its points and what proves it.

In: `Known`, the city that asks, a candidate with its `Found`. Out: rows of the table `reasons`. Reasons with
points make the score; the others are told, and order those whose scores are equal.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from coopgraph.namespaces import COUNTRY
from coopgraph.network.partnering.rule import SCALE
from coopgraph.network.partnering.ways import Way
from coopgraph.secretariat.dossier import Row, Said
from coopgraph.secretariat.partners.known import Interest, Known, Role
from coopgraph.secretariat.partners.languages import official_languages, own_name
from coopgraph.secretariat.partners.subject import Subject, role_of

ALIKE: Final = 2.0  # times as large at most

Proof = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Reason:
    """A reason: things and a text, a number with its unit, the points it adds, sources and evidence."""

    key: str
    things: tuple[str, ...] = ()
    detail: str | Said | None = None
    value: float | None = None
    unit: str | None = None
    points: float = 0.0
    proof: Proof = ((), ())

    def row(self, city: str) -> Row:
        """Return it as a row."""
        cells: tuple[Any, ...] = (
            city,
            self.key,
            self.things,
            self.detail,
            self.value,
            self.unit,
            self.points,
        )
        return Row(cells, *self.proof)


@dataclass(frozen=True)
class Found:
    """A candidate: its score in parts, its role in the subject, the ways that lead to it."""

    city: str
    chains: float
    experience: float
    role: str | None
    roles: dict[str, Role]
    ways: tuple[Way, ...] = ()

    @property
    def weight(self) -> float:
        """What all chains add up to, which the points of chains are the logarithm of."""
        return round(math.expm1(self.chains) / SCALE, 4)


def reasons(known: Known, asking: str, found: Found, subject: Subject | None) -> tuple[Reason, ...]:
    """Return every reason there is, those with points after what was asked for, then what is alike."""
    return (
        *_role(known, found),
        *(declared(known, subject, found.city) if subject else ()),
        *_scored(known, asking, found),
        *circumstances(known, asking, found.city),
    )


def _role(known: Known, found: Found) -> Iterator[Reason]:
    if role := role_of(found.roles):
        events = tuple(found.roles)
        proof = known.proof((event, found.city) for event in events)
        yield Reason(role, events, value=len(events), unit="events", proof=proof)


def declared(known: Known, subject: Subject, city: str) -> tuple[Reason, ...]:
    """Return what a city declares itself of what was asked; it adds no points (decision 23)."""
    found = []
    if sought := subject.sought(known, city):
        values = frozenset(value for interest in sought for value in interest.seeks)
        found.append(_interest("declared-need", subject.fits(values), sought))
    if offered := subject.offered(known, city):
        values = frozenset(value for interest in offered for value in interest.offers)
        found.append(_interest("declared-offer", subject.fits(values), offered))
    return tuple(found)


def _interest(key: str, values: tuple[str, ...], interests: tuple[Interest, ...]) -> Reason:
    words = "; ".join(dict.fromkeys(text for interest in interests for text in interest.words))
    sources = tuple(sorted({source for interest in interests for source in interest.sources}))
    return Reason(key, values, words or None, proof=(sources, tuple(one.iri for one in interests)))


def _scored(known: Known, asking: str, found: Found) -> Iterator[Reason]:
    cities = known.ties.cities
    if found.chains > 0:
        via = tuple(dict.fromkeys(cities[place] for way in found.ways for place in way[1:-1]))
        steps = [step for way in found.ways for step in pairwise(way)]
        proof = known.proof(pair for step in steps for pair in proving(known, *step))
        points = round(found.chains, 3)
        yield Reason("chains", via, _common(known, asking, found), found.weight, "weighted", points, proof)
    if found.experience > 0:
        ties = known.ties
        rows = [row for row in ties.of_city(ties.place[found.city]) if ties.size[row] > 1]
        proof = known.proof((ties.events[row], found.city) for row in rows)
        points = round(found.experience, 3)
        yield Reason("experience", value=len(rows), unit="events", points=points, proof=proof)


def _common(known: Known, asking: str, found: Found) -> Said:
    """Say how many chains have one partner between, the shortest there are."""
    here, there = (known.ties.of(known.ties.place[city]) for city in (asking, found.city))
    number = len(here.keys() & there.keys())
    return Said("common-partners" if number else "no-common-partner", {"n": number})


def proving(known: Known, one: int, other: int) -> tuple[tuple[str, str], ...]:
    """Return the (event, city) that prove a tie: of the smallest event the two share."""
    event = known.ties.events[known.ties.shared(one, other)[0]]
    return (event, known.ties.cities[one]), (event, known.ties.cities[other])


def circumstances(known: Known, one: str, other: str) -> tuple[Reason, ...]:
    """Return what two cities have in common; none of it adds points (decision 23)."""
    return (
        *_networks(known, one, other),
        *_country(known, one, other),
        *_size(known, one, other),
        *_themes(known, one, other),
    )


def _networks(known: Known, one: str, other: str) -> Iterator[Reason]:
    here, there = known.networks.get(one, {}), known.networks.get(other, {})
    if common := tuple(sorted(here.keys() & there.keys())):
        both = [role for network in common for role in (here[network], there[network])]
        evidence = tuple(dict.fromkeys(thing for role in both for thing in role.evidence))
        proof = tuple(sorted({source for role in both for source in role.sources})), evidence
        yield Reason("networks", common, value=len(common), unit="networks", proof=proof)


def _country(known: Known, one: str, other: str) -> Iterator[Reason]:
    here, there = (known.cities.get(city, {}).get("country") for city in (one, other))
    proof: Proof = ((), (one, other))
    if common := official_languages(here) & official_languages(there):
        yield Reason("language", detail=", ".join(map(own_name, sorted(common))), proof=proof)
    if here and here == there:
        yield Reason("country", (f"{COUNTRY}{here}",), proof=proof)


def _size(known: Known, one: str, other: str) -> Iterator[Reason]:
    here, there = (known.cities.get(city, {}).get("population") for city in (one, other))
    if here and there and max(here, there) <= ALIKE * min(here, there):
        times = round(max(here, there) / min(here, there), 2)
        yield Reason(
            "size",
            detail=f"{_grouped(here)} : {_grouped(there)}",
            value=times,
            unit="times",
            proof=((), (one, other)),
        )


def _grouped(number: int) -> str:
    """Return a number with its thousands apart, as all three languages read it."""
    return f"{number:,}".replace(",", "\u00a0")


def _themes(known: Known, one: str, other: str) -> Iterator[Reason]:
    here, there = (_subjects(known, city) for city in (one, other))
    common = sorted(here.keys() & there.keys())
    if common:
        things = tuple(value for kind, value in common if kind != "theme")
        texts = [value for kind, value in common if kind == "theme"]
        pairs = [
            (event, city)
            for city, of in ((one, here), (other, there))
            for event in dict.fromkeys(event for subject in common for event in of[subject])
        ]
        proof = known.proof(pairs)
        yield Reason("themes", things, ", ".join(texts) or None, len(common), "themes", proof=proof)


def _subjects(known: Known, city: str) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for event in known.events_of(city):
        for kind, values in known.subjects.get(event, {}).items():
            for value in values:
                found.setdefault((kind, value), []).append(event)
    return found
