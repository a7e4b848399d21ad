"""Harmonic centrality: how near a node is to all others, also where some cannot be reached.

In: a network. Out: a dict from node to number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coopgraph.network.adjacency import Adjacency, Network
from coopgraph.network.centrality import lengths
from coopgraph.network.centrality.hops import batches
from coopgraph.network.weights import Weight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def harmonic_centrality(
    G: Network, *, distance: Weight = None, weight: Weight = "weight"
) -> dict[Any, float]:
    """Return the sum of 1 / distance to each node from all others.

    Closeness that is defined on disconnected graphs: who cannot reach a node adds 0 [1]_. Not divided by
    n - 1, as in networkx. Directed: along the flows *to* the node. Each edge is one hop, unless `distance`
    says how long it is, as for `betweenness_centrality`; `weight` only says which edges there are.

    Raises
    ------
    MeasureError
        For lengths that are not finite numbers above 0.

    References
    ----------
    .. [1] Marchiori & Latora (2000), doi:10.1016/S0378-4371(00)00311-3; Boldi & Vigna (2014),
       doi:10.1080/15427951.2013.865686

    Examples
    --------
    >>> import networkx as nx
    >>> harmonic_centrality(nx.path_graph(["Lima", "Madrid", "Quito"]))
    {'Lima': 1.5, 'Madrid': 2.0, 'Quito': 1.5}
    """
    made = lengths.with_lengths(G, distance, weight)
    return made.scores(harmonic_scores(made, hops=distance is None))


def harmonic_scores(made: Adjacency, *, hops: bool = True) -> NDArray[np.float64]:
    """Kernel: the entries are lengths unless `hops` count."""
    import numpy as np

    count = len(made)
    scores = np.zeros(count)
    everyone = np.arange(count)
    if hops:
        for batch in batches(made, everyone):
            for far, places in enumerate(batch.levels[1:], 1):
                scores += np.bincount(places // batch.width, minlength=count) / far
        return scores
    for batch_of, table in lengths.distances(made, everyone):
        table[np.arange(len(batch_of)), batch_of] = np.inf
        scores += (1 / table).sum(axis=0)
    return scores
