"""Positions: the same for the same graph, nobody on top of anybody, communities together, fast enough."""

from __future__ import annotations

import random
import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.errors import ProjectionError
from coopgraph.views import layout
from coopgraph.views.layout import parted, positions
from coopgraph.views.overlap import push_apart
from coopgraph.views.packing import pack_discs


def caveman(groups: int = 6, size: int = 8) -> nx.Graph[str]:
    numbered = nx.connected_caveman_graph(groups, size)
    G: nx.Graph[str] = nx.Graph()
    G.add_nodes_from(map(str, numbered))
    G.add_edges_from((str(u), str(v)) for u, v in numbered.edges)
    return G


def least_gap(points: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float:
    gap = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    np.fill_diagonal(gap, np.inf)
    return float(gap.min())


@pytest.mark.parametrize("seed", range(4))
def test_same_graph_same_places_however_it_was_filled(seed: int) -> None:
    rng = random.Random(seed)
    nodes = [f"city {i}" for i in range(60)]
    edges = [(rng.choice(nodes), rng.choice(nodes), rng.randrange(1, 4)) for _ in range(150)]
    G: nx.DiGraph[str] = nx.DiGraph()
    G.add_nodes_from(nodes)
    G.add_weighted_edges_from(edges)
    shuffled: nx.DiGraph[str] = nx.DiGraph()
    shuffled.add_nodes_from(rng.sample(nodes, len(nodes)))
    shuffled.add_edges_from(rng.sample(list(G.edges(data=True)), len(G.edges)))
    assert positions(G) == positions(shuffled)


def test_same_places_under_any_hash_seed() -> None:
    code = (
        "import networkx as nx; from coopgraph.views.layout import positions;"
        "G = nx.relabel_nodes(nx.connected_caveman_graph(5, 6), lambda i: f'city {i}'); print(positions(G))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(told) == 1


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), max_size=60), st.integers(0, 5))
def test_within_bounds_rounded_and_apart(edges: list[tuple[int, int]], alone: int) -> None:
    G: nx.Graph[int] = nx.Graph(edges)
    G.add_nodes_from(range(100, 100 + alone))
    places = positions(G)
    assert set(places) == set(G)
    values = [value for place in places.values() for value in place]
    assert all(-1 <= value <= 1 and value == round(value, 4) for value in values)
    if len(places) > 1:
        assert least_gap(np.array(list(places.values()))) > 0.5 / len(places)


def test_communities_are_placed_together() -> None:
    places = positions(caveman())
    points = np.array([places[str(i)] for i in range(48)]).reshape(6, 8, 2)
    centres = points.mean(axis=1)
    inner = np.sqrt(((points - centres[:, None]) ** 2).sum(axis=2)).max()
    assert least_gap(centres) > inner


def test_isolates_lie_in_rows_below() -> None:
    G = caveman()
    G.add_nodes_from(f"alone {i}" for i in range(10))
    places = positions(G)
    lowest = max(y for node, (_, y) in places.items() if not node.startswith("alone"))
    rows = {y for node, (_, y) in places.items() if node.startswith("alone")}
    assert len(rows) == 1
    assert min(rows) > lowest


@pytest.mark.parametrize("n", [0, 1, 2])
def test_tiny_graphs(n: int) -> None:
    assert len(positions(nx.path_graph(n))) == n


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), -1, "heavy"])
def test_weights_that_are_none_are_refused_in_words(weight: object) -> None:
    with pytest.raises(ProjectionError, match="finite weight"):
        positions(nx.Graph([("a", "b", {"weight": weight})]))


def test_direction_does_not_move_anybody() -> None:
    assert positions(nx.DiGraph([("a", "b"), ("b", "c")])) == positions(nx.DiGraph([("b", "a"), ("c", "b")]))


def test_no_two_nodes_have_the_same_point() -> None:
    points = np.array([[1.0, 0.5], [1.0, 0.5], [0.9999, 0.5], [1.0, 0.5], [0.0, 0.0]])
    moved = parted(points.copy())
    assert len(np.unique(moved, axis=0)) == 5
    assert np.abs(moved).max() <= 1 and (moved == np.round(moved, 4)).all()
    assert (moved[[0, 2, 4]] == points[[0, 2, 4]]).all()  # the first of each point stays


def test_no_two_nodes_even_where_rounding_joins_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_DIGITS", 1)
    places = positions(nx.path_graph(60))
    assert len(set(places.values())) == 60


def test_pushing_apart_leaves_no_overlap() -> None:
    points = np.random.default_rng(1).normal(size=(200, 2))
    assert least_gap(push_apart(points, np.full(200, 0.5), rounds=400)) > 0.97


def test_discs_do_not_overlap_and_linked_ones_are_near() -> None:
    radii = np.array([3.0, 2.0, 2.0, 1.0, 1.0, 1.0])
    links = np.zeros((6, 6))
    links[0, 5] = links[5, 0] = 1
    centres = pack_discs(radii, links, gap=0.5)
    gap = np.sqrt(((centres[:, None] - centres[None]) ** 2).sum(axis=2)) - radii[:, None] - radii[None]
    np.fill_diagonal(gap, np.inf)
    assert gap.min() >= 0.5 - 1e-9
    assert gap[0, 5] <= np.sort(gap[0])[2]


@pytest.mark.slow
def test_two_thousand_nodes_in_seconds() -> None:
    import time

    rng = random.Random(3)
    G: nx.DiGraph[int] = nx.DiGraph()
    G.add_nodes_from(range(2000))
    while G.number_of_edges() < 10_000:
        i = rng.randrange(2000)
        j = rng.randrange(2000) if rng.random() < 0.12 else i // 80 * 80 + rng.randrange(80)
        if i != j:
            G.add_edge(i, j)
    start = time.process_time()
    positions(G)
    assert time.process_time() - start < 12  # measured 1.2 s; this only catches a change of order
