"""A network as a sparse matrix: the same from a graph and from flows, and nothing wrong let in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest

from coopgraph import MeasureError
from coopgraph.network import exchange_graph, flows
from coopgraph.network.adjacency import Adjacency, adjacency, by_size

from .conftest import Rows


def weighted(*edges: tuple[str, str, float], directed: bool = True) -> nx.Graph[str]:
    G: nx.Graph[str] = nx.DiGraph() if directed else nx.Graph()
    G.add_weighted_edges_from(edges)
    return G


def test_flows_and_their_graph_give_the_same(
    four_events: Rows, participations: Callable[..., pa.Table]
) -> None:
    rows = [*four_events, ("e9", "D", False, False)]
    made = adjacency(flows(participations(rows)))
    assert made.nodes == ("A", "B", "C", "D")
    assert made.matrix.toarray().tolist() == [
        [0, 2, 1, 0],
        [2.5, 0, 0.5, 0],
        [1.5, 0.5, 0, 0],
        [0, 0, 0, 0],
    ]
    other = adjacency(exchange_graph(participations(rows)))
    assert other.nodes == made.nodes
    assert other.directed
    assert (other.matrix.toarray() == made.matrix.toarray()).all()


def test_matrix_holds_neither_loops_nor_zeros_and_is_sorted() -> None:
    made = adjacency(weighted(("a", "c", 1), ("a", "b", 2), ("b", "b", 5), ("c", "a", 0)))
    assert made.nodes == ("a", "c", "b")
    assert made.matrix.nnz == 2
    assert made.matrix.has_sorted_indices
    assert made.matrix.dtype == np.float64
    assert made.matrix.toarray().tolist() == [[0, 1, 2], [0, 0, 0], [0, 0, 0]]


def test_undirected_graph_is_symmetric() -> None:
    made = adjacency(weighted(("a", "b", 2), ("b", "b", 1), directed=False))
    assert not made.directed
    assert made.matrix.toarray().tolist() == [[0, 2], [2, 0]]
    assert made.undirected() is made


def test_both_ways_are_summed_or_the_larger_taken() -> None:
    made = adjacency(weighted(("a", "b", 2), ("b", "a", 5)))
    assert made.undirected().matrix.toarray().tolist() == [[0, 7], [7, 0]]
    assert made.undirected("max").matrix.toarray().tolist() == [[0, 5], [5, 0]]
    assert made.reversed().matrix.toarray().tolist() == [[0, 5], [2, 0]]


@pytest.mark.parametrize("kind", ["graph", "flows", "adjacency"])
def test_no_weight_means_all_alike(
    kind: str, four_events: Rows, participations: Callable[..., pa.Table]
) -> None:
    made = flows(participations(four_events))
    network: Any = {
        "graph": exchange_graph(participations(four_events)),
        "flows": made,
        "adjacency": adjacency(made),
    }[kind]
    assert adjacency(network, weight=None).matrix.data.tolist() == [1] * 6


def test_components_in_order_of_size() -> None:
    G = weighted(("a", "b", 1), ("c", "d", 1), ("d", "e", 1), ("e", "d", 1))
    made = adjacency(G)
    assert made.components().tolist() == [1, 1, 0, 0, 0]
    assert made.components(strong=True).tolist() == [1, 2, 3, 0, 0]
    assert adjacency(nx.DiGraph()).components().tolist() == []


def test_empty_and_lonely() -> None:
    assert adjacency(nx.DiGraph()).matrix.shape == (0, 0)
    lonely: nx.Graph[str] = nx.Graph()
    lonely.add_nodes_from(["a", "b"])
    assert adjacency(lonely).matrix.nnz == 0
    assert len(adjacency(lonely)) == 2


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -1, "2", True, None])
def test_bad_weights_are_refused(bad: Any) -> None:
    with pytest.raises(MeasureError, match="'a' -> 'b'"):
        adjacency(weighted(("a", "b", bad)))


def test_multigraphs_are_refused() -> None:
    with pytest.raises(MeasureError, match="parallel edges"):
        adjacency(nx.MultiDiGraph())


def test_weights_that_cannot_be_added_up_are_refused() -> None:
    with pytest.raises(MeasureError, match="too large"):
        adjacency(weighted(("a", "b", 1e308), ("b", "c", 1e308)))


@pytest.mark.parametrize("bad", [float("nan"), -1.0])
def test_flows_made_by_hand_are_checked(
    bad: float, four_events: Rows, participations: Callable[..., pa.Table]
) -> None:
    made = flows(participations(four_events))
    wrong = made.edges.set_column(2, "weight", pa.array([bad] * len(made.edges)))
    with pytest.raises(MeasureError, match="finite"):
        adjacency(replace(made, edges=wrong))
    with pytest.raises(MeasureError, match="not among their nodes"):
        adjacency(replace(made, nodes=("A",)))


def test_an_adjacency_is_itself() -> None:
    made = adjacency(weighted(("a", "b", 1)))
    assert adjacency(made) is made
    assert isinstance(made, Adjacency)
    assert made.scores(np.array([1.0, 2.0])) == {"a": 1.0, "b": 2.0}


def test_groups_are_numbered_by_size_then_first_member() -> None:
    assert by_size(np.array([5, 9, 9, 5, 1])).tolist() == [0, 1, 1, 0, 2]
