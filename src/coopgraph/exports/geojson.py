"""The graph for maps: a point for each node, a line for each link between two that have coordinates.

In: the explorer's graph, or the part of it that is seen, and its `About`. Out: bytes. Standard: RFC 7946;
what has no coordinates has a null geometry, as it allows, so that nothing is left out in silence.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from coopgraph.exports.about import About, as_values

Graph = Mapping[str, Any]


def as_geojson(graph: Graph, told: About) -> bytes:
    """Return nodes and links as features; title, date, sources and licence belong to the collection."""
    made = {
        "type": "FeatureCollection",
        **as_values(told),
        "features": [*_nodes(graph, told.lang), *_links(graph, told.lang)],
    }
    return json.dumps(made, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def _place(graph: Graph, node: int) -> list[float] | None:
    lat, long = graph["nodes"]["lat"][node], graph["nodes"]["long"][node]
    return None if lat is None or long is None else [long, lat]


def _feature(geometry: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    shape = None if coordinates is None else {"type": geometry, "coordinates": coordinates}
    return {"type": "Feature", "geometry": shape, "properties": properties}


def _nodes(graph: Graph, lang: str) -> list[dict[str, Any]]:
    nodes = graph["nodes"]
    return [
        {"id": iri}
        | _feature(
            "Point",
            _place(graph, i),
            name=nodes["label"][lang][i],
            kind=graph["kinds"][nodes["kind"][i]],
            country=nodes["country"][i] or None,
            population=nodes["population"][i],
            **{name: column[i] for name, column in nodes["measures"].items()},
        )
        for i, iri in enumerate(nodes["iri"])
    ]


def _links(graph: Graph, lang: str) -> list[dict[str, Any]]:
    links, iris = graph["links"], graph["nodes"]["iri"]
    found = []
    for a, b, layer, on, forward, backward in zip(
        *(links[name] for name in ("source", "target", "layer", "events", "forward", "backward")), strict=True
    ):
        about, ends = graph["layers"][layer], [_place(graph, a), _place(graph, b)]
        given = (
            {"forward": round(sum(forward), 6), "backward": round(sum(backward), 6)}
            if about["directed"]
            else {}
        )
        found.append(
            _feature("LineString", None if None in ends else ends, source=iris[a], target=iris[b],
                     relation=about["label"][lang], events=len(on), **given)
        )  # fmt: skip
    return found
