"""Twin towns, 34,178 statements: reciprocity, degree and betweenness beside plain sets and networkx.

The statements are read as examples/twins reads them: the city that names gives, the one named gets.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import networkx as nx
import pyarrow as pa
import pytest

import coopgraph as cg
from coopgraph.network import Ranking

pytestmark = pytest.mark.oracle
Statements = frozenset[tuple[str, str]]


@pytest.fixture(scope="module")
def statements(shared_data: Path) -> Statements:
    lines = (shared_data / "sister_cities" / "L3viathan_relations.tsv").read_text(encoding="utf-8")
    return frozenset((city, twin) for city, _, twin in (line.partition("\t") for line in lines.splitlines()))


@pytest.fixture(scope="module")
def table(statements: Statements) -> pa.Table:
    rows = [(f"{city}-{twin}", place, place == city) for city, twin in statements for place in (city, twin)]
    gives = [row[2] for row in rows]
    return pa.table(
        {
            "event": [row[0] for row in rows],
            "city": [row[1] for row in rows],
            "contributes": gives,
            "benefits": [not each for each in gives],
        }
    )


@pytest.fixture(scope="module")
def ranking(table: pa.Table) -> Ranking:
    return cg.rank(table, measure="partners")


def test_sizes_are_those_published(statements: Statements, ranking: Ranking) -> None:
    assert len(statements) == 34_178
    assert (ranking.basis.selected_events, ranking.basis.nodes) == (34_178, 10_055)


def test_reciprocity_is_what_the_statements_say(statements: Statements, ranking: Ranking) -> None:
    one_sided = sum(1 for pair in statements if pair[::-1] not in statements)
    assert one_sided == 624
    assert ranking.mutual_share == (34_178 - 624) / 34_178
    assert round(ranking.mutual_share, 4) == 0.9817
    assert "98.2% of directed edges are mutual" in ranking.caveat()


def test_peer_exchange_is_nearly_degree_and_it_says_so(ranking: Ranking) -> None:
    assert ranking.pearson == pytest.approx(0.988, abs=5e-4)
    assert "correlates 0.988 with degree" in ranking.caveat()


def test_degrees_rank_as_in_networkx(statements: Statements, ranking: Ranking) -> None:
    G: nx.Graph[str] = nx.Graph()
    G.add_edges_from(statements)
    degrees = dict(G.degree())
    expected = sorted(degrees, key=lambda city: (-degrees[city], city))
    rows = ranking.table.to_pylist()
    assert [(row["city"], row["partners"]) for row in rows] == [(city, degrees[city]) for city in expected]
    assert (expected[0], degrees[expected[0]]) == ("Q656", 98)


def test_betweenness_ranks_as_in_igraph(statements: Statements) -> None:
    """Among the places named ten times or more; all of them take most of a minute."""
    import igraph

    named = Counter(twin for _, twin in statements)
    G: nx.DiGraph[str] = nx.DiGraph()
    G.add_edges_from(sorted(pair for pair in statements if min(named[place] for place in pair) >= 10))
    assert len(G) > 500
    names = list(G)
    place = {name: here for here, name in enumerate(names)}
    twin = igraph.Graph(len(names), [(place[u], place[v]) for u, v in G.edges], directed=True)
    expected = dict(zip(names, twin.betweenness(), strict=True))
    found = cg.betweenness_centrality(G, normalized=False)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-6)
    assert leading(found) == leading(expected)


def leading(scores: dict[str, float]) -> list[str]:
    return sorted(scores, key=lambda city: (-round(scores[city], 3), city))[:100]
