"""Katz centrality: walks of every length, the longer the less.

In: a network. Out: a dict from node to number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coopgraph.errors import MeasureError
from coopgraph.network.adjacency import Adjacency, Network, adjacency, times
from coopgraph.network.centrality import principal
from coopgraph.network.faults import fault
from coopgraph.network.weights import Weight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHARE = 0.85  # of the largest alpha that converges, unless one is given
WITHOUT_CYCLES = 0.1
STEPS = 10_000
_ROUNDING = 1e-15


def katz_centrality(G: Network, *, alpha: float | None = None, weight: Weight = "weight") -> dict[Any, float]:
    """Return how many walks end at each node, a walk of k steps counting alpha^k times its weights.

    The solution of x_j = alpha sum_i w_ij x_i + 1, with norm 1 [1]_. Weights mean strength. Directed: walks
    follow the flows to the node. Defined on any graph: an isolate has the least score, and unlike
    eigenvector centrality an acyclic graph has one.

    Parameters
    ----------
    G
        A networkx graph, Flows or an Adjacency.
    alpha
        Above 0 and below 1 / lambda_max, beyond which the sum has no end. By default 0.85 / lambda_max, as
        the damping of PageRank; 0.1, as in networkx, where there is no cycle and so no bound.
    weight
        As for `adjacency`.

    Raises
    ------
    MeasureError
        For an alpha that is out of bounds, with the bound, or so near it that the sum does not settle.

    References
    ----------
    .. [1] Katz (1953), doi:10.1007/BF02289026

    Examples
    --------
    >>> import networkx as nx
    >>> scores = katz_centrality(nx.DiGraph([("Lima", "Madrid"), ("Quito", "Madrid")]), alpha=0.5)
    >>> {city: round(score, 4) for city, score in scores.items()}
    {'Lima': 0.4082, 'Madrid': 0.8165, 'Quito': 0.4082}
    """
    made = adjacency(G, weight=weight)
    return made.scores(katz_scores(made, alpha=alpha))


def katz_scores(made: Adjacency, *, alpha: float | None = None) -> NDArray[np.float64]:
    """Kernel: adds up the walks, shortest first."""
    import numpy as np

    count = len(made)
    if not count:
        return np.zeros(0)
    radius = spectral_radius(made)
    factor = _checked(alpha, radius)
    into = made.reversed().matrix
    scores = np.ones(count)
    for _ in range(STEPS):
        after = factor * times(into, scores) + 1
        change = np.abs(after - scores).sum()
        scores = after
        if change <= _ROUNDING * (1 - factor * radius) * scores.sum():
            return scores / principal.norm(scores)
    wrong = fault(
        f"After {STEPS} steps the sum still grows.", f"Use an alpha further below {1 / radius:.6g}."
    )
    raise MeasureError("Katz centrality did not converge.", faults=[wrong])


def spectral_radius(made: Adjacency) -> float:
    """Return lambda_max, the largest eigenvalue: that of its strongest component; 0 without cycles.

    >>> import networkx as nx
    >>> spectral_radius(adjacency(nx.complete_graph(4)))
    3.0
    """
    import numpy as np

    largest = 0.0
    labels = made.components(strong=True)
    sizes = np.bincount(labels, minlength=1)
    order = np.argsort(labels, kind="stable")
    for members in np.split(order, np.cumsum(sizes)[:-1]):
        if len(members) < 2:
            break  # components come in order of size
        part = made.matrix[members][:, members]
        ones = np.ones(len(members))
        if (
            min(times(part, ones).max(), times(part.T, ones).max()) > largest
        ):  # else it cannot be the strongest
            largest = max(largest, _largest(part, made.directed))
    return largest


def _largest(part: Any, directed: bool) -> float:
    import numpy as np

    if directed or part.shape[0] <= principal.DENSE:
        value, _ = principal.irreducible(part, "The largest eigenvalue")
    else:
        value, _ = principal.symmetric(
            lambda v: times(part, v), np.ones(part.shape[0]), "The largest eigenvalue"
        )
    return round(value, 12)


def _checked(alpha: float | None, radius: float) -> float:
    if alpha is None:
        return SHARE / radius if radius else WITHOUT_CYCLES
    if alpha > 0 and alpha * radius < 1:
        return alpha
    bound = f"Use one above 0 and below {1 / radius:.6g}, 1 / lambda_max." if radius else "Use one above 0."
    raise MeasureError(
        "Katz centrality has no value.", faults=[fault(f"alpha={alpha} is out of bounds.", bound)]
    )
