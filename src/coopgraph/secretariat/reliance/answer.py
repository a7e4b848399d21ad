"""What a network depends on: what remains without some, single points of failure, cities held by one tie.

In: a release, who is taken away, what counts as a tie. Out: a Dossier.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from coopgraph.errors import ProjectionError
from coopgraph.network.faults import fault
from coopgraph.secretariat.dossier import Column, Dossier, Row, Said, Table
from coopgraph.secretariat.naming import named
from coopgraph.secretariat.reliance.events import Events, events_of
from coopgraph.secretariat.reliance.hanging import hanging_tables
from coopgraph.secretariat.reliance.taken import Kind, Standing, Taken, members, standing, taken

if TYPE_CHECKING:
    from coopgraph.network import Dependence
    from coopgraph.network.dependence.weak_points import Ties
    from coopgraph.release import Release


@named
def reliance(release: Release, without: Sequence[str] = (), *, ties: Kind = "all") -> Dossier:
    """Say what remains of the network without some, who is a single point of failure, and who hangs by a tie.

    Two cities have a tie where they take part in one action or are party to one agreement, whatever their
    roles. A city goes with all it takes part in, a network with the actions it organises and, in a row of
    its own, with its member cities too; a programme with its events.

    Parameters
    ----------
    release
        An open release.
    without
        What is taken away: cities, networks, programmes or events, by label, id or IRI; one text may name
        several, parted by semicolons. Nothing named: the network that organises most (else has most members),
        the city with most partners, and the top broker, which is the city with the highest betweenness.
    ties
        What makes a tie: actions, agreements or all.

    Raises
    ------
    ProjectionError
        For another kind of tie, and for names that fit nothing, or several things.

    Examples
    --------
    >>> import coopgraph as cg
    >>> import rdflib
    >>> text = '''@prefix : <https://example.org/id/city/> . @prefix coop: <https://w3id.org/coopgraph/ns#> .
    ... :a a coop:Agreement ; coop:party :lima, :quito . :b a coop:Agreement ; coop:party :quito, :cusco .
    ... :lima a coop:City . :quito a coop:City . :cusco a coop:City .'''
    >>> with cg.open(rdflib.Graph().parse(data=text, format="turtle")) as release:
    ...     found = cg.reliance(release)
    >>> found.records("cuts")[0]["city"], found.records("remains")[0]["left"]
    ('https://example.org/id/city/quito', 0.0)
    """
    from coopgraph.network.dependence.weak_points import ties as ties_of

    if ties not in get_args(Kind):
        wrong = fault(f"ties={ties!r} is not known.", f"Use one of {', '.join(get_args(Kind))}.")
        raise ProjectionError("Nothing can be taken away from this.", faults=[wrong])
    texts = [without] if isinstance(without, str) else list(without)
    names = [name for text in texts for each in text.split(";") if (name := each.strip())]
    events, found = events_of(release, ties), ties_of(release, events=ties)
    stands = standing(release, ties)
    scenarios = list(_scenarios(release, taken(release, names, stands, events.organised), ties))
    tables = (
        Table("remains", _REMAINS, tuple(_remains(one, found, events) for one in scenarios),
              tuple(_said_of_whole(found, stands))),
        Table("alone", _ALONE, tuple(_alone(scenarios, found, events)), empty="none-alone"),
        *hanging_tables(release, found, events, ties),
    )  # fmt: skip
    return Dossier(
        "reliance",
        {"without": names, "ties": ties},
        tables,
        tuple(Said(key) for key in (f"ties-{ties}", "goes", "nobody-steps-in", "broker-measure", "points")),
        tuple(_unknown(release, found, events)),
        release.manifest.id,
        release.now or "",
    )


_REMAINS = (
    Column("without", "things"), Column("why", "words"), Column("goes", "word"), Column("events", "number"),
    Column("lost", "number"), Column("left", "share"), Column("alone", "number"), Column("groups", "number"),
    Column("largest", "number"),
)  # fmt: skip
_ALONE = (
    Column("city", "thing"), Column("without", "things"), Column("goes", "word"),
    Column("partners", "number"), Column("shared", "things"),
)  # fmt: skip


@dataclass(frozen=True)
class _Scenario:
    """One thing taken away, or all at once: why, what goes with it, and what remains."""

    why: tuple[str, ...]
    goes: str
    told: Dependence

    @property
    def things(self) -> tuple[str, ...]:
        return tuple(iri for iri, _, _ in self.told.removed.things)


def _scenarios(release: Release, chosen: Sequence[Taken], kind: Kind) -> Iterator[_Scenario]:
    from coopgraph.network import dependence

    if not chosen:
        return
    sizes = members(release)
    for one in chosen:
        told = dependence(release, without=[one.name], events=kind, weight="newman")
        yield _Scenario(one.why, "what-it-does", told)
        if any(iri in sizes for iri, _, _ in told.removed.things):
            more = dependence(release, without=[one.name], members=True, events=kind, weight="newman")
            yield _Scenario(one.why, "members-too", more)
    if len(chosen) > 1:
        names = [one.name for one in chosen]
        told = dependence(release, without=names, events=kind, weight="newman")
        yield _Scenario(("all-of-these",), "what-it-does", told)


def _gone(one: _Scenario, events: Events) -> tuple[str, ...]:
    """The events that a removal touches: those that go, and those of cities that go."""
    removed = one.told.removed
    return tuple(sorted({*removed.events, *(e for city in removed.cities for e in events.of_city(city))}))


def _remains(one: _Scenario, found: Ties, events: Events) -> Row:
    gone, told = _gone(one, events), one.told
    lost, pairs = told.dyads.num_rows, len(found.events)
    cells = (
        one.things, one.why, one.goes, len(gone), lost, (pairs - lost) / pairs if pairs else None,
        len(told.left_alone), told.after.components, told.after.largest,
    )  # fmt: skip
    return Row(cells, events.cited(gone), (*one.things, *gone))


def _alone(scenarios: Sequence[_Scenario], found: Ties, events: Events) -> Iterator[Row]:
    """Each city that loses its last partner, with whom it met in what."""
    partners = found.partners()
    for one in scenarios:
        for city in one.told.left_alone:
            whom = partners[city]
            shared = tuple(sorted({event for other in whom for event in found.between(city, other)}))
            cells = (city, one.things, one.goes, len(whom), shared)
            yield Row(cells, events.cited(shared), shared)


def _said_of_whole(found: Ties, stands: Standing) -> Iterator[Said]:
    """What all is compared with, and who the broker is."""
    from coopgraph.network.dependence.weak_points import groups

    sizes = groups(found.events)
    values = {
        "n": len(found.events),
        "cities": sum(sizes),
        "groups": len(sizes),
        "largest": max(sizes, default=0),
    }
    yield Said("whole", values)
    if stands.broker:
        city, partners, score = stands.broker
        yield Said("broker", {"score": round(score, 3), "partners": partners}, {"who": city})
    top = max((row[1] for row in stands.rows), default=0)
    most = [row for row in stands.rows if row[1] == top]
    if len(most) > 1:
        yield Said("partners-tied", {"n": len(most), "partners": top}, {"who": stands.most_partners or ""})


def _unknown(release: Release, found: Ties, events: Events) -> Iterator[Said]:
    every = len(events.sources)
    for key, known in (("no-organiser", events.organised), ("no-programme", events.programmes)):
        stated = {event for each in known.values() for event in each}
        yield Said(key, {"n": every - len(stated), "all": every})
    single = sum(1 for cities in events.cities.values() if len(cities) < 2)
    yield Said("one-city", {"n": single, "all": every})
    cities = release.table("cities").num_rows
    linked = len(found.partners())
    yield Said("no-tie", {"n": cities - linked, "all": cities})
