"""Where each node of the explorer stands, and with whom.

In: a release. Out: places within [-1, 1] and communities, of every node the explorer shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from coopgraph.views.communities import find_communities, strengths
from coopgraph.views.drawing import Layer
from coopgraph.views.layout import place


@dataclass(frozen=True)
class Placed:
    """One place and one community (-1: none) for each node, in their order."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    community: tuple[int, ...]


def placed(nodes: int, links: Mapping[str, list[Any]], layers: Sequence[Layer]) -> Placed:
    """Place the nodes by the links of the layers shown at first."""
    G: nx.Graph[int] = nx.Graph()
    G.add_nodes_from(range(nodes))
    for source, target, layer, forward, backward in zip(
        *(links[name] for name in ("source", "target", "layer", "forward", "backward")), strict=True
    ):
        if layers[layer].shown:
            weight = sum(forward) + sum(backward)
            before = G.get_edge_data(source, target, {"weight": 0.0})["weight"]
            G.add_edge(source, target, weight=before + weight)
    simple = strengths(G, list(range(nodes)))
    communities = find_communities(simple)
    points = place(simple, communities)
    of = np.full(nodes, -1)
    for number, members in enumerate(communities):
        of[members] = number
    return Placed(
        tuple(float(x) for x in points[:, 0]), tuple(float(y) for y in points[:, 1]), tuple(map(int, of))
    )
