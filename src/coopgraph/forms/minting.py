"""Addresses for what a form names for the first time: the same for the same answer.

In: names and answers. Out: IRIs in the workspace's own space.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

from coopgraph.forms.change import Declaration
from coopgraph.forms.returned import Returned
from coopgraph.forms.vocabulary import NewThing
from coopgraph.letters import plain_letters

_ROOMS = {"agreements": "agreement", "actions": "action", "interests": "interest", "money": "money"}
_SLUGS = (
    "title",
    "about",
    "seeks",
    "offers",
)  # the column an address is made of: the first that is filled in


def slug_of(text: str) -> str:
    """Return a text as the end of an address.

    >>> slug_of("Convenio Lima – São Paulo (2024)")
    'convenio-lima-sao-paulo-2024'
    """
    return re.sub(r"[^a-z0-9]+", "-", plain_letters(text)).strip("-")[:60].strip("-") or "x"


def end_of(iri: str) -> str:
    """Return the last part of an IRI.

    >>> end_of("https://example.org/id/city/lima")
    'lima'
    """
    return iri.rstrip("/").rsplit("/", 1)[-1]


def declaration_of(returned: Returned, title: str, publisher: str, received: str) -> Declaration:
    """Return the source that a returned form becomes; the same file is the same source."""
    return Declaration(
        f"declared-{slug_of(end_of(returned.city))}-{returned.sha256[:12]}",
        title,
        publisher,
        received,
        returned.sha256,
        returned.licence,
        returned.base,
    )


def thing_iri(base: str, thing: NewThing) -> str:
    """Return the address of a city or network that is named for the first time."""
    country = f"-{thing.country.lower()}" if thing.country else ""
    return f"{base}id/{thing.kind}/{slug_of(thing.name)}{country}"


def row_iri(base: str, city: str, sheet: str, states: Mapping[str, Sequence[str]]) -> str:
    """Return the address of what a new row is about."""
    if sheet == "memberships":
        return f"{base}id/membership/{end_of(states['network'][0])}/{end_of(city)}"
    first = next(key for key in _SLUGS if states.get(key))
    whole = "\n".join(f"{key}={';'.join(codes)}" for key, codes in sorted(states.items()))
    digest = hashlib.sha256(f"{city}\n{whole}".encode()).hexdigest()[:8]
    return f"{base}id/{_ROOMS[sheet]}/{end_of(city)}-{slug_of(end_of(states[first][0]))}-{digest}"


def other_iri(base: str, city: str, sheet: str, iri: str) -> str | None:
    """Return the address of the second node a new row speaks of."""
    if sheet == "memberships":
        return f"{iri}/during"
    return f"{base}id/participation/{end_of(iri)}/{end_of(city)}" if sheet == "actions" else None
