"""Shortest paths counted in hops, many sources at once.

In: an Adjacency and sources. Out: the nodes each source reaches, hop by hop, and how the shortest paths
between them depend on each node. Brandes 2001, doi:10.1080/0022250X.2001.9990249, on matrices: a step from a
few nodes is a sparse product, a step from many a dense one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from coopgraph.network.adjacency import Adjacency

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Places = NDArray[np.int64]  # node * width + source
    Vector = NDArray[np.float64]

_CELLS = 4_000_000  # of the tables of one batch: nodes times sources
_WIDTH = 32  # sources of the first batch
_DENSE = 32  # a sparse step costs so many times more for each edge it follows


def batches(made: Adjacency, sources: NDArray[np.int64]) -> Iterator[Hops]:
    """Yield what the sources reach, batch by batch; where paths are long, in wider batches.

    Each edge is one path, whatever it weighs.
    """
    made = made.pattern()
    into = made.reversed()
    start, width = 0, _WIDTH
    while start < len(sources):
        width = max(1, min(width, _CELLS // len(made)))
        batch = Hops(made, into, sources[start : start + width])
        yield batch
        start, width = start + width, _WIDTH * (1 + len(batch.levels) // _WIDTH)


class Hops:
    """What a batch of sources reaches: `levels[h]` holds the places (node, source) at h hops.

    `distance` (hops, -1 where not reached) and `paths` (how many shortest ones) are tables of nodes by
    sources, flattened.
    """

    def __init__(self, made: Adjacency, into: Adjacency, sources: NDArray[np.int64]) -> None:
        import numpy as np

        self.out, self.into = made.matrix, into.matrix
        self.count, self.width = len(made), len(sources)
        cells = self.count * self.width
        self.distance = np.full(cells, -1, dtype=np.int32)
        self.paths = np.zeros(cells)
        self.levels: list[Places] = []
        reached = sources * self.width + np.arange(self.width)
        self.paths[reached] = 1
        while len(reached):
            self.distance[reached] = len(self.levels)
            self.levels.append(reached)
            reached, paths = self._step(reached, self.paths[reached], self.out, self.into, wanted=-1)
            self.paths[reached] = paths

    def dependencies(self) -> Vector:
        """Return for each node the shares of shortest paths that pass through it, summed over sources."""
        import numpy as np

        share = np.zeros(self.count * self.width)
        for hops in range(len(self.levels) - 1, 1, -1):
            places = self.levels[hops]
            passed = (1 + share[places]) / self.paths[places]
            before, shares = self._step(places, passed, self.into, self.out, wanted=hops - 1)
            share[before] = shares * self.paths[before]
        summed: Vector = share.reshape(self.count, self.width).sum(axis=1)
        return summed

    def _step(
        self, places: Places, values: Vector, along: Any, against: Any, *, wanted: int
    ) -> tuple[Places, Vector]:
        """Carry values along the edges; return the places met at the wanted distance and their sums."""
        import numpy as np
        from scipy.sparse import csr_array

        nodes, sources = np.divmod(places, self.width)
        steps = np.diff(along.indptr)[nodes].sum()
        if steps * _DENSE > along.nnz * self.width:
            table = np.zeros(self.count * self.width)
            table[places] = values
            carried = (against @ table.reshape(self.count, self.width)).ravel()
            met = np.flatnonzero((carried > 0) & (self.distance == wanted))
            return met, carried[met]
        rows = csr_array((values, (sources, nodes)), shape=(self.width, self.count)) @ along
        of = np.repeat(np.arange(self.width), np.diff(rows.indptr))
        met = rows.indices.astype(np.int64) * self.width + of
        right = self.distance[met] == wanted
        return met[right], rows.data[right]
