"""Brokerage: who stands between two that have no tie of their own, and for whom.

In: a directed network and a group for each node. Out: for each role a dict from node to a whole number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coopgraph.network.adjacency import Adjacency, Network, adjacency, times
from coopgraph.network.centrality.grouping import UNKNOWN, Groups, group_numbers, membership
from coopgraph.network.centrality.triads import product_within
from coopgraph.network.weights import Weight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


def brokerage(
    G: Network, groups: Groups = "country", *, weight: Weight = "weight"
) -> dict[str, dict[Any, int | None]]:
    """Return for each role how often each node brokers: i -> node -> j without i -> j.

    Gould & Fernandez 1989 [1]_, by the groups of the three: a `coordinator` brokers within its own group; an
    `itinerant` (consultant) between two of one other group; a `gatekeeper` takes from outside to its own; a
    `representative` gives from its own to outside; a `liaison` stands between two groups and belongs to
    neither. Raw counts; weights say only whether there is an edge; an undirected edge goes both ways. Defined
    on any graph; nodes without a known group are left out, and have None themselves.

    Parameters
    ----------
    G
        A networkx graph, Flows or an Adjacency.
    groups
        A node attribute of a networkx graph, or a mapping from node to group.
    weight
        As for `adjacency`.

    Raises
    ------
    MeasureError
        If the groups of no node are known.

    References
    ----------
    .. [1] Gould & Fernandez (1989), doi:10.2307/270949

    Examples
    --------
    >>> import networkx as nx
    >>> G = nx.DiGraph([("Sevilla", "Madrid"), ("Madrid", "Lima")])
    >>> roles = brokerage(G, {"Sevilla": "ES", "Madrid": "ES", "Lima": "PE"})
    >>> roles["representative"], roles["liaison"]["Madrid"]
    ({'Sevilla': 0, 'Madrid': 1, 'Lima': 0}, 0)
    """
    made = adjacency(G, weight=weight)
    numbers = group_numbers(G, made.nodes, groups)
    unknown = numbers == UNKNOWN
    return {
        role: {
            node: None if hidden else int(count)
            for node, count, hidden in zip(made.nodes, counts.tolist(), unknown.tolist(), strict=True)
        }
        for role, counts in brokerage_counts(made, numbers).items()
    }


def brokerage_counts(made: Adjacency, numbers: NDArray[np.int64]) -> dict[str, Vector]:
    """Kernel: two-step paths by the groups of their ends, less those whose ends are one or tied."""
    import numpy as np

    within, across = _by_group(made, numbers)
    ones, groups = np.ones(len(made)), membership(numbers)
    from_own, to_own = times(within.T, ones), times(within, ones)
    from_others, to_others = times(across.T, ones), times(across, ones)
    of_one_group = times((across.T @ groups) * (across @ groups), np.ones(groups.shape[1]))
    return {
        "coordinator": from_own * to_own - _mutual(within) - _tied(within, within, within),
        "itinerant": of_one_group - _mutual(across) - _tied(across, within, across),
        "gatekeeper": from_others * to_own - _tied(across, across, within),
        "representative": from_own * to_others - _tied(within, across, across),
        "liaison": from_others * to_others - of_one_group - _tied(across, across, across),
    }


def _by_group(made: Adjacency, numbers: NDArray[np.int64]) -> tuple[Any, Any]:
    """Return the edges within a group, and those between two; those of unknown groups are in neither."""
    from scipy.sparse import csr_array

    edges = made.pattern().matrix.tocoo()
    giver, receiver = numbers[edges.row], numbers[edges.col]
    known = (giver != UNKNOWN) & (receiver != UNKNOWN)

    def chosen(of: Any) -> Any:
        return csr_array((edges.data[of], (edges.row[of], edges.col[of])), shape=edges.shape)

    return chosen(known & (giver == receiver)), chosen(known & (giver != receiver))


def _mutual(edges: Any) -> Vector:
    """Return with how many each node has an edge both ways: paths that come back to where they began."""
    import numpy as np

    return times(edges * edges.T.tocsr(), np.ones(edges.shape[0]))


def _tied(first: Any, across: Any, second: Any) -> Vector:
    """Return how many paths i -first-> node -second-> j have i -across-> j beside them."""
    import numpy as np

    return times(product_within(first.T.tocsr(), across, second), np.ones(second.shape[0]))
