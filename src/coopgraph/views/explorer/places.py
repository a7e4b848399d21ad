"""Where each node of the explorer stands, and with whom: the table `positions` of a release.

In: the tables of a release, and its flows. Out: node, x, y and community, for every node the explorer shows.
Nodes are placed by the layers shown at first; what only another layer links stands in rows below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from coopgraph.errors import StoreError
from coopgraph.views.explorer.dyads import Dyads
from coopgraph.views.layout import place
from coopgraph.views.louvain import communities
from coopgraph.views.relations import add_agreements, add_memberships
from coopgraph.views.strongest import strongest

if TYPE_CHECKING:
    import pyarrow as pa

    from coopgraph.network.flows import Flows

Array = NDArray[np.float64]
Places = NDArray[np.int64]
_MOST: Final = 100_000  # dyads that place the nodes; of more the strongest of each node


class Tables(Protocol):
    """What is asked of a release, or of its tables before it is published."""

    def __call__(self, name: str, /) -> pa.Table:
        """Return the named table."""


def positions_of(table: Tables, flows: Callable[[], Flows]) -> pa.Table:
    """Return the table `positions` of a release, made now where it was not made at build time."""
    try:
        stored = table("positions")
    except StoreError:
        return positions_table(table, flows())
    return stored if "community" in stored.column_names else positions_table(table, flows())


def positions_table(table: Tables, flows: Flows) -> pa.Table:
    """Return node, x, y and community (null: none), in the order of the nodes' IRIs."""
    import pyarrow as pa

    agreed, member = Dyads(), Dyads()
    add_agreements(table("agreements"), {}, agreed)
    add_memberships(table("memberships"), {}, member)
    nodes = sorted({*flows.nodes, *table("cities")["city"].to_pylist(), *agreed.ends(), *member.ends()})
    number = {node: i for i, node in enumerate(nodes)}
    shown = agreed if flows.edges.num_rows or agreed.ends() else member
    dyads = _summed(len(nodes), *_exchanged(flows, nodes), *_joined(shown, number))
    kept = strongest(len(nodes), *dyads, _MOST)
    dyads = (dyads[0][kept], dyads[1][kept], dyads[2][kept])
    community = communities(len(nodes), *dyads)
    known = set(flows.nodes)
    later = [i for i, node in enumerate(nodes) if node not in known]
    points = place(community, *dyads[:2], later=later)
    return pa.table(
        {
            "node": pa.array(nodes, pa.string()),
            "x": pa.array(points[:, 0], pa.float64()),
            "y": pa.array(points[:, 1], pa.float64()),
            "community": pa.array([None if c < 0 else c for c in community.tolist()], pa.int32()),
        }
    )


def _exchanged(flows: Flows, nodes: list[str]) -> tuple[Places, Places, Array]:
    import pyarrow as pa
    import pyarrow.compute as pc

    order = pa.array(nodes, pa.string())
    ends = [
        pc.index_in(flows.edges.column(name).cast(pa.string()), value_set=order).to_numpy().astype(np.int64)
        for name in ("source", "target")
    ]
    return ends[0], ends[1], flows.edges.column("weight").to_numpy().astype(float)


def _joined(dyads: Dyads, number: dict[str, int]) -> tuple[Places, Places, Array]:
    sums = dyads.sums()
    ends = np.array([(number[a], number[b]) for a, b in sums], dtype=np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1], np.array(list(sums.values()), dtype=float)


def _summed(n: int, *columns: Array | Places) -> tuple[Places, Places, Array]:
    """Return each dyad once, whatever its direction, with the sum of its weights."""
    source, target, weight = (np.concatenate(columns[i::3]) for i in range(3))
    key, place = np.unique(np.minimum(source, target) * n + np.maximum(source, target), return_inverse=True)
    return key // n, key % n, np.bincount(place, weight).astype(float)
