"""The graph as GEXF, GeoJSON, JSON-LD and tables: read by other programs, with the numbers of five.ttl."""

from __future__ import annotations

import io
import json
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest

from coopgraph.errors import ProjectionError
from coopgraph.exports.about import About, about
from coopgraph.exports.geojson import as_geojson
from coopgraph.exports.gexf import as_gexf
from coopgraph.exports.graph_sheets import sheets_of, sources_of
from coopgraph.exports.jsonld import as_jsonld
from coopgraph.release import Release
from coopgraph.views.explorer.seen import part_of
from tests.views.explorer.conftest import FIVE, ID, five, graph

__all__ = ["five", "graph"]
COOP = "https://w3id.org/coopgraph/ns#"


@pytest.fixture
def told(five: Release, graph: dict[str, Any]) -> About:
    return about(five, "Five <cities> & \x0bmore", "en", sources_of(graph))


def test_gexf_is_read_by_networkx_with_places_colours_sizes_and_weights(
    graph: dict[str, Any], told: About
) -> None:
    G = nx.read_gexf(io.BytesIO(as_gexf(graph, told)))
    assert isinstance(G, nx.MultiDiGraph | nx.DiGraph)
    by = {data["label"]: node for node, data in G.nodes(data=True)}
    madrid = G.nodes[by["Madrid"]]
    assert (by["Madrid"], madrid["kind"], madrid["country"]) == (f"{ID}city/madrid", "city", "ES")
    assert madrid["given"] == 2.0 and "given" not in G.nodes[by["Recife"]]
    viz = madrid["viz"]
    at = graph["nodes"]["label"]["en"].index("Madrid")
    assert viz["position"]["x"] == pytest.approx(graph["nodes"]["x"][at] * 1000, abs=0.06)
    assert viz["size"] == 16.0  # the largest peer exchange
    assert viz["color"]["r"] in (0x0F, 0xD9)
    exchange = {
        (G.nodes[a]["label"], G.nodes[b]["label"]): data["weight"]
        for a, b, data in G.edges(data=True)
        if data["layer"] == "exchange"
    }
    assert exchange == {("Madrid", "Lima"): 0.5, ("Madrid", "Quito"): 1.5, ("Quito", "Madrid"): 1.0}
    twins = [data for a, b, data in G.edges(data=True) if {by["Madrid"], by["Lisbon"]} == {a, b}]
    assert [(data["weight"], data["directed"]) for data in twins] == [(1.0, False)] * 2
    assert "A link without a direction stands twice" in as_gexf(graph, told).decode()


def test_gexf_without_a_direction_has_each_link_once(graph: dict[str, Any], told: About) -> None:
    links = graph["links"]
    plain = [i for i, layer in enumerate(links["layer"]) if not graph["layers"][layer]["directed"]]
    written = as_gexf(
        part_of(graph, range(len(graph["nodes"]["iri"])), plain, range(len(graph["events"]["iri"]))), told
    )
    G = nx.read_gexf(io.BytesIO(written))
    assert not G.is_directed() and G.number_of_edges() == len(plain) == 7
    assert "stands twice" not in written.decode()


def test_geojson_has_the_shape_of_rfc_7946(graph: dict[str, Any], told: About) -> None:
    made = json.loads(as_geojson(graph, told))
    assert (made["type"], made["title"], made["date"]) == (
        "FeatureCollection",
        "Five <cities> & more",
        "2026-11-22",
    )
    for feature in made["features"]:
        assert feature["type"] == "Feature" and isinstance(feature["properties"], dict)
        shape = feature["geometry"]
        assert shape is None or len(shape["coordinates"]) >= 2
    points = {f["id"]: f["geometry"] for f in made["features"] if "id" in f}
    assert points[f"{ID}city/lisboa"] == {"type": "Point", "coordinates": [-9.1, 38.7]}
    assert points[f"{ID}city/lima"] is None
    assert len(made["features"]) == 9 + 10  # Madrid and Quito give each other something: two lines


