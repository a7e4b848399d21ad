"""The graph for Gephi: places, colours, sizes, and every link with its layer and weight.

In: the explorer's graph, or the part of it that is seen, and its `About`. Out: bytes. Standard: GEXF 1.2 with
its visual attributes. Programs read no edges with a direction beside others without one: where anything has
a direction, all edges have, and what has none in the data is an edge each way, with `directed` false.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from xml.etree import ElementTree

from coopgraph.exports.about import About, lines
from coopgraph.views.drawing import clean

Graph = Mapping[str, Any]
Element = ElementTree.Element
COLOURS: Final = (
    "0f6fb3",
    "d98404",
    "00936b",
    "c2548f",
    "cf5a12",
    "52a9dd",
    "7d2a57",
    "83801f",
)  # decision 12
GREY: Final = "8492a1"
_NODES: Final = {
    "iri": "string", "kind": "string", "country": "string", "lat": "double", "long": "double",
    "population": "long", "community": "integer", "peer_exchange": "double", "peer_exchange_1": "double",
    "given": "double", "received": "double", "reciprocity": "double", "partners": "integer",
}  # fmt: skip
_EDGES: Final = {"layer": "string", "directed": "boolean", "events": "integer"}
_TWICE: Final = {
    "en": "A link without a direction stands twice: once each way, with `directed` false and all its weight.",
    "es": "Un vínculo sin dirección figura dos veces, una por sentido, con `directed` false y todo su peso.",
    "pt": "Uma ligação sem direção figura duas vezes, uma por sentido, com `directed` false e todo o peso.",
}
_SCALE: Final = 1000.0
_SMALLEST, _LARGEST = 4.0, 16.0


def as_gexf(graph: Graph, told: About) -> bytes:
    """Return the graph as GEXF; nodes are numbered, their IRIs are an attribute."""
    root = Element(
        "gexf",
        {
            "xmlns": "http://www.gexf.net/1.2draft",
            "xmlns:viz": "http://www.gexf.net/1.2draft/viz",
            "version": "1.2",
        },
    )
    meta = ElementTree.SubElement(root, "meta", {"lastmodifieddate": told.now[:10]} if told.now else {})
    ElementTree.SubElement(meta, "creator").text = "coopgraph"
    directed = any(graph["layers"][layer]["directed"] for layer in graph["links"]["layer"])
    said = [f"{word}: {text}" for word, text in lines(told)] + [_TWICE[told.lang]] * directed
    ElementTree.SubElement(meta, "description").text = "\n".join(said)
    kind = "directed" if directed else "undirected"
    made = ElementTree.SubElement(root, "graph", {"mode": "static", "defaultedgetype": kind})
    _declare(made, "node", _NODES)
    _declare(made, "edge", _EDGES)
    _add_nodes(ElementTree.SubElement(made, "nodes"), graph, told.lang)
    edges = ElementTree.SubElement(made, "edges")
    for number, (source, target, weight, values) in enumerate(_flows(graph, told.lang, directed)):
        ends = {"id": f"{number}", "source": f"{source}", "target": f"{target}", "weight": f"{weight}"}
        _add_values(ElementTree.SubElement(edges, "edge", ends), values)
    ElementTree.indent(root, " ")
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _declare(made: Element, of: str, names: Mapping[str, str]) -> None:
    declared = ElementTree.SubElement(made, "attributes", {"class": of, "mode": "static"})
    for name, kind in names.items():
        ElementTree.SubElement(declared, "attribute", {"id": name, "title": name, "type": kind})


def _add_nodes(made: Element, graph: Graph, lang: str) -> None:
    nodes = graph["nodes"]
    sizes = nodes["measures"]["peer_exchange"]
    largest = max((size or 0.0 for size in sizes), default=0.0) or 1.0
    for i, label in enumerate(nodes["label"][lang]):
        node = ElementTree.SubElement(made, "node", {"id": f"{i}", "label": clean(label)})
        community = nodes["community"][i]
        values = {name: nodes[name][i] for name in ("iri", "country", "lat", "long", "population")}
        values |= {name: column[i] for name, column in nodes["measures"].items()}
        values |= {
            "kind": graph["kinds"][nodes["kind"][i]],
            "community": None if community < 0 else community + 1,
        }
        _add_values(node, values)
        colour = COLOURS[community] if 0 <= community < len(COLOURS) else GREY
        red, green, blue = (f"{int(colour[at : at + 2], 16)}" for at in (0, 2, 4))
        size = _SMALLEST + (_LARGEST - _SMALLEST) * ((sizes[i] or 0.0) / largest) ** 0.5
        ElementTree.SubElement(node, "viz:color", {"r": red, "g": green, "b": blue})
        x, y = nodes["x"][i] * _SCALE, -nodes["y"][i] * _SCALE  # upwards, as Gephi draws
        ElementTree.SubElement(node, "viz:position", {"x": f"{x:.1f}", "y": f"{y:.1f}", "z": "0.0"})
        ElementTree.SubElement(node, "viz:size", {"value": f"{size:.2f}"})


def _add_values(made: Element, values: Mapping[str, Any]) -> None:
    """Write the attributes that are known; what is not known is left out."""
    known = {name: value for name, value in sorted(values.items()) if value is not None and value != ""}
    if known:
        told = ElementTree.SubElement(made, "attvalues")
        for name, value in known.items():
            text = str(value).lower() if isinstance(value, bool) else clean(value)
            ElementTree.SubElement(told, "attvalue", {"for": name, "value": text})


def _flows(graph: Graph, lang: str, directed: bool) -> Iterator[tuple[int, int, float, dict[str, Any]]]:
    """Yield each edge: for each direction in which something is given; once where nothing has one."""
    links = graph["links"]
    for a, b, layer, on, forward, backward in zip(
        *(links[name] for name in ("source", "target", "layer", "events", "forward", "backward")), strict=True
    ):
        about = graph["layers"][layer]
        values = {"layer": about["label"][lang], "directed": about["directed"], "events": len(on)}
        back = backward if about["directed"] else forward
        ways = ((a, b, forward), (b, a, back))
        for source, target, given in ways if directed else ways[:1]:
            if weight := round(sum(given), 6):
                yield source, target, weight, values
