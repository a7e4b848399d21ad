"""Eigenvector centrality, component by component.

In: a network. Out: a dict from node to number, None where it is not defined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coopgraph.network.adjacency import Adjacency, Network, adjacency, times
from coopgraph.network.centrality import principal
from coopgraph.network.weights import Weight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WHAT = "Eigenvector centrality"


def eigenvector_centrality(G: Network, *, weight: Weight = "weight") -> dict[Any, float | None]:
    """Return how important each node's givers are, which are important by theirs, and so on.

    Within each strongly connected component, the vector x > 0 with lambda x_j = sum_i w_ij x_i [1]_. Weights
    mean strength. Directed: importance comes from those who give to a node; undirected: from all neighbours.

    One vector for a whole disconnected graph would give 0 to all but one component, so each component has its
    own, and its squares add up to its share of the nodes: on a connected graph this is networkx's
    `eigenvector_centrality`. Compare scores within a component only. A node on no cycle (an isolate, a city
    that only gives or only receives, all of an acyclic graph) has none: None.

    Raises
    ------
    MeasureError
        If a vector does not settle, with the steps made.

    References
    ----------
    .. [1] Bonacich (1972), doi:10.1080/0022250X.1972.9989806

    Examples
    --------
    >>> import networkx as nx
    >>> scores = eigenvector_centrality(nx.star_graph(["Madrid", "Lima", "Quito"]))
    >>> {city: round(score, 4) for city, score in scores.items()}
    {'Madrid': 0.7071, 'Lima': 0.5, 'Quito': 0.5}
    >>> eigenvector_centrality(nx.DiGraph([("Lima", "Madrid")]))
    {'Lima': None, 'Madrid': None}
    """
    made = adjacency(G, weight=weight)
    return made.scores(eigenvector_scores(made))


def eigenvector_scores(made: Adjacency) -> NDArray[np.float64]:
    """Kernel: NaN where the measure is not defined."""
    import numpy as np

    count = len(made)
    scores = np.full(count, np.nan)
    labels = made.components(strong=True)
    into = made.reversed().matrix
    sizes = np.bincount(labels)
    order = np.argsort(labels, kind="stable")
    for members in np.split(order, np.cumsum(sizes)[:-1]) if count else []:
        if len(members) == 1:
            break  # components come in order of size
        part = into if len(members) == count else into[members][:, members]
        scores[members] = _vector(part, made.directed) * np.sqrt(len(members) / count)
    return scores


def _vector(matrix: Any, directed: bool) -> NDArray[np.float64]:
    import numpy as np

    count = matrix.shape[0]
    if directed:
        return principal.irreducible(matrix, _WHAT)[1]
    if count <= principal.DENSE:
        return np.abs(principal.symmetric_dense(matrix.toarray(), np.ones(count))[1])
    return np.abs(principal.symmetric(lambda vector: times(matrix, vector), np.ones(count), _WHAT)[1])
