"""Cities and the networks they belong to, against networkx and against the definition."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest

from coopgraph import MeasureError
from coopgraph.network.centrality.affiliation import (
    bipartite_betweenness_centrality,
    bipartite_degree_centrality,
    interlocking_connectivity,
)

pytestmark = pytest.mark.oracle


def belonging(seed: int) -> Any:
    """A random bipartite graph, isolates and several parts among them."""
    B = nx.bipartite.random_graph(1 + seed % 9, 1 + seed % 5, 0.3, seed=seed)
    for place, (u, v) in enumerate(B.edges):
        B.edges[u, v]["weight"] = 1 + place % 4
    return B


def cities_of(B: Any) -> list[Any]:
    return [node for node in B if B.nodes[node]["bipartite"] == 0]


@pytest.mark.parametrize("seed", range(100))
def test_degree_and_betweenness_are_networkx_s(seed: int) -> None:
    B = belonging(seed)
    expected = nx.bipartite.degree_centrality(B, cities_of(B))
    assert bipartite_degree_centrality(B) == pytest.approx(expected, abs=1e-9)
    if seed % 5 and seed % 9:  # with one node on a side networkx divides by zero
        expected = nx.bipartite.betweenness_centrality(B, cities_of(B))
        assert bipartite_betweenness_centrality(B) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", range(50))
def test_connectivity_is_the_sum_over_other_cities(seed: int) -> None:
    B = belonging(seed)
    cities = cities_of(B)
    value = nx.to_numpy_array(B, weight="weight")[: len(cities), len(cities) :]
    linked = value @ value.T
    np.fill_diagonal(linked, 0)
    assert interlocking_connectivity(B) == pytest.approx(dict(zip(cities, linked.sum(axis=1), strict=True)))


def test_empty_and_one_city() -> None:
    B: Any = nx.Graph()
    assert bipartite_degree_centrality(B) == bipartite_betweenness_centrality(B) == {}
    assert interlocking_connectivity(B) == {}
    B.add_node("Lima", bipartite=0)
    assert bipartite_degree_centrality(B) == bipartite_betweenness_centrality(B) == {"Lima": 0.0}
    assert interlocking_connectivity(B) == {"Lima": 0.0}


def test_what_is_no_graph_of_cities_and_networks_is_refused() -> None:
    B: Any = nx.DiGraph([("Lima", "Quito"), ("Quito", "UCCI")])
    nx.set_node_attributes(B, {"Lima": 0, "Quito": 0}, "bipartite")
    with pytest.raises(MeasureError) as told:
        interlocking_connectivity(B)
    assert [str(fault).split(".")[0] for fault in told.value.faults] == [
        "'UCCI' is on no side",
        "The graph is directed",
        "'Lima' and 'Quito' are on the same side",
    ]
