"""Which events fall in which window of years.

In: an engine, the source tables, a Selection without a period, windows of years. Out: participations of all
events in any window, and a table (event, window). An event is in a window as the option `period` has it: an
action without an end goes on, an agreement without one counts on its first day, and of a chain of renewals
each window counts the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import ibis

from coopgraph.errors import ProjectionError
from coopgraph.network import agreements as agreed
from coopgraph.network import participations as taken
from coopgraph.network.chosen import chains, columns_kept, number, of_country
from coopgraph.network.faults import fault
from coopgraph.network.selection import Selection
from coopgraph.network.tables import Source, bind
from coopgraph.network.wanted import check_currency, named

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from coopgraph.columns.engine import Engine

MOST = 400  # windows; more is a slip in a date, and a table nobody reads


class Window(NamedTuple):
    """A window of whole years, both ends within it."""

    first: int
    last: int

    def __str__(self) -> str:
        """The years as ISO 8601 writes an interval.

        >>> str(Window(2016, 2016)), str(Window(2016, 2018))
        ('2016', '2016/2018')
        """
        return f"{self.first:04}" if self.first == self.last else f"{self.first:04}/{self.last:04}"


@dataclass(frozen=True)
class Participations:
    """Participations with the dates of their events.

    Attributes
    ----------
    rows
        The columns of `participations.ROW`, and start, end (text or null), open_end (whether it goes on where
        no end is stated), chain (the agreement a renewal goes back to; else the event), party_is_city.
    country
        Cities and their countries, where a country is asked for.
    """

    rows: ir.Table
    country: ir.Table | None


def dated(engine: Engine, source: Source, selection: Selection) -> Participations:
    """Return all participations the filters select, whenever they were."""
    selection = named(engine, source, selection)
    wanted = {
        "actions": (_of_actions,),
        "agreements": (_of_agreements,),
        "all": (_of_actions, _of_agreements),
    }[selection.events]
    parts = [part(engine, source, selection) for part in wanted]
    rows = parts[0] if len(parts) == 1 else parts[0].union(parts[1])
    check_currency(engine, rows, selection)
    cities = bind(engine, source, "cities", ("city", "country")) if selection.country else None
    return Participations(engine.keep(rows), cities)


def _of_actions(engine: Engine, source: Source, selection: Selection) -> ir.Table:
    table = bind(engine, source, "participations", (*taken.columns_needed(selection), "start", "end"))
    rows = taken.of_actions(table, selection)
    rows = rows.mutate(open_end=True, chain=rows.event, party_is_city=True)
    return _with_dates(rows, selection)


def _of_agreements(engine: Engine, source: Source, selection: Selection) -> ir.Table:
    table = bind(engine, source, "agreements", agreed.COLUMNS)
    rows = agreed.of_agreements(table, selection)
    origins = chains(engine, table)
    traced = rows.left_join(origins, rows.event == origins.agreement)
    traced = traced.mutate(open_end=False, chain=ibis.coalesce(traced.origin, traced.event))
    return _with_dates(traced, selection)


def _with_dates(rows: ir.Table, selection: Selection) -> ir.Table:
    stated = rows.mutate(start=rows.start.cast("string").nullif(""), end=rows.end.cast("string").nullif(""))
    return stated.select(*columns_kept(rows, selection), "start", "end", "open_end", "chain", "party_is_city")


def years(engine: Engine, found: Participations) -> tuple[int, int] | None:
    """Return the first and the last year any date states; None where no event is dated.

    Raises ProjectionError for dates that are none, since they would be in no window without a word.
    """
    rows = found.rows
    stated = rows.select(day=rows.start).union(rows.select(day=rows.end))
    days = stated.filter(stated.day.notnull()).distinct()
    fine = days.day.re_search(r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")
    wrong = engine.fetch(days.filter(~fine).order_by("day")).column("day").to_pylist()
    if wrong:
        faults = [fault(f"{day!r} is no date.", "Write 2017, 2017-05 or 2017-05-31.") for day in wrong]
        raise ProjectionError("Some dates cannot be read.", faults=faults)
    year = days.day.substr(0, 4)
    (row,) = engine.fetch(days.agg(first=year.min(), last=year.max())).to_pylist()
    return None if row["first"] is None else (int(row["first"]), int(row["last"]))


def windows(first: int, last: int, length: int, step: int) -> tuple[Window, ...]:
    """Return the windows of `length` whole years that lie within the years, one every `step` years.

    >>> [str(window) for window in windows(2010, 2014, 3, 1)]
    ['2010/2012', '2011/2013', '2012/2014']
    """
    faults = [
        fault(f"{name}={value} is no number of years.", "Give 1 or more.")
        for name, value in (("window", length), ("step", step))
        if value < 1
    ]
    if last < first:
        faults.append(fault(f"{first} to {last} ends before it begins.", "Swap the two."))
    elif not faults and first + length - 1 > last:
        many = f"{last - first + 1} year{'s' * (last > first)}"
        faults.append(
            fault(f"A window of {length} years is longer than {first} to {last}, {many}.", "Take fewer.")
        )
    elif not faults and (count := (last - first + 1 - length) // step + 1) > MOST:
        faults.append(
            fault(
                f"{first} to {last} are {count} windows, more than {MOST}.",
                "Say which years by first and last, or take a larger step; a year so far off may be a slip.",
            )
        )
    if faults:
        raise ProjectionError("The windows cannot be made as asked.", faults=faults)
    return tuple(Window(year, year + length - 1) for year in range(first, last - length + 2, step))


def window_table(engine: Engine, made: Sequence[Window]) -> ir.Table:
    """Return layer (the window's number), opens and closes (the days its years can mean)."""
    import pyarrow as pa

    from coopgraph.columns.engine import text_column

    return engine.table(
        pa.table(
            {
                "layer": pa.array(range(len(made)), pa.int32()),
                "opens": text_column([f"{window.first:04}-01-01" for window in made]),
                "closes": text_column([f"{window.last:04}-99-99" for window in made]),
            }
        )
    )


@dataclass(frozen=True)
class Placed:
    """Events in their windows.

    Attributes
    ----------
    pairs
        event, layer: each event in each window it counts in, once.
    per_window
        layer, undated, going_on: events of which no date tells whether they fall in the window; and those
        counted in it that began before it and state no end.
    rows
        The participations of cities in these events.
    left_out
        What the basis says of all windows together.
    """

    pairs: ir.Table
    per_window: ir.Table
    rows: ir.Table
    left_out: dict[str, int]


def placed(engine: Engine, found: Participations, made: Sequence[Window], selection: Selection) -> Placed:
    """Put each event in the windows it overlaps."""
    rows = found.rows
    events = engine.keep(rows.select("event", "start", "end", "open_end", "chain").distinct())
    both = events.cross_join(window_table(engine, made))
    dates = (both.start, both.end, (both.opens, both.closes))
    within = both.filter(
        ibis.ifelse(
            both.open_end,
            taken.in_period(*dates, open_end=True),
            taken.in_period(*dates, open_end=False),
        )
    )
    pairs = engine.keep(_once(within) if selection.events != "actions" else _every(within))
    counted = rows.semi_join(pairs, "event")
    cities = counted.filter(counted.party_is_city)
    kept = cities.select(*columns_kept(cities, selection))
    if found.country is not None:
        kept = of_country(kept, found.country, selection.country)
        pairs = pairs.semi_join(kept, "event")
    undated = both.group_by("layer").agg(undated=both.event.nunique(where=taken.undated(*dates)))
    unended = pairs.group_by("layer").agg(going_on=pairs.count(where=pairs.before))
    return Placed(
        pairs=pairs,
        per_window=undated.left_join(unended, "layer").select("layer", "undated", "going_on"),
        rows=kept,
        left_out={
            **_left_out(engine, events, made),
            "renewals": number(engine, within.event.nunique()) - number(engine, counted.event.nunique()),
            "dropped": number(engine, counted.count(where=~counted.party_is_city)),
        },
    )


def _every(within: ir.Table) -> ir.Table:
    return within.group_by("event", "layer").agg(before=_went_on(within).any())


def _went_on(within: ir.Table) -> ir.BooleanColumn:
    return (within.end.isnull() & ((within.start + "-99-99").substr(0, 10) < within.opens)).fill_null(False)


def _once(within: ir.Table) -> ir.Table:
    """Keep the earliest agreement of each chain in each window: a renewal is not counted again in it."""
    ranked = (
        within.mutate(before=_went_on(within)).select("event", "layer", "chain", "start", "before").distinct()
    )
    turn = ibis.row_number().over(
        group_by=[ranked.layer, ranked.chain],
        order_by=[ibis.coalesce(ranked.start, ibis.literal("9999")), ranked.event],
    )
    numbered = ranked.mutate(turn=turn)
    return numbered.filter(numbered.turn == 0).select("event", "layer", "before")


def _left_out(engine: Engine, events: ir.Table, made: Sequence[Window]) -> dict[str, int]:
    """Return how many events no date places within the whole time, as the option `period` counts them."""
    whole = (f"{made[0].first:04}-01-01", f"{made[-1].last:04}-99-99")
    dates = (events.start, events.end, whole)
    unended = taken.unended(*dates) & ~events.open_end
    return {
        "undated": number(engine, events.event.nunique(where=taken.undated(*dates))),
        "unended": number(engine, events.event.nunique(where=unended)),
    }
