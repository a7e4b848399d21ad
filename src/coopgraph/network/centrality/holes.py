"""Structural holes: whether a node's partners are also each other's.

In: a network, directions added up. Out: dicts from node to number, None for an isolate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coopgraph.network.adjacency import Adjacency, Network, adjacency, times
from coopgraph.network.centrality.triads import product_within
from coopgraph.network.weights import Weight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def constraint(G: Network, *, weight: Weight = "weight") -> dict[Any, float | None]:
    """Return how much each node is tied to a closed circle: the lower, the freer to broker.

    Burt 1992 [1]_: the sum over partners j of (p_ij + sum_q p_iq p_qj)^2, where p_ij is the share of i's
    flow, both ways, that is with j. Weights mean strength; directions are added up. An isolate has none:
    None. A disconnected graph needs no special care, for only partners of partners count.

    References
    ----------
    .. [1] Burt (1992), Structural Holes, doi:10.4159/9780674038714

    Examples
    --------
    >>> import networkx as nx
    >>> constraint(nx.star_graph(["Madrid", "Lima", "Quito"]))
    {'Madrid': 0.5, 'Lima': 1.0, 'Quito': 1.0}
    """
    made = adjacency(G, weight=weight)
    return made.scores(constraint_scores(made))


def effective_size(G: Network, *, weight: Weight = "weight") -> dict[Any, float | None]:
    """Return how many partners each node has that are not also each other's.

    Burt 1992 [1]_: the sum over partners j of 1 - sum_q p_iq m_jq, where p_iq is the share of i's flow that
    is with q, and m_jq the flow of j with q over the largest flow j has with anybody. Between 1 and the
    number of partners. Weights mean strength; directions are added up. An isolate has none: None.

    References
    ----------
    .. [1] Burt (1992), Structural Holes, doi:10.4159/9780674038714

    Examples
    --------
    >>> import networkx as nx
    >>> effective_size(nx.complete_graph(["Madrid", "Lima", "Quito"]))
    {'Madrid': 1.0, 'Lima': 1.0, 'Quito': 1.0}
    """
    made = adjacency(G, weight=weight)
    return made.scores(effective_sizes(made))


def constraint_scores(made: Adjacency) -> NDArray[np.float64]:
    """Kernel: NaN for an isolate."""
    import numpy as np

    both = made.undirected()
    shares = _divided(both, times(both.matrix, np.ones(len(made))))
    indirect = product_within(shares, shares, both.pattern().matrix)
    tied = shares + indirect
    tied.data = np.square(tied.data)
    return _of_partners(times(tied, np.ones(len(made))), both)


def effective_sizes(made: Adjacency) -> NDArray[np.float64]:
    """Kernel: NaN for an isolate."""
    import numpy as np

    both = made.undirected()
    pattern, ones = both.pattern().matrix, np.ones(len(made))
    shares = _divided(both, times(both.matrix, ones))
    strongest = both.matrix.max(axis=1).toarray().ravel() if len(made) else ones
    redundant = product_within(pattern, _divided(both, strongest), shares)
    return _of_partners(times(pattern, ones) - times(redundant, ones), both)


def _divided(made: Adjacency, whole: NDArray[np.float64]) -> Any:
    """Return the matrix with each row divided by its whole."""
    import numpy as np

    shares = made.matrix.copy()
    shares.data /= np.repeat(whole, np.diff(shares.indptr))
    return shares


def _of_partners(scores: NDArray[np.float64], both: Adjacency) -> NDArray[np.float64]:
    import numpy as np

    return np.where(np.diff(both.matrix.indptr) > 0, scores, np.nan)
