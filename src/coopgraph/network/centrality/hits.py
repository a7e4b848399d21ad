"""HITS: givers to good receivers, receivers from good givers.

In: a network. Out: two dicts from node to its share of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coopgraph.network.adjacency import Adjacency, Network, adjacency, times
from coopgraph.network.centrality import principal
from coopgraph.network.weights import Weight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def hits(G: Network, *, weight: Weight = "weight") -> tuple[dict[Any, float], dict[Any, float]]:
    """Return hubs and authorities: how good a giver each node is, and how good a receiver.

    A good giver (hub) gives to good receivers; a good receiver (authority) receives from good givers [1]_.
    Weights mean strength. Each dict adds up to 1, as in networkx. On an undirected graph both are the same.

    Each answer is the limit of working the one out from the other again and again, starting with all alike.
    On a disconnected graph only the component with the largest singular value is above 0 (several, if they
    are equally strong). Without edges all are 0.

    Raises
    ------
    MeasureError
        If the scores do not settle, with the steps made.

    References
    ----------
    .. [1] Kleinberg (1999), doi:10.1145/324133.324140

    Examples
    --------
    >>> import networkx as nx
    >>> givers, receivers = hits(nx.DiGraph([("Madrid", "Lima"), ("Madrid", "Quito"), ("Lima", "Quito")]))
    >>> {city: round(score, 4) for city, score in givers.items()}
    {'Madrid': 0.618, 'Lima': 0.382, 'Quito': 0.0}
    >>> {city: round(score, 4) for city, score in receivers.items()}
    {'Madrid': 0.0, 'Lima': 0.382, 'Quito': 0.618}
    """
    made = adjacency(G, weight=weight)
    hubs, authorities = hits_scores(made)
    return made.scores(hubs), made.scores(authorities)


def hits_scores(made: Adjacency) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Kernel: hubs and authorities, the principal singular vectors."""
    received = _receivers(made)
    return (_receivers(made.reversed()) if made.directed else received), received


def _receivers(made: Adjacency) -> NDArray[np.float64]:
    import numpy as np

    out, start = made.matrix, np.ones(len(made))
    if not out.nnz:
        return np.zeros(len(made))
    if len(made) <= principal.DENSE:
        dense = out.toarray()
        _, vector = principal.symmetric_dense(dense.T @ dense, start)
    else:
        into = made.reversed().matrix
        _, vector = principal.symmetric(lambda given: times(into, times(out, given)), start, "HITS")
    received = np.maximum(vector, 0)
    shares: NDArray[np.float64] = received / received.sum()
    return shares
