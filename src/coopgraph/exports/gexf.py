"""A network for Gephi and Gephi Lite: places, colours, sizes, typed attributes, and when what was.

In: a `Network`. Out: GEXF as a stream, or as bytes. Standard: GEXF 1.3, dynamic by spells of dates, open
where nothing is stated. What is not known is left out, and so are characters XML cannot hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from lxml import etree

from coopgraph.exports.about import About
from coopgraph.exports.formats import Options, Written
from coopgraph.exports.network.model import Column, Edge, Network, Node, Span, both_ways
from coopgraph.exports.network.of_page import network_of_page
from coopgraph.exports.network.of_release import network_of
from coopgraph.exports.network.told import about_lines, known, text_of

if TYPE_CHECKING:
    from coopgraph.release import Release

NAMESPACE: Final = "http://gexf.net/1.3"
VIZ: Final = f"{{{NAMESPACE}/viz}}"


def write(release: Release, target: Path, options: Options) -> Written:
    """Write a release as GEXF."""
    with network_of(release, options) as network, target.open("wb") as file:
        counts = write_gexf(network, file)
    return Written((target,), counts)


def as_gexf(graph: Mapping[str, Any], told: About) -> bytes:
    """Return what a page shows as GEXF."""
    written = BytesIO()
    write_gexf(network_of_page(graph, told), written)
    return written.getvalue()


def write_gexf(network: Network, file: IO[bytes]) -> dict[str, int]:
    """Write a network as it comes; return how many nodes and edges there are."""
    said = about_lines(network)
    day = {"lastmodifieddate": network.about.now[:10]} if network.about.now else {}
    mode = {"mode": "dynamic", "timeformat": "date"} if network.dated else {"mode": "static"}
    kind = "directed" if network.directed else "undirected"
    counts = {"nodes": 0, "edges": 0}
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("gexf", nsmap={None: NAMESPACE, "viz": VIZ[1:-1]}, version="1.3"):
            with xml.element("meta", day):
                _text(xml, "creator", "coopgraph")
                _text(xml, "description", "\n".join(said))
            with xml.element("graph", mode, defaultedgetype=kind):
                _declare(xml, "node", network.node_columns)
                _declare(xml, "edge", network.edge_columns)
                with xml.element("nodes"):
                    for node in network.nodes():
                        _write_node(xml, node, network.node_columns)
                        counts["nodes"] += 1
                with xml.element("edges"):
                    for number, edge in enumerate(both_ways(network), start=1):
                        xml.write(_edge(number, edge, network.edge_columns), with_tail=True)
                        counts["edges"] = number
    return counts


def _text(xml: Any, name: str, text: str) -> None:
    with xml.element(name):
        xml.write(text)


def _declare(xml: Any, of: str, columns: Iterable[Column]) -> None:
    types = {"integer": "long"}
    with xml.element("attributes", {"class": of, "mode": "static"}):
        for column in columns:
            kind = types.get(column.kind, column.kind)
            with xml.element("attribute", id=column.name, title=column.name, type=kind):
                pass


def _write_node(xml: Any, node: Node, columns: Iterable[Column]) -> None:
    red, green, blue = (f"{int(node.colour[at : at + 2], 16)}" for at in (0, 2, 4))
    looks = {"color": {"r": red, "g": green, "b": blue}, "size": {"value": f"{node.size:.2f}"}}
    if node.place:
        looks["position"] = {"x": f"{node.place[0]:.1f}", "y": f"{node.place[1]:.1f}", "z": "0.0"}
    with xml.element("node", {"id": node.iri, "label": text_of(node.label)}):
        for part in (*_attributes(columns, node.values), *_spells(node.spans)):
            xml.write(part)
        for name, values in looks.items():
            with xml.element(f"{VIZ}{name}", values):
                pass
    xml.write("\n")


def _edge(number: int, edge: Edge, columns: Iterable[Column]) -> etree._Element:
    """Return an element without a namespace: as text it is in the one of the file."""
    ends = {"id": f"{number}", "source": edge.source, "target": edge.target, "weight": repr(edge.weight)}
    made = etree.Element("edge", {**ends, "label": text_of(edge.label), "kind": edge.values[0]})
    made.extend((*_attributes(columns, edge.values), *_spells(edge.spans)))
    made.tail = "\n"
    return made


def _attributes(columns: Iterable[Column], values: Iterable[Any]) -> Iterator[etree._Element]:
    told = etree.Element("attvalues")
    for name, text in known(columns, values):
        etree.SubElement(told, "attvalue", {"for": name, "value": text})
    yield told


def _spells(spans: Iterable[Span]) -> Iterator[etree._Element]:
    told = etree.Element("spells")
    for start, end in spans:
        etree.SubElement(told, "spell", {name: day for name, day in (("start", start), ("end", end)) if day})
    if len(told):
        yield told
