"""Which participations are selected, and how many events were left out for want of a date.

In: an engine, the source tables and a Selection. Out: an expression with the columns of
`participations.ROW`, and counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from coopgraph.network import agreements as agreed
from coopgraph.network import participations as taken
from coopgraph.network.decay import decayed
from coopgraph.network.selection import Selection
from coopgraph.network.tables import Source, bind

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from coopgraph.columns.engine import Engine

Chosen = tuple["ir.Table", dict[str, int]]


def rows_of_actions(engine: Engine, source: Source, selection: Selection) -> Chosen:
    """Return the participations in actions: what has a start and no end goes on, to the day known of."""
    table = bind(engine, source, "participations", taken.columns_needed(selection))
    rows = taken.of_actions(table, selection)
    rows, left_out = decayed(engine, *_within(engine, rows, selection, open_end=True), selection)
    return rows.select(*columns_kept(rows, selection)), left_out


def rows_of_agreements(engine: Engine, source: Source, selection: Selection) -> Chosen:
    """Return the parties of agreements as participations, each chain of renewals counted once."""
    table = bind(engine, source, "agreements", agreed.COLUMNS)
    within = _within(engine, agreed.of_agreements(table, selection), selection, open_end=False)
    rows, left_out = decayed(engine, *within, selection)
    once = agreed.first_of_each_chain(rows, chains(engine, table))
    left_out["renewals"] = number(engine, rows.event.nunique()) - number(engine, once.event.nunique())
    left_out["dropped"] = number(engine, once.count(where=~once.party_is_city))
    cities = agreed.as_participations(once)
    return cities.select(*columns_kept(cities, selection)), left_out


def of_country(rows: ir.Table, cities: ir.Table, countries: tuple[str, ...]) -> ir.Table:
    """Return all participations in events in which a city of these countries takes part."""
    theirs = rows.semi_join(cities.filter(cities.country.isin(countries)), "city")
    return rows.semi_join(theirs, "event")


def columns_kept(rows: ir.Table, selection: Selection) -> tuple[str, ...]:
    """The currency is kept where there is one, to tell a further currency from a repeated row."""
    bare = selection.events != "actions" and selection.weight != "amount"
    wanted = (*(taken.ROW[:6] if bare else taken.ROW), "decay")
    return tuple(name for name in wanted if name in rows.columns)


def no_larger(engine: Engine, rows: ir.Table, largest: int) -> tuple[ir.Table, int]:
    """Return the rows of events of at most so many cities, and how many events are larger."""
    sizes = rows.group_by("event").agg(cities=rows.city.nunique())
    larger = engine.keep(sizes.filter(sizes.cities > largest).select("event"))
    return rows.anti_join(larger, "event"), number(engine, larger.count())


def _within(engine: Engine, rows: ir.Table, selection: Selection, *, open_end: bool) -> Chosen:
    if not selection.period:
        return rows, {}
    dated = rows.mutate(start=rows.start.nullif(""), end=rows.end.nullif(""))
    dates = (dated.start, dated.end, selection.period)
    left_out = {"undated": number(engine, dated.event.nunique(where=taken.undated(*dates)))}
    goes_on = open_end and not _after(selection.period, selection.known_until)
    if not goes_on:
        name = "not_going_on" if open_end else "unended"
        left_out[name] = number(engine, dated.event.nunique(where=taken.unended(*dates)))
    return dated.filter(taken.in_period(*dates, open_end=goes_on)), left_out


def _after(period: tuple[str, str], day: str | None) -> bool:
    return day is not None and period[0] > day


def chains(engine: Engine, table: ir.Table) -> ir.Table:
    """Return agreement, origin for everything that renews: few rows, so chains are followed in Python."""
    import pyarrow as pa

    from coopgraph.columns.engine import text_column

    stated = table.filter(table.renews.notnull()).select("agreement", "renews").distinct()
    renewals = engine.fetch(stated.order_by("agreement", ibis.desc("renews")))
    chains = agreed.origins({row["agreement"]: row["renews"] for row in renewals.to_pylist()})
    columns = {"agreement": text_column(list(chains)), "origin": text_column(list(chains.values()))}
    return engine.table(pa.table(columns))


def number(engine: Engine, value: ir.Value) -> int:
    return int(engine.fetch(value.name("number").as_table()).column("number")[0].as_py() or 0)
