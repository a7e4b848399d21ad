"""The words a release is written in: classes and properties, what they mean, and how often each is used.

In: an open release. Out: `Vocabulary`. Standards: OWL 2 and RDFS declarations, SKOS definitions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.rdf.terms import short_iri
from coopgraph.views.drawing import Texts, clean, in_language

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.views.answer.things import Things

USES: Final = "uses-of-terms"  # the stored query that counts
_SHOWN: Final = 2_000  # as many terms are offered while typing, the most used first


@dataclass(frozen=True)
class Term:
    """A class or a property. `kind` is class, property (of things) or value (property of values)."""

    iri: str
    short: str
    kind: str
    texts: Texts
    definitions: Texts
    above: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    uses: int


@dataclass(frozen=True)
class Vocabulary:
    """Every term by its IRI."""

    terms: Mapping[str, Term]

    def of(self, *kinds: str) -> list[Term]:
        """Return the terms of some kinds, by their short forms."""
        return sorted(
            (term for term in self.terms.values() if term.kind in kinds), key=lambda term: term.short
        )

    def offered(self, lang: str) -> list[tuple[str, str, str]]:
        """Return (IRI, class or property, name) of the terms an editor completes, the most used first."""
        order = sorted(self.terms.values(), key=lambda term: (-term.uses, term.iri))
        return [
            (term.iri, "class" if term.kind == "class" else "property", in_language(term.texts, lang))
            for term in order[:_SHOWN]
        ]


def vocabulary_in(release: Release, things: Things) -> Vocabulary:
    """Return the terms a release declares or uses."""
    asked = Path(__file__).with_name("terms.rq").read_text("utf-8")
    declared: dict[str, dict[str, Any]] = {}
    for row in release.query(asked, trusted=True).to_arrow().to_pylist():
        _add(declared.setdefault(row["term"], {"kind": row["kind"]}), row)
    counted = release.query(USES, trusted=True).to_arrow().to_pylist()
    uses = {row["term"]: (row["kind"], int(row["uses"])) for row in counted}
    return Vocabulary(
        {
            iri: _term(iri, declared.get(iri, {}), uses.get(iri, ("", 0)), things, release.prefixes)
            for iri in sorted({*declared, *uses})
        }
    )


def _add(known: dict[str, Any], row: Mapping[str, Any]) -> None:
    for name in ("above", "domain", "range"):
        if row[name]:
            known.setdefault(name, {})[row[name]] = None
    if row["definition"]:
        known.setdefault("definition", {}).setdefault(row["lang"].split("-")[0], clean(row["definition"]))


def _term(
    iri: str, known: Mapping[str, Any], used: tuple[str, int], things: Things, prefixes: Mapping[str, str]
) -> Term:
    thing = things.get(iri)
    return Term(
        iri=iri,
        short=short_iri(iri, prefixes),
        kind=known.get("kind") or used[0],
        texts=thing.texts if thing else {},
        definitions=known.get("definition", {}),
        above=tuple(known.get("above", ())),
        domains=tuple(known.get("domain", ())),
        ranges=tuple(known.get("range", ())),
        uses=used[1],
    )
