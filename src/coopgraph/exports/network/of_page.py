"""What a page shows as a network: the explorer's graph, or the part of it that is seen.

In: the graph as `/data/graph.json` holds it, and its `About`. Out: a `Network`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from coopgraph.exports.about import About
from coopgraph.exports.network.looks import colour_of, placed, size_of
from coopgraph.exports.network.model import EDGE_COLUMNS, NODE_COLUMNS, Edge, Network, Node, united
from coopgraph.exports.network.told import text_of

Graph = Mapping[str, Any]
_SHOWN: Final = {
    "kind", "country", "lat", "long", "population", "community",
    "peer_exchange", "peer_exchange_1", "given", "received", "reciprocity", "partners",
}  # fmt: skip
_LINKED: Final = {"layer", "kind", "directed", "events", "undated", "start", "end"}


def network_of_page(graph: Graph, told: About) -> Network:
    """Return the network a page shows; each direction in which something is given is an edge."""
    events = graph["events"]
    return Network(
        told,
        directed=any(graph["layers"][layer]["directed"] for layer in graph["links"]["layer"]),
        dated=any(events["from"]) or any(events["to"]),
        nodes=lambda: _nodes(graph, told.lang),
        edges=lambda: _edges(graph, told.lang),
        node_columns=tuple(column for column in NODE_COLUMNS if column.name in _SHOWN),
        edge_columns=tuple(column for column in EDGE_COLUMNS if column.name in _LINKED),
    )


def _nodes(graph: Graph, lang: str) -> Iterator[Node]:
    nodes = graph["nodes"]
    measures = nodes["measures"]
    largest = max((size or 0.0 for size in measures["peer_exchange"]), default=0.0)
    for i, iri in enumerate(nodes["iri"]):
        community = nodes["community"][i]
        values = {
            "kind": graph["kinds"][nodes["kind"][i]],
            **{name: nodes[name][i] for name in ("country", "lat", "long", "population")},
            "community": None if community < 0 else community + 1,
            **{name: column[i] for name, column in measures.items()},
        }
        yield Node(
            iri,
            text_of(nodes["label"][lang][i]),
            placed(nodes["x"][i], nodes["y"][i]),
            colour_of(community),
            size_of(measures["peer_exchange"][i], largest),
            (),
            tuple(values[column.name] for column in NODE_COLUMNS if column.name in _SHOWN),
        )


def _edges(graph: Graph, lang: str) -> Iterator[Edge]:
    links, iris, events = graph["links"], graph["nodes"]["iri"], graph["events"]
    for a, b, layer, on, forward, backward in zip(
        *(links[name] for name in ("source", "target", "layer", "events", "forward", "backward")), strict=True
    ):
        about = graph["layers"][layer]
        directed, label = about["directed"], about["label"][lang]
        for source, target, given in ((a, b, forward), (b, a, backward)) if directed else ((a, b, forward),):
            if not (weight := round(sum(given), 6)):
                continue
            times = [(events["from"][event] or "", events["to"][event] or "") for event in on]
            spans = united(time for time in times if any(time))
            end = "" if any(not last for _, last in spans) else max((last for _, last in spans), default="")
            values = (about["key"].split(" ")[0], label, directed, len(on), times.count(("", "")),
                      spans[0][0] if spans else "", end)  # fmt: skip
            yield Edge(iris[source], iris[target], weight, directed, label, spans, values)
