"""What was recorded, described: the source's address, day, licence and query, in Turtle.

In: facts about a recording. Out: the bytes of `source.ttl`; its IRIs are relative, to the base of whichever
workspace reads it. Standards: RDF 1.1 Turtle, Dublin Core terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from coopgraph.rdf.terms import iri_term, literal_term

_HEAD: Final = """@prefix coop: <https://w3id.org/coopgraph/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
CC0: Final = "https://creativecommons.org/publicdomain/zero/1.0/"


@dataclass(frozen=True)
class Origin:
    """A source that was recorded; `address` without what may be secret in it."""

    name: str
    title: str
    address: str
    query: str
    day: date
    licence: str | None = None

    @property
    def publisher(self) -> str:
        return "Wikidata" if is_wikidata(self.address) else urlsplit(self.address).hostname or self.address


def is_wikidata(address: str) -> bool:
    """Whether an address is Wikidata's own, whose data are CC0.

    >>> is_wikidata("https://query.wikidata.org/sparql"), is_wikidata("https://notwikidata.org/")
    (True, False)
    """
    host = urlsplit(address).hostname or ""
    return host == "wikidata.org" or host.endswith(".wikidata.org")


def described(origin: Origin) -> bytes:
    """Write the description."""
    licence = origin.licence or (CC0 if is_wikidata(origin.address) else None)
    lines = [
        f"<id/source/{origin.name}> a coop:Source",
        f"dcterms:title {literal_term(origin.title, language='en')}",
        f"dcterms:publisher {literal_term(origin.publisher)}",
        f"schema:url {literal_term(origin.address)}^^xsd:anyURI",
        f'coop:retrieved "{origin.day.isoformat()}"^^xsd:date',
        *([f"dcterms:license {iri_term(licence)}"] if licence else []),
        f"skos:note {literal_term(f'Asked: {origin.query}', language='en')}",
    ]
    return (_HEAD + " ;\n  ".join(lines) + " .\n").encode()
