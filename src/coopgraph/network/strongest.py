"""The cities a large network is known by.

In: flows. Out: the nodes with the largest strength (given and received together), so that what cannot show or
place every city shows the same ones each time.
"""

from __future__ import annotations

from coopgraph.network.flows import Flows


def strongest(made: Flows, most: int) -> list[str]:
    """Return at most `most` nodes, strongest first, equal ones in the order of their IRIs.

    >>> import pyarrow as pa
    >>> from coopgraph.network.flows import flows
    >>> table = pa.table({"event": ["visit"] * 3, "city": ["Lima", "Quito", "La Paz"],
    ...                   "contributes": [True, False, False], "benefits": [False, True, True]})
    >>> strongest(flows(table), 2)
    ['Lima', 'La Paz']
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    ends = [
        made.edges.select([end, "weight"]).rename_columns(["city", "weight"]) for end in ("source", "target")
    ]
    summed = pa.concat_tables(ends).group_by("city", use_threads=False).aggregate([("weight", "sum")])
    rounded = summed.set_column(1, "strength", pc.round(summed["weight_sum"], 9))
    ordered = rounded.sort_by([("strength", "descending"), ("city", "ascending")])
    names: list[str] = ordered["city"].slice(0, most).to_pylist()
    return names
