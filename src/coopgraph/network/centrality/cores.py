"""The k-core: how deep in the dense middle of the network a node lies.

In: a network. Out: a dict from node to a whole number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coopgraph.network.adjacency import Adjacency, Network, adjacency
from coopgraph.network.weights import Weight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MANY = 8  # above one partner for so many nodes, all nodes are gone through


def core_number(G: Network, *, weight: Weight = "weight") -> dict[Any, int]:
    """Return the largest k for which each node has k partners who all have k partners among themselves.

    Directions and weights do not count, only who has any flow with whom [1]_: on a DiGraph this is
    networkx's `core_number` of its undirected graph. Defined on any graph; an isolate has 0.

    References
    ----------
    .. [1] Seidman (1983), doi:10.1016/0378-8733(83)90028-X

    Examples
    --------
    >>> import networkx as nx
    >>> core_number(nx.Graph([("A", "B"), ("B", "C"), ("C", "A"), ("A", "Madrid")]))
    {'A': 2, 'B': 2, 'C': 2, 'Madrid': 1}
    """
    made = adjacency(G, weight=weight)
    return made.scores(core_numbers(made).astype(int))


def core_numbers(made: Adjacency) -> NDArray[np.float64]:
    """Kernel: peel off, level by level, whoever has too few partners left."""
    import numpy as np

    matrix = made.undirected().matrix
    starts, others, count = matrix.indptr, matrix.indices, len(made)
    left = np.diff(starts).astype(np.int64)
    cores = np.zeros(count)
    alive = np.ones(count, dtype=bool)
    rest = np.arange(count)
    level = 0
    while len(rest):
        partners_left = left[rest]
        level = max(level, int(partners_left.min()))
        peeled = rest[partners_left <= level]
        while len(peeled):
            cores[peeled] = level
            alive[peeled] = False
            partners = others.take(_places(starts, peeled), mode="clip")  # quicker than "raise"
            if len(partners) * _MANY > count:
                left -= np.bincount(partners, minlength=count)
                peeled = np.flatnonzero(alive & (left <= level))
            else:
                np.subtract.at(left, partners, 1)
                few = partners[left[partners] <= level]
                peeled = np.unique(few[alive[few]])
        rest = rest[alive[rest]]
    return cores


def _places(starts: NDArray[Any], rows: NDArray[Any]) -> NDArray[Any]:
    """Return where the entries of these rows lie."""
    import numpy as np

    first = starts[rows]
    counts = starts[rows + 1] - first
    ends = np.cumsum(counts, dtype=starts.dtype)
    places: NDArray[Any] = np.repeat(first - (ends - counts), counts)
    places += np.arange(len(places), dtype=starts.dtype)
    return places
