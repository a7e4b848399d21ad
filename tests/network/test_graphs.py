"""Plain networkx graphs: attributes as documented, writable by networkx."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import networkx as nx
import pyarrow as pa
import pytest

from coopgraph.errors import ProjectionError
from coopgraph.network import affiliation_graph, exchange_graph, flows, peer_exchange_centrality

Make = Callable[..., pa.Table]
CITIES = pa.Table.from_pylist(
    [
        {"city": "A", "label_en": None, "label_es": "Aé", "country": "ES", "lat": 40.4, "long": -3.7,
         "population": 9},
        {"city": "B", "label_en": "Bee", "label_es": None, "country": None, "lat": None, "long": None},
    ]
)  # fmt: skip
MEMBERSHIPS = pa.table(
    {
        "membership": ["m1", "m2", "m3", "m4"],
        "city": ["B", "A", "A", "A"],
        "network": ["N", "N", "N", "M"],
        "role": ["member", "member", "co-presidency", None],
        "since": [None, "2014", "1982", None],
    }
)


@pytest.fixture
def tables(participations: Make, four_events: list[Any]) -> dict[str, pa.Table]:
    rows = [*four_events, ("e5", "D", None, None)]
    return {"participations": participations(rows), "cities": CITIES, "memberships": MEMBERSHIPS}


def test_exchange_graph_is_a_plain_digraph_of_flows(tables: dict[str, pa.Table]) -> None:
    G, made = exchange_graph(tables), flows(tables)
    assert type(G) is nx.DiGraph
    assert tuple(G) == made.nodes
    assert [(u, v, data["weight"], data["events"]) for u, v, data in G.edges(data=True)] == [
        tuple(edge.values()) for edge in made.edges.to_pylist()
    ]
    assert G.edges["B", "A"] == {"weight": 2.5, "events": 3, "distance": 0.4}
    assert G.graph["basis"] == made.basis


def test_flows_that_are_made_already_become_the_same_graph(tables: dict[str, pa.Table]) -> None:
    made = flows(tables, unknown="both")
    G, expected = exchange_graph(made), exchange_graph(tables, unknown="both")
    assert list(G.edges(data=True)) == list(expected.edges(data=True))
    assert (list(G), G.graph["basis"]) == (list(expected), made.basis)
    with pytest.raises(ProjectionError, match="The options unknown, sdg select events") as caught:
        exchange_graph(made, unknown="both", sdg=11)
    assert "Give them to flows()" in str(caught.value)


def test_attributes_are_plain_and_left_out_where_unknown(tables: dict[str, pa.Table]) -> None:
    G = exchange_graph(tables)
    assert G.nodes["A"] == {
        "label": "Aé", "label_es": "Aé", "country": "ES", "lat": 40.4, "long": -3.7, "population": 9
    }  # fmt: skip
    assert G.nodes["B"] == {"label": "Bee", "label_en": "Bee"}
    assert G.nodes["C"] == {}


def test_options_reach_the_flows(tables: dict[str, pa.Table]) -> None:
    assert set(exchange_graph(tables, nodes=["A", "B"])) == {"A", "B"}
    assert exchange_graph(tables, unknown="both").graph["basis"].unknown == "both"


def test_it_can_be_measured_and_written(tables: dict[str, pa.Table]) -> None:
    G = exchange_graph(tables)
    assert peer_exchange_centrality(G)["B"] == pytest.approx(17 / 27)
    del G.graph["basis"]
    nx.write_gexf(G, io.BytesIO())
    nx.write_graphml(G, io.BytesIO())


def test_memberships_make_a_bipartite_graph(tables: dict[str, pa.Table]) -> None:
    B = affiliation_graph(tables)
    assert {node: B.nodes[node]["bipartite"] for node in B} == {"A": 0, "B": 0, "M": 1, "N": 1}
    assert nx.bipartite.is_bipartite(B)
    assert B.edges["A", "N"] == {"roles": "co-presidency member", "since": "1982"}
    assert B.edges["A", "M"] == {}
    assert B.nodes["B"]["label"] == "Bee"
    nx.write_graphml(B, io.BytesIO())


def test_events_make_one_too(tables: dict[str, pa.Table]) -> None:
    B = affiliation_graph(tables, of="events")
    assert B.edges["A", "e3"] == {"contributes": "yes", "benefits": "no"}
    assert B.edges["D", "e5"] == {"contributes": "unknown", "benefits": "unknown"}
    assert B.nodes["e5"] == {"bipartite": 1}


def test_refused(tables: dict[str, pa.Table]) -> None:
    with pytest.raises(ProjectionError, match="Use 'networks' or 'events'"):
        affiliation_graph(tables, of="cities")  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(ProjectionError, match="The options sdg select events"):
        affiliation_graph(tables, sdg="11")
    with pytest.raises(ProjectionError, match="There is no table 'memberships'"):
        affiliation_graph(tables["participations"])


def test_nothing_gives_empty_graphs(participations: Make) -> None:
    assert len(exchange_graph(participations([]))) == 0
    assert len(affiliation_graph({"memberships": MEMBERSHIPS.slice(0, 0)})) == 0
