"""Shortest paths along edges that have lengths.

In: a network and where its lengths are; sources. Out: distances, and how the shortest paths depend on each
node. Brandes 2001, doi:10.1080/0022250X.2001.9990249; Dijkstra is scipy's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from coopgraph.errors import MeasureError
from coopgraph.network.adjacency import Adjacency, Network, adjacency
from coopgraph.network.faults import fault
from coopgraph.network.flows import Flows
from coopgraph.network.weights import Weight, checked_edges

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Vector = NDArray[np.float64]

_CELLS = 4_000_000
_SAME = 1e-12  # ways whose lengths differ by less, relatively, are as long: 1/3 + 1/3 + 1/3 is 1


def with_lengths(G: Network, distance: Weight, weight: Weight) -> Adjacency:
    """Return the network with lengths in place of weights: all 1 where distance is None.

    Of a networkx graph the lengths are an edge attribute, or a function of (u, v, attributes); of Flows and
    of an Adjacency they are 1 / weight, which is what `exchange_graph` has as its attribute 'distance'.

    Raises MeasureError where a length is not a finite number above 0.
    """
    if distance is None:
        return adjacency(G, weight=weight).pattern()
    if not isinstance(G, Flows | Adjacency):
        _check(G, distance)
        return adjacency(G, weight=distance)
    if distance != "distance":
        fix = "Use distance='distance', 1 / weight, or make a networkx graph with lengths of its own."
        raise MeasureError("There are no such lengths.", faults=[fault(f"distance={distance!r}.", fix)])
    return _inverse(adjacency(G))


def _inverse(made: Adjacency) -> Adjacency:
    import numpy as np

    with np.errstate(over="ignore"):
        turned = made.matrix.copy()
        turned.data = 1 / turned.data
        if not np.isfinite(turned.data.sum()):
            raise MeasureError("The weights are too small to turn into lengths. Use a smaller unit.")
    return Adjacency(made.nodes, turned, made.directed)


def _check(G: Any, distance: Weight) -> None:
    """Refuse lengths of zero: two nodes with nothing between them have no number of shortest paths."""
    sources, targets, lengths = checked_edges(G, distance)
    faults = [
        fault(f"The length of {u!r} -> {v!r} is 0.")
        for u, v, length in zip(sources, targets, lengths, strict=True)
        if length == 0 and u != v
    ]
    if faults:
        raise MeasureError("Lengths must be finite numbers above 0.", faults=faults)


def distances(made: Adjacency, sources: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], Vector]]:
    """Yield sources with a table of their distances to all nodes, infinite where there is no way."""
    from scipy.sparse.csgraph import dijkstra

    width = max(1, _CELLS // max(len(made), 1))
    for start in range(0, len(sources), width):
        batch = sources[start : start + width]
        yield batch, dijkstra(made.matrix, directed=True, indices=batch)


def dependencies(made: Adjacency, sources: NDArray[np.int64]) -> Vector:
    """Return for each node the shares of shortest paths that pass through it, summed over sources."""
    import numpy as np

    edges = made.matrix.tocoo()
    summed = np.zeros(len(made))
    for batch, table in distances(made, sources):
        for source, distance in zip(batch.tolist(), table, strict=True):
            before, after = distance[edges.row], distance[edges.col]
            tight = (before < after) & (before + edges.data <= after * (1 + _SAME)) & np.isfinite(after)
            summed += _dependency(edges.row[tight], edges.col[tight], distance, source)
    return summed


def _dependency(giver: Any, receiver: Any, distance: Vector, source: int) -> Vector:
    """Return the shares of one source, given the edges that lie on shortest paths.

    With the nodes in order of distance these edges only lead forward, so counting paths, and adding up
    shares on the way back, is solving a triangular system each.
    """
    import numpy as np
    from scipy.sparse import csr_array, eye_array
    from scipy.sparse.linalg import spsolve_triangular

    order = np.argsort(distance, kind="stable")
    reached = int(np.isfinite(distance).sum())
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    ones = np.ones(len(giver))
    ahead: csr_array[np.float64] = csr_array(
        (ones, (place[giver], place[receiver])), shape=(reached, reached)
    )
    system = (eye_array(reached) - ahead).tocsr()
    start = np.zeros(reached)
    start[0] = 1
    paths = spsolve_triangular(system.T.tocsr(), start, lower=True, unit_diagonal=True)
    passed = spsolve_triangular(system, 1 / paths, lower=False, unit_diagonal=True)
    share = np.zeros(len(order))
    share[order[:reached]] = passed * paths - 1
    share[source] = 0
    return share
