"""Every kernel against another implementation on a thousand random graphs, to 1e-9."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest

from coopgraph.network.adjacency import adjacency
from coopgraph.network.centrality.betweenness import betweenness_centrality
from coopgraph.network.centrality.cores import core_number
from coopgraph.network.centrality.degree import degree, strength
from coopgraph.network.centrality.eigenvector import eigenvector_centrality
from coopgraph.network.centrality.harmonic import harmonic_centrality
from coopgraph.network.centrality.hits import hits
from coopgraph.network.centrality.katz import katz_centrality, spectral_radius
from coopgraph.network.centrality.pagerank import pagerank

from .conftest import differ

pytestmark = pytest.mark.oracle
Graph = Any  # networkx's stubs know no graph of either kind
Scores = dict[Any, Any]


def dense(G: Graph) -> np.ndarray[Any, Any]:
    return nx.to_numpy_array(G, weight="weight") if len(G) else np.zeros((0, 0))


def solved_pagerank(G: Graph) -> Scores:
    """The stationary distribution as the solution of a linear system."""
    w, count = dense(G), len(G)
    if not count:
        return {}
    given = w.sum(axis=1, keepdims=True)
    follow = np.where(given > 0, w / np.where(given > 0, given, 1), 1 / count)
    shares = np.linalg.solve(np.eye(count) - 0.85 * follow.T, np.full(count, 0.15 / count))
    return dict(zip(G, shares, strict=True))


def powered_eigenvector(G: Graph) -> Scores:
    """(W^T + c)^(2^40) by squaring, within each strongly connected component."""
    scores: Scores = dict.fromkeys(G)
    parts = nx.strongly_connected_components(G) if G.is_directed() else nx.connected_components(G)
    for part in parts:
        if len(part) > 1:
            members = sorted(part)
            power = nx.to_numpy_array(G, nodelist=members, weight="weight").T
            power += np.eye(len(members)) * power.max()
            for _ in range(40):
                power = power @ power
                power /= power.max()
            vector = power @ np.ones(len(members))
            vector *= np.sqrt(len(members) / len(G)) / np.linalg.norm(vector)
            scores |= dict(zip(members, vector, strict=True))
    return scores


def svd_hits(G: Graph) -> Scores:
    """Receivers: the singular vectors of each part of the double cover; the strongest parts count."""
    w, nodes = dense(G), list(G)
    cover = nx.Graph(
        (("gives", i), ("gets", j)) for i, j in zip(*(ends.tolist() for ends in w.nonzero()), strict=True)
    )
    found = []
    for part in nx.connected_components(cover):
        rows, columns = (sorted(i for side, i in part if side == name) for name in ("gives", "gets"))
        _, values, vectors = np.linalg.svd(w[np.ix_(rows, columns)])
        found.append((values[0], columns, abs(vectors[0])))
    scores = np.zeros(len(G))
    for value, columns, vector in found:
        if value >= max(item[0] for item in found) * (1 - 1e-9):
            scores[columns] = vector.sum() * vector
    return dict(zip(nodes, scores / (scores.sum() or 1), strict=True))


def solved_katz(G: Graph) -> Scores:
    w = dense(G)
    if not len(G):
        return {}
    radius = max(abs(np.linalg.eigvals(w)))
    alpha = 0.85 / radius if nx.is_directed_acyclic_graph(nx.DiGraph(G)) is False else 0.1
    scores = np.linalg.solve(np.eye(len(G)) - alpha * w.T, np.ones(len(G)))
    return dict(zip(G, scores / np.linalg.norm(scores), strict=True))


PAIRS: dict[str, tuple[Callable[[Graph], Scores], Callable[[Graph], Scores]]] = {
    "degree": (degree, lambda G: dict(G.degree)),
    "in-degree": (
        lambda G: degree(G, direction="in"),
        lambda G: dict(G.in_degree if G.is_directed() else G.degree),
    ),
    "strength": (strength, lambda G: dict(G.degree(weight="weight"))),
    "strength out": (
        lambda G: strength(G, direction="out"),
        lambda G: dict((G.out_degree if G.is_directed() else G.degree)(weight="weight")),
    ),
    "pagerank": (pagerank, solved_pagerank),
    "eigenvector": (eigenvector_centrality, powered_eigenvector),
    "hits receivers": (lambda G: hits(G)[1], svd_hits),
    "hits givers": (
        lambda G: hits(G)[0],
        lambda G: svd_hits(G.reverse() if G.is_directed() else G),
    ),
    "katz": (katz_centrality, solved_katz),
    "core": (core_number, lambda G: nx.core_number(G.to_undirected() if G.is_directed() else G)),
    "betweenness": (betweenness_centrality, nx.betweenness_centrality),
    "betweenness, counted": (
        lambda G: betweenness_centrality(G, normalized=False),
        lambda G: nx.betweenness_centrality(G, normalized=False),
    ),
    "harmonic": (harmonic_centrality, nx.harmonic_centrality),
}


@pytest.mark.parametrize("name", PAIRS)
def test_scores_are_those_of_the_oracle(name: str, graphs: list[tuple[Graph, Graph]]) -> None:
    ours, theirs = PAIRS[name]
    wrong = [
        f"graph {seed}: {fault}" for seed, (G, H) in enumerate(graphs) for fault in differ(ours(G), theirs(H))
    ]
    assert not wrong, f"{len(wrong)}: {wrong[:5]}"


LENGTHS: dict[str, tuple[Callable[..., Scores], Callable[[Graph], Scores]]] = {
    "betweenness": (betweenness_centrality, lambda G: nx.betweenness_centrality(G, weight="distance")),
    "harmonic": (harmonic_centrality, lambda G: nx.harmonic_centrality(G, distance="distance")),
}


@pytest.mark.parametrize("name", LENGTHS)
def test_scores_along_lengths_are_those_of_the_oracle(name: str, graphs: list[tuple[Graph, Graph]]) -> None:
    ours, theirs = LENGTHS[name]
    wrong = []
    for seed, (G, H) in enumerate(graphs):
        for given in (H, adjacency(G)):
            wrong += [
                f"graph {seed}: {fault}" for fault in differ(ours(given, distance="distance"), theirs(H))
            ]
    assert not wrong, f"{len(wrong)}: {wrong[:5]}"


def test_spectral_radius_is_the_largest_eigenvalue(graphs: list[tuple[Graph, Graph]]) -> None:
    for G, H in graphs:
        largest = max(abs(np.linalg.eigvals(dense(H))), default=0) if nx.DiGraph(H).edges else 0
        cyclic = not nx.is_directed_acyclic_graph(nx.DiGraph(H))
        assert spectral_radius(adjacency(G)) == pytest.approx(largest if cyclic else 0, abs=1e-6)
