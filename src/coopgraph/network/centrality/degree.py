"""Degree and strength: with how many, and how much.

In: a network. Out: dicts from node to number. Kernels take an Adjacency and return an array in node order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from coopgraph.errors import MeasureError
from coopgraph.network.adjacency import Adjacency, Network, adjacency, times
from coopgraph.network.weights import Weight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Direction: TypeAlias = Literal["total", "out", "in"]


def degree(G: Network, *, direction: Direction = "total", weight: Weight = "weight") -> dict[Any, int]:
    """Return how many edges each node has: out of it, into it, or both together.

    A pair that flows both ways counts twice in `total`; `partners` counts it once. Weights say only whether
    there is an edge (0 is none). Defined on any graph; an isolate has 0. Freeman 1978 [1]_.

    References
    ----------
    .. [1] Freeman (1978), Centrality in social networks, doi:10.1016/0378-8733(78)90021-7

    Examples
    --------
    >>> import networkx as nx
    >>> G = nx.DiGraph([("Madrid", "Quito"), ("Quito", "Madrid"), ("Madrid", "Lima")])
    >>> degree(G), degree(G, direction="out")
    ({'Madrid': 3, 'Quito': 2, 'Lima': 1}, {'Madrid': 2, 'Quito': 1, 'Lima': 0})
    """
    made = adjacency(G, weight=weight)
    return made.scores(strengths(made.pattern(), direction).astype(int))


def strength(G: Network, *, direction: Direction = "total", weight: Weight = "weight") -> dict[Any, float]:
    """Return the sum of the weights of each node's edges: out of it, into it, or both together.

    Weights mean strength: the more, the closer. `out` is what a city gave, `in` what it received. Defined on
    any graph; an isolate has 0. Barrat et al. 2004 [1]_.

    References
    ----------
    .. [1] Barrat, Barthélemy, Pastor-Satorras & Vespignani (2004), doi:10.1073/pnas.0400087101

    Examples
    --------
    >>> import networkx as nx
    >>> G = nx.DiGraph()
    >>> G.add_weighted_edges_from([("Madrid", "Quito", 3), ("Quito", "Madrid", 1)])
    >>> strength(G), strength(G, direction="in")
    ({'Madrid': 4.0, 'Quito': 4.0}, {'Madrid': 1.0, 'Quito': 3.0})
    """
    made = adjacency(G, weight=weight)
    return made.scores(strengths(made, direction))


def strengths(made: Adjacency, direction: Direction = "total") -> NDArray[np.float64]:
    """Kernel: row sums, column sums, or both; of an undirected network these are the same, counted once."""
    import numpy as np

    if direction not in ("total", "out", "in"):
        raise MeasureError(f"direction is {direction!r}; it must be 'total', 'out' or 'in'.")
    ones = np.ones(len(made))
    if not made.directed or direction == "out":
        return times(made.matrix, ones)
    received = times(made.matrix.T, ones)
    return received if direction == "in" else times(made.matrix, ones) + received
