"""Gather all that is known of one thing: a city, a network, or anything else that has an IRI.

In: an open release, an IRI, a language. Out: a `Profile`; None where the release says nothing of the IRI.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import QueryError
from coopgraph.namespaces import COOP, COUNTRY, RDF, SKOS, WGS84, XSD
from coopgraph.rdf.terms import plain_text, split_literal
from coopgraph.views.drawing import clean
from coopgraph.views.names import CLASSES, Names
from coopgraph.views.profiles.belonging import members_of, networks_of
from coopgraph.views.profiles.counted import goals_of, money_of, reported_of, results_of
from coopgraph.views.profiles.exchanged import (
    actions_by,
    actions_of,
    agreements_of,
    participants_of,
    partners_of,
)
from coopgraph.views.profiles.profile import Profile, Statement
from coopgraph.views.profiles.reader import Reader
from coopgraph.views.timeline.states import window

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.release.evidence import Statement as Stated

_TOLD_APART: Final = {  # what has a part of its own in a profile
    f"{RDF}type",
    f"{SKOS}prefLabel",
    f"{SKOS}altLabel",
    f"{SKOS}exactMatch",
    f"{COOP}acronym",
}
_DATES: Final = tuple(f"{XSD}{name}" for name in ("date", "gYearMonth", "gYear"))
_OF_A_CITY: Final = {f"{COOP}country", f"{COOP}population", f"{WGS84}lat", f"{WGS84}long"}


def profile_of(release: Release, iri: str, lang: str = "en", names: Names | None = None) -> Profile | None:
    """Return all that is known of a thing in a language; `names` are those of `names_in`, if you have them.

    Raises QueryError for what is no IRI.

    >>> import rdflib
    >>> from coopgraph.release import open
    >>> turtle = '''PREFIX coop: <https://w3id.org/coopgraph/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    ... <urn:lima> a coop:City ; skos:prefLabel "Lima"@es .'''
    >>> with open(rdflib.Graph().parse(data=turtle, format="turtle")) as release:
    ...     found = profile_of(release, "urn:lima")
    >>> found.kind, found.label, found.population
    ('city', 'Lima', None)
    """
    if ":" not in iri:
        raise QueryError(
            f"{iri[:80]!r} is no IRI. Give one in full, such as the address of a city in the data."
        )
    evidence = release.evidence(iri)
    if not evidence.statements:
        return None
    reader = Reader(release, lang, names)
    kind = next((CLASSES[plain] for plain in _types(evidence.statements) if plain in CLASSES), "thing")
    return _gathered(reader, iri, kind, evidence.statements)


def _gathered(reader: Reader, iri: str, kind: str, stated: tuple[Stated, ...]) -> Profile:
    actor = kind in ("city", "network", "organisation")
    parts: dict[str, Any] = {}
    if kind == "city":
        parts |= _place(reader, iri, stated)
        parts |= {"actions": actions_of(reader, iri), "partners": partners_of(reader, iri)}
        parts["memberships"] = networks_of(reader, iri)
    if kind == "network":
        parts |= {"actions": actions_by(reader, iri), "memberships": members_of(reader, iri)}
    if kind == "action":
        parts["participants"] = participants_of(reader, iri)
    if kind == "agreement":
        parts |= _agreement(reader, iri)
    if actor:
        parts |= {"agreements": agreements_of(reader, iri), "goals": goals_of(reader, iri)}
    if kind != "thing":
        parts |= {"money": money_of(reader, iri), "reported": reported_of(reader, iri)}
    if kind in ("action", "agreement", "programme"):
        parts["results"] = results_of(reader, "of", iri)
    elif f"{COOP}Result" in _types(stated):
        parts["results"] = results_of(reader, "result", iri)
    names, also = _names(stated)
    own = reader.reference(iri)
    types = [plain for plain in _types(stated) if plain in CLASSES] or _types(stated)
    return Profile(
        iri=iri,
        kind=kind,
        called=reader.release.label(types[0], reader.lang) if types else "",
        label=own.full or own.label,
        names=names,
        also=also,
        same=tuple(plain_text(one.object) for one in stated if one.predicate == f"{SKOS}exactMatch"),
        statements=_statements(reader, kind, stated),
        **parts,
        sources=reader.sources(),
    )


def _place(reader: Reader, city: str, stated: tuple[Stated, ...]) -> dict[str, Any]:
    """Return country, population and coordinates of a city, and who says so."""
    rows = reader.rows("cities", "city", city)
    row = rows[0] if rows else {}
    country = row.get("country")
    said = [one.source for one in stated if one.predicate in _OF_A_CITY]
    return {
        "country": reader.reference(COUNTRY + country) if country else None,
        "population": row.get("population"),
        "lat": row.get("lat"),
        "long": row.get("long"),
        "place_sources": reader.cite(source for source in said if source),
    }


def _agreement(reader: Reader, iri: str) -> dict[str, Any]:
    """Return the parties of an agreement, and its state: that of it among its first party's agreements."""
    parties = reader.references(row["party"] for row in reader.rows("agreements", "agreement", iri))
    asked = reader.ask("cq-021", city=parties[0].iri, lang=reader.lang) if parties else []
    states = [clean(row["statusLabel"] or "") for row in asked if row["agreement"] == iri]
    return {"parties": parties, "state": next(iter(states), "")}


def _types(stated: tuple[Stated, ...]) -> list[str]:
    return sorted({plain_text(one.object) for one in stated if one.predicate == f"{RDF}type"})


def _names(stated: tuple[Stated, ...]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the names by language, and what else it is called."""
    names: dict[str, str] = {}
    also: set[str] = set()
    for one in stated:
        if not one.object.startswith('"') or one.predicate not in _TOLD_APART:
            continue
        text, lang, _ = split_literal(one.object)
        if one.predicate == f"{SKOS}prefLabel":
            names.setdefault(lang or "", clean(text))
        else:
            also.add(clean(text))
    return names, tuple(sorted(also))


def _statements(reader: Reader, kind: str, stated: tuple[Stated, ...]) -> tuple[Statement, ...]:
    """Return what is stated and has no part of its own; what several sources state stands once."""
    apart = _TOLD_APART | (_OF_A_CITY if kind == "city" else set())
    said: dict[tuple[str, str], list[str | None]] = {}
    for one in stated:
        if one.predicate not in apart:
            said.setdefault((one.predicate, one.object), []).append(one.source)
    return tuple(
        _statement(reader, predicate, term, [source for source in sources if source])
        for (predicate, term), sources in said.items()
    )


def _statement(reader: Reader, predicate: str, term: str, sources: list[str]) -> Statement:
    named = _properties().get(predicate, {}).get(reader.lang) or reader.release.label(predicate, reader.lang)
    cited = reader.cite(sources)
    if term.startswith("<"):
        thing = reader.reference(plain_text(term))
        return Statement(predicate, named, thing.label, thing.lang, thing, False, cited)
    text, lang, kind = split_literal(term) if term.startswith('"') else (plain_text(term), None, None)
    dated = kind in _DATES and window(text) is not None
    return Statement(predicate, named, clean(text), lang or "", None, dated, cited)


@cache
def _properties() -> dict[str, dict[str, str]]:
    """Return what properties of other vocabularies are called here, by IRI and language."""
    return tomllib.loads(Path(__file__).with_name("properties.toml").read_text("utf-8"))
