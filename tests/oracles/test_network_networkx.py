"""What networkx computes by other ways, on the same graphs."""

from __future__ import annotations

import random
from itertools import combinations

import networkx as nx
import pyarrow as pa
import pytest

from coopgraph.network import (
    affiliation_graph,
    exchange_graph,
    given,
    peer_exchange_centrality,
    received,
    reciprocity,
)

pytestmark = pytest.mark.oracle


def all_peers(seed: int) -> pa.Table:
    chance = random.Random(seed)
    events = {f"e{event:02}": chance.sample(range(20), chance.randint(1, 7)) for event in range(40)}
    rows = [(event, f"c{city:02}") for event, cities in events.items() for city in cities]
    yes = [True] * len(rows)
    return pa.table(
        {
            "event": [row[0] for row in rows],
            "city": [row[1] for row in rows],
            "contributes": yes,
            "benefits": yes,
        }
    )


@pytest.mark.parametrize("seed", range(3))
def test_where_all_are_peers_it_is_newmans_weighting(seed: int) -> None:
    table = all_peers(seed)
    B = affiliation_graph(table, of="events")
    cities = [node for node in B if B.nodes[node]["bipartite"] == 0]
    newman = nx.bipartite.collaboration_weighted_projected_graph(B, cities)
    G = exchange_graph(table)
    assert set(G.edges) == {pair for u, v in newman.edges for pair in ((u, v), (v, u))}
    for u, v in newman.edges:
        weight = newman.edges[u, v]["weight"]
        assert G.edges[u, v]["weight"] == G.edges[v, u]["weight"] == pytest.approx(weight, rel=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_given_is_the_number_of_events_with_company(seed: int) -> None:
    B = affiliation_graph(all_peers(seed), of="events")
    G = exchange_graph(all_peers(seed))
    for city, strength in given(G).items():
        assert strength == pytest.approx(sum(1 for event in B[city] if B.degree(event) > 1), abs=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_on_symmetric_weights_it_is_degree_centrality(seed: int) -> None:
    chance = random.Random(seed)
    H = nx.gnp_random_graph(30, 0.2, seed=seed)
    for u, v in H.edges:
        H.edges[u, v]["weight"] = chance.uniform(0.1, 9)
    assert peer_exchange_centrality(H.to_directed()) == pytest.approx(nx.degree_centrality(H), abs=1e-12)


def test_strengths_and_reciprocity_are_those_of_networkx() -> None:
    G = nx.gnp_random_graph(30, 0.2, seed=4, directed=True)
    for place, (u, v) in enumerate(G.edges):
        G.edges[u, v]["weight"] = 1 + place % 7
    assert given(G) == dict(G.out_degree(weight="weight"))
    assert received(G) == dict(G.in_degree(weight="weight"))
    # networkx counts edges: with all weights alike, 2 * mutual / (in + out) is the same
    assert reciprocity(G, weight=None) == pytest.approx(nx.reciprocity(G, G.nodes), abs=1e-12)


def test_everybody_with_everybody() -> None:
    G = nx.DiGraph((u, v) for pair in combinations("abcde", 2) for u, v in (pair, pair[::-1]))
    assert set(peer_exchange_centrality(G).values()) == {1.0}
