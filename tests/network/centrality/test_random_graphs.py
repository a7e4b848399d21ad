"""Every kernel against another implementation on a thousand random graphs, to 1e-9."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest

from coopgraph.network.adjacency import adjacency
from coopgraph.network.centrality.betweenness import betweenness_centrality
from coopgraph.network.centrality.brokerage import brokerage
from coopgraph.network.centrality.communities import leiden, modularity, networkit_graph
from coopgraph.network.centrality.cores import core_number
from coopgraph.network.centrality.degree import degree, strength
from coopgraph.network.centrality.eigenvector import eigenvector_centrality
from coopgraph.network.centrality.harmonic import harmonic_centrality
from coopgraph.network.centrality.hits import hits
from coopgraph.network.centrality.holes import constraint, effective_size
from coopgraph.network.centrality.katz import katz_centrality, spectral_radius
from coopgraph.network.centrality.mixing import attribute_assortativity_coefficient, participation_coefficient
from coopgraph.network.centrality.pagerank import pagerank
from coopgraph.network.centrality.reciprocity import overall_reciprocity

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


def summed(G: Graph) -> Graph:
    """Both directions added up."""
    H: Graph = nx.Graph()
    H.add_nodes_from(G)
    for u, v, weight in G.edges(data="weight"):
        H.add_edge(u, v, weight=weight + (H.edges[u, v]["weight"] if H.has_edge(u, v) else 0))
    return H


def defined(scores: Scores) -> Scores:
    return {node: None if score != score else score for node, score in scores.items()}


def burt_effective_size(G: Graph) -> Scores:
    """Node by node: for all at once networkx 3.6 divides by the largest flow of the wrong node."""
    return defined(nx.effective_size(summed(G), nodes=list(G), weight="weight"))


def countries(G: Graph) -> dict[Any, Any]:
    """Three countries, and some cities of which none is known."""
    return {node: None if node % 5 == 4 else "ABC"[node % 3] for node in G}


ALIKE = {  # whether giver and broker, broker and receiver, giver and receiver are of one group
    (True, True, True): "coordinator",
    (False, False, True): "itinerant",
    (False, True, False): "gatekeeper",
    (True, False, False): "representative",
    (False, False, False): "liaison",
}


def seen_brokerage(G: Graph) -> dict[str, Scores]:
    """Every path i -> k -> j without i -> j, looked at one by one."""
    of = countries(G)
    G = nx.DiGraph(G)
    roles: dict[str, Scores] = {
        role: {node: None if of[node] is None else 0 for node in G} for role in ALIKE.values()
    }
    for k in G:
        for i in G.predecessors(k):
            for j in G.successors(k):
                a, b, c = of[i], of[k], of[j]
                if i != j and not G.has_edge(i, j) and None not in (a, b, c):
                    roles[ALIKE[a == b, b == c, a == c]][k] += 1
    return roles


def seen_participation(G: Graph) -> Scores:
    of, H = countries(G), summed(G)
    scores: Scores = {}
    for node in H:
        shares: dict[Any, float] = {}
        for other, edge in H[node].items():
            if of[other] is not None:
                shares[of[other]] = shares.get(of[other], 0) + edge["weight"]
        whole = sum(shares.values())
        scores[node] = 1 - sum((share / whole) ** 2 for share in shares.values()) if whole else None
    return scores


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
    "constraint": (constraint, lambda G: defined(nx.constraint(summed(G), weight="weight") if G else {})),
    "effective size": (effective_size, burt_effective_size),
    "participation": (lambda G: participation_coefficient(G, countries(G)), seen_participation),
}


@pytest.mark.parametrize("name", PAIRS)
def test_scores_are_those_of_the_oracle(name: str, graphs: list[tuple[Graph, Graph]]) -> None:
    ours, theirs = PAIRS[name]
    wrong = [
        f"graph {seed}: {fault}" for seed, (G, H) in enumerate(graphs) for fault in differ(ours(G), theirs(H))
    ]
    assert not wrong, f"{len(wrong)}: {wrong[:5]}"


def test_brokerage_is_what_is_seen_one_by_one(graphs: list[tuple[Graph, Graph]]) -> None:
    for G, H in graphs:
        assert brokerage(G, countries(G)) == seen_brokerage(H)


LENGTHS: dict[str, tuple[Callable[..., Scores], Callable[[Graph], Scores]]] = {
    "betweenness": (betweenness_centrality, lambda G: nx.betweenness_centrality(G, weight="exact")),
    "harmonic": (harmonic_centrality, lambda G: nx.harmonic_centrality(G, distance="exact")),
}


@pytest.mark.parametrize("name", LENGTHS)
def test_scores_along_lengths_are_those_of_the_oracle(name: str, graphs: list[tuple[Graph, Graph]]) -> None:
    ours, theirs = LENGTHS[name]
    wrong = []
    for seed, (G, H) in enumerate(graphs):
        for given in (H, adjacency(G)) if seed < 200 else (H,):
            wrong += [
                f"graph {seed}: {fault}" for fault in differ(ours(given, distance="distance"), theirs(H))
            ]
    assert not wrong, f"{len(wrong)}: {wrong[:5]}"


def test_spectral_radius_is_the_largest_eigenvalue(graphs: list[tuple[Graph, Graph]]) -> None:
    for G, H in graphs:
        largest = max(abs(np.linalg.eigvals(dense(H))), default=0) if nx.DiGraph(H).edges else 0
        cyclic = not nx.is_directed_acyclic_graph(nx.DiGraph(H))
        assert spectral_radius(adjacency(G)) == pytest.approx(largest if cyclic else 0, abs=1e-6)


def test_assortativity_of_equal_weights_is_networkx_s(graphs: list[tuple[Graph, Graph]]) -> None:
    compared = 0
    for G, H in graphs:
        of = {node: "ABC"[node % 3] for node in G}
        nx.set_node_attributes(H, of, "country")
        if len({of[node] for edge in H.edges for node in edge}) > 1:
            expected = nx.attribute_assortativity_coefficient(H, "country")
            found = attribute_assortativity_coefficient(G.edge_subgraph(H.edges), of, weight=None)
            assert found == pytest.approx(expected, abs=1e-9)
            compared += 1
    assert compared > 400


def test_weighted_assortativity_is_that_of_repeated_edges() -> None:
    """A weight of 3 is the same as three edges."""
    for seed in range(100):
        G = nx.gnp_random_graph(8, 0.4, seed=seed, directed=True)
        many: Graph = nx.MultiDiGraph()
        nx.set_node_attributes(G, {node: "ABC"[node % 3] for node in G}, "country")
        many.add_nodes_from(G.nodes(data=True))
        for u, v in G.edges:
            G.edges[u, v]["weight"] = 1 + (u + 2 * v) % 4
            many.add_edges_from([(u, v)] * G.edges[u, v]["weight"])
        expected = nx.attribute_assortativity_coefficient(many, "country")
        assert attribute_assortativity_coefficient(G) == pytest.approx(expected, abs=1e-9)


def test_reciprocity_of_equal_weights_is_networkx_s(graphs: list[tuple[Graph, Graph]]) -> None:
    for G, H in graphs:
        if G.is_directed():
            expected = nx.overall_reciprocity(H) if H.edges else None
            assert overall_reciprocity(G.edge_subgraph(H.edges), weight=None) == (
                None if expected is None else pytest.approx(expected, abs=1e-9)
            )


def test_modularity_is_networkx_s(graphs: list[tuple[Graph, Graph]]) -> None:
    for G, H in graphs[:200]:
        if not H.edges:
            continue
        labels = np.array([node % 3 for node in G])
        parts = [{node for node in G if node % 3 == place} for place in range(3)]
        expected = nx.community.modularity(summed(H), [part for part in parts if part])
        assert modularity(adjacency(G), labels) == pytest.approx(expected, abs=1e-9)


def test_leiden_is_no_worse_than_louvain(graphs: list[tuple[Graph, Graph]]) -> None:
    """Not a proof, but a division far from the best one would be caught."""
    short = 0.0
    for G, H in graphs[:80]:
        if not H.edges:
            continue
        parts = nx.community.louvain_communities(summed(H), seed=1)
        made = adjacency(G)
        found = modularity(made, leiden(networkit_graph(made)))
        short += max(0.0, nx.community.modularity(summed(H), parts) - found)
    assert short < 1
