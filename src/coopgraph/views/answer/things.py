"""Everything in a release that has a name: what it is called, and what it is.

In: an open release. Out: IRI -> `Thing`. Labels: SKOS, RDFS, Dublin Core, schema.org, in this order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.letters import plain_letters
from coopgraph.namespaces import COOP, OWL, SKOS
from coopgraph.views.drawing import Texts, clean, in_language

if TYPE_CHECKING:
    from coopgraph.release import Release

_PAGES: Final = {
    f"{COOP}City": "city",
    f"{COOP}Network": "network",
    **dict.fromkeys((f"{OWL}Class", f"{OWL}ObjectProperty", f"{OWL}DatatypeProperty"), "ontology"),
}


@dataclass(frozen=True)
class Thing:
    """What has a name: its classes, the schemes it is a concept of, its names by language."""

    iri: str
    classes: tuple[str, ...]
    schemes: tuple[str, ...]
    texts: Texts

    @property
    def page(self) -> str:
        """The page of the site that is about it: city, network, ontology or thing."""
        return next((page for known, page in _PAGES.items() if known in self.classes), "thing")

    @property
    def family(self) -> tuple[str, str]:
        """What it is chosen among: a scheme's concepts, or a class's members."""
        if self.schemes and f"{SKOS}Concept" in self.classes:
            return ("scheme", self.schemes[0])
        return ("class", self.classes[0] if self.classes else "")


@dataclass(frozen=True)
class Things:
    """Things by IRI, and their names the other way round."""

    by_iri: Mapping[str, Thing]

    def get(self, iri: str) -> Thing | None:
        """Return what has this IRI, if it has a name."""
        return self.by_iri.get(iri)

    def called(self, name: str) -> tuple[Thing, ...]:
        """Return all that is called so in any language, accents and capitals aside."""
        return self._by_name.get(plain_letters(name), ())

    def like(self, iri: str) -> tuple[Thing, ...]:
        """Return what is of the same family as a thing, itself included."""
        known = self.by_iri.get(iri)
        return self._families.get(known.family, ()) if known else ()

    @cached_property
    def _by_name(self) -> dict[str, tuple[Thing, ...]]:
        found: dict[str, dict[str, Thing]] = {}
        for thing in self.by_iri.values():
            for text in thing.texts.values():
                found.setdefault(plain_letters(text), {})[thing.iri] = thing
        return {name: tuple(things.values()) for name, things in found.items()}

    @cached_property
    def _families(self) -> dict[tuple[str, str], tuple[Thing, ...]]:
        found: dict[tuple[str, str], list[Thing]] = {}
        for thing in self.by_iri.values():
            found.setdefault(thing.family, []).append(thing)
        return {family: tuple(things) for family, things in found.items()}


def things_in(release: Release) -> Things:
    """Return everything of a release that has a name."""
    asked = Path(__file__).with_name("things.rq").read_text("utf-8")
    return things_from(release.query(asked, trusted=True).to_arrow().to_pylist())


def things_from(rows: list[dict[str, Any]]) -> Things:
    """Return the things the rows (thing, class, scheme, name, lang) tell of; a language's first name stands.

    >>> row = {"thing": "x", "class": None, "scheme": None, "name": "Lisboa", "lang": "pt"}
    >>> things_from([row]).called("lisboa")[0].texts
    {'pt': 'Lisboa'}
    """
    texts: dict[str, dict[str, str]] = {}
    classes: dict[str, dict[str, None]] = {}
    schemes: dict[str, dict[str, None]] = {}
    for row in rows:
        iri = row["thing"]
        texts.setdefault(iri, {}).setdefault((row["lang"] or "").split("-")[0], clean(row["name"]))
        for known, name in ((classes, "class"), (schemes, "scheme")):
            known.setdefault(iri, {}).update({row[name]: None} if row[name] else {})
    return Things({iri: Thing(iri, tuple(classes[iri]), tuple(schemes[iri]), texts[iri]) for iri in texts})


def by_name(things: tuple[Thing, ...], lang: str) -> list[Thing]:
    """Return things in the order of their names in a language."""
    return sorted(things, key=lambda thing: (plain_letters(in_language(thing.texts, lang)), thing.iri))
