"""Numbers of a whole network: reciprocity beside chance, communities. Exact values and other ways."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx
import numpy as np
import pytest
import scipy.optimize

from coopgraph import MeasureError
from coopgraph.network.adjacency import adjacency
from coopgraph.network.centrality.communities import adjusted_rand, communities, leiden, networkit_graph
from coopgraph.network.centrality.null_model import expected_reciprocated
from coopgraph.network.centrality.reciprocity import _swap_ends, overall_reciprocity, reciprocity_excess


def directed(seed: int) -> Any:
    chance = random.Random(seed)
    G: Any = nx.gnp_random_graph(chance.randint(3, 12), chance.choice((0.2, 0.5)), seed=seed, directed=True)
    for u, v in G.edges:
        G.edges[u, v]["weight"] = chance.choice((1, 2, 5, 0.5))
    return G


def solved_by_scipy(out: Any, into: Any) -> float:
    """The 2n equations for the expected strengths, by a general solver; all strengths above 0."""
    count, others = len(out), 1 - np.eye(len(out))

    def law(logs: Any) -> Any:
        return others / np.expm1(np.exp(logs[:count])[:, None] + np.exp(logs[count:])[None, :])

    def missing(logs: Any) -> Any:
        return np.append(law(logs).sum(axis=1) / out, law(logs).sum(axis=0) / into) - 1

    found = scipy.optimize.least_squares(missing, np.zeros(2 * count), xtol=1e-15, ftol=1e-15, gtol=1e-15)
    assert np.abs(found.fun).max() < 1e-6
    alpha, beta = np.exp(found.x[:count]), np.exp(found.x[count:])
    both = alpha[:, None] + beta[None, :] + alpha[None, :] + beta[:, None]
    return float((others / np.expm1(both)).sum())


def test_two_that_exchange_are_half_by_chance() -> None:
    """Mean 1 is e^t = 2; the smaller of both has e^2t = 4 and the mean 1/3, once for each direction."""
    assert expected_reciprocated(np.array([1.0, 1.0]), np.array([1.0, 1.0])) == pytest.approx(2 / 3)


def test_who_only_gives_expects_nothing_back() -> None:
    assert expected_reciprocated(np.array([5.0, 0, 0]), np.array([0.0, 2, 3])) == 0


def test_newton_finds_what_a_general_solver_finds() -> None:
    compared = 0
    for seed in range(40):
        w = np.random.default_rng(seed).integers(0, 5, size=(8, 8)).astype(float)
        np.fill_diagonal(w, 0)
        out, into = w.sum(axis=1), w.sum(axis=0)
        if min(out.min(), into.min()) > 0:
            assert expected_reciprocated(out, into) == pytest.approx(solved_by_scipy(out, into), rel=1e-6)
            compared += 1
    assert compared > 30


def test_excess_of_a_ring_and_of_pairs() -> None:
    ring = reciprocity_excess(nx.cycle_graph(6, create_using=nx.DiGraph))
    assert ring is not None
    assert ring.observed == 0
    assert ring.rho < 0
    pairs = reciprocity_excess(nx.Graph([(0, 1), (2, 3), (4, 5)]).to_directed())
    assert pairs is not None
    # each gives and receives 1: five others get 1/5 each, e^t = 6, and the smaller has the mean 1/35
    assert pairs.expected == pytest.approx(5 / 35)
    assert pairs.rho == 1
    assert pairs.rewired is not None
    assert pairs.rewired < 0.5


def test_excess_repeats_and_says_what_was_drawn() -> None:
    G = directed(5)
    assert reciprocity_excess(G) == reciprocity_excess(G)
    assert reciprocity_excess(G, seed=1) != reciprocity_excess(G)
    bare = reciprocity_excess(G, replicates=0)
    assert bare is not None
    assert bare.rewired is bare.rewired_deviation is bare.rewired_rho is None


def test_the_unit_counts() -> None:
    G = directed(5)
    fine, coarse = (reciprocity_excess(G, unit=unit, replicates=0) for unit in (0.001, 1000))
    assert fine is not None
    assert coarse is not None
    assert fine.expected > 0.3 > 0.01 > coarse.expected
    with pytest.raises(MeasureError, match="no unit"):
        reciprocity_excess(G, unit=0)


def test_rewiring_keeps_degrees_and_makes_no_loops_or_doubles() -> None:
    G = directed(7)
    giver, receiver = [u for u, _ in G.edges], [v for _, v in G.edges]
    before = sorted(giver), sorted(receiver), list(zip(giver, receiver, strict=True))
    _swap_ends(giver, receiver, np.random.default_rng(0))
    after = list(zip(giver, receiver, strict=True))
    assert (sorted(giver), sorted(receiver)) == before[:2]
    assert after != before[2]
    assert len(set(after)) == len(after)
    assert all(u != v for u, v in after)


def test_reciprocity_weighs() -> None:
    G: Any = nx.DiGraph()
    G.add_weighted_edges_from([("a", "b", 3), ("b", "a", 1), ("b", "c", 4)])
    assert overall_reciprocity(G) == 2 / 8
    with pytest.raises(MeasureError, match="undirected"):
        overall_reciprocity(nx.Graph([("a", "b")]))


def test_communities_of_two_cliques() -> None:
    G = nx.barbell_graph(5, 0)
    found = communities(G)
    assert found.labels == {node: int(node >= 5) for node in range(10)}
    assert found.modularity == pytest.approx(nx.community.modularity(G, [{*range(5)}, {*range(5, 10)}]))
    assert (found.stability, found.seeds, len(found)) == (1.0, 10, 2)


def test_communities_repeat_and_say_when_they_are_arbitrary() -> None:
    G = nx.gnp_random_graph(60, 0.1, seed=3)
    assert communities(G) == communities(G)
    assert communities(G).stability < 0.9
    made = networkit_graph(adjacency(G))
    assert leiden(made, 4).tolist() == leiden(made, 4).tolist() != leiden(made, 5).tolist()


def test_no_community_spans_two_components() -> None:
    G = nx.disjoint_union_all([nx.complete_graph(3), nx.path_graph(4), nx.empty_graph(2)])
    labels = communities(G).labels
    for part in nx.connected_components(G):
        others = {labels[node] for node in G if node not in part}
        assert not others & {labels[node] for node in part}


def test_adjusted_rand_of_known_divisions() -> None:
    """Hubert and Arabie's index: 0 where one division says nothing of the other."""
    halves, thirds = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 2, 2])
    assert adjusted_rand(halves, halves) == 1
    assert adjusted_rand(halves, np.zeros(6, dtype=int)) == 0
    assert adjusted_rand(halves, thirds) == pytest.approx((2 - 18 / 15) / (4.5 - 18 / 15))


@pytest.mark.parametrize("G", [nx.DiGraph(), nx.empty_graph(3, create_using=nx.DiGraph)])
def test_without_flow_there_is_nothing_to_tell(G: Any) -> None:
    assert overall_reciprocity(G) is None
    assert reciprocity_excess(G) is None
    found = communities(G)
    assert (len(found), found.modularity, found.stability) == (len(G), None, 1.0)
