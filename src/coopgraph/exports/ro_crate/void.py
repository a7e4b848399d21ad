"""A release described as linked data.

In: what was counted of it. Out: `void.ttl`. Standard: VoID (W3C Interest Group Note).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph.exports.ro_crate.counted import LINKS, Counted
from coopgraph.exports.turtle_text import Block, document, iri, text, typed
from coopgraph.namespaces import DCTERMS, FOAF, PREFIXES, SKOS, VOID, XSD

if TYPE_CHECKING:
    from coopgraph.exports.ro_crate.described import Crate


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
        space, title = LINKS[name]
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
