"""What things are called: labels of a release by IRI.

In: an open release. Out: IRI -> `Name` (texts by language, kind of node). What has no label is called by
the end of its IRI.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import unquote

import pyarrow as pa

from coopgraph.namespaces import COOP
from coopgraph.views.drawing import Texts, clean, in_language
from coopgraph.views.strings import ASSETS

KINDS = ("city", "network", "organisation", "agreement", "action", "programme")
CLASSES = {f"{COOP}{kind.title()}": kind for kind in KINDS}


class Readable(Protocol):
    """What is asked of a release: its tables, and answers to a stored query."""

    def table(self, name: str) -> pa.Table:
        """Return the named table."""

    def query(self, question: str, *, trusted: bool = False, **params: Any) -> Any:
        """Return the solutions of a query."""


@dataclass(frozen=True)
class Name:
    """What a thing is called, and as what kind of node it is drawn."""

    texts: Texts
    kind: str = "node"
    full: Texts | None = None  # the name in full, where `texts` is an acronym


Names = Mapping[str, Name]


def names_in(release: Readable) -> Names:
    """Return the names of actors, agreements, actions, programmes, results, countries and concepts."""
    asked = (ASSETS / "names.rq").read_text("utf-8")
    return names_from(release.query(asked, trusted=True).to_arrow().to_pylist())  # sorting there is dear


def names_from(rows: list[dict[str, Any]]) -> Names:
    """Return the names the rows (thing, class, name, lang, acronym) give, in any order; acronyms go first.

    >>> names_from([{"thing": "x", "class": "", "name": "Lisboa", "lang": "pt", "acronym": None}])["x"].texts
    {'pt': 'Lisboa'}
    """
    texts: dict[str, dict[str, str]] = {}
    kinds: dict[str, str] = {}
    acronyms: dict[str, str] = {}
    for row in sorted(rows, key=_in_order):
        lang = (row["lang"] or "").split("-")[0]
        texts.setdefault(row["thing"], {}).setdefault(lang, clean(row["name"]))
        if row["class"] in CLASSES:
            kinds[row["thing"]] = CLASSES[row["class"]]
        if row["acronym"]:
            acronyms.setdefault(row["thing"], clean(row["acronym"]))
    return {
        thing: Name({"": acronyms[thing]}, kinds.get(thing, "node"), full=named)
        if thing in acronyms
        else Name(named, kinds.get(thing, "node"))
        for thing, named in texts.items()
    }


def _in_order(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(row[name] or "" for name in ("thing", "class", "lang", "name", "acronym"))


def name_of(iri: str, names: Names) -> Name:
    """Return a thing's name, or one read off its IRI.

    >>> name_of("https://w3id.org/coopgraph/id/network/al-las", {})
    Name(texts={'': 'al las'}, kind='network', full=None)
    """
    if iri in names:
        return names[iri]
    *_, kind, slug = ["", *unquote(iri).rstrip("/").replace("#", "/").split("/")]
    known = kind if kind in KINDS else "node"
    return Name({"": clean(slug.replace("-", " ")) or clean(iri)}, known)


def title_of(workspace: Mapping[str, Any]) -> dict[str, str]:
    """Return a workspace's title by language; `title` is in the language it prefers.

    >>> title_of({"title": "Ciudades", "titles": {"en": "Cities"}, "languages": ["es", "en"]})
    {'en': 'Cities', 'es': 'Ciudades'}
    """
    first, *_ = workspace.get("languages") or [""]
    return {**(workspace.get("titles") or {}), first: str(workspace.get("title") or "coopgraph")}


def full_name(names: Names, lang: str, iri: str) -> str:
    """Return what a thing is called in a language, in full where it has an acronym.

    >>> full_name({"urn:x": Name({"": "X"}, full={"en": "Ex", "es": "Equis"})}, "es", "urn:x")
    'Equis'
    """
    name = name_of(iri, names)
    return in_language(name.full or name.texts, lang)


def slug(iri: str) -> str:
    """Return what stands for a thing in an address: the end of its IRI, or the IRI where that says nothing.

    >>> slug("https://w3id.org/coopgraph/id/city/lisbon"), slug("https://w3id.org/coopgraph/concept/agreement-kind/twinning")
    ('city/lisbon', 'twinning')
    """
    _, found, named = iri.partition("/id/")
    _, is_concept, concept = iri.partition("/concept/")
    return named if found else concept.rpartition("/")[2] if is_concept else iri
