"""ETMUN, 14,230 localities in 59 city networks: degree, betweenness and interlocking connectivity.

Beside counts of the file; betweenness beside igraph on the localities that are in two networks or more, and
beside networkx on those in four or more, since the whole takes half a minute and many minutes. A locality is
its name with its country, white space trimmed.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import networkx as nx
import pyarrow as pa
import pytest

import coopgraph as cg

pytestmark = pytest.mark.oracle
Memberships = frozenset[tuple[str, str]]


@pytest.fixture(scope="module")
def memberships(shared_data: Path) -> Memberships:
    path = shared_data / "etmun" / "MembersETMUNGeocode.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) == 17_333
    return frozenset(
        (f"{row['Locality_Siege'].strip()} ({row['CountryCode'].strip()})", f"network {row['Code_Network']}")
        for row in rows
    )


@pytest.fixture(scope="module")
def graph(memberships: Memberships) -> nx.Graph[str]:
    rows = sorted(memberships)
    table = pa.table({"city": [row[0] for row in rows], "network": [row[1] for row in rows]})
    for name in ("role", "since"):
        table = table.append_column(name, pa.nulls(len(rows), pa.string()))
    return cg.affiliation_graph({"memberships": table})


def test_size(graph: nx.Graph[str], memberships: Memberships) -> None:
    sides = Counter(side(graph, node) for node in graph)
    assert sides == {0: 14_230, 1: 59}
    assert graph.number_of_edges() == len(memberships) == 17_117


def test_degrees_are_counts_of_the_file(graph: nx.Graph[str], memberships: Memberships) -> None:
    found = cg.bipartite_degree_centrality(graph)
    of_city = Counter(city for city, _ in memberships)
    of_network = Counter(network for _, network in memberships)
    expected = {city: count / 59 for city, count in of_city.items()}
    expected |= {network: count / 14_230 for network, count in of_network.items()}
    assert found == pytest.approx(expected, abs=1e-12)
    assert max(of_city, key=lambda city: of_city[city]) == "Barcelona (ES)"


def test_interlocking_connectivity_is_counted_by_hand(graph: nx.Graph[str], memberships: Memberships) -> None:
    """With one membership weighing 1, a city meets every other member of each of its networks."""
    members = Counter(network for _, network in memberships)
    expected = Counter[str]()
    for city, network in memberships:
        expected[city] += members[network] - 1
    assert cg.interlocking_connectivity(graph) == dict(expected)


def side(graph: nx.Graph[str], node: str) -> int:
    return int(graph.nodes[node]["bipartite"])


def in_networks(graph: nx.Graph[str], least: int) -> nx.Graph[str]:
    return graph.subgraph([node for node in graph if side(graph, node) or graph.degree[node] >= least]).copy()


def test_betweenness_is_that_of_igraph(graph: nx.Graph[str]) -> None:
    import igraph

    part = in_networks(graph, 2)
    names = list(part)
    assert len(names) == 1_423
    place = {name: here for here, name in enumerate(names)}
    twin = igraph.Graph(len(names), [(place[u], place[v]) for u, v in part.edges])
    expected = dict(zip(names, twin.betweenness(), strict=True))
    assert cg.betweenness_centrality(part, normalized=False) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_bipartite_betweenness_is_that_of_networkx(graph: nx.Graph[str]) -> None:
    part = in_networks(graph, 4)
    cities = [node for node in part if not side(part, node)]
    assert len(cities) > 250
    expected = nx.bipartite.betweenness_centrality(part, cities)
    assert cg.bipartite_betweenness_centrality(part) == pytest.approx(expected, abs=1e-9)
