"""A network as a sparse matrix, the form all kernels of `centrality` work on.

In: a networkx Graph or DiGraph, Flows, or an Adjacency. Out: an Adjacency: nodes in order and a scipy CSR
array whose entry (i, j) is the weight of i -> j; no self-loops, no zeros. Weights as `weights` checks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from coopgraph.errors import MeasureError
from coopgraph.network.faults import fault
from coopgraph.network.flows import Flows
from coopgraph.network.weights import Weight, checked_edges

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

Network: TypeAlias = "nx.Graph[Any] | Flows | Adjacency"


@dataclass(frozen=True, eq=False)
class Adjacency:
    """The weights of a network as a matrix.

    Attributes
    ----------
    nodes
        The nodes in the order of rows and columns.
    matrix
        CSR array of float64: entry (i, j) is the weight of i -> j, finite and above 0; indices sorted,
        nothing on the diagonal. Symmetric where `directed` is false.
    directed
        Whether i -> j differs from j -> i.
    """

    nodes: tuple[Any, ...]
    matrix: csr_array[np.float64]
    directed: bool

    def __len__(self) -> int:
        return len(self.nodes)

    def undirected(self, combine: Literal["sum", "max"] = "sum") -> Adjacency:
        """Return the network without directions: each pair weighs the sum, or the larger, of both ways.

        An undirected network is returned as it is.

        >>> import networkx as nx
        >>> made = adjacency(nx.DiGraph([("Madrid", "Quito"), ("Quito", "Madrid"), ("Quito", "Lima")]))
        >>> made.undirected().matrix.toarray().tolist()
        [[0.0, 2.0, 0.0], [2.0, 0.0, 1.0], [0.0, 1.0, 0.0]]
        """
        if not self.directed:
            return self
        back = self.matrix.T.tocsr()
        both = self.matrix + back if combine == "sum" else self.matrix.maximum(back)
        return Adjacency(self.nodes, _sorted(both), directed=False)

    def reversed(self) -> Adjacency:
        """Return the network with every direction turned; an undirected one as it is."""
        if not self.directed:
            return self
        return Adjacency(self.nodes, _sorted(self.matrix.T.tocsr()), self.directed)

    def pattern(self) -> Adjacency:
        """Return the network with every weight 1."""
        made = self.matrix.copy()
        made.data[:] = 1.0
        return Adjacency(self.nodes, made, self.directed)

    def components(self, *, strong: bool = False) -> NDArray[np.int64]:
        """Return the component of each node: 0 is the largest, of two as large the one that comes first.

        Weakly connected (directions ignored), or strongly (each reaches each along the directions).

        >>> import networkx as nx
        >>> made = adjacency(nx.DiGraph([("Faro", "Braga"), ("Lima", "Quito"), ("Quito", "Cusco")]))
        >>> made.components().tolist(), made.components(strong=True).tolist()
        ([1, 1, 0, 0, 0], [0, 1, 2, 3, 4])
        """
        from scipy.sparse.csgraph import connected_components

        kind: Literal["strong", "weak"] = "strong" if strong else "weak"
        _, labels = connected_components(self.matrix, directed=self.directed, connection=kind)
        return by_size(labels)

    def scores(self, values: NDArray[Any]) -> dict[Any, Any]:
        """Return a kernel's array as a dict from node to number, None where it is NaN: not defined."""
        pairs = zip(self.nodes, values.tolist(), strict=True)
        return {node: None if value != value else value for node, value in pairs}


