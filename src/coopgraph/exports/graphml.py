"""A network for yEd, Cytoscape, igraph and networkx: the same nodes, edges and columns as GEXF.

In: a `Network`. Out: GraphML as a stream, or as bytes. Standard: GraphML 1.0 with typed keys; what is not
known is left out. Parallel edges are kept, told apart by `layer`, `kind` and `iri`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from lxml import etree

from coopgraph.exports.about import About
from coopgraph.exports.formats import Options, Written
from coopgraph.exports.network.model import Column, Edge, Network, Node, Span, both_ways
from coopgraph.exports.network.of_page import network_of_page
from coopgraph.exports.network.of_release import network_of
from coopgraph.exports.network.told import about_lines, known

if TYPE_CHECKING:
    from coopgraph.release import Release

NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_TYPES: Final = {"integer": "long"}
_NODE: Final = (
    Column("label", "string", "what it is called"),
    Column("x", "double", "where it stands on the drawing"),
    Column("y", "double", "where it stands on the drawing, upwards"),
    Column("size", "double", "by peer exchange"),
    Column("color", "string", "of its community, as #rrggbb"),
    Column("times", "string", "when it was, as FROM/TO; a side that is not stated is empty"),
)
_EDGE: Final = (
    Column("label", "string", "what it is called"),
    Column("weight", "double", "how strong it is"),
    Column("times", "string", "when it was, as FROM/TO FROM/TO ...; a side that is not stated is empty"),
)


def write(release: Release, target: Path, options: Options) -> Written:
    """Write a release as GraphML."""
    with network_of(release, options) as network, target.open("wb") as file:
        counts = write_graphml(network, file)
    return Written((target,), counts)


def as_graphml(graph: Mapping[str, Any], told: About) -> bytes:
    """Return what a page shows as GraphML."""
    written = BytesIO()
    write_graphml(network_of_page(graph, told), written)
    return written.getvalue()


def write_graphml(network: Network, file: IO[bytes]) -> dict[str, int]:
    """Write a network as it comes; return how many nodes and edges there are."""
    counts = {"nodes": 0, "edges": 0}
    node_columns, edge_columns = (*_NODE, *network.node_columns), (*_EDGE, *network.edge_columns)
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("graphml", nsmap={None: NAMESPACE}):
            with xml.element("desc"):
                xml.write("\n".join(about_lines(network)))
            for of, columns in (("node", node_columns), ("edge", edge_columns)):
                for column in columns:
                    xml.write(_key(of, column), with_tail=True)
            kind = "directed" if network.directed else "undirected"
            with xml.element("graph", id="coopgraph", edgedefault=kind):
                for node in network.nodes():
                    xml.write(_node(node, node_columns), with_tail=True)
                    counts["nodes"] += 1
                for number, edge in enumerate(both_ways(network), start=1):
                    xml.write(_edge(number, edge, edge_columns), with_tail=True)
                    counts["edges"] = number
    return counts


def _key(of: str, column: Column) -> etree._Element:
    told = {"id": _id(of, column.name), "for": of, "attr.name": column.name}
    made = etree.Element("key", {**told, "attr.type": _TYPES.get(column.kind, column.kind)})
    etree.SubElement(made, "desc").text = column.about
    made.tail = "\n"
    return made


def _id(of: str, name: str) -> str:
    """Return the id of a key: those of nodes and edges are told apart, for a document has each once."""
    return f"{of}-{name}"


def _node(node: Node, columns: Iterable[Column]) -> etree._Element:
    x, y = node.place or (None, None)
    values = (node.label, x, y, node.size, f"#{node.colour}", _times(node.spans), *node.values)
    return _with(etree.Element("node", id=node.iri), "node", columns, values)


def _edge(number: int, edge: Edge, columns: Iterable[Column]) -> etree._Element:
    made = etree.Element("edge", {"id": f"e{number}", "source": edge.source, "target": edge.target})
    return _with(made, "edge", columns, (edge.label, edge.weight, _times(edge.spans), *edge.values))


def _with(made: etree._Element, of: str, columns: Iterable[Column], values: Iterable[Any]) -> etree._Element:
    for name, text in known(columns, values):
        etree.SubElement(made, "data", key=_id(of, name)).text = text
    made.tail = "\n"
    return made


def _times(spans: Iterable[Span]) -> str:
    return " ".join(f"{start}/{end}" for start, end in spans)
