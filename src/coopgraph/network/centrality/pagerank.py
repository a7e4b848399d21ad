"""PageRank: where a visitor who follows flows at random is found most often.

In: a network. Out: a dict from node to its share of one. The L1 error is below 1e-12.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coopgraph.errors import MeasureError
from coopgraph.network.adjacency import Adjacency, Network, adjacency, times
from coopgraph.network.faults import fault
from coopgraph.network.weights import Weight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ERROR = 1e-12
STEPS = 2_000


def pagerank(G: Network, *, alpha: float = 0.85, weight: Weight = "weight") -> dict[Any, float]:
    """Return the share of time a random visitor spends at each node.

    With probability `alpha` the visitor follows an edge, chosen in proportion to its weight (strength), else
    jumps to any node; where no edge leads out it jumps [1]_. Directed: importance comes from those who give
    to a node, and the more they matter. The shares add up to 1. Defined on any graph: a disconnected graph
    is held together by the jumps, and an isolate gets what jumps alone bring.

    The sum of all errors is below 1e-12: steps stop when their last change, times alpha / (1 - alpha), is.

    Parameters
    ----------
    G
        A networkx graph, Flows or an Adjacency.
    alpha
        From 0 to below 1.
    weight
        As for `adjacency`.

    Raises
    ------
    MeasureError
        For an alpha outside [0, 1), and if the error is not reached (an alpha very near 1).

    References
    ----------
    .. [1] Brin & Page (1998), doi:10.1016/S0169-7552(98)00110-X

    Examples
    --------
    >>> import networkx as nx
    >>> scores = pagerank(nx.DiGraph([("Lima", "Madrid"), ("Quito", "Madrid")]))
    >>> {city: round(score, 4) for city, score in scores.items()}
    {'Lima': 0.2128, 'Madrid': 0.5745, 'Quito': 0.2128}
    """
    made = adjacency(G, weight=weight)
    return made.scores(pagerank_scores(made, alpha=alpha))


def pagerank_scores(made: Adjacency, *, alpha: float = 0.85) -> NDArray[np.float64]:
    """Kernel: power iteration on the transposed matrix; numpy sums, since BLAS would start threads."""
    import numpy as np

    if not 0 <= alpha < 1:
        raise MeasureError(f"alpha={alpha} is no probability to go on. Use 0 or more, and less than 1.")
    count = len(made)
    if not count:
        return np.zeros(0)
    into = made.reversed().matrix
    given = times(made.matrix, np.ones(count))
    follow = np.divide(alpha, given, out=np.zeros(count), where=given > 0)
    scores = np.full(count, 1 / count)
    for _ in range(STEPS):
        after = times(into, scores * follow)
        after += (1 - after.sum()) / count
        change = np.abs(after - scores).sum()
        scores = after
        if change * alpha < ERROR * (1 - alpha):
            shares: NDArray[np.float64] = scores / scores.sum()
            return shares
    wrong = fault(f"After {STEPS} steps the error is still above {ERROR}.", "Use an alpha further below 1.")
    raise MeasureError("PageRank did not converge.", faults=[wrong])