def adjacency(network: Network, *, weight: Weight = "weight") -> Adjacency:
    """Return the network as a sparse matrix; an Adjacency is returned as it is.

    Parameters
    ----------
    network
        A networkx Graph or DiGraph without parallel edges, Flows, or an Adjacency. Self-loops and edges of
        weight 0 are left out.
    weight
        For a networkx graph: name of the edge attribute (1 where missing), a function of (u, v, attributes),
        or None: all count 1. None does the same to Flows and to an Adjacency; otherwise they have their own
        weights.

    Raises
    ------
    MeasureError
        For multigraphs, for weights that are not finite numbers >= 0, and where they cannot be added up.

    Examples
    --------
    >>> import networkx as nx
    >>> G = nx.DiGraph()
    >>> G.add_weighted_edges_from([("Madrid", "Quito", 3), ("Quito", "Madrid", 1)])
    >>> made = adjacency(G)
    >>> made.nodes, made.matrix.toarray().tolist(), made.directed
    (('Madrid', 'Quito'), [[0.0, 3.0], [1.0, 0.0]], True)
    """
    if isinstance(network, Flows):
        made = _of_flows(network)
    elif isinstance(network, Adjacency):
        made = network
    else:
        return _of_networkx(network, weight)
    return made.pattern() if weight is None else made


def times(matrix: Any, vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the product of a sparse matrix and a vector: for each row the weighted sum of its entries."""
    product: NDArray[np.float64] = matrix @ vector
    return product


def by_size(labels: NDArray[Any]) -> NDArray[np.int64]:
    """Number groups anew: by falling size, then by their first member.

    >>> import numpy as np
    >>> by_size(np.array([7, 7, 3, 3, 3, 5])).tolist()
    [1, 1, 0, 0, 0, 2]
    """
    import numpy as np

    _, first, inverse, size = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    place = np.empty(len(size), dtype=np.int64)
    place[np.lexsort((first, -size))] = np.arange(len(size))
    return place[inverse]


def _of_networkx(G: nx.Graph[Any], weight: Weight) -> Adjacency:
    import numpy as np

    if G.is_multigraph():
        wrong = fault(
            "The graph has parallel edges.", "Add their weights up in a plain nx.Graph or nx.DiGraph."
        )
        raise MeasureError("A multigraph cannot be measured.", faults=[wrong])
    place = {node: here for here, node in enumerate(G)}
    sources, targets, weights = checked_edges(G, weight)
    rows, columns = (
        np.fromiter((place[node] for node in ends), dtype=np.int64, count=len(weights))
        for ends in (sources, targets)
    )
    values = np.asarray(weights, dtype=np.float64)
    if not G.is_directed():
        other = rows != columns
        rows, columns = np.append(rows, columns[other]), np.append(columns, rows[other])
        values = np.append(values, values[other])
    return Adjacency(tuple(place), _matrix(rows, columns, values, len(place)), G.is_directed())


def _of_flows(flows: Flows) -> Adjacency:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    known = pa.array(flows.nodes, pa.string())
    rows, columns = (
        pc.index_in(flows.edges.column(name).cast(pa.string()), value_set=known)
        for name in ("source", "target")
    )
    if rows.null_count or columns.null_count:
        raise MeasureError("The flows have edges to cities that are not among their nodes.")
    values = np.asarray(flows.edges.column("weight").to_numpy(), dtype=np.float64)
    if not (np.isfinite(values) & (values >= 0)).all():
        raise MeasureError("Weights must be finite numbers, zero or more; those of the flows are not.")
    made = _matrix(rows.to_numpy(), columns.to_numpy(), values, len(flows.nodes))
    return Adjacency(flows.nodes, made, directed=True)


def _matrix(
    rows: NDArray[Any], columns: NDArray[Any], values: NDArray[np.float64], count: int
) -> csr_array[np.float64]:
    import numpy as np
    from scipy.sparse import csr_array

    counted = (rows != columns) & (values > 0)
    if not counted.all():
        rows, columns, values = rows[counted], columns[counted], values[counted]
    with np.errstate(over="ignore"):
        if not np.isfinite(values.sum()):
            raise MeasureError("The weights are too large to add up. Use a larger unit.")
    return _sorted(csr_array((values, (rows, columns)), shape=(count, count)))


def _sorted(matrix: Any) -> csr_array[np.float64]:
    matrix.sort_indices()
    return matrix  # type: ignore[no-any-return]
