"""What a city does with others: agreements, actions, partners.

In: a `Reader` and an IRI. Out: parts of a `Profile`, each as a stored query gives it, with its sources.
"""

from __future__ import annotations

from typing import Any

from coopgraph.views.drawing import clean
from coopgraph.views.profiles.profile import Action, Agreement, Part, Participant, Partner, Reference
from coopgraph.views.profiles.reader import Reader, word


def agreements_of(reader: Reader, actor: str) -> tuple[Agreement, ...]:
    """Return the agreements a city, network or organisation is party to, the newest first (cq-021)."""
    found: dict[str, Agreement] = {}
    notes = reader.notes(actor)
    for row in reader.ask("cq-021", city=actor, lang=reader.lang):
        stated = reader.rows("agreements", "agreement", row["agreement"])
        found.setdefault(
            row["agreement"],
            Agreement(
                agreement=reader.reference(row["agreement"]),
                kind=clean(row["kindLabel"] or ""),
                signed=_date(row["signed"]),
                start=_date(row["start"]),
                end=_date(row["end"]),
                state=clean(row["statusLabel"] or ""),
                parties=reader.references(other["party"] for other in stated if other["party"] != actor),
                certainty=word(other.get("certainty") for other in stated),
                notes=notes.get(row["agreement"], ()),
                sources=reader.cite(source for other in stated for source in other["source"] or ()),
            ),
        )
    return tuple(
        sorted(found.values(), key=lambda one: one.signed or one.start or "", reverse=True)  # dateless last
    )


def actions_of(reader: Reader, city: str) -> tuple[Action, ...]:
    """Return the actions a city takes part in, the newest first, each with its part in it (cq-027)."""
    asked = reader.ask("cq-027", city=city, lang=reader.lang)
    roles = _roles(asked, "action")
    rows = reader.rows("participations", "city", city)
    stated: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        stated.setdefault(row["event"], []).append(row)
    found = [
        Action(
            action=reader.reference(action),
            start=stated[action][0]["start"],
            end=stated[action][0]["end"],
            programmes=reader.references(stated[action][0]["programme"] or ()),
            part=_part(reader, stated[action], roles[action]),
            cities=len({row["city"] for row in reader.rows("participations", "event", action)}),
            sources=reader.cite(source for row in stated[action] for source in row["source"] or ()),
        )
        for action in roles
        if action in stated
    ]
    return tuple(sorted(found, key=lambda one: one.start or "", reverse=True))


def participants_of(reader: Reader, action: str) -> tuple[Participant, ...]:
    """Return the cities in an action, each with its part (cq-028)."""
    roles = _roles(reader.ask("cq-028", action=action, lang=reader.lang), "city")
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in reader.rows("participations", "event", action):
        rows.setdefault(row["city"], []).append(row)
    cities = reader.references(roles)
    return tuple(
        Participant(city, _part(reader, rows[city.iri], roles[city.iri]))
        for city in cities
        if city.iri in rows
    )


def actions_by(reader: Reader, network: str) -> tuple[Action, ...]:
    """Return the actions a network organises or its programmes hold, the newest first."""
    found: dict[str, set[str]] = {}
    for row in reader.ask("actions-of-network", network=network):
        found.setdefault(row["action"], set()).update({row["programme"]} if row["programme"] else ())
    actions = []
    for action, programmes in found.items():
        rows = reader.rows("participations", "event", action)
        first = rows[0] if rows else {"start": None, "end": None}
        actions.append(
            Action(
                action=reader.reference(action),
                start=first["start"],
                end=first["end"],
                programmes=reader.references(programmes),
                part=None,
                cities=len({row["city"] for row in rows}),
                sources=reader.cite(source for row in rows for source in row["source"] or ()),
            )
        )
    return tuple(sorted(actions, key=lambda one: one.start or "", reverse=True))


def partners_of(reader: Reader, city: str) -> tuple[Partner, ...]:
    """Return whom a city shares agreements and actions with, most shared first (cq-025)."""
    found: dict[str, Partner] = {}
    for row in reader.ask("cq-025", city=city, lang=reader.lang):
        partner: Reference = reader.reference(row["partner"])
        found.setdefault(row["partner"], Partner(partner, row["agreements"], row["actions"]))
    return tuple(found.values())


def _roles(rows: list[dict[str, Any]], key: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        said = found.setdefault(row[key], [])
        role = clean(row["statedRole"] or "")
        if role and role not in said:
            said.append(role)
    return {thing: tuple(said) for thing, said in found.items()}


def _part(reader: Reader, rows: list[dict[str, Any]], roles: tuple[str, ...]) -> Part:
    return Part(
        rows[0]["contributes"],
        rows[0]["benefits"],
        roles,
        word(row["certainty"] for row in rows),
        reader.cite(source for row in rows for source in row["source"] or ()),
    )


def _date(value: Any) -> str | None:
    return None if value is None else str(value)
