"""Betweenness: through whom the shortest ways between others lead.

In: a network. Out: a dict from node to number; exact, or from a sample of sources with a bound on its error.
"""

from __future__ import annotations

from math import log, sqrt
from typing import TYPE_CHECKING, Any

from coopgraph.errors import MeasureError
from coopgraph.network.adjacency import Adjacency, Network
from coopgraph.network.centrality import lengths
from coopgraph.network.centrality.hops import batches
from coopgraph.network.faults import fault
from coopgraph.network.weights import Weight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def betweenness_centrality(
    G: Network,
    *,
    k: int | None = None,
    normalized: bool = True,
    distance: Weight = None,
    seed: int = 0,
    weight: Weight = "weight",
) -> dict[Any, float]:
    """Return the share of shortest paths between other nodes that pass through each node.

    Freeman 1977 [1]_ by the algorithm of Brandes 2001 [2]_. Directed: paths follow the flows. By default each
    edge is one hop, however strong; with `distance` it has a length, so that strong ties can be short. Pairs
    without a path between them count 0, so a disconnected graph needs no special care.

    Parameters
    ----------
    G
        A networkx graph, Flows or an Adjacency.
    k
        Paths from this many nodes only, drawn with `seed` without putting back, scaled to all; how far this
        may be off is `betweenness_error`. None: from all nodes, exact.
    normalized
        Divide by the (n - 1)(n - 2) ordered pairs of others; otherwise count pairs (of an undirected graph
        once).
    distance
        Lengths: an edge attribute or a function of a networkx graph; 'distance', which is 1 / weight,
        of Flows and of an Adjacency. None: hops.
    seed
        For the sample.
    weight
        As for `adjacency`; it only says which edges there are.

    Raises
    ------
    MeasureError
        For lengths that are not finite numbers above 0, a k that is not from 1 to n, and networks with more
        shortest paths than a float can count.

    References
    ----------
    .. [1] Freeman (1977), doi:10.2307/3033543
    .. [2] Brandes (2001), doi:10.1080/0022250X.2001.9990249

    Examples
    --------
    >>> import networkx as nx
    >>> betweenness_centrality(nx.path_graph(["Lima", "Madrid", "Quito"]))
    {'Lima': 0.0, 'Madrid': 1.0, 'Quito': 0.0}
    """
    made = lengths.with_lengths(G, distance, weight)
    scores = betweenness_scores(made, k=k, seed=seed, hops=distance is None)
    if not normalized:
        scores *= (len(made) - 1) * (len(made) - 2) * (1 if made.directed else 0.5)
    return made.scores(scores)


def betweenness_error(count: int, k: int, *, confidence: float = 0.95) -> float:
    """Return how far the normalised betweenness of k sampled sources may be off, at most, at any node.

    With probability `confidence` no node of `count` is off by more. By Hoeffding's inequality, which holds
    for drawing without putting back too, as Brandes & Pich 2007 [1]_ use it: what one source adds to a node
    lies between 0 and n / (n - 1), and there are n nodes that may be off either way.

    References
    ----------
    .. [1] Brandes & Pich (2007), Centrality estimation in large networks, doi:10.1142/S0218127407018403

    Examples
    --------
    >>> round(betweenness_error(100_000, 1_000), 4), betweenness_error(140, 140)
    (0.0872, 0.0)
    """
    _check_sample(count, k)
    if not 0 < confidence < 1:
        raise MeasureError(f"confidence={confidence} is out of bounds. Use one between 0 and 1.")
    if k == count:
        return 0.0
    return count / (count - 1) * sqrt(log(2 * count / (1 - confidence)) / (2 * k))


def betweenness_scores(
    made: Adjacency, *, k: int | None = None, seed: int = 0, hops: bool = True
) -> NDArray[np.float64]:
    """Kernel: normalised betweenness; the entries are lengths, and do not matter where `hops` count."""
    import numpy as np

    count = len(made)
    if k is not None:
        _check_sample(count, k)
    if count < 3:
        return np.zeros(count)
    chosen = np.arange(count)
    if k is not None and k < count:
        chosen = np.sort(np.random.default_rng(seed).choice(count, size=k, replace=False))
    summed = np.zeros(count)
    if hops:
        for batch in batches(made, chosen):
            summed += batch.dependencies()
    else:
        summed += lengths.dependencies(made, chosen)
    if not np.isfinite(summed).all():
        raise MeasureError(
            "There are more shortest paths than can be counted. Measure a part of the network."
        )
    scores: NDArray[np.float64] = summed * (count / len(chosen)) / ((count - 1) * (count - 2))
    return scores


def _check_sample(count: int, k: int) -> None:
    if not 1 <= k <= count:
        wrong = fault(
            f"k={k} of {count} nodes.", "Use 1 or more, and not more than there are; None takes all."
        )
        raise MeasureError("No such sample can be drawn.", faults=[wrong])
