"""Communities of a drawn graph: whom to place together and colour alike.

In: any networkx graph, weights as strengths. Out: communities as lists of places in the graph's sorted
order, largest first, as `louvain` finds them.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import Any, TypeVar

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from coopgraph.errors import ProjectionError

Array = NDArray[np.float64]
Places = NDArray[np.int64]
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


def dyads_of(simple: nx.Graph[int]) -> tuple[Places, Places, Array]:
    """Return the edges of a graph made by `strengths` as arrays: source, target, weight.

    >>> [column.tolist() for column in dyads_of(strengths(nx.Graph([("a", "b")]), ["a", "b"]))]
    [[0], [1], [1.0]]
    """
    rows = np.array(sorted(simple.edges(data="weight")), dtype=float).reshape(-1, 3)
    return rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64), rows[:, 2]


def members_of(community: Places) -> Communities:
    """Return the members of each community, as lists of places.

    >>> members_of(np.array([1, 0, -1, 0]))
    [[1, 3], [0]]
    """
    found: Communities = [[] for _ in range(int(community.max(initial=-1)) + 1)]
    for node, number in enumerate(community.tolist()):
        if number >= 0:
            found[number].append(node)
    return found
