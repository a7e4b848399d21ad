"""What a release knows of cities as partners: events, roles, subjects, networks, interests, and proofs.

In: an open release. Out: `Known`. Events are actions that have participations, and agreements of cities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from coopgraph.namespaces import COOP
from coopgraph.network.partnering.ties import Ties, ties_of
from coopgraph.secretariat.stored import rows_of

if TYPE_CHECKING:
    from coopgraph.release import Release

_SUBJECTS: Final = {f"{COOP}sdg": "sdg", f"{COOP}strategicLine": "line", f"{COOP}theme": "theme"}


@dataclass(frozen=True)
class Role:
    """What a city had in an event: whether it contributed and benefited (None: not known), who says so."""

    contributes: bool | None = None
    benefits: bool | None = None
    derived: bool = False
    evidence: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Interest:
    """What a city declares itself: the goals, targets and lines it seeks and offers, in its own words too."""

    iri: str
    seeks: frozenset[str]
    offers: frozenset[str]
    words: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """Cities by IRI, their ties, their roles by (event, city), what events are about and when they began.

    `subjects` has, for each event, values by `sdg`, `line` and `theme`; `networks`, for each city, the
    memberships that last by network; `interests`, for each city, what it declares.
    """

    cities: Mapping[str, Mapping[str, Any]]
    ties: Ties
    roles: Mapping[tuple[str, str], Role]
    subjects: Mapping[str, Mapping[str, frozenset[str]]]
    day: Mapping[str, str | None]
    networks: Mapping[str, Mapping[str, Role]]
    actions: frozenset[str]
    interests: Mapping[str, tuple[Interest, ...]]

    def events_of(self, city: str) -> tuple[str, ...]:
        """Return the events of a city, in order."""
        place = self.ties.place[city]
        return tuple(self.ties.events[row] for row in self.ties.of_city(place))

    def proof(self, pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the sources and the evidence of several (event, city), each once and in order."""
        found = [self.roles[pair] for pair in pairs]
        sources = sorted({source for role in found for source in role.sources})
        evidence = dict.fromkeys(thing for role in found for thing in role.evidence)
        return tuple(sources), tuple(evidence)


def known(release: Release) -> Known:
    """Read what the release knows of cities as partners."""
    cities = {row["city"]: row for row in release.table("cities").to_pylist()}
    roles: dict[tuple[str, str], Role] = {}
    day: dict[str, str | None] = {}
    proofs = _proofs(release)
    for row in release.table("participations").to_pylist():
        pair = (row["event"], row["city"])
        evidence = tuple(sorted(proofs[pair])) or (row["event"],)
        derived = row.get("certainty") == "derived"
        roles[pair] = Role(row["contributes"], row["benefits"], derived, evidence, tuple(row["source"] or ()))
        day[row["event"]] = row["start"]
    actions = frozenset(day)
    for row in release.table("agreements").to_pylist():
        if row["party_is_city"] or row["party"] in cities:
            pair = (row["agreement"], row["party"])
            roles[pair] = Role(evidence=(row["agreement"],), sources=tuple(row["source"] or ()))
            day[row["agreement"]] = row["signed"] or row["start"]
    ties = ties_of(roles, cities)
    networks, interests = _networks(release), interests_of(release)
    return Known(cities, ties, roles, subjects_of(release), day, networks, actions, interests)


def _proofs(release: Release) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows_of(release, __file__, "proofs"):
        found[row["event"], row["city"]].append(row["participation"])
    return found


def subjects_of(release: Release) -> dict[str, dict[str, frozenset[str]]]:
    """Return what actions, agreements and programmes are stated to be about, by `sdg`, `line` and `theme`."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows_of(release, __file__, "about"):
        found[row["event"]][_SUBJECTS[row["property"]]].add(row["value"])
    return {event: {kind: frozenset(values) for kind, values in of.items()} for event, of in found.items()}


def _networks(release: Release) -> dict[str, dict[str, Role]]:
    """Return the memberships that no source says have ended by the day of the release."""
    now = release.now or ""
    found: dict[str, dict[str, Role]] = defaultdict(dict)
    rows = sorted(release.table("memberships").to_pylist(), key=lambda row: str(row["membership"]))
    for row in rows:
        ended = row["until"] is not None and row["until"] < now[: len(row["until"])]
        if row["city"] and row["network"] and not ended:
            own = found[row["city"]].get(row["network"], Role())
            found[row["city"]][row["network"]] = Role(
                evidence=(*own.evidence, row["membership"]),
                sources=tuple(sorted({*own.sources, *(row["source"] or ())})),
            )
    return found


def interests_of(release: Release) -> dict[str, tuple[Interest, ...]]:
    """Return what cities declare that they seek and offer, by city."""
    rows: dict[tuple[str, str], list[Mapping[str, str]]] = defaultdict(list)
    for row in rows_of(release, __file__, "interests"):
        rows[row["city"], row["interest"]].append(row)
    found: dict[str, tuple[Interest, ...]] = {}
    for (city, iri), told in rows.items():
        seeks, offers = (
            frozenset(row["value"] for row in told if row["property"] == f"{COOP}{key}")
            for key in ("seeks", "offers")
        )
        words = tuple(sorted({row["words"] for row in told if row["words"]}))
        sources = tuple(sorted({row["source"] or row["graph"] for row in told}))
        found[city] = (*found.get(city, ()), Interest(iri, seeks, offers, words, sources))
    return found
