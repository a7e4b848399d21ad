"""Communities: groups of cities that cooperate more among themselves than chance would have it.

In: a network, directions added up. Out: a community for each node, its modularity, and how much the answer
depends on chance. The Leiden algorithm is networkit's.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from coopgraph.errors import MeasureError
from coopgraph.network.adjacency import Adjacency, Network, adjacency, by_size, times
from coopgraph.network.weights import Weight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Labels = NDArray[np.int64]

_ROUNDS = 3


@dataclass(frozen=True)
class Communities:
    """Communities of a network.

    Attributes
    ----------
    labels
        The community of each node: 0 is the largest; of two as large, the one whose member comes first.
    modularity
        Share of the flow within communities, less what chance would put there; None without flow.
    stability
        How alike the answers of the seeds are: their mean adjusted Rand index, 1 where all agree.
    seeds
        How many seeds were tried; the answer is the one with the highest modularity.
    """

    labels: dict[Any, int]
    modularity: float | None
    stability: float
    seeds: int

    def __len__(self) -> int:
        return len(set(self.labels.values()))


def communities(G: Network, *, seeds: int = 10, weight: Weight = "weight") -> Communities:
    """Return groups of nodes with much flow within and little between.

    Leiden [1]_ on weighted modularity [2]_, run once for each seed, 0 and up, on one thread, so that it
    repeats. Weights mean strength; directions are added up. On a disconnected graph no community spans two
    components; an isolate is one of its own. How far to trust the answer is its `stability`, the mean
    adjusted Rand index [3]_ of all pairs of seeds: well below 1 means that other divisions are as good.

    Parameters
    ----------
    G
        A networkx graph, Flows or an Adjacency.
    seeds
        How many times to try; 1 or more.
    weight
        As for `adjacency`.

    Raises
    ------
    MeasureError
        For fewer than one seed.

    References
    ----------
    .. [1] Traag, Waltman & van Eck (2019), doi:10.1038/s41598-019-41695-z
    .. [2] Newman (2004), doi:10.1103/PhysRevE.70.056131
    .. [3] Hubert & Arabie (1985), doi:10.1007/BF01908075

    Examples
    --------
    >>> import networkx as nx
    >>> G = nx.Graph([("A", "B"), ("B", "C"), ("C", "A"), ("C", "D"), ("D", "E"), ("E", "F"), ("F", "D")])
    >>> found = communities(G)
    >>> found.labels, round(found.modularity, 4), found.stability
    ({'A': 0, 'B': 0, 'C': 0, 'D': 1, 'E': 1, 'F': 1}, 0.3571, 1.0)
    """
    if seeds < 1:
        raise MeasureError(f"seeds={seeds} finds nothing. Use 1 or more.")
    made = adjacency(G, weight=weight).undirected()
    graph = networkit_graph(made)
    found = [leiden(graph, seed) for seed in range(seeds)]
    scores = [modularity(made, labels) for labels in found]
    best = max(range(seeds), key=lambda seed: (scores[seed], -seed))
    alike = [adjusted_rand(one, other) for one, other in combinations(found, 2)]
    return Communities(
        labels=made.scores(found[best]),
        modularity=scores[best] if made.matrix.nnz else None,
        stability=sum(alike) / len(alike) if alike else 1.0,
        seeds=seeds,
    )


def networkit_graph(made: Adjacency) -> Any:
    """Return the network, directions added up, as networkit has it: nodes are places, edges have weights."""
    import networkit as nk
    import numpy as np

    both = made.undirected()
    edges = both.matrix.tocoo()
    once = edges.row < edges.col
    rows, columns = (ends[once].astype(np.uint64) for ends in (edges.row, edges.col))
    return nk.GraphFromCoo((edges.data[once], (rows, columns)), n=len(both), weighted=True, directed=False)


def leiden(graph: Any, seed: int = 0) -> Labels:
    """Kernel: one division of a `networkit_graph` into communities, numbered by size and first member."""
    import networkit as nk
    import numpy as np

    if not graph.numberOfEdges():
        return np.arange(graph.numberOfNodes())
    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    try:
        nk.setSeed(seed, False)
        found = nk.community.ParallelLeiden(graph, iterations=_ROUNDS, randomize=True).run()
    finally:
        nk.setNumberOfThreads(threads)
    return by_size(np.array(found.getPartition().getVector()))


def modularity(made: Adjacency, labels: Labels) -> float:
    """Return the share of flow within communities less what chance would put there; 0 without flow."""
    import numpy as np

    both = made.undirected().matrix
    strength = times(both, np.ones(len(made)))
    whole = float(strength.sum())
    if not whole:
        return 0.0
    edges = both.tocoo()
    within = float(edges.data[labels[edges.row] == labels[edges.col]].sum())
    return within / whole - float(np.square(np.bincount(labels, weights=strength) / whole).sum())


def adjusted_rand(one: Labels, other: Labels) -> float:
    """Return how alike two divisions are: 1 the same, 0 as alike as by chance.

    >>> import numpy as np
    >>> adjusted_rand(np.array([0, 0, 1, 1]), np.array([5, 5, 2, 2]))
    1.0
    """
    import numpy as np

    def pairs(labels: Any) -> float:
        _, sizes = np.unique(labels, return_counts=True)
        return float((sizes * (sizes - 1.0)).sum() / 2)

    of_one, of_other, count = pairs(one), pairs(other), len(one)
    both = pairs(one * (int(other.max(initial=0)) + 1) + other)
    expected = of_one * of_other / (count * (count - 1) / 2) if count > 1 else 0.0
    most = (of_one + of_other) / 2
    return (both - expected) / (most - expected) if most != expected else 1.0
