"""The tables of the partner finder: candidates, reasons, introductions, partners, who gives, offers, needs.

In: `Known`, what was found. Out: tables. Rows carry the participations, agreements, memberships and cities
that prove them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from coopgraph.namespaces import COUNTRY, SDG
from coopgraph.secretariat.dossier import Column, Row, Said, Table
from coopgraph.secretariat.goals import goal_code
from coopgraph.secretariat.partners.known import Interest, Known, Role
from coopgraph.secretariat.partners.reasons import Found, Proof, Reason, declared, proving
from coopgraph.secretariat.partners.subject import Subject, tier

_CITY: Final = (Column("city", "thing"), Column("country", "thing"))
_KINDS: Final = ("sdg", "line", "theme")
_TIMES: Final = (Column("events", "things"), Column("times", "number"), Column("derived", "number"))
_DECLARED: Final = (Column("declares", "things"), Column("detail"))
_ROLE: Final = (Column("role", "word"), Column("about-it", "number"))


def candidates(
    known: Known, found: Sequence[tuple[Found, Sequence[Reason]]], count: int, subject: Subject | None
) -> Table:
    """Return those who are no partners yet, the best first."""
    rows = []
    cities = known.ties.cities
    has_role = bool(subject and subject.is_stated)
    for place, (one, why) in enumerate(found, 1):
        via = tuple(dict.fromkeys(cities[way[1]] for way in one.ways))
        sources = sorted({source for reason in why for source in reason.proof[0]})
        evidence = dict.fromkeys(thing for reason in why for thing in reason.proof[1])
        score = round(one.chains + one.experience, 3)
        keys = tuple(reason.key for reason in why)
        asked = (one.role, len(one.roles)) if has_role else ()
        cells = (place, one.city, country(known, one.city), *asked, score, keys, via)
        rows.append(Row(cells, tuple(sources), tuple(evidence)))
    columns = (
        Column("place", "number"), *_CITY, *(_ROLE if has_role else ()),
        Column("score", "number"), Column("reasons", "words"), Column("introduced-by", "things"),
    )  # fmt: skip
    notes = [Said("candidates", {"n": len(rows), "all": count})]
    if subject:
        notes.append(Said("score-of-all" if has_role else "score-of-none"))
    return Table("candidates", columns, tuple(rows), tuple(notes), empty="no-candidates")


def reason_table(found: Iterable[tuple[Found, Sequence[Reason]]]) -> Table:
    """Return a row for each reason of each candidate."""
    rows = tuple(reason.row(one.city) for one, why in found for reason in why)
    columns = (
        _CITY[0], Column("reason", "word"), Column("what", "things"), Column("detail"),
        Column("value", "number"), Column("unit", "word"), Column("points", "number"),
    )  # fmt: skip
    return Table("reasons", columns, rows)


def introductions(known: Known, found: Iterable[tuple[Found, Sequence[Reason]]]) -> Table:
    """Return each step of each way to a candidate, with the event that proves it."""
    rows = []
    ties = known.ties
    for one, _ in found:
        for number, way in enumerate(one.ways, 1):
            for step, (here, there) in enumerate(pairwise(way), 1):
                pairs = proving(known, here, there)
                event = pairs[0][0]
                trust = round(float(ties.strength[here, there]), 3)
                shared = len(ties.shared(here, there))
                cells = (one.city, number, step, ties.cities[here], ties.cities[there], event)
                rows.append(Row((*cells, known.day[event], shared, trust), *known.proof(pairs)))
    columns = (
        _CITY[0], Column("way", "number"), Column("step", "number"), Column("from", "thing"),
        Column("to", "thing"), Column("event", "thing"), Column("began", "day"),
        Column("together", "number"), Column("trust", "number"),
    )  # fmt: skip
    return Table("introductions", columns, tuple(rows), empty="no-way")


def partners(known: Known, asking: str, subject: Subject | None) -> Table:
    """Return the partners there are; asked about something, those with a role in it come first."""
    ties = known.ties
    own = ties.place[asking]
    rows = []
    has_role = bool(subject and subject.is_stated)
    for other, trust in ties.of(own).items():
        city = ties.cities[other]
        events = tuple(ties.events[row] for row in ties.shared(own, other))
        roles = subject.of_city(known, city) if subject else {}
        role = subject.role_of_city(known, city) if subject else None
        pairs = [(event, each) for event in events for each in (asking, city)]
        own_words = declared(known, subject, city) if subject else ()
        proof = _joined(
            known.proof([*((event, city) for event in roles), *pairs]), *(one.proof for one in own_words)
        )
        asked = (role, len(roles)) if has_role else ()
        cells = (city, country(known, city), *asked, events, round(trust, 3))
        rows.append((tier(role), -trust, city, Row(cells, *proof)))
    columns = (
        *_CITY, *(_ROLE if has_role else ()), Column("events", "things"), Column("trust", "number"),
    )  # fmt: skip
    return Table("partners", columns, tuple(row for *_, row in sorted(rows, key=lambda row: row[:3])))


def delivers(known: Known, subject: Subject) -> Table:
    """Return who delivered, who did so most often first."""
    rows = []
    for city in known.ties.cities:
        roles = {event: role for event, role in subject.of_city(known, city).items() if role.contributes}
        if roles:
            row = Row((city, country(known, city), *_times(roles)), *known.proof((e, city) for e in roles))
            rows.append((-len(roles), city, row))
    return Table(
        "delivers", (*_CITY, *_TIMES), tuple(row for *_, row in sorted(rows, key=lambda row: row[:2]))
    )


def offers(known: Known, subject: Subject) -> Table:
    """Return who offers it, by its own word."""
    rows = [
        Row((city, country(known, city), reason.things, reason.detail), *reason.proof)
        for city in known.ties.cities
        for reason in declared(known, subject, city)
        if reason.key == "declared-offer"
    ]
    return Table("offers", (*_CITY, *_DECLARED), tuple(rows), empty="nobody-offers")


def needs(known: Known, subject: Subject) -> Table:
    """Return who needs it: who declares so itself, then who benefited, who did so most often first."""
    rows = []
    for city in known.ties.cities:
        roles = {event: role for event, role in subject.of_city(known, city).items() if role.benefits}
        own_words = [one for one in declared(known, subject, city) if one.key == "declared-need"]
        if roles or own_words:
            things, detail = (own_words[0].things, own_words[0].detail) if own_words else ((), None)
            proof = _joined(known.proof((event, city) for event in roles), *(one.proof for one in own_words))
            row = Row((city, country(known, city), *_times(roles), things, detail), *proof)
            rows.append((not own_words, -len(roles), city, row))
    told = tuple(row for *_, row in sorted(rows, key=lambda row: row[:3]))
    return Table("needs", (*_CITY, *_TIMES, *_DECLARED), told)


def _times(roles: Mapping[str, Role]) -> tuple[tuple[str, ...], int, int]:
    return tuple(roles), len(roles), sum(role.derived for role in roles.values())


def _joined(proof: Proof, *more: Proof) -> Proof:
    """Return several proofs as one."""
    proofs = [proof, *more]
    sources = sorted({source for sources, _ in proofs for source in sources})
    return tuple(sources), tuple(dict.fromkeys(thing for _, evidence in proofs for thing in evidence))


def subjects(known: Known) -> Table:
    """Return what can be asked about, and how many cities delivered it, offer it, need it.

    It is what events state and what cities declare; a city needs what it benefited from or declares it seeks.
    """
    events: dict[tuple[str, str], set[str]] = defaultdict(set)
    cities: dict[str, dict[str, Role]] = defaultdict(dict)
    for (event, city), role in known.roles.items():
        cities[event][city] = role
        for kind, values in known.subjects.get(event, {}).items():
            for value in values:
                events[kind, value].add(event)
    own = _own_words(known)
    rows = []
    for kind, value in events.keys() | own.keys():
        stating = events.get((kind, value), set())
        parts = [(event, city) for event in sorted(stating) for city in sorted(cities[event])]
        gives = {city for event, city in parts if cities[event][city].contributes}
        needs = {city for event, city in parts if cities[event][city].benefits}
        said = own.get((kind, value), [])
        needs |= {city for city, interest in said if value in interest.seeks}
        offering = {city for city, interest in said if value in interest.offers}
        what = (None, value) if kind == "theme" else (value, goal_code(value) if kind == "sdg" else None)
        cells = (kind, *what, len(stating), len(gives), len(offering), len(needs))
        proof = _joined(known.proof(parts), *((one.sources, (one.iri,)) for _, one in said))
        rows.append(((_KINDS.index(kind), -len(stating), value), Row(cells, *proof)))
    columns = (
        Column("kind", "word"), Column("what", "thing"), Column("detail"), Column("about-it", "number"),
        Column("delivering", "number"), Column("offering", "number"), Column("needing", "number"),
    )  # fmt: skip
    return Table("subjects", columns, tuple(row for _, row in sorted(rows, key=lambda row: row[0])))


def _own_words(known: Known) -> dict[tuple[str, str], list[tuple[str, Interest]]]:
    """Return who declares an interest in what, by kind and value."""
    found: dict[tuple[str, str], list[tuple[str, Interest]]] = defaultdict(list)
    for city, interests in known.interests.items():
        for interest in interests:
            for value in interest.seeks | interest.offers:
                found["sdg" if value.startswith(SDG) else "line", value].append((city, interest))
    return found


def country(known: Known, city: str) -> str | None:
    """Return the country of a city, if it is known."""
    cities: Mapping[str, Mapping[str, str | None]] = known.cities
    code = cities.get(city, {}).get("country")
    return f"{COUNTRY}{code}" if code else None
