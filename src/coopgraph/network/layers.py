"""Several networks over one V, measured in one go: the years of a trend, or before and after a removal.

In: an edge table of a Projection in which every layer's cities have codes of their own. Out: the closed-form
measures per layer and city, and what each layer is as a whole. The expressions are those of `measures`: a
layer is a part of one large network that no edge leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from coopgraph.network import exchange
from coopgraph.network.measures import DIGITS, MEASURES, node_measures, rounded

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from coopgraph.network.projection import Projection


@dataclass(frozen=True)
class Shape:
    """What one layer is as a whole.

    Attributes
    ----------
    edges, mutual_edges
        Ordered pairs of cities with a flow, and those of them that have one back.
    dyads, mutual_dyads
        Pairs of cities with a flow in either direction, and in both.
    weight
        The sum of all flows.
    linked
        Cities with any flow.
    components, largest
        Groups of cities that are linked, directly or through others; and how many cities the largest has.
        A city without any flow is in none.
    """

    edges: int
    mutual_edges: int
    dyads: int
    mutual_dyads: int
    weight: float
    linked: int
    components: int
    largest: int

    @property
    def mutual_share(self) -> float | None:
        """The share of flows that have one back; None without flows."""
        return round(self.mutual_edges / self.edges, DIGITS) if self.edges else None


def layered(met: ir.Table, made: Projection) -> ir.Table:
    """Return the edges of (event, source, target, share, layer), each end as layer * size + place."""
    size = len(made.cities)
    coded = met.mutate(
        source=met.layer.cast("int64") * size + met.source, target=met.layer.cast("int64") * size + met.target
    )
    return exchange.edges(coded, made.selection)


def measured(made: Projection, edges: ir.Table, layers: int) -> ir.Table:
    """Return layer, place and all measures, rounded, for every layer and every city of V."""
    import pyarrow as pa

    size = len(made.cities)
    inside = made.cities.filter(made.cities.column("inside"))
    cities = made.engine.table(inside.select(["place"]))
    numbers = made.engine.table(pa.table({"layer": pa.array(range(layers), pa.int32())}))
    nodes = numbers.cross_join(cities)
    nodes = nodes.mutate(city=nodes.layer.cast("int64") * size + nodes.place)
    scores = node_measures(edges, nodes.select("city"), len(inside))
    return rounded(scores).join(nodes, "city").select("layer", "place", *MEASURES)


def shapes(edges: pa.Table, size: int, layers: int) -> list[Shape]:
    """Return what each layer is as a whole, from the edges `layered` gives."""
    import numpy as np

    source, target, weight = (edges.column(name).to_numpy() for name in ("source", "target", "weight"))
    bounds = np.searchsorted(source, np.arange(layers + 1) * size)  # edges stand in the order of their codes
    within = [slice(*pair) for pair in pairwise(bounds)]
    return [
        shape(source[part] - layer * size, target[part] - layer * size, weight[part])
        for layer, part in enumerate(within)
    ]


def shape(source: NDArray[np.int64], target: NDArray[np.int64], weight: NDArray[np.float64]) -> Shape:
    """Return what a network is as a whole, from its edges between numbered cities.

    >>> import numpy as np
    >>> told = shape(np.array([0, 1, 3]), np.array([1, 0, 4]), np.array([1.0, 2.0, 1.0]))
    >>> told.dyads, told.mutual_dyads, told.components, told.largest
    (2, 1, 2, 2)
    """
    from math import fsum

    import numpy as np

    size = int(max(source.max(initial=0), target.max(initial=0))) + 1
    both = int(np.isin(source * size + target, target * size + source).sum())
    sizes = group_sizes(source, target, size)
    return Shape(
        edges=len(source),
        mutual_edges=both,
        dyads=len(source) - both // 2,
        mutual_dyads=both // 2,
        weight=round(fsum(weight.tolist()), DIGITS),
        linked=int(sizes.sum()),
        components=len(sizes),
        largest=int(sizes.max(initial=0)),
    )


def group_sizes(one: NDArray[np.int64], other: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Return how many cities each group of linked cities has; `size` is more than any number.

    >>> import numpy as np
    >>> group_sizes(np.array([0, 3, 3]), np.array([1, 4, 6]), 8).tolist()
    [2, 3]
    """
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    matrix = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=(size, size))
    _, groups = connected_components(matrix.tocsr(), directed=False)
    sizes = np.bincount(groups)
    return sizes[sizes > 1]
