"""Bad and bare input, bounds and refusals of each measure; igraph as a second oracle; properties."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import hypothesis.strategies as st
import igraph as ig
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

import coopgraph as cg
from coopgraph.network.adjacency import adjacency
from coopgraph.network.centrality import principal
from coopgraph.network.centrality.betweenness import betweenness_scores
from coopgraph.network.centrality.pagerank import pagerank_scores

SCORES: dict[str, Callable[[Any], dict[Any, Any]]] = {
    "degree": cg.degree,
    "strength": cg.strength,
    "pagerank": cg.pagerank,
    "eigenvector": cg.eigenvector_centrality,
    "givers": lambda G: cg.hits(G)[0],
    "receivers": lambda G: cg.hits(G)[1],
    "katz": cg.katz_centrality,
    "core": cg.core_number,
    "betweenness": cg.betweenness_centrality,
    "harmonic": cg.harmonic_centrality,
    "constraint": cg.constraint,
    "effective size": cg.effective_size,
    "participation": lambda G: cg.participation_coefficient(G, dict.fromkeys(G, 1)),
    "liaison": lambda G: cg.brokerage(G, {node: node for node in G})["liaison"],
}
ALONE = {
    "pagerank": 1,
    "katz": 1,
    **dict.fromkeys(("eigenvector", "constraint", "effective size", "participation")),
}


@pytest.mark.parametrize("name", SCORES)
def test_bare_graphs_have_defined_values(name: str) -> None:
    assert SCORES[name](nx.DiGraph()) == {}
    one: Any = nx.DiGraph([("a", "a")])
    assert SCORES[name](one) == {"a": pytest.approx(ALONE.get(name, 0))}
    isolates = nx.empty_graph(4, create_using=nx.DiGraph)
    expected = {"pagerank": 0.25, "katz": 0.5}.get(name, ALONE.get(name, 0))
    assert SCORES[name](isolates) == dict.fromkeys(
        range(4), pytest.approx(expected) if expected else expected
    )


def test_hops_are_counted_whatever_the_edges_weigh() -> None:
    """Two ways from a to d, of two hops each: b and c lie on half of them, also where one way weighs more."""
    G: Any = nx.DiGraph()
    G.add_weighted_edges_from([("a", "b", 9), ("b", "d", 9), ("a", "c", 1), ("c", "d", 1)])
    assert betweenness_scores(adjacency(G)).tolist() == pytest.approx([0, 1 / 12, 0, 1 / 12])


@pytest.mark.parametrize("name", SCORES)
def test_loops_and_zero_weights_are_no_edges(name: str) -> None:
    G: Any = nx.DiGraph()
    G.add_weighted_edges_from([("a", "b", 2), ("b", "a", 1), ("b", "c", 3), ("c", "a", 1)])
    other = G.copy()
    other.add_weighted_edges_from([("a", "a", 9), ("a", "c", 0)])
    assert SCORES[name](other) == pytest.approx(SCORES[name](G), abs=1e-12)


@pytest.mark.parametrize("name", SCORES)
@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -1, "much"])
def test_bad_weights_are_refused_everywhere(name: str, bad: Any) -> None:
    G: Any = nx.DiGraph()
    G.add_edge("a", "b", weight=bad)
    with pytest.raises(cg.MeasureError, match="'a' -> 'b'"):
        SCORES[name](G)


def test_refusals_say_what_to_do() -> None:
    G: Any = nx.cycle_graph(4, create_using=nx.DiGraph)
    for wrong, told in (
        (lambda: cg.pagerank(G, alpha=1), "less than 1"),
        (lambda: cg.pagerank(nx.path_graph(40), alpha=0.999999), "did not converge"),
        (lambda: cg.katz_centrality(G, alpha=1), "below 1, 1 / lambda_max"),
        (lambda: cg.katz_centrality(G, alpha=0), "out of bounds"),
        (lambda: cg.katz_centrality(G.to_undirected(), alpha=0.5 - 1e-7), "still grows"),
        (lambda: cg.betweenness_centrality(G, k=0), "None takes all"),
        (lambda: cg.betweenness_centrality(G, k=5), "None takes all"),
        (lambda: cg.betweenness_error(4, 2, confidence=1), "between 0 and 1"),
        (lambda: cg.betweenness_centrality(cg.adjacency(G), distance="km"), "no such lengths"),
        (lambda: cg.degree(G, direction="both"), "'total', 'out' or 'in'"),  # type: ignore[arg-type]
        (lambda: cg.communities(G, seeds=0), "1 or more"),
        (lambda: cg.brokerage(G), "No node has the attribute 'country'"),
        (lambda: cg.participation_coefficient(cg.adjacency(G)), "no attributes"),
    ):
        with pytest.raises(cg.MeasureError, match=told):
            wrong()


def test_lengths_of_zero_are_refused() -> None:
    G: Any = nx.DiGraph()
    G.add_edge("a", "b", km=0)
    with pytest.raises(cg.MeasureError, match="The length of 'a' -> 'b' is 0"):
        cg.harmonic_centrality(G, distance="km")


def test_vectors_that_do_not_settle_are_told_with_their_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(principal, "RESTARTS", 1)
    monkeypatch.setattr(principal, "DENSE", 0)
    with pytest.raises(cg.MeasureError, match="After 40 steps"):
        cg.eigenvector_centrality(nx.path_graph(400))


def test_a_long_cycle_is_still_solved() -> None:
    """All eigenvalues lie on one circle, so plain powers never settle."""
    G: Any = nx.cycle_graph(150, create_using=nx.DiGraph)
    assert list(cg.eigenvector_centrality(G).values()) == pytest.approx([150**-0.5] * 150)


def test_sparse_and_dense_vectors_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    G: Any = nx.gnp_random_graph(150, 0.05, seed=4, directed=True)
    dense = cg.hits(G), cg.eigenvector_centrality(G), cg.eigenvector_centrality(G.to_undirected())
    monkeypatch.setattr(principal, "DENSE", 0)
    sparse = cg.hits(G), cg.eigenvector_centrality(G), cg.eigenvector_centrality(G.to_undirected())
    for ours, theirs in zip((*dense[0], *dense[1:]), (*sparse[0], *sparse[1:]), strict=True):
        assert ours == pytest.approx(theirs, abs=1e-9)


def test_dense_and_sparse_steps_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    G: Any = nx.gnp_random_graph(200, 0.03, seed=5, directed=True)
    expected = nx.betweenness_centrality(G)
    for factor in (0, 10**9):
        monkeypatch.setattr("coopgraph.network.centrality.hops._DENSE", factor)
        assert cg.betweenness_centrality(G) == pytest.approx(expected, abs=1e-12)


def test_the_bound_holds_and_the_sample_repeats() -> None:
    G: Any = nx.gnp_random_graph(120, 0.05, seed=1)
    exact = cg.betweenness_centrality(G)
    bound = cg.betweenness_error(120, 60, confidence=0.95)
    assert bound == pytest.approx(120 / 119 * (np.log(2 * 120 / 0.05) / 120) ** 0.5)
    off = [
        max(abs(score - exact[node]) for node, score in cg.betweenness_centrality(G, k=60, seed=seed).items())
        for seed in range(20)
    ]
    assert 0 < max(off) < bound
    assert cg.betweenness_centrality(G, k=60) == cg.betweenness_centrality(G, k=60)
    assert cg.betweenness_centrality(G, k=120) == exact


@pytest.mark.oracle
@pytest.mark.parametrize("seed", range(3))
def test_igraph_says_the_same(seed: int) -> None:
    G: Any = nx.gnp_random_graph(300, 0.02, seed=seed, directed=True)
    for place, (u, v) in enumerate(G.edges):
        G.edges[u, v]["weight"] = 1 + place % 5
    H = ig.Graph(n=300, edges=list(G.edges), directed=True)
    H.es["weight"] = [weight for _, _, weight in G.edges(data="weight")]
    inverse = [1 / weight for weight in H.es["weight"]]

    def same(ours: dict[int, Any], theirs: Any, within: float = 1e-9) -> None:
        assert list(ours.values()) == pytest.approx(list(theirs), abs=within)

    most = 299 * 298
    same(cg.pagerank(G), H.pagerank(weights="weight"))
    same(cg.betweenness_centrality(G), [value / most for value in H.betweenness()])
    by_length = [value / most for value in H.betweenness(weights=inverse)]
    same(cg.betweenness_centrality(cg.adjacency(G), distance="distance"), by_length)
    same(cg.harmonic_centrality(G), [value * 299 for value in H.harmonic_centrality(mode="in")])
    same(cg.strength(G), H.strength(weights="weight"))
    same(cg.core_number(G), H.as_undirected().coreness())
    with warnings.catch_warnings():  # that scores are zero
        warnings.simplefilter("ignore")
        hubs = H.hub_score(weights="weight", scale=False)
    same(cg.hits(G)[0], [value / sum(hubs) for value in hubs])
    whole = H.as_undirected(combine_edges="sum")
    same(cg.constraint(G), whole.constraint(weights="weight"))


def digraphs() -> st.SearchStrategy[Any]:
    def made(edges: list[tuple[int, int, int]]) -> Any:
        G: Any = nx.DiGraph()
        G.add_nodes_from(range(6))
        G.add_weighted_edges_from(edges)
        return G

    ends = st.integers(0, 5)
    return st.lists(st.tuples(ends, ends, st.integers(0, 9)), max_size=20).map(made)


@settings(max_examples=60, deadline=None)
@given(digraphs(), st.permutations(range(6)))
def test_names_do_not_matter(G: Any, names: list[int]) -> None:
    H = nx.relabel_nodes(G, {node: f"city {name}" for node, name in enumerate(names)})
    for name in ("pagerank", "katz", "core", "betweenness", "harmonic", "constraint", "effective size"):
        ours, theirs = SCORES[name](G), SCORES[name](H)
        for node, score in ours.items():
            other = theirs[f"city {names[node]}"]
            assert other == (None if score is None else pytest.approx(score, abs=1e-9))


@settings(max_examples=60, deadline=None)
@given(digraphs(), st.floats(0.01, 100))
def test_the_unit_of_weights_does_not_matter(G: Any, factor: float) -> None:
    H = G.copy()
    for u, v in H.edges:
        H.edges[u, v]["weight"] *= factor
    for name in ("pagerank", "core", "betweenness", "harmonic", "constraint", "effective size", "receivers"):
        ours, theirs = SCORES[name](G), SCORES[name](H)
        for node, score in ours.items():
            assert theirs[node] == (None if score is None else pytest.approx(score, abs=1e-8))
    assert cg.strength(H) == pytest.approx({node: s * factor for node, s in cg.strength(G).items()})


@settings(max_examples=60, deadline=None)
@given(digraphs())
def test_shares_add_up_and_turning_swaps_givers_and_receivers(G: Any) -> None:
    assert sum(cg.pagerank(G).values()) == pytest.approx(1)
    givers, receivers = cg.hits(G)
    others = cg.hits(G.reverse())
    assert givers == pytest.approx(others[1], abs=1e-9)
    assert receivers == pytest.approx(others[0], abs=1e-9)


def test_pagerank_is_within_its_error_on_a_slow_graph() -> None:
    """Two halves joined by a thread: the second eigenvalue is near 1."""
    G: Any = nx.barbell_graph(30, 40)
    made = cg.adjacency(G)
    w = made.matrix.toarray()
    follow = w / w.sum(axis=1, keepdims=True)
    exact = np.linalg.solve(np.eye(100) - 0.85 * follow.T, np.full(100, 0.15 / 100))
    assert np.abs(pagerank_scores(made) - exact).sum() < 1e-12
