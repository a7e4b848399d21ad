"""The closed-form measures of flows that are made already.

In: Flows. Out: one row for each node, in the order of the nodes, by the expressions of `measures`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coopgraph.network.flows import Flows, node_table

if TYPE_CHECKING:
    import pyarrow as pa


def measures_of(made: Flows) -> pa.Table:
    """Return city and every closed-form measure, rounded to 12 digits; undefined is null.

    >>> import pyarrow as pa
    >>> from coopgraph.network.flows import flows
    >>> table = pa.table({"event": ["visit"] * 2, "city": ["Lima", "Quito"],
    ...                   "contributes": [True, False], "benefits": [False, True]})
    >>> measures_of(flows(table)).select(["city", "given", "partners"]).to_pylist()
    [{'city': 'Lima', 'given': 1.0, 'partners': 1}, {'city': 'Quito', 'given': 0.0, 'partners': 1}]
    """
    from coopgraph.columns.opening import open_engine
    from coopgraph.network.measures import node_measures, rounded

    with open_engine() as engine:
        nodes = node_table(engine, made.nodes)
        scores = rounded(node_measures(engine.table(made.edges), nodes, len(made.nodes)))
        return engine.fetch(scores.order_by("city"))
