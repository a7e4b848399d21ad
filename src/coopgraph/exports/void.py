"""A release counted and described as linked data.

In: its statements. Out: `Counted`, and `void.ttl`. Standard: VoID (W3C Interest Group Note).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.exports.turtle_text import Block, document, iri, text, typed
from coopgraph.namespaces import COOP, DCTERMS, FOAF, PREFIXES, PROV, RDF, SKOS, VOID, WGS84, XSD
from coopgraph.rdf.jsonld import literal, unescaped
from coopgraph.rdf.serialised import split

if TYPE_CHECKING:
    from coopgraph.exports.crate import Crate

_LINKS: Final = {
    "geonames": ("https://sws.geonames.org/", "GeoNames"),
    "wikidata": ("http://www.wikidata.org/entity/", "Wikidata"),
}
_EXAMPLES: Final = ("City", "Agreement", "Action")
_DATES: Final = ("https://schema.org/startDate", "https://schema.org/endDate", f"{COOP}signedOn")


@dataclass
class Counted:
    """What there is: statements by graph, things by class, uses of properties, links, sources, extents."""

    quads: int = 0
    triples: int = 0
    subjects: int = 0
    stated: int = 0  # in graphs of sources, or of files
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    graphs: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    source_of: dict[str, str] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    examples: dict[str, str] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    years: list[str] = field(default_factory=list)
    box: dict[str, tuple[float, float]] = field(default_factory=dict)


def counted(lines: Iterable[bytes], base: str) -> Counted:
    """Count in one pass; equal statements of several graphs stand beside each other."""
    found, last, subject = Counted(), (b"", b"", b""), b""
    for line in lines:
        s, p, o, g = split(line)
        graph, prop = _address(g), _address(p)
        found.quads += 1
        found.graphs[graph] += 1
        apart = graph in (f"{base}graph/ontology", f"{base}graph/provenance")
        found.stated += not apart
        if s != subject:
            found.subjects += 1
            subject = s
        if (s, p, o) != last:
            last = (s, p, o)
            found.triples += 1
            found.properties[prop] += 1
            _note(found, _address(s), prop, o.decode(), apart=apart)
    return found


def _note(found: Counted, s: str, prop: str, term: str, *, apart: bool) -> None:
    if prop == f"{RDF}type":
        name = unescaped(term[1:-1])
        found.classes[name] += 1
        if name == f"{COOP}Source":
            found.sources.add(s)
        for short in _EXAMPLES:
            if name == f"{COOP}{short}":
                found.examples.setdefault(short, s)
    elif prop == f"{PROV}hadPrimarySource":
        found.source_of[s] = unescaped(term[1:-1])
    elif prop == f"{SKOS}exactMatch" and not apart:
        for name, (space, _) in _LINKS.items():
            found.links[name] += term.startswith(f"<{space}")
    elif prop == f"{COOP}country":
        found.countries.add(unescaped(term[1:-1]))
    elif prop in _DATES:
        year = literal(term)[0][:4]
        found.years = sorted({*found.years[:1], *found.years[-1:], year}) if year.isdigit() else found.years
    elif prop in (f"{WGS84}lat", f"{WGS84}long"):
        value = float(literal(term)[0])
        least, most = found.box.get(prop, (value, value))
        found.box[prop] = (min(least, value), max(most, value))


def write_void(found: Counted, crate: Crate, target: Path) -> None:
    """Write the description."""
    spaces = sorted(
        {space for name in found.properties for space in PREFIXES.values() if name.startswith(space)}
    )
    number = "xsd:integer"
    whole: Block = ("<#dataset>", [
        ("a", ["void:Dataset"]),
        ("dcterms:title", [text(crate.told.title, crate.told.lang)]),
        ("dcterms:license", [iri(crate.told.licence)]),
        ("dcterms:modified", [typed(crate.published, "xsd:date")]),
        ("void:uriSpace", [text(crate.base)]),
        ("void:feature", [f"<http://www.w3.org/ns/formats/{name}>" for name in ("Turtle", "N-Quads")]),
        ("void:dataDump", ["<data/graph.ttl>", "<data/graph.nq>"]),
        ("void:triples", [typed(found.triples, number)]),
        ("void:distinctSubjects", [typed(found.subjects, number)]),
        ("void:classes", [typed(len(found.classes), number)]),
        ("void:properties", [typed(len(found.properties), number)]),
        ("void:vocabulary", [iri(space) for space in spaces]),
        ("void:exampleResource", [iri(example) for _, example in sorted(found.examples.items())]),
        ("void:classPartition", [f"[ void:class {iri(name)} ; void:entities {typed(count, number)} ]"
                                 for name, count in sorted(found.classes.items())]),
        ("void:propertyPartition", [f"[ void:property {iri(name)} ; void:triples {typed(count, number)} ]"
                                    for name, count in sorted(found.properties.items())]),
        ("void:subset", [*map(iri, sorted(found.graphs)),
                         *(f"<#links-{name}>" for name in sorted(+found.links))]),
    ])  # fmt: skip
    blocks = [("<>", [("a", ["void:DatasetDescription"]), ("foaf:primaryTopic", ["<#dataset>"])]), whole]
    for graph, count in sorted(found.graphs.items()):
        cited = found.source_of.get(graph)
        blocks.append((iri(graph), [("a", ["void:Dataset"]), ("void:triples", [typed(count, number)]),
                                    ("dcterms:source", [iri(cited)] if cited else [])]))  # fmt: skip
    for name, count in sorted((+found.links).items()):
        space, title = _LINKS[name]
        blocks.append((f"<#links-{name}>", [
            ("a", ["void:Linkset"]),
            ("void:subjectsTarget", ["<#dataset>"]),
            ("void:objectsTarget", [f"<#{name}>"]),
            ("void:linkPredicate", ["skos:exactMatch"]),
            ("void:triples", [typed(count, number)])]))  # fmt: skip
        blocks.append((f"<#{name}>", [("a", ["void:Dataset"]), ("dcterms:title", [text(title)]),
                                      ("void:uriSpace", [text(space)])]))  # fmt: skip
    prefixes = {"dcterms": DCTERMS, "foaf": FOAF, "skos": SKOS, "void": VOID, "xsd": XSD}
    target.write_text(document(prefixes, blocks), encoding="utf-8", newline="\n")


def _address(term: bytes) -> str:
    return unescaped(term[1:-1].decode())
