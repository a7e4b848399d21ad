"""Cities and the networks they belong to: degree, betweenness, and the cities reached through networks.

In: a bipartite graph as `affiliation_graph` makes it. Out: dicts from node to number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coopgraph.errors import MeasureError
from coopgraph.network.adjacency import Adjacency, adjacency, times
from coopgraph.network.centrality.betweenness import betweenness_scores
from coopgraph.network.faults import fault
from coopgraph.network.weights import Weight

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]


def bipartite_degree_centrality(B: nx.Graph[Any]) -> dict[Any, float]:
    """Return the share of all networks each city belongs to, and of all cities each network has.

    Borgatti & Everett 1997 [1]_. Neither directed nor weighted. Defined on any bipartite graph.

    References
    ----------
    .. [1] Borgatti & Everett (1997), doi:10.1016/S0378-8733(96)00301-2

    Examples
    --------
    >>> import networkx as nx
    >>> B = nx.Graph([("Lima", "UCCI"), ("Quito", "UCCI"), ("Quito", "Mercociudades")])
    >>> nx.set_node_attributes(B, {"Lima": 0, "Quito": 0, "UCCI": 1, "Mercociudades": 1}, "bipartite")
    >>> bipartite_degree_centrality(B)
    {'Lima': 0.5, 'UCCI': 1.0, 'Quito': 1.0, 'Mercociudades': 0.5}
    """
    import numpy as np

    made, cities = _two_sides(B)
    degrees = times(made.matrix, np.ones(len(made)))
    others = np.where(cities, (~cities).sum(), cities.sum())
    return made.scores(np.divide(degrees, others, out=np.zeros(len(made)), where=others > 0))


def bipartite_betweenness_centrality(B: nx.Graph[Any]) -> dict[Any, float]:
    """Return how often each city, or network, lies on the shortest ways between others.

    Betweenness, over the most a node of its side can have: Borgatti & Everett 1997 [1]_. Each membership is
    one hop; neither directed nor weighted. Pairs without a path between them count 0.

    References
    ----------
    .. [1] Borgatti & Everett (1997), doi:10.1016/S0378-8733(96)00301-2

    Examples
    --------
    >>> import networkx as nx
    >>> B = nx.Graph([("Lima", "UCCI"), ("Quito", "UCCI")])
    >>> nx.set_node_attributes(B, {"Lima": 0, "Quito": 0, "UCCI": 1}, "bipartite")
    >>> bipartite_betweenness_centrality(B)
    {'Lima': 0.0, 'UCCI': 1.0, 'Quito': 0.0}
    """
    import numpy as np

    made, cities = _two_sides(B)
    count, top = len(made), int(cities.sum())
    pairs = betweenness_scores(made) * (count - 1) * (count - 2) / 2
    most = np.where(cities, _most(top, count - top), _most(count - top, top))
    return made.scores(np.divide(pairs, most, out=np.zeros(count), where=most > 0))


def interlocking_connectivity(B: nx.Graph[Any], *, weight: Weight = "weight") -> dict[Any, float]:
    """Return how much each city is connected with all others through the networks they share.

    Taylor 2001 [1]_: the sum over other cities b and networks j of v_aj v_bj, where v_aj says how important
    city a is in network j: the weight of their edge, 1 where there is none. Cities only. Weights mean
    strength; not directed. A city that shares no network has 0.

    References
    ----------
    .. [1] Taylor (2001), doi:10.1111/j.1538-4632.2001.tb00443.x

    Examples
    --------
    >>> import networkx as nx
    >>> B = nx.Graph([("Lima", "UCCI"), ("Quito", "UCCI"), ("Quito", "Mercociudades")])
    >>> nx.set_node_attributes(B, {"Lima": 0, "Quito": 0, "UCCI": 1, "Mercociudades": 1}, "bipartite")
    >>> interlocking_connectivity(B)
    {'Lima': 1.0, 'Quito': 1.0}
    """
    import numpy as np

    made, cities = _two_sides(B, weight)
    ones = np.ones(len(made))
    own: Any = made.matrix * made.matrix
    reached = times(made.matrix, times(made.matrix, ones)) - times(own, ones)
    return {
        node: score for node, score, city in zip(made.nodes, reached.tolist(), cities, strict=True) if city
    }


def _two_sides(B: nx.Graph[Any], weight: Weight = None) -> tuple[Adjacency, NDArray[np.bool_]]:
    """Return the graph and which nodes are cities, having checked that edges lead from side to side."""
    import numpy as np

    sides = [B.nodes[node].get("bipartite") for node in B]
    faults = [
        fault(f"{node!r} is on no side.", "Set the node attribute bipartite: 0 for a city, 1 for a network.")
        for node, side in zip(B, sides, strict=True)
        if side not in (0, 1)
    ]
    if B.is_directed():
        faults.append(fault("The graph is directed.", "Use a plain nx.Graph: belonging has no direction."))
    made = adjacency(B, weight=weight)
    cities = np.array([side == 0 for side in sides], dtype=bool)
    edges = made.matrix.tocoo()
    faults += [
        fault(
            f"{made.nodes[i]!r} and {made.nodes[j]!r} are on the same side.", "Link cities to networks only."
        )
        for i, j in zip(edges.row.tolist(), edges.col.tolist(), strict=True)
        if i < j and cities[i] == cities[j]
    ]
    if faults:
        raise MeasureError("This is no graph of cities and networks.", faults=faults)
    return made, cities


def _most(here: int, there: int) -> float:
    """Return the most pairs a node of a side with `here` nodes can lie between; `there` on the other."""
    whole, rest = divmod(here - 1, there) if there else (0, 0)
    return (
        there**2 * (whole + 1) ** 2
        + there * (whole + 1) * (2 * rest - whole - 1)
        - rest * (2 * whole - rest + 3)
    ) / 2
