"""The tables of the partner finder: candidates, reasons, introductions, partners, who delivers, who needs.

In: `Known`, what was found. Out: tables. Rows carry the participations, agreements, memberships and cities
that prove them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from coopgraph.namespaces import COUNTRY
from coopgraph.secretariat.dossier import Column, Row, Said, Table
from coopgraph.secretariat.goals import goal_code
from coopgraph.secretariat.partners.known import Known, Role
from coopgraph.secretariat.partners.reasons import Found, Reason, proving
from coopgraph.secretariat.partners.subject import TIER, Subject, role_of

_CITY: Final = (Column("city", "thing"), Column("country", "thing"))
_KINDS: Final = ("sdg", "line", "theme")
_ROLE: Final = (Column("role", "word"), Column("about-it", "number"))


def candidates(
    known: Known, found: Sequence[tuple[Found, Sequence[Reason]]], count: int, subject: Subject | None
) -> Table:
    """Return those who are no partners yet, the best first."""
    rows = []
    cities = known.ties.cities
    has_role = bool(subject and subject.events)
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
    has_role = bool(subject and subject.events)
    for other, trust in ties.of(own).items():
        city = ties.cities[other]
        events = tuple(ties.events[row] for row in ties.shared(own, other))
        roles = subject.of_city(known, city) if subject else {}
        role = role_of(roles)
        pairs = [(event, each) for event in events for each in (asking, city)]
        proof = known.proof([*((event, city) for event in roles), *pairs])
        asked = (role, len(roles)) if has_role else ()
        cells = (city, country(known, city), *asked, events, round(trust, 3))
        rows.append((TIER[role] if role else 3, -trust, city, Row(cells, *proof)))
    columns = (
        *_CITY, *(_ROLE if has_role else ()), Column("events", "things"), Column("trust", "number"),
    )  # fmt: skip
    return Table("partners", columns, tuple(row for *_, row in sorted(rows, key=lambda row: row[:3])))


def doers(known: Known, subject: Subject, key: str) -> Table:
    """Return who delivered (`delivers`) or who needs it (`needs`), who did so most often first."""
    flag = {"delivers": "contributes", "needs": "benefits"}[key]
    rows = []
    for city in known.ties.cities:
        roles = {event: role for event, role in subject.of_city(known, city).items() if getattr(role, flag)}
        if roles:
            derived = sum(role.derived for role in roles.values())
            proof = known.proof((event, city) for event in roles)
            cells = (city, country(known, city), tuple(roles), len(roles), derived)
            rows.append((-len(roles), city, Row(cells, *proof)))
    columns = (*_CITY, Column("events", "things"), Column("times", "number"), Column("derived", "number"))
    return Table(key, columns, tuple(row for *_, row in sorted(rows, key=lambda row: row[:2])))


def subjects(known: Known) -> Table:
    """Return what can be asked about: what events state, and how many cities delivered and need it."""
    events: dict[tuple[str, str], set[str]] = defaultdict(set)
    cities: dict[str, dict[str, Role]] = defaultdict(dict)
    for (event, city), role in known.roles.items():
        cities[event][city] = role
        for kind, values in known.subjects.get(event, {}).items():
            for value in values:
                events[kind, value].add(event)
    rows = []
    for (kind, value), stating in events.items():
        parts = [(event, city) for event in sorted(stating) for city in sorted(cities[event])]
        gives = {city for event, city in parts if cities[event][city].contributes}
        needs = {city for event, city in parts if cities[event][city].benefits}
        what = (None, value) if kind == "theme" else (value, goal_code(value) if kind == "sdg" else None)
        cells = (kind, *what, len(stating), len(gives), len(needs))
        rows.append(((_KINDS.index(kind), -len(stating), value), Row(cells, *known.proof(parts))))
    columns = (
        Column("kind", "word"), Column("what", "thing"), Column("detail"), Column("about-it", "number"),
        Column("delivering", "number"), Column("needing", "number"),
    )  # fmt: skip
    return Table("subjects", columns, tuple(row for _, row in sorted(rows, key=lambda row: row[0])))


def country(known: Known, city: str) -> str | None:
    """Return the country of a city, if it is known."""
    cities: Mapping[str, Mapping[str, str | None]] = known.cities
    code = cities.get(city, {}).get("country")
    return f"{COUNTRY}{code}" if code else None
