"""Participations become flows: the definition's events, the unknown policy, merging, amounts, refusals."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from coopgraph.errors import ProjectionError
from coopgraph.network import Flows, flows
from coopgraph.network.flows import contributions

Make = Callable[..., pa.Table]
ALONE = ("e5", "D", None, None)


def weights(made: Flows) -> dict[tuple[str, str], float]:
    return {(edge["source"], edge["target"]): edge["weight"] for edge in made.edges.to_pylist()}


def test_the_events_of_the_definition(participations: Make, four_events: list[Any]) -> None:
    made = flows(participations([*four_events, ALONE]))
    assert weights(made) == {
        ("A", "B"): 2.0,
        ("A", "C"): 1.0,
        ("B", "A"): 2.5,
        ("B", "C"): 0.5,
        ("C", "A"): 1.5,
        ("C", "B"): 0.5,
    }
    assert made.edges.column("events").to_pylist() == [3, 2, 3, 1, 2, 1]
    assert made.nodes == ("A", "B", "C", "D")


def test_the_basis_tells_everything(participations: Make, four_events: list[Any]) -> None:
    basis = flows(participations([*four_events, ALONE])).basis
    assert (basis.selected_events, basis.participations, basis.nodes) == (5, 12, 4)
    assert (basis.unknown, basis.unknown_participations, basis.dyads_could_become_mutual) == ("exclude", 1, 0)
    assert (basis.merged_rows, basis.without_counterpart, basis.without_flow) == (0, 0, 1)
    said = " ".join(basis.sentences())
    assert (
        "V: 4 cities, every city with at least one participation, of any role, in the selected events."
        in said
    )
    assert "1 of 12 participations have an unknown flag" in said
    assert "undated" not in said


def test_edges_have_a_schema_even_when_there_are_none(participations: Make) -> None:
    made = flows(participations([]))
    assert made.edges.schema == pa.schema(
        [("source", pa.string()), ("target", pa.string()), ("weight", pa.float64()), ("events", pa.int64())]
    )
    assert (len(made.edges), made.nodes) == (0, ())


def test_a_network_of_three_everybody_peers_is_newmans(participations: Make) -> None:
    made = flows(participations([("e", city, True, True) for city in "abc"]))
    assert set(weights(made).values()) == {0.5}


def test_sums_of_thirds_are_whole(participations: Make) -> None:
    rows = [(f"e{event}", city, True, True) for event in range(3) for city in "abcd"]
    assert set(weights(flows(participations(rows))).values()) == {1.0}


def test_unknown_flags_act_one_by_one(participations: Make) -> None:
    rows = [("e", "a", None, True), ("e", "b", True, None)]
    table = participations(rows)
    assert weights(flows(table)) == {("b", "a"): 1.0}
    assert weights(flows(table, unknown="both")) == {("a", "b"): 1.0, ("b", "a"): 1.0}


@pytest.mark.parametrize("unknown", ["exclude", "both"])
def test_how_much_the_policy_touches_does_not_depend_on_it(participations: Make, unknown: Any) -> None:
    rows = [("e", "a", None, True), ("e", "b", True, None), ("e", "c", True, True), ("f", "d", False, False)]
    basis = flows(participations(rows), unknown=unknown).basis
    assert (basis.unknown_participations, basis.dyads_could_become_mutual) == (2, 3)


def test_unknown_receivers_share_only_under_both(participations: Make) -> None:
    table = participations([("e", "a", True, False), ("e", "b", False, True), ("e", "c", False, None)])
    assert weights(flows(table)) == {("a", "b"): 1.0}
    assert weights(flows(table, unknown="both")) == {("a", "b"): 0.5, ("a", "c"): 0.5}


def test_repeated_rows_merge_flag_by_flag(participations: Make) -> None:
    rows = [("e", "a", None, False), ("e", "a", False, True), ("e", "a", True, None), ("e", "b", True, False)]
    made = flows(participations(rows))
    assert weights(made) == {("b", "a"): 1.0}
    assert (made.basis.participations, made.basis.merged_rows) == (2, 2)


def test_yes_wins_over_unknown_over_no(participations: Make) -> None:
    rows = [("e", "a", None, False), ("e", "a", False, False), ("e", "b", False, True)]
    assert weights(flows(participations(rows))) == {}
    assert weights(flows(participations(rows), unknown="both")) == {("a", "b"): 1.0}


def test_a_further_currency_is_no_repetition(participations: Make) -> None:
    rows = [("e", "a", True, False), ("e", "a", True, False), ("e", "b", False, True)]
    made = flows(participations(rows, amount=[10, 12, None], currency=["EUR", "USD", None]))
    assert (made.basis.participations, made.basis.merged_rows) == (2, 0)
    assert weights(made) == {("a", "b"): 1.0}


@pytest.mark.parametrize(
    ("rows", "without_counterpart", "without_flow"),
    [
        ([("e", "a", True, True)], 1, 1),
        ([("e", "a", True, False), ("e", "b", True, False)], 1, 1),
        ([("e", "a", True, True), ("e", "b", True, False)], 1, 0),
        ([("e", "a", False, True)], 0, 1),
        ([("e", "a", True, False), ("e", "b", False, True)], 0, 0),
    ],
    ids=["alone", "nobody benefits", "one gives to itself", "nobody gives", "fine"],
)
def test_events_without_a_counterpart(
    participations: Make, rows: Any, without_counterpart: int, without_flow: int
) -> None:
    basis = flows(participations(rows)).basis
    assert (basis.without_counterpart, basis.without_flow) == (without_counterpart, without_flow)


def test_permuted_rows_give_the_same_bits(participations: Make) -> None:
    chance = random.Random(5)
    flag = [True, True, True, False, None]
    rows = [
        (f"e{chance.randrange(300)}", f"c{chance.randrange(12)}", chance.choice(flag), chance.choice(flag))
        for _ in range(2000)
    ]
    first = flows(participations(rows))
    for _ in range(3):
        chance.shuffle(rows)
        assert flows(participations(rows)) == first


def test_parquet_and_arrow_give_the_same(participations: Make, four_events: list[Any], on_disk: Any) -> None:
    table = participations(four_events)
    assert flows(on_disk(participations=table)) == flows(table) == flows({"participations": table})


def test_flags_may_be_words_and_dictionaries() -> None:
    words = {"event": ["e", "e", "e"], "city": ["a", "b", "c"], "contributes": ["yes", "no", "unknown"],
             "benefits": ["no", "yes", None]}  # fmt: skip
    table = pa.table(words)
    assert weights(flows(table)) == {("a", "b"): 1.0}
    coded = pa.table({name: table.column(name).dictionary_encode() for name in table.column_names})
    assert flows(coded, unknown="both") == flows(table, unknown="both")


def test_a_flag_that_is_no_answer_is_refused() -> None:
    table = pa.table({"event": ["e"], "city": ["a"], "contributes": ["maybe"], "benefits": ["yes"]})
    with pytest.raises(ProjectionError, match="'maybe'"):
        flows(table)


def test_rows_without_a_city_are_refused() -> None:
    table = pa.table(
        {"event": ["e", "e"], "city": ["a", None], "contributes": [True] * 2, "benefits": [True] * 2}
    )
    with pytest.raises(ProjectionError, match="participations: column 'city' is empty in 1 rows"):
        flows(table)


def test_missing_columns_are_all_named() -> None:
    with pytest.raises(ProjectionError) as refused:
        flows(pa.table({"event": ["e"], "city": ["a"]}), period=("2016", "2017"))
    assert {fault.column for fault in refused.value.faults} == {"contributes", "benefits", "start", "end"}


def test_wrong_options_are_all_named() -> None:
    wrong: dict[str, Any] = {
        "events": "deals",
        "weight": "amount",
        "unknown": "maybe",
        "period": ("2019", "2018"),
    }
    with pytest.raises(ProjectionError) as refused:
        flows(pa.table({}), **wrong)
    assert len(refused.value.faults) == 4


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"currency": "EUR"}, "has no use here"),
        ({"period": "2016"}, "is no pair"),
        ({"period": ("200l", None)}, "'200l' in the period is no date"),
        ({"events": "agreements", "sdg": "11"}, "Agreements state no sdg"),
        ({"country": "ES"}, "There is no table 'cities'"),
    ],
)
def test_refused_options(participations: Make, options: Any, words: str) -> None:
    with pytest.raises(ProjectionError, match=words):
        flows(participations([("e", "a", True, True)]), **options)


def test_amounts_are_those_of_each_participation(participations: Make) -> None:
    rows = [("e", "a", True, False), ("e", "b", True, True), ("e", "c", False, True), ("f", "a", True, False),
            ("f", "c", False, True), ("g", "c", True, False), ("g", "a", False, True)]  # fmt: skip
    table = participations(
        rows,
        amount=[100, 30, None, None, None, 7, None],
        currency=["EUR", "EUR", None, None, None, "USD", None],
    )
    made = flows(table, weight="amount", currency="EUR")
    assert weights(made) == {("a", "b"): 50.0, ("a", "c"): 50.0, ("b", "c"): 30.0}
    assert made.nodes == ("a", "b", "c")
    assert (made.basis.amounts_unknown, made.basis.amounts_in_other_currencies) == (2, 1)
    assert "Contributions left out because they state no amount in EUR: 2." in " ".join(
        made.basis.sentences()
    )
    assert weights(flows(table, weight="amount", currency="USD")) == {("c", "a"): 7.0}


def test_a_stated_zero_is_no_edge_and_not_unknown(participations: Make) -> None:
    table = participations(
        [("e", "a", True, False), ("e", "b", False, True)], amount=[0, None], currency=["EUR", None]
    )
    made = flows(table, weight="amount", currency="EUR")
    assert (weights(made), made.basis.amounts_unknown, made.basis.without_flow) == ({}, 0, 1)


def test_of_two_amounts_the_larger_is_taken_and_said(participations: Make) -> None:
    rows = [("e", "a", True, False), ("e", "a", True, False), ("e", "b", False, True)]
    made = flows(
        participations(rows, amount=[5, 8, None], currency=["EUR", "EUR", None]),
        weight="amount",
        currency="EUR",
    )
    assert (weights(made), made.basis.amounts_conflicting) == ({("a", "b"): 8.0}, 1)


def test_negative_amounts_are_refused(participations: Make) -> None:
    table = participations(
        [("e", "a", True, False), ("e", "b", False, True)], amount=[-5, None], currency=["EUR", None]
    )
    with pytest.raises(ProjectionError, match="column 'amount' is negative in 1 contribution"):
        flows(table, weight="amount", currency="EUR")


def test_nodes_set_v_and_keep_the_shares(participations: Make, four_events: list[Any]) -> None:
    made = flows(participations(four_events), nodes=["B", "A", "Z"])
    assert made.nodes == ("A", "B", "Z")
    assert weights(made) == {("A", "B"): 2.0, ("B", "A"): 2.5}
    assert (made.basis.node_set, made.basis.cities_outside) == ("the nodes given", 1)


def test_contributions_are_the_terms_of_the_flows(
    four_events: list[Any], participations: Callable[..., pa.Table]
) -> None:
    found = contributions(participations(four_events))
    terms: dict[tuple[str, str], list[float]] = {}
    for row in found.table.to_pylist():
        terms.setdefault((row["source"], row["target"]), []).append(row["weight"])
    edges = {(row["source"], row["target"]): row for row in found.flows.edges.to_pylist()}
    assert {pair: sum(weights) for pair, weights in terms.items()} == {
        pair: edge["weight"] for pair, edge in edges.items()
    }
    assert {pair: len(weights) for pair, weights in terms.items()} == {
        pair: edge["events"] for pair, edge in edges.items()
    }
    assert [row["weight"] for row in found.table.to_pylist() if row["event"] == "e2"] == [0.5] * 6
