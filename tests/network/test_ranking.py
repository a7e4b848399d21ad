"""Ranking: shared ranks, order, labels, and everything that stands beside the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import pyarrow as pa
import pytest

from coopgraph.errors import MeasureError
from coopgraph.network import (
    balance,
    effective_partners,
    exchange_graph,
    generalised_exchange,
    given,
    partners,
    peer_exchange_centrality,
    rank,
    received,
    reciprocity,
)

Make = Callable[..., pa.Table]
COLUMNS = [
    "rank",
    "city",
    "label",
    "country",
    "peer_exchange",
    "peer_exchange_k1",
    "given",
    "received",
    "balance",
    "reciprocity",
    "partners",
    "effective_partners_given",
    "effective_partners_received",
    "generalised_exchange",
    "degree",
    "out_degree",
    "in_degree",
    "strength",
]
CITIES = pa.table(
    {
        "city": ["A", "B", "C"],
        "country": ["ES", None, "BO"],
        "label_en": ["Aye", None, "Sea"],
        "label_es": ["Ay", "Bé", None],
        "label_pt": pa.nulls(3, pa.string()),
    }
)


def test_the_events_of_the_definition(participations: Make, four_events: list[Any]) -> None:
    rows = [*four_events, ("e5", "D", None, None)]
    ranking = rank({"participations": participations(rows), "cities": CITIES})
    table = ranking.table
    assert table.column_names == COLUMNS
    assert table.column("city").to_pylist() == ["B", "C", "A", "D"]
    assert table.column("rank").to_pylist() == [1, 2, 3, 4]
    assert table.column("peer_exchange").to_pylist() == pytest.approx(
        [17 / 27, 3 / 5, 76 / 135, 0], abs=1e-12
    )
    assert table.column("peer_exchange_k1").to_pylist() == pytest.approx(
        [9 / 22, 5 / 14, 100 / 231, 0], abs=1e-12
    )
    assert table.column("label").to_pylist() == ["Bé", "Sea", "Aye", "D"]
    assert table.column("country").to_pylist() == [None, "BO", "ES", None]
    assert table.column("reciprocity").to_pylist()[3] is None


def test_all_measures_equal_plain_python(participations: Make, four_events: list[Any]) -> None:
    table = participations([*four_events, ("e5", "D", None, None)])
    G = exchange_graph(table)
    expected: dict[str, dict[str, Any]] = {
        "peer_exchange": peer_exchange_centrality(G),
        "peer_exchange_k1": peer_exchange_centrality(G, prior=1),
        "given": given(G),
        "received": received(G),
        "balance": balance(G),
        "reciprocity": reciprocity(G),
        "partners": partners(G),
        "effective_partners_given": effective_partners(G),
        "effective_partners_received": effective_partners(G, direction="received"),
        "generalised_exchange": generalised_exchange(G),
        "strength": {city: given(G)[city] + received(G)[city] for city in G},
        "degree": dict(G.degree()),
        "out_degree": dict(G.out_degree()),
        "in_degree": dict(G.in_degree()),
    }
    rows = rank(table).table.to_pylist()
    for name, scores in expected.items():
        assert {row["city"]: row[name] for row in rows} == pytest.approx(scores, abs=1e-12), name


def test_any_prior_has_a_column_beside_the_two(participations: Make, four_events: list[Any]) -> None:
    table = participations(four_events)
    ranking = rank(table, prior=0.5)
    assert ranking.table.column_names == [*COLUMNS, "peer_exchange_prior"]
    found = {row["city"]: row["peer_exchange_prior"] for row in ranking.table.to_pylist()}
    assert found == pytest.approx(peer_exchange_centrality(exchange_graph(table), prior=0.5), abs=1e-12)
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert "Ranked by peer exchange with k = 0.5." in ranking.sentences()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"prior": -1}, "prior=-1"),
        ({"prior": float("nan")}, "prior=nan"),
        ({"prior": 2, "measure": "given"}, "has no use for 'given'"),
    ],
)
def test_what_is_no_prior(participations: Make, four_events: list[Any], options: Any, said: str) -> None:
    with pytest.raises(MeasureError) as caught:
        rank(participations(four_events), **options)
    assert said in str(caught.value.faults[0])


def test_equal_scores_share_a_rank_in_the_order_of_iris(participations: Make) -> None:
    rows = [("e", city, True, True) for city in "zyx"] + [("f", "w", True, False), ("f", "v", False, True)]
    ranking = rank(participations(rows))
    assert ranking.table.column("city").to_pylist() == ["x", "y", "z", "v", "w"]
    assert ranking.table.column("rank").to_pylist() == [1, 1, 1, 4, 4]
    assert ranking.shared == 5
    assert "5 of 5 cities share their rank with another." in ranking.sentences()


@pytest.mark.parametrize(
    "measure", ["given", "generalised-exchange", "effective_partners_received", "peer-exchange-k1"]
)
def test_any_column_can_be_the_measure(participations: Make, four_events: list[Any], measure: str) -> None:
    table = rank(participations(four_events), measure=measure).table
    scores = table.column(measure.replace("-", "_")).to_pylist()
    assert scores == sorted(scores, reverse=True)
    assert table.column("rank").to_pylist()[0] == 1


def test_undefined_has_no_rank_and_stands_last(participations: Make) -> None:
    rows = [("e", "b", True, True), ("e", "c", True, True), ("f", "a", None, None)]
    table = rank(participations(rows), measure="reciprocity").table
    assert table.column("rank").to_pylist() == [1, 1, None]
    assert table.column("city").to_pylist() == ["b", "c", "a"]


def test_top_cuts_the_table_and_nothing_else(participations: Make, four_events: list[Any]) -> None:
    table = participations(four_events)
    whole, cut = rank(table), rank(table, top=2)
    assert cut.table == whole.table.slice(0, 2)
    assert (cut.ranked, cut.pearson, cut.sentences()) == (3, whole.pearson, whole.sentences())


def test_language_of_labels(participations: Make, four_events: list[Any]) -> None:
    made = rank({"participations": participations(four_events), "cities": CITIES}, language="es")
    assert dict(zip(*(made.table.column(name).to_pylist() for name in ("city", "label")), strict=True)) == {
        "A": "Ay",
        "B": "Bé",
        "C": "Sea",
    }


def test_what_is_said_beside_it(participations: Make, four_events: list[Any]) -> None:
    said = rank(participations([*four_events, ("e5", "D", None, None)])).sentences()
    assert said[0] == "Selected: actions; events counted: 5 events, 12 participations."
    assert said[1].startswith("V: 4 cities")
    assert "(unknown=exclude)" in said[2]
    assert "100.0% of directed edges are mutual" in said[-1]


def test_without_any_exchange(participations: Make) -> None:
    ranking = rank(participations([("e", "a", True, True)]))
    assert ranking.table.column("peer_exchange").to_pylist() == [0.0]
    assert (ranking.mutual_share, ranking.pearson) == (None, None)
    assert ranking.caveat().startswith("No city contributed to another")
    assert len(rank(participations([])).table) == 0


def test_another_measure_says_that_peer_exchange_stands_beside_it(
    participations: Make, four_events: list[Any]
) -> None:
    table = participations(four_events)
    for measure in ("peer-exchange", "peer-exchange-k1"):
        said = rank(table, measure=measure).caveat()
        assert said.startswith("Where nearly all are peers") and said.endswith("reciprocity beside it.")
    for measure in ("betweenness", "reciprocity", "partners"):
        said = rank(table, measure=measure).caveat()
        assert said.startswith("Peer exchange, in the table too, ") and "Read k" not in said
        assert "100.0% of directed edges are mutual" in said


def test_a_star_tells_no_correlation_from_a_constant(participations: Make) -> None:
    ranking = rank(participations([("e", "a", True, True), ("e", "b", True, True)]))
    assert (ranking.mutual_share, ranking.pearson, ranking.spearman) == (1.0, None, None)


def test_every_wrong_option_is_named() -> None:
    with pytest.raises(MeasureError) as refused:
        rank(pa.table({}), measure="fame", top=0, language="fr")
    assert len(refused.value.faults) == 3
    assert "peer-exchange, peer-exchange-k1, given" in str(refused.value)


def test_parquet_gives_the_same(participations: Make, four_events: list[Any], on_disk: Any) -> None:
    tables = {"participations": participations(four_events), "cities": CITIES}
    assert rank(on_disk(**tables)) == rank(tables)


def test_donors_learners_peers_and_rings_are_told_apart(participations: Make) -> None:
    rows = [
        row
        for place in range(4)
        for row in ((f"gift{place}", "donor", True, False), (f"gift{place}", f"l{place}", False, True))
    ]
    rows += [(f"work{place}", city, True, True) for place in range(4) for city in ("p1", "p2")]
    ring = ["r1", "r2", "r3", "r1"]
    rows += [
        row
        for u, v in nx.utils.pairwise(ring)
        for row in ((f"{u}{v}", u, True, False), (f"{u}{v}", v, False, True))
    ]
    by_city = {row["city"]: row for row in rank(participations(rows)).table.to_pylist()}
    assert (
        by_city["p1"]["peer_exchange"]
        > by_city["donor"]["peer_exchange"]
        == by_city["l0"]["peer_exchange"]
        == 0
    )
    assert (by_city["donor"]["balance"], by_city["l0"]["balance"], by_city["p1"]["balance"]) == (1, -1, 0)
    assert by_city["r1"]["peer_exchange"] == 0 < by_city["r1"]["generalised_exchange"]
    assert by_city["donor"]["partners"] > by_city["p1"]["partners"]
