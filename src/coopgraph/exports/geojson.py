"""A network for maps: a point for each node, a line for each edge, along the shortest way.

In: a `Network`. Out: GeoJSON as a stream, or as bytes. Standard: RFC 7946; what has no coordinates has a
null geometry, as it allows, so that nothing is left out in silence. Title, date, sources and licence are
members of the collection.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from coopgraph.exports.about import About, as_values
from coopgraph.exports.formats import Options, Written
from coopgraph.exports.network.lines import Point, great_circle
from coopgraph.exports.network.model import Edge, Network, Node
from coopgraph.exports.network.of_page import network_of_page
from coopgraph.exports.network.of_release import network_of

if TYPE_CHECKING:
    from coopgraph.release import Release


def write(release: Release, target: Path, options: Options) -> Written:
    """Write a release as GeoJSON."""
    with network_of(release, options) as network, target.open("wb") as file:
        counts = write_geojson(network, file)
    return Written((target,), counts)


def as_geojson(graph: Mapping[str, Any], told: About) -> bytes:
    """Return what a page shows as GeoJSON."""
    written = BytesIO()
    write_geojson(network_of_page(graph, told), written)
    return written.getvalue()


def write_geojson(network: Network, file: IO[bytes]) -> dict[str, int]:
    """Write a network as it comes, a feature a line; return how many features there are, and are nowhere."""
    counts = {"nodes": 0, "edges": 0, "features without coordinates": 0}
    about = {**as_values(network.about), "notes": list(network.notes)}
    head = _json({"type": "FeatureCollection", **about}).removesuffix("}")
    file.write(f'{head},"features":['.encode())
    for number, (kind, feature) in enumerate(_features(network)):
        file.write((",\n" if number else "\n").encode() + _json(feature).encode())
        counts[kind] += 1
        counts["features without coordinates"] += feature["geometry"] is None
    file.write(b"\n]}\n")
    return counts


def place_of(network: Network, node: Node) -> Point | None:
    """Return where a node is on the map as longitude and latitude."""
    at = {column.name: place for place, column in enumerate(network.node_columns)}
    lat, long = node.values[at["lat"]], node.values[at["long"]]
    return None if lat is None or long is None else (long, lat)


def _features(network: Network) -> Iterator[tuple[str, dict[str, Any]]]:
    places: dict[str, Point] = {}
    names = [column.name for column in network.node_columns]
    for node in network.nodes():
        if place := place_of(network, node):
            places[node.iri] = place
        shape = {"type": "Point", "coordinates": place} if place else None
        told = {"label": node.label, "color": f"#{node.colour}", **_stated(names, node.values)}
        yield "nodes", {"type": "Feature", "id": node.iri, "geometry": shape, "properties": told}
    names = [column.name for column in network.edge_columns]
    for edge in network.edges():
        ends = {"source": edge.source, "target": edge.target, "label": edge.label, "weight": edge.weight}
        told = ends | _stated(names, edge.values)
        yield "edges", {"type": "Feature", "geometry": _line(edge, places), "properties": told}


def _stated(names: list[str], values: tuple[Any, ...]) -> dict[str, Any]:
    """Return what is known by name, null where it is not."""
    return {name: None if value == "" else value for name, value in zip(names, values, strict=True)}


def _line(edge: Edge, places: Mapping[str, Point]) -> dict[str, Any] | None:
    start, end = places.get(edge.source), places.get(edge.target)
    if start is None or end is None:
        return None
    parts = great_circle(start, end)
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
