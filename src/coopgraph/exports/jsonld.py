"""The graph as linked data: nodes, agreements, memberships and actions in the words of the ontology.

In: the explorer's graph, or the part of it that is seen, and its `About`. Out: bytes. Standard: JSON-LD 1.1
with its context inside, so that nobody is asked for it. Of an action it says who gave and who received in
what is seen: a flow is there only where both are known.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from coopgraph.exports.about import About, in_words
from coopgraph.languages import LANGUAGES
from coopgraph.namespaces import CONCEPT, COOP, COUNTRY, DCTERMS, ORG, SCHEMA, SDG, SKOS, WGS84, XSD

Graph = Mapping[str, Any]
_YES: Final = f"{CONCEPT}answer/yes"
CONTEXT: Final[dict[str, Any]] = {
    "coop": COOP, "dcterms": DCTERMS, "org": ORG, "schema": SCHEMA, "skos": SKOS, "wgs84": WGS84, "xsd": XSD,
    **{name: {"@id": f"coop:{name}", "@type": "@id"}
       for name in ("agreementKind", "benefits", "contributes", "country", "event", "participant", "party",
                    "sdg", "strategicLine")},
    "member": {"@id": "org:member", "@type": "@id"},
    "organization": {"@id": "org:organization", "@type": "@id"},
    "population": {"@id": "coop:population", "@type": "xsd:integer"},
    "lat": {"@id": "wgs84:lat", "@type": "xsd:decimal"},
    "long": {"@id": "wgs84:long", "@type": "xsd:decimal"},
    "partOf": {"@id": "dcterms:isPartOf", "@type": "@id"},
    "source": {"@id": "dcterms:source", "@type": "@id"},
}  # fmt: skip
_CLASSES: Final = {"city": "coop:City", "network": "coop:Network", "organisation": "coop:Organisation"}


def as_jsonld(graph: Graph, told: About) -> bytes:
    """Return the graph as JSON-LD, what it is and rests on in its first node."""
    about = {
        "@id": "",
        "dcterms:title": {"@value": told.title, "@language": told.lang},
        "dcterms:issued": told.now or None,
        "dcterms:license": told.licence or None,
        "dcterms:bibliographicCitation": [in_words(source) for source in told.sources],
    }
    things = [_known(about), *_nodes(graph), *_agreements_and_memberships(graph), *_actions(graph)]
    made = {"@context": CONTEXT, "@graph": things}
    return json.dumps(made, ensure_ascii=False, allow_nan=False, indent=1).encode("utf-8")


def _known(thing: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if value not in (None, [], "") or name == "@id"}


def _labels(columns: Mapping[str, list[str]], place: int) -> list[Any]:
    """Return each name once; one that serves several languages is said of none."""
    of: dict[str, list[str]] = {}
    for lang in LANGUAGES:
        of.setdefault(columns[lang][place], []).append(lang)
    return [
        {"@value": text, "@language": langs[0]} if len(langs) == 1 else text for text, langs in of.items()
    ]


def _nodes(graph: Graph) -> list[dict[str, Any]]:
    nodes = graph["nodes"]
    return [
        _known(
            {
                "@id": iri,
                "@type": _CLASSES[graph["kinds"][nodes["kind"][i]]],
                "skos:prefLabel": _labels(nodes["label"], i),
                "country": f"{COUNTRY}{nodes['country'][i]}" if nodes["country"][i] else None,
                **{
                    name: None if nodes[name][i] is None else str(nodes[name][i])
                    for name in ("population", "lat", "long")
                },
            }
        )
        for i, iri in enumerate(nodes["iri"])
        if graph["kinds"][nodes["kind"][i]] in _CLASSES
    ]


def _joined(graph: Graph) -> dict[int, tuple[str, set[int]]]:
    """Return the layer and the nodes of each event that has no direction."""
    found: dict[int, tuple[str, set[int]]] = {}
    links = graph["links"]
    for a, b, layer, on in zip(
        *(links[name] for name in ("source", "target", "layer", "events")), strict=True
    ):
        about = graph["layers"][layer]
        for event in () if about["directed"] else on:
            found.setdefault(event, (about["key"], set()))[1].update((a, b))
    return found


def _agreements_and_memberships(graph: Graph) -> list[dict[str, Any]]:
    nodes, found = graph["nodes"], []
    for event, (key, ends) in sorted(_joined(graph).items()):
        iri = graph["events"]["iri"][event]
        others = sorted(nodes["iri"][i] for i in ends if nodes["iri"][i] != iri)
        if graph["events"]["kind"][event] == "membership":
            networks = [
                n for n in others if graph["kinds"][nodes["kind"][nodes["iri"].index(n)]] == "network"
            ]
            members = [n for n in others if n not in networks]
            found.append(
                _known({"@id": iri, "@type": "org:Membership", "member": members, "organization": networks})
            )
        else:
            kind = key.removeprefix("agreement ")
            found.append(
                _known({"@id": iri, "@type": "coop:Agreement", **_told(graph, event),
                        "agreementKind": kind if ":" in kind else None, "party": others})
            )  # fmt: skip
    return found


def _actions(graph: Graph) -> list[dict[str, Any]]:
    """Return actions, and for each city in one a participation that says what is known of it."""
    gave: dict[int, set[str]] = {}
    got: dict[int, set[str]] = {}
    links, iris = graph["links"], graph["nodes"]["iri"]
    for a, b, layer, on, forward, backward in zip(
        *(links[name] for name in ("source", "target", "layer", "events", "forward", "backward")), strict=True
    ):
        for event, ahead, back in (
            zip(on, forward, backward, strict=True) if graph["layers"][layer]["directed"] else ()
        ):
            for giver, getter, weight in ((a, b, ahead), (b, a, back)):
                if weight:
                    gave.setdefault(event, set()).add(iris[giver])
                    got.setdefault(event, set()).add(iris[getter])
    found = []
    for event in sorted({*gave, *got}):
        iri = graph["events"]["iri"][event]
        found.append(_known({"@id": iri, "@type": "coop:Action", **_told(graph, event)}))
        for city in sorted(gave[event] | got[event]):
            answers = {
                "contributes": _YES if city in gave[event] else None,
                "benefits": _YES if city in got[event] else None,
            }
            found.append(
                _known({"@type": "coop:Participation", "event": iri, "participant": city, **answers})
            )
    return found


def _told(graph: Graph, event: int) -> dict[str, Any]:
    events = graph["events"]
    return {
        "skos:prefLabel": _labels(events["label"], event),
        "dcterms:temporal": events["date"][event],
        "sdg": [f"{SDG}{number}" for number in events["goals"][event]],
        "strategicLine": [graph["lines"][i]["iri"] for i in events["lines"][event]],
        "partOf": [graph["programmes"][i]["iri"] for i in events["programmes"][event]],
        "source": [graph["sources"][i]["iri"] for i in events["sources"][event]],
    }