def test_jsonld_says_in_triples_what_the_release_says(graph: dict[str, Any], told: About) -> None:
    store: Any = ox.Store()
    store.load(as_jsonld(graph, told), format=ox.RdfFormat.JSON_LD, base_iri="https://example.org/file")
    theirs: Any = ox.Store()
    theirs.load(FIVE.read_bytes(), format=ox.RdfFormat.TURTLE)
    for asked in (
        f"ASK {{ <{ID}city/lisboa> a <{COOP}City> ; <{COOP}country> ?c }}",
        f"ASK {{ <{ID}agreement/treaty> <{COOP}party> <{ID}city/lima>, <{ID}city/lisboa> }}",
        f"ASK {{ <{ID}membership/ucci/madrid> <http://www.w3.org/ns/org#organization> <{ID}network/ucci> }}",
        f"ASK {{ ?p <{COOP}event> <{ID}action/course> ; <{COOP}participant> <{ID}city/madrid> ;"
        f" <{COOP}contributes> <https://w3id.org/coopgraph/concept/answer/yes> }}",
    ):
        assert theirs.query(asked) and store.query(asked), asked
    wrong = f"ASK {{ ?p <{COOP}event> <{ID}action/course> ; <{COOP}participant> <{ID}city/bogota> }}"
    assert theirs.query(wrong) and not store.query(wrong)  # her roles are unknown: no flow shows them
    parties = f"SELECT ?a ?p {{ ?a <{COOP}party> ?p }} ORDER BY ?a ?p"
    assert list(map(str, store.query(parties))) == list(map(str, theirs.query(parties)))
    named = store.query(
        "SELECT ?l { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?l FILTER(LANG(?l) = 'pt') }"
    )
    assert {row["l"].value for row in named} == {"Lisboa"}


def test_tables_of_the_graph(graph: dict[str, Any]) -> None:
    nodes, links, events = sheets_of(graph, "es")
    rows = {row[0]: row for row in nodes.rows}
    assert rows["Madrid"][:3] == ("Madrid", "ciudad", "España")
    assert len(nodes.columns) == len(rows["Madrid"]) == 14
    quito = next(row for row in links.rows if row[:2] == ("Madrid", "Quito"))
    assert quito == ("Madrid", "Quito", "Intercambio", 1.5, 1, 2, "A course; A visit")
    course = next(row for row in events.rows if row[0] == "A course")
    assert (str(course[3]), course[6], course[7]) == ("2018-01-01", 700.5, "EUR")
    sure = {row[0]: row[8] for row in events.rows}
    assert (sure["Twins"], sure["Treaty"], sure["Grant"]) == ("declarado", "derivado", None)


def test_a_part_is_numbered_anew(graph: dict[str, Any]) -> None:
    names = graph["nodes"]["label"]["en"]
    kept = [names.index(name) for name in ("Madrid", "Quito", "Recife")]
    events = [graph["events"]["label"]["en"].index("A course")]
    part = part_of(graph, kept, list(range(len(graph["links"]["source"]))), events)
    assert part["nodes"]["label"]["en"] == ["Madrid", "Quito", "Recife"]
    assert part["nodes"]["measures"]["given"] == [2.0, 1.0, None]
    assert (part["links"]["source"], part["links"]["target"]) == ([0], [1])
    assert (part["links"]["events"], part["links"]["forward"]) == ([[0]], [[0.5]])
    assert all(name < 3 for disc in part["communities"] for name in disc["names"])
    with pytest.raises(ProjectionError, match="cannot be taken"):
        part_of(graph, [99], [], [True])


def test_all_of_it_is_the_graph_itself(graph: dict[str, Any]) -> None:
    every = [
        range(len(graph["nodes"]["iri"])),
        range(len(graph["links"]["source"])),
        range(len(graph["events"]["iri"])),
    ]
    assert part_of(graph, *map(list, every)) == graph
