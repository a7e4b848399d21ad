"""Peer exchange on networkx graphs: the exact values of the definition, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction as F
from typing import Any

import networkx as nx
import pytest

from coopgraph.errors import MeasureError
from coopgraph.network import (
    balance,
    effective_partners,
    generalised_exchange,
    given,
    partners,
    peer_exchange_centrality,
    received,
    reciprocity,
)

Weighted = list[tuple[str, str, float]]
STAR = [("h", leaf) for leaf in "abcd"]
RING = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")]
CHAIN = [("a", "b"), ("b", "c"), ("c", "d")]
EVENTS = [("A", "B", 2), ("A", "C", 1), ("B", "A", 2.5), ("B", "C", 0.5), ("C", "A", 1.5), ("C", "B", 0.5)]


def one(pairs: list[tuple[str, str]], *, both: bool = False) -> Weighted:
    back = [(v, u) for u, v in pairs] if both else []
    return [(u, v, 1) for u, v in [*pairs, *back]]


def alike(nodes: str, score: F) -> dict[str, F]:
    return dict.fromkeys(nodes, score)


GOLDEN = [
    (
        "star both ways",
        one(STAR, both=True),
        {"h": F(1)} | alike("abcd", F(1, 4)),
        {"h": F(2, 3)} | alike("abcd", F(1, 6)),
        {"h": F(1)} | alike("abcd", F(1, 4)),
    ),
    ("star, hub gives", one(STAR), alike("habcd", F(0)), alike("habcd", F(0)), alike("habcd", F(0))),
    (
        "ring both ways",
        one(RING, both=True),
        alike("abcd", F(2, 3)),
        alike("abcd", F(4, 9)),
        alike("abcd", F(2, 3)),
    ),
    ("ring one way", one(RING), alike("abcd", F(0)), alike("abcd", F(0)), alike("abcd", F(1, 3))),
    (
        "K4 both ways",
        one([*RING, ("a", "c"), ("b", "d")], both=True),
        alike("abcd", F(1)),
        alike("abcd", F(2, 3)),
        alike("abcd", F(1)),
    ),
    (
        "chain both ways",
        one(CHAIN, both=True),
        alike("ad", F(1, 3)) | alike("bc", F(2, 3)),
        alike("ad", F(2, 9)) | alike("bc", F(4, 9)),
        alike("ad", F(1, 3)) | alike("bc", F(2, 3)),
    ),
    (
        "chain one way",
        one(CHAIN),
        alike("abcd", F(0)),
        alike("abcd", F(0)),
        alike("ad", F(0)) | alike("bc", F(1, 3)),
    ),
    (
        "uneven",
        [("M", "A", 3), ("A", "M", 1), ("M", "B", 1), ("B", "M", 1)],
        {"M": F(3, 4), "A": F(1, 4), "B": F(1, 2)},
        {"M": F(8, 15), "A": F(1, 5), "B": F(1, 3)},
        {"M": F(8, 9), "A": F(1, 2), "B": F(1, 2)},
    ),
    (
        "one exchange, one gift",
        one([("A", "B"), ("B", "A"), ("B", "C")]),
        {"A": F(1, 2), "B": F(1, 2), "C": F(0)},
        {"A": F(1, 3), "B": F(1, 3), "C": F(0)},
        {"A": F(1, 2), "B": F(2, 3), "C": F(0)},
    ),
    (
        "events",
        [*EVENTS, ("D", "D", 1)],
        {"A": F(76, 135), "B": F(17, 27), "C": F(3, 5), "D": F(0)},
        {"A": F(100, 231), "B": F(9, 22), "C": F(5, 14), "D": F(0)},
        {"A": F(192, 313), "B": F(300, 631), "C": F(48, 85), "D": F(0)},
    ),
]


def weighted(edges: Weighted) -> nx.DiGraph[Any]:
    G: nx.DiGraph[Any] = nx.DiGraph()
    G.add_weighted_edges_from(edges)
    return G


@pytest.mark.parametrize(
    ("edges", "plain", "k1", "ring"), [row[1:] for row in GOLDEN], ids=[row[0] for row in GOLDEN]
)
def test_exact_values(edges: Weighted, plain: dict[str, F], k1: dict[str, F], ring: dict[str, F]) -> None:
    G = weighted(edges)
    assert peer_exchange_centrality(G) == pytest.approx({n: float(x) for n, x in plain.items()}, abs=1e-15)
    assert peer_exchange_centrality(G, prior=1) == pytest.approx(
        {n: float(x) for n, x in k1.items()}, abs=1e-15
    )
    assert generalised_exchange(G) == pytest.approx({n: float(x) for n, x in ring.items()}, abs=1e-15)


def test_what_is_read_beside_it() -> None:
    G = weighted([*EVENTS, ("D", "D", 1)])
    assert reciprocity(G) == pytest.approx({"A": 6 / 7, "B": 10 / 11, "C": 6 / 7, "D": None}, abs=1e-15)
    assert given(G) == {"A": 3, "B": 3, "C": 2, "D": 0}
    assert received(G) == {"A": 4, "B": 2.5, "C": 1.5, "D": 0}
    assert balance(G) == pytest.approx({"A": -1 / 7, "B": 1 / 11, "C": 1 / 7, "D": None}, abs=1e-15)
    assert partners(G) == {"A": 2, "B": 2, "C": 2, "D": 0}
    assert effective_partners(G) == {"A": 9 / 5, "B": 9 / 6.5, "C": 8 / 5, "D": 0}
    assert effective_partners(G, direction="received")["B"] == pytest.approx(6.25 / 4.25)


def test_the_smallest_graphs() -> None:
    assert peer_exchange_centrality(nx.DiGraph()) == {}
    G = weighted([("a", "a", 3)])
    assert peer_exchange_centrality(G) == {"a": 0.0}
    assert generalised_exchange(G) == {"a": 0.0}
    assert isinstance(peer_exchange_centrality(G)["a"], float)


def test_missing_weights_count_one_and_zero_is_no_edge() -> None:
    G = nx.DiGraph([("a", "b"), ("b", "a")])
    G.add_edge("a", "c", weight=0)
    assert peer_exchange_centrality(G) == {"a": 0.5, "b": 0.5, "c": 0.0}
    assert partners(G) == {"a": 1, "b": 1, "c": 0}


def test_weights_by_name_by_function_or_not_at_all() -> None:
    G: nx.DiGraph[Any] = nx.DiGraph()
    G.add_edge("a", "b", euros=3)
    G.add_edge("b", "a", euros=1)
    assert peer_exchange_centrality(G, weight="euros") == {"a": 0.5, "b": 0.5}
    assert peer_exchange_centrality(G, weight=None) == {"a": 1.0, "b": 1.0}
    hide = peer_exchange_centrality(G, weight=lambda u, v, data: None if u == "b" else data["euros"])
    assert hide == {"a": 0.0, "b": 0.0}


@pytest.mark.parametrize("weight", [3, 3.0, F(3), Decimal(3)])
def test_any_real_number_is_a_weight(weight: Any) -> None:
    assert peer_exchange_centrality(weighted([("a", "b", weight), ("b", "a", 1)])) == {"a": 0.5, "b": 0.5}


@pytest.mark.parametrize(
    ("weight", "why"),
    [
        (float("nan"), "is not a number (NaN)"),
        (float("inf"), "is infinite"),
        (-1, "is negative"),
        ("3", "is str, not a number"),
        (None, "is NoneType, not a number"),
        (True, "is an answer, not a quantity"),
        (1j, "is complex, not a number"),
        (10**400, "is too large"),
    ],
)
@pytest.mark.parametrize(
    "measure",
    [peer_exchange_centrality, given, received, balance, reciprocity, partners, generalised_exchange],
)
def test_refused_weights(measure: Any, weight: Any, why: str) -> None:
    with pytest.raises(MeasureError, match="finite numbers") as refused:
        measure(weighted([("a", "b", weight), ("b", "a", 1)]))
    assert why in str(refused.value)
    assert "'a' -> 'b'" in str(refused.value)


def test_every_wrong_weight_is_named_at_once() -> None:
    with pytest.raises(MeasureError) as refused:
        peer_exchange_centrality(weighted([("a", "b", -1), ("b", "c", float("nan")), ("c", "a", 1)]))
    assert len(refused.value.faults) == 2


@pytest.mark.parametrize("prior", [-1, float("nan"), float("inf"), "1", None, True])
def test_refused_priors(prior: Any) -> None:
    with pytest.raises(MeasureError, match="prior"):
        peer_exchange_centrality(weighted([("a", "b", 1)]), prior=prior)


@pytest.mark.parametrize(
    ("G", "faults"),
    [(nx.Graph(), 1), (nx.MultiDiGraph(), 1), (nx.MultiGraph(), 2)],
    ids=["Graph", "MultiDiGraph", "MultiGraph"],
)
def test_refused_graphs(G: Any, faults: int) -> None:
    with pytest.raises(MeasureError, match="directed graph without parallel edges") as refused:
        peer_exchange_centrality(G)
    assert len(refused.value.faults) == faults


def test_refused_direction() -> None:
    with pytest.raises(MeasureError, match="'given' or 'received'"):
        effective_partners(nx.DiGraph(), direction="out")  # type: ignore[arg-type]  # the point of the test


def test_the_largest_floats_do_not_overflow() -> None:
    G = weighted([("a", "b", 1.7e308), ("b", "a", 1.7e308), ("a", "c", 5e-324), ("c", "a", 5e-324)])
    assert peer_exchange_centrality(G) == {"a": 1.0, "b": 0.5, "c": 0.5}
    assert effective_partners(weighted([("a", "b", 1e300), ("a", "c", 1e300)]))["a"] == 2.0


def test_weights_too_large_to_add_up_are_refused() -> None:
    with pytest.raises(MeasureError, match="too large to add up"):
        given(weighted([("a", "b", 1.7e308), ("a", "c", 1.7e308)]))


def test_the_graph_is_left_as_it_was() -> None:
    G = weighted([("a", "b", 1), ("a", "a", 2), ("b", "c", 0)])
    before = nx.to_dict_of_dicts(G)
    peer_exchange_centrality(G)
    assert nx.to_dict_of_dicts(G) == before
