"""The cities of a trend, window by window: their measures, ranks and names.

In: a Projection of all windows together, and which event is in which window. Out: Ibis tables, and the table
of a Trend.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from coopgraph.columns.engine import text_column
from coopgraph.network import exchange
from coopgraph.network.cities import labelled
from coopgraph.network.layers import layered, measured
from coopgraph.network.measures import MEASURES
from coopgraph.network.tables import Source

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from coopgraph.columns.engine import Engine
    from coopgraph.network.projection import Projection
    from coopgraph.network.trend.windows import Placed, Window


def in_windows(made: Projection, put: Placed) -> tuple[ir.Table, ir.Table]:
    """Return (event, layer) by the events' numbers, and the edges of all windows as `layered` has them."""
    numbered = made.events.rename(iri="event", event="number")
    pairs = put.pairs.select("layer", iri="event").join(numbered, "iri").select("event", "layer")
    pairs = made.engine.keep(pairs)
    met = exchange.contributions(made.merged, made.by_event, made.selection)
    return pairs, made.engine.keep(layered(met.join(pairs, "event"), made))


def scored(made: Projection, pairs: ir.Table, edges: ir.Table, count: int) -> ir.Table:
    """Return layer, place, all measures, and in how many of the window's events a city takes part."""
    scores = measured(made, edges, count)
    parts = made.merged.select("event", "city").join(pairs, "event")
    counted = parts.group_by(of="layer", who="city").agg(events=parts.count())
    known = scores.left_join(counted, [scores.layer == counted.of, scores.place == counted.who])
    return known.mutate(events=known.events.fill_null(0)).drop("of", "who")


def ranked(
    made: Projection,
    scores: ir.Table,
    source: Source,
    column: str,
    language: str,
    windows: tuple[Window, ...],
) -> pa.Table:
    """Rank the cities within each window, and name them and the window."""
    score = scores[column]
    rank = ibis.rank().over(group_by=scores.layer, order_by=ibis.desc(score)) + 1
    placed = scores.mutate(rank=ibis.ifelse(score.notnull(), rank, None).cast("int64"))
    cities = made.engine.table(made.cities.select(["city", "place"]))
    names = labelled(made.engine, cities, source, language).select("place", "city", "label", "country")
    whole = placed.join(names, "place").join(_years_of(made.engine, windows), "layer")
    wanted = ("window", "first", "last", "rank", "city", "label", "country", "events", *MEASURES)
    return made.engine.fetch(whole.order_by(["layer", ibis.asc("rank"), "city"]).select(*wanted))


def _years_of(engine: Engine, windows: tuple[Window, ...]) -> ir.Table:
    import pyarrow as pa

    columns = {
        "layer": pa.array(range(len(windows)), pa.int32()),
        "window": text_column([str(window) for window in windows]),
        "first": pa.array([window.first for window in windows], pa.int32()),
        "last": pa.array([window.last for window in windows], pa.int32()),
    }
    return engine.table(pa.table(columns))
