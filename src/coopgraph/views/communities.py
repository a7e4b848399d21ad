"""Communities of a drawn graph: whom to place together and colour alike.

In: any networkx graph, weights as strengths. Out: communities as lists of places in the graph's sorted
order, largest first. Louvain (Blondel et al. 2008, doi:10.1088/1742-5468/2008/10/P10008), seeded.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import Any, TypeVar

import networkx as nx

from coopgraph.errors import ProjectionError

Communities = list[list[int]]
NodeT = TypeVar("NodeT", bound=Hashable)


def node_order(G: nx.Graph[NodeT]) -> list[NodeT]:
    """Return the nodes in an order that does not depend on how the graph was filled.

    >>> node_order(nx.Graph([("b", "a"), ("b", 3)]))
    [3, 'a', 'b']
    """
    return sorted(G, key=lambda node: (type(node).__name__, str(node)))


def strengths(G: nx.Graph[NodeT], order: list[NodeT], weight: str = "weight") -> nx.Graph[int]:
    """Return an undirected simple graph of positions in `order`; both directions of a dyad are added up.

    Positions are integers, because the iteration order of a set of strings changes from run to run.
    """
    place = {node: i for i, node in enumerate(order)}
    sums: dict[tuple[int, int], float] = {}
    for source, target, value in G.edges(data=weight, default=1):
        if source == target:
            continue
        dyad = (min(place[source], place[target]), max(place[source], place[target]))
        sums[dyad] = sums.get(dyad, 0.0) + positive(value, source, target)
    simple: nx.Graph[int] = nx.Graph()
    simple.add_nodes_from(range(len(order)))
    simple.add_weighted_edges_from((i, j, sums[i, j]) for i, j in sorted(sums) if sums[i, j] > 0)
    return simple


def positive(value: Any, source: Hashable, target: Hashable) -> float:
    """Return an edge's weight as a float, or refuse it in words."""
    try:
        number = 1.0 if value is None else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number) or number < 0:
        raise ProjectionError(
            f"The edge from {source!r} to {target!r} has weight {value!r}. "
            "Give every edge a finite weight of 0 or more, or none at all."
        )
    return number


def find_communities(simple: nx.Graph[int], *, seed: int = 1) -> Communities:
    """Return the communities of a graph made by `strengths`, largest first; isolates are not among them.

    >>> G = nx.Graph([(0, 1), (1, 2), (2, 0), (3, 4)])
    >>> find_communities(G)
    [[0, 1, 2], [3, 4]]
    """
    joined = simple.subgraph([node for node, degree in simple.degree if degree])
    if not joined:
        return []
    found = nx.community.louvain_communities(nx.Graph(joined), weight="weight", seed=seed)
    return sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))
