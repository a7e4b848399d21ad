"""Ranking by classical measures: the column a function gives, told what it is, always in the same order."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest

import coopgraph as cg
from coopgraph.cli import measure_names as command
from coopgraph.network.catalogue import measure_called, measures
from coopgraph.network.classical import CLASSICAL, _listed, classical
from coopgraph.network.measures import MEASURES
from coopgraph.network.sensitivity.leave_one_out import leave_one_source_out

from .conftest import Rows

CITIES = pa.table(
    {
        "city": ["A", "B", "C", "D"],
        "country": ["ES", "ES", "PE", None],
        **{f"label_{tag}": [None] * 4 for tag in ("en", "es", "pt")},
    },
    schema=pa.schema(
        [(name, pa.string()) for name in ("city", "country", "label_en", "label_es", "label_pt")]
    ),
)
MEMBERSHIPS = pa.table(
    {
        "city": ["A", "B", "B", "E"],
        "network": ["N", "N", "M", "M"],
        "role": pa.nulls(4, pa.string()),
        "since": pa.nulls(4, pa.string()),
    }
)


@pytest.fixture
def tables(four_events: Rows, participations: Callable[..., pa.Table]) -> dict[str, pa.Table]:
    rows = [*four_events, ("e9", "D", False, False)]
    return {"participations": participations(rows), "cities": CITIES, "memberships": MEMBERSHIPS}


def column(tables: Any, measure: str) -> dict[str, Any]:
    name = measure.replace("-", "_")
    found = classical(name, cg.flows(tables), tables).table
    return dict(zip(found["city"].to_pylist(), found[name].to_pylist(), strict=True))


def test_catalogue_rank_and_shell_know_the_same_measures() -> None:
    names = [measure.column for measure in measures()]
    assert names == [*MEASURES, *CLASSICAL]
    assert [measure.name for measure in measures()] == [*command.MEASURES, *command.CLASSICAL]


@pytest.mark.parametrize("measure", measures(), ids=lambda measure: measure.name)
def test_each_measure_is_told_in_full(measure: Any) -> None:
    assert measure_called(measure.name) is measure_called(measure.column) is measure
    assert set(measure.titles) == {"en", "es", "pt"}
    assert set(measure.definitions) == {"en", "es", "pt"} and len(set(measure.definitions.values())) == 3
    assert all(text.endswith(".") for text in measure.definitions.values())
    assert measure.disconnected.endswith(".")
    assert measure.doi.startswith("10.")
    assert measure.direction
    assert measure.weights in ("strength", "length", "none")


def test_unknown_measure_is_told_with_those_known(tables: Any) -> None:
    with pytest.raises(
        cg.MeasureError, match=r"'fame' is not known\. Use one of peer-exchange, .*interlocking"
    ):
        cg.rank(tables, measure="fame")
    with pytest.raises(cg.MeasureError, match="'fame' is not known"):
        measure_called("fame")


def test_every_city_has_a_score_or_none(tables: Any) -> None:
    made = cg.flows(tables)
    for name in CLASSICAL:
        found = classical(name, made, tables)
        assert found.table["city"].to_pylist() == list("ABCD")
        assert measure_called(name).definition in found.said[0]
        assert not [value for value in found.table[name].to_pylist() if value != value]


def test_rank_puts_the_measure_beside_the_others(tables: Any) -> None:
    ranking = cg.rank(tables, measure="effective-size")
    assert ranking.table.column_names[-2:] == ["strength", "effective_size"]
    # both ways A and B have 4.5, A and C 2.5, B and C 1
    sizes = [2 - 2.5 / 7 / 4.5 - 4.5 / 7 / 2.5, 2 - 1 / 5.5 * 2.5 / 4.5 - 4.5 / 5.5, 1.0, None]
    assert ranking.table["effective_size"].to_pylist() == pytest.approx(sizes)
    assert ranking.table["rank"].to_pylist() == [1, 2, 3, None]
    assert ranking.table["city"].to_pylist() == ["A", "B", "C", "D"]
    assert ranking.said[0] in ranking.sentences()


def test_scores_are_those_of_the_functions(tables: Any) -> None:
    G = cg.exchange_graph(tables)
    functions: dict[str, Callable[..., Any]] = {
        "pagerank": cg.pagerank,
        "betweenness": cg.betweenness_centrality,
        "harmonic": cg.harmonic_centrality,
        "constraint": cg.constraint,
        "core": cg.core_number,
        "participation": cg.participation_coefficient,
    }
    for measure, function in functions.items():
        assert column(tables, measure) == pytest.approx(function(G), abs=1e-12)
    by_distance = nx.betweenness_centrality(G, weight="distance")
    assert column(tables, "betweenness-by-distance") == pytest.approx(by_distance, abs=1e-12)
    givers, receivers = cg.hits(G)
    assert column(tables, "hits-givers") == pytest.approx(givers, abs=1e-12)
    assert column(tables, "hits-receivers") == pytest.approx(receivers, abs=1e-12)
    assert column(tables, "liaison") == cg.brokerage(G)["liaison"]


def test_memberships_count_members_outside(tables: Any) -> None:
    assert column(tables, "memberships") == {"A": 0.5, "B": 1.0, "C": 0.0, "D": 0.0}
    assert column(tables, "interlocking") == {"A": 1.0, "B": 2.0, "C": 0.0, "D": 0.0}
    told = " ".join(cg.rank(tables, measure="interlocking").sentences())
    assert "3 cities in 2 networks; 2 cities here are in none, and 1 members take part in no" in told


def test_what_is_left_out_is_said(tables: Any) -> None:
    assert "Of 1 of 4 cities the country is not known" in " ".join(cg.rank(tables, measure="liaison").said)
    told = " ".join(cg.rank(tables, measure="eigenvector").said)
    assert "For 1 of 4 cities it is not defined" in told
    assert "not connected: 1 parts, of 3 cities, and 1 city without flow" in told
    assert cg.rank(tables).said == ()


def test_tables_a_measure_needs_are_asked_for(
    four_events: Rows, participations: Callable[..., pa.Table]
) -> None:
    with pytest.raises(cg.ProjectionError, match="memberships"):
        cg.rank(participations(four_events), measure="interlocking")
    with pytest.raises(cg.MeasureError, match="has no ranges"):
        cg.rank(participations(four_events), measure="pagerank", replicates=10)
    with pytest.raises(cg.MeasureError, match="'pagerank' has no closed form"):
        leave_one_source_out(participations(four_events), measure="pagerank")


def test_nothing_selected_gives_nothing(tables: Any) -> None:
    for rows in (0, 1):
        few = {**tables, "participations": tables["participations"].slice(0, rows)}
        made = cg.flows(few)
        for name in CLASSICAL:
            assert len(classical(name, made, few).table) == rows
    assert len(cg.rank(few, measure="katz").table) == 1


def test_same_scores_for_a_thousand_orders_of_edges(tables: Any) -> None:
    """The matrix is put in order, so a kernel sees the same bytes and gives the same."""
    made = cg.flows(tables)
    chance = np.random.default_rng(0)
    seen = set()
    for _ in range(1_000):
        edges = made.edges.take(chance.permutation(len(made.edges)))
        matrix = cg.adjacency(replace(made, edges=edges)).matrix
        seen.add((matrix.data.tobytes(), matrix.indices.tobytes(), matrix.indptr.tobytes()))
    assert len(seen) == 1


def test_same_ranking_for_orders_of_rows(tables: Any) -> None:
    rows = tables["participations"]
    seen = set()
    for seed in range(8):
        order = np.random.default_rng(seed).permutation(len(rows))
        found = cg.rank({**tables, "participations": rows.take(order)}, measure="katz")
        seen.add(str(found.table.to_pydict()))
    assert len(seen) == 1


def test_same_ranks_for_a_thousand_orders_of_a_graph() -> None:
    """Here sums are made in another order each time: rounding to 12 digits keeps equals equal."""
    G = nx.les_miserables_graph().to_directed()
    functions: tuple[Callable[..., dict[Any, float]], ...] = (
        cg.pagerank,
        cg.strength,
        cg.harmonic_centrality,
    )
    chance = random.Random(0)
    seen: dict[Any, set[Any]] = {function: set() for function in functions}
    for _ in range(1_000):
        nodes, edges = list(G), list(G.edges(data="weight"))
        chance.shuffle(nodes)
        chance.shuffle(edges)
        H: Any = nx.DiGraph()
        H.add_nodes_from(nodes)
        H.add_weighted_edges_from(edges)
        made = cg.adjacency(H)
        for function in functions:
            scores = function(made)
            order = sorted(scores, key=lambda node: (-round(scores[node], 12), node))
            seen[function].add(tuple(order))
    assert [len(orders) for orders in seen.values()] == [1, 1, 1]


def test_many_parts_are_told_briefly() -> None:
    assert _listed(["9"]) == "9"


def test_the_whole_network(tables: Any) -> None:
    found = {row["name"]: row["value"] for row in cg.whole_network(tables).table.to_pylist()}
    G = cg.exchange_graph(tables)
    assert found["cities"] == 4
    assert found["ties"] == 6
    assert found["pairs"] == 3
    assert (found["parts"], found["largest-part"], found["without-flow"]) == (1, 3, 1)
    assert found["reciprocity"] == cg.overall_reciprocity(G)
    excess = cg.reciprocity_excess(G)
    assert excess is not None
    assert found["reciprocity-excess"] == excess.rho
    assert found["country-assortativity"] == cg.attribute_assortativity_coefficient(G)
    assert found["communities"] == 1
    bare = cg.whole_network(tables["participations"].slice(0, 0))
    assert {row["value"] for row in bare.table.to_pylist()} == {0, None, 1.0}
