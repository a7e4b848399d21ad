"""How a network grows: one row per window of a trend.

In: the projection of a trend, its events by window, its edges as `layers` has them, its scores. Out: an Arrow
table of counts, shares and components.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum
from typing import TYPE_CHECKING, Any

from coopgraph.network.layers import shapes
from coopgraph.network.measures import DIGITS

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from coopgraph.columns.engine import Engine
    from coopgraph.network.layers import Shape
    from coopgraph.network.projection import Projection
    from coopgraph.network.trend.windows import Placed, Window

COLUMNS = {
    "window": "string",
    "first": "int32",
    "last": "int32",
    "events": "int64",
    "participations": "int64",
    "cities": "int64",
    "new_cities": "int64",
    "dyads": "int64",
    "mutual_dyads": "int64",
    "mutual_share": "float64",
    "mean_peer_exchange": "float64",
    "weight": "float64",
    "components": "int64",
    "largest": "int64",
    "going_on": "int64",
    "undated": "int64",
    "undated_share": "float64",
}


def growth(
    made: Projection, put: Placed, pairs: ir.Table, edges: ir.Table, scores: pa.Table,
    windows: tuple[Window, ...],
) -> pa.Table:  # fmt: skip
    """Return one row per window; `pairs` are (event, layer), `scores` hold each city of V in each layer."""
    import pyarrow as pa

    sized = pairs.join(made.by_event, "event")
    counts = sized.group_by("layer").agg(events=sized.count(), participations=sized.participations.sum())
    counted, dates = (_per_layer(made.engine, table) for table in (counts, put.per_window))
    whole = shapes(made.engine.fetch(edges), len(made.cities), len(windows))
    rows = [
        {
            "window": str(window),
            "first": window.first,
            "last": window.last,
            **counted.get(layer, {"events": 0, "participations": 0}),
            **_of_shape(whole[layer]),
            **dates.get(layer, {"undated": 0, "going_on": 0}),
            **cities,
        }
        for layer, (window, cities) in enumerate(zip(windows, _cities(scores, len(windows)), strict=True))
    ]
    kinds = pa.schema([(name, getattr(pa, kind)()) for name, kind in COLUMNS.items()])
    return pa.Table.from_pylist([row | _undated(row) for row in rows], schema=kinds)


def _per_layer(engine: Engine, table: ir.Table) -> dict[int, dict[str, int]]:
    rows = engine.fetch(table).to_pylist()
    return {row["layer"]: {name: number or 0 for name, number in row.items()} for row in rows}


def _of_shape(whole: Shape) -> dict[str, Any]:
    names = ("dyads", "mutual_dyads", "mutual_share", "weight", "components", "largest")
    return {name: getattr(whole, name) for name in names}


def _cities(scores: pa.Table, layers: int) -> Iterator[dict[str, Any]]:
    """Yield for each window how many cities take part, how many for the first time, and their mean score."""
    size, seen = len(scores) // layers, set[str]()
    for layer in range(layers):
        part = scores.slice(layer * size, size)
        events = zip(part.column("city").to_pylist(), part.column("events").to_pylist(), strict=True)
        taking_part = {city for city, count in events if count}
        exchange = part.column("peer_exchange").to_pylist()
        yield {
            "cities": len(taking_part),
            "new_cities": len(taking_part - seen),
            "mean_peer_exchange": round(fsum(exchange) / size, DIGITS) if size else None,
        }
        seen |= taking_part


def _undated(row: dict[str, Any]) -> dict[str, Any]:
    dated_or_not = row["events"] + row["undated"]
    share = round(row["undated"] / dated_or_not, DIGITS) if dated_or_not else None
    return {"going_on": row["going_on"] or 0, "undated": row["undated"] or 0, "undated_share": share}
