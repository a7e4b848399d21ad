"""Who belongs to what: the networks of a city, the members and offices of a network.

In: a `Reader` and an IRI. Out: memberships, as the stored queries cq-037, cq-038 and cq-039 give them.
"""

from __future__ import annotations

from typing import Any, Final

from coopgraph.namespaces import CONCEPT
from coopgraph.views.drawing import clean
from coopgraph.views.profiles.profile import Membership
from coopgraph.views.profiles.reader import Reader, word

PLAIN_ROLES: Final = tuple(f"{CONCEPT}role/{name}" for name in ("member", "associate", "observer"))


def networks_of(reader: Reader, city: str) -> tuple[Membership, ...]:
    """Return the networks a city belongs to and the offices it holds or held there."""
    return _memberships(reader, "city", city, "network")


def members_of(reader: Reader, network: str) -> tuple[Membership, ...]:
    """Return the cities of a network and the offices they hold or held."""
    return _memberships(reader, "network", network, "city")


def _memberships(reader: Reader, own: str, iri: str, other: str) -> tuple[Membership, ...]:
    """The table has role, dates, certainty and sources; over what an office is held only the graph says."""
    scopes = _scopes(reader, own, iri, other)
    found = []
    notes = reader.notes(iri)
    for row in reader.rows("memberships", own, iri):
        role = reader.called(row["role"])
        scope = scopes.get((row[other], role, row["since"], row["until"]), [])
        found.append(
            Membership(
                other=reader.reference(row[other]),
                role=role,
                office=row["role"] is not None and row["role"] not in PLAIN_ROLES,
                scope=scope.pop(0) if scope else "",
                since=row["since"],
                until=row["until"],
                certainty=word(row.get("certainty")),  # older releases have none
                notes=notes.get(row["membership"], ()),
                sources=reader.cite(row["source"]),
            )
        )
    return tuple(
        sorted(
            found,
            key=lambda one: (one.office, one.other.label.casefold(), one.role, one.since or "", one.scope),
        )
    )


def _scopes(reader: Reader, own: str, iri: str, other: str) -> dict[tuple[Any, ...], list[str]]:
    question = "cq-039" if own == "city" else "cq-038"
    found: dict[tuple[Any, ...], list[str]] = {}
    for row in reader.ask(question, **{own: iri}, lang=reader.lang):
        since, until = (None if row[end] is None else str(row[end]) for end in ("since", "until"))
        if row["scope"]:
            key = (row[other], clean(row["roleLabel"] or ""), since, until)
            found.setdefault(key, []).append(clean(row["scope"]))
    return found
