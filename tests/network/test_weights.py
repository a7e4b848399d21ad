"""What one event adds: each weight by worked values, ageing, and events too large."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import networkx as nx
import pyarrow as pa
import pytest

from coopgraph.errors import ProjectionError
from coopgraph.network import Flows, flows, rank
from coopgraph.network.flows import contributions

Make = Callable[..., pa.Table]


def weights(made: Flows) -> dict[tuple[str, str], float]:
    return {(edge["source"], edge["target"]): edge["weight"] for edge in made.edges.to_pylist()}


def test_newman_links_any_two_participants_whatever_their_roles(
    participations: Make, four_events: list[Any]
) -> None:
    made = flows(participations(four_events), weight="newman")
    thrice = [pair for pair in permutations("ABC", 2) if "C" in pair]
    assert weights(made) == {("A", "B"): 2.5, ("B", "A"): 2.5} | dict.fromkeys(thrice, 1.5)
    said = " ".join(made.basis.sentences())
    assert "Roles are not read (weight=newman)" in said
    assert "1/(n - 1) between any two of the n participants" in said


def test_newman_is_networkx_collaboration_weighting(participations: Make) -> None:
    rows = [("e", c, None, False) for c in "abc"] + [("f", c, True, None) for c in "bcde"]
    B: nx.Graph[str] = nx.Graph()
    B.add_edges_from((city, f"event {event}") for event, city, _, _ in rows)
    expected = nx.bipartite.collaboration_weighted_projected_graph(B, list("abcde"))
    found = weights(flows(participations(rows), weight="newman"))
    assert {frozenset(pair) for pair in found} == {frozenset(edge) for edge in expected.edges}
    for (source, target), weight in found.items():
        assert weight == pytest.approx(expected.edges[source, target]["weight"], abs=1e-15)


def test_events_counts_common_events(participations: Make, four_events: list[Any]) -> None:
    made = flows(participations(four_events), weight="events")
    assert weights(made) == {
        ("A", "B"): 3.0,
        ("A", "C"): 2.0,
        ("B", "A"): 3.0,
        ("B", "C"): 1.0,
        ("C", "A"): 2.0,
        ("C", "B"): 1.0,
    }
    assert made.edges.column("events").to_pylist() == [3, 2, 3, 1, 2, 1]
    assert "common events counted whole" in " ".join(made.basis.sentences())


AGED: list[Any] = [(f"e{number}", city, True, True) for number in range(5) for city in "ab"]
START = ["2010"] * 2 + ["2020-07-01"] * 2 + [None] * 2 + ["2024"] * 2 + [""] * 2
END = ["2016-07-01"] * 2 + [None] * 2 + [None] * 2 + ["2030"] * 2 + [""] * 2


def test_what_an_event_adds_halves_with_its_age(participations: Make) -> None:
    """Ends ten years ago, starts six ago, undated, still going, undated."""
    table = participations(AGED, start=START, end=END)
    made = flows(table, half_life=10, now="2026-07-01")
    aged = 2 ** -(3652 / 365.25 / 10) + 2 ** -(2191 / 365.25 / 10) + 1
    assert weights(made) == pytest.approx({("a", "b"): aged, ("b", "a"): aged}, abs=1e-15)
    assert (made.basis.undated_left_out, made.basis.selected_events) == (2, 3)
    assert (made.basis.half_life, made.basis.now) == (10, "2026-07-01")
    said = " ".join(made.basis.sentences())
    assert "halved for every 10 years from an event's end to 2026-07-01" in said
    terms = contributions(table, half_life=10, now="2026-07-01").table
    assert sum(row["weight"] for row in terms.to_pylist()) == pytest.approx(2 * aged, abs=1e-15)


def test_ageing_goes_with_every_weight(participations: Make) -> None:
    rows = [("e", "a", True, False), ("e", "b", False, True), ("e", "c", False, True)]
    more: Any = {"end": ["2016-01-01"] * 3, "amount": [100, None, None], "currency": ["EUR", None, None]}
    table = participations(rows, **more)
    half = {"half_life": 1461 / 365.25, "now": "2020-01-01"}
    for options, whole in (
        ({"weight": "amount", "currency": "EUR"}, 50.0),
        ({"weight": "events"}, 1.0),
        ({"weight": "newman"}, 0.5),
    ):
        asked: Any = options | half
        assert weights(flows(table, **asked))["a", "b"] == pytest.approx(whole / 2, abs=1e-12)


def test_what_has_faded_away_is_no_edge(participations: Make) -> None:
    rows = [("e", "a", True, True), ("e", "b", True, True)]
    made = flows(participations(rows, end=["1900"] * 2), half_life=1, now="2026-01-01")
    assert (len(made.edges), made.nodes) == (0, ("a", "b"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"half_life": 0}, "half_life=0 is no time to halve in"),
        ({"half_life": float("nan")}, "half_life=nan is no time"),
        ({"half_life": 2}, "half_life needs the day that counts as today"),
        ({"now": "2026-01-01"}, "now='2026-01-01' has no use here"),
        ({"half_life": 2, "now": "2026"}, "now='2026' is no day"),
        ({"half_life": 2, "now": "2026-01-01"}, "'start or end' has '2016-02-30'"),
        ({"largest_event": 1}, "largest_event=1 leaves no exchange"),
        ({"weight": "newton"}, "Use one of count, amount, newman, events"),
        ({"weight": "events", "currency": "EUR"}, "currency='EUR' has no use here"),
    ],
)
def test_what_cannot_be(participations: Make, options: Any, said: str) -> None:
    table = participations([("e", "a", True, True)], end=["2016-02-30"])
    with pytest.raises(ProjectionError) as caught:
        flows(table, **options)
    assert any(said in str(fault) for fault in caught.value.faults), caught.value.faults


def test_events_too_large_are_left_out_and_counted(participations: Make) -> None:
    rows = [("big", city, True, True) for city in "abcd"] + [("small", city, True, True) for city in "ab"]
    table = participations(rows)
    made = flows(table, largest_event=3)
    assert weights(made) == {("a", "b"): 1.0, ("b", "a"): 1.0}
    assert (made.nodes, made.basis.too_large_left_out) == (("a", "b"), 1)
    assert "Events left out because they have more than 3 cities: 1." in made.basis.sentences()
    assert flows(table, largest_event=4).edges == flows(table).edges


@pytest.mark.slow
def test_five_thousand_cities_in_one_event() -> None:
    """25 million pairs, within a limit of memory they would not fit in."""
    count = 5000
    cities = [f"c{number:04}" for number in range(count)]
    yes = [True] * count
    table = pa.table({"event": ["e"] * count, "city": cities, "contributes": yes, "benefits": yes})
    row = rank(table, memory="1GB", prior=1).table.to_pylist()[0]
    assert (row["rank"], row["city"], row["peer_exchange"], row["out_degree"]) == (1, "c0000", 1, count - 1)
    assert row["peer_exchange_prior"] == row["peer_exchange_k1"] == pytest.approx(2 / 5001, abs=1e-12)
    assert row["effective_partners_given"] == pytest.approx(count - 1, rel=1e-12)
