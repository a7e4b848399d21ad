"""Mixing by groups: how widely a node's ties are spread over groups, and whether like goes with like.

In: a network and a group, such as a country, for each node. Out: a dict from node to number; one number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coopgraph.network.adjacency import Adjacency, Network, adjacency, times
from coopgraph.network.centrality.grouping import Groups, group_numbers, membership
from coopgraph.network.weights import Weight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def participation_coefficient(
    G: Network, groups: Groups = "country", *, weight: Weight = "weight"
) -> dict[Any, float | None]:
    """Return how evenly each node's flow is spread over groups: 0 all with one, near 1 evenly over many.

    Guimerà & Amaral 2005 [1]_: 1 - sum_s (k_is / k_i)^2, where k_is is the flow of i, both ways, with group
    s. Weights mean strength; directions are added up. Partners without a known group are left out; who has
    no other partners has none: None. A disconnected graph needs no special care.

    Parameters
    ----------
    G
        A networkx graph, Flows or an Adjacency.
    groups
        A node attribute of a networkx graph, or a mapping from node to group: countries, or communities.
    weight
        As for `adjacency`.

    Raises
    ------
    MeasureError
        If the groups of no node are known.

    References
    ----------
    .. [1] Guimerà & Amaral (2005), doi:10.1038/nature03288

    Examples
    --------
    >>> import networkx as nx
    >>> G = nx.star_graph(["Madrid", "Lima", "Quito"])
    >>> participation_coefficient(G, {"Madrid": "ES", "Lima": "PE", "Quito": "EC"})
    {'Madrid': 0.5, 'Lima': 0.0, 'Quito': 0.0}
    """
    made = adjacency(G, weight=weight)
    return made.scores(participation_coefficients(made, group_numbers(G, made.nodes, groups)))


def participation_coefficients(made: Adjacency, numbers: NDArray[np.int64]) -> NDArray[np.float64]:
    """Kernel: NaN where no partner's group is known."""
    import numpy as np

    flow: Any = made.undirected().matrix @ membership(numbers)
    ones = np.ones(flow.shape[1])
    whole = times(flow, ones)
    shares = flow.copy()
    shares.data /= np.repeat(whole, np.diff(flow.indptr))
    return np.where(whole > 0, 1 - times(shares * shares, ones), np.nan)


def attribute_assortativity_coefficient(
    G: Network, attribute: Groups = "country", *, weight: Weight = "weight"
) -> float | None:
    """Return whether flows stay within groups: 1 all do, 0 as by chance, below 0 less than by chance.

    Newman 2003 [1]_: (sum_s e_ss - sum_s a_s b_s) / (1 - sum_s a_s b_s), where e_st is the share of all flow
    that goes from group s to group t, and a and b are its row and column sums. Weights mean strength;
    directed. Flows of nodes without a known group are left out. None without flow, or if all is in one group.

    References
    ----------
    .. [1] Newman (2003), doi:10.1103/PhysRevE.67.026126

    Examples
    --------
    >>> import networkx as nx
    >>> G = nx.Graph([("Madrid", "Sevilla"), ("Lima", "Cusco")])
    >>> attribute_assortativity_coefficient(G, {"Madrid": "ES", "Sevilla": "ES", "Lima": "PE", "Cusco": "PE"})
    1.0
    """
    made = adjacency(G, weight=weight)
    belongs = membership(group_numbers(G, made.nodes, attribute))
    mixed: Any = (belongs.T @ made.matrix @ belongs).tocsr()
    whole = float(mixed.sum())
    if not whole:
        return None
    expected = float((mixed.sum(axis=1) / whole * (mixed.sum(axis=0) / whole)).sum())
    within = float(mixed.trace() / whole)
    return (within - expected) / (1 - expected) if expected < 1 else None
