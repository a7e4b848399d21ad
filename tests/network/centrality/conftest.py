"""A thousand small random graphs of every kind, and how to compare scores on them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import networkx as nx
import pytest

COUNT = 1_000


def one_graph(seed: int) -> Any:
    """Return a graph: directed or not, weighted or not, with isolates, parts, self-loops and zero weights."""
    chance = random.Random(seed)
    G: nx.Graph[int] = nx.DiGraph() if seed % 2 else nx.Graph()
    G.add_nodes_from(range(chance.randint(0, 11)))
    parts = chance.choice((1, 1, 2, 3))
    density = chance.choice((0.05, 0.15, 0.3, 0.7))
    weights = chance.choice(((1,), (0, 1, 2, 3), (0.1, 0.25, 3.7, 12)))
    for u in G:
        for v in G:
            if u % parts == v % parts and chance.random() < density:
                G.add_edge(u, v, weight=chance.choice(weights))
    return G


def plain(G: Any) -> Any:
    """Return what an oracle is given: no self-loops, no zero weights, lengths as `distance`."""
    H = G.copy()
    H.remove_edges_from(list(nx.selfloop_edges(H)))
    H.remove_edges_from([(u, v) for u, v, weight in G.edges(data="weight") if not weight and u != v])
    for _, _, edge in H.edges(data=True):
        edge["distance"] = 1 / edge["weight"]
        edge["exact"] = 1 / Fraction(
            str(edge["weight"])
        )  # in floats networkx misses ways as long as each other
    return H


@pytest.fixture(scope="session")
def graphs() -> list[tuple[Any, Any]]:
    """The graphs, each with the plain one beside it."""
    made = [one_graph(seed) for seed in range(COUNT)]
    return [(G, plain(G)) for G in made]


def differ(found: Mapping[Any, float | None], expected: Mapping[Any, float | None]) -> Iterator[str]:
    """Say where two scores are further apart than 1e-9."""
    if list(found) != list(expected):
        yield f"nodes {list(found)} are not {list(expected)}"
    for node, score in expected.items():
        other = found[node]
        if (score is None) != (other is None) or (
            score is not None and other is not None and not abs(score - other) <= 1e-9
        ):
            yield f"{node}: {other}, expected {score}"
