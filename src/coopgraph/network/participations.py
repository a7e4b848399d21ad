"""Participations as column expressions: select them, then merge them to one row per (event, city).

In: an Ibis table as docs/decisions/0004 has it. Out: Ibis tables; nothing is worked out here, no engine is
known. A flag is a number throughout: 2 yes, 1 unknown, 0 no, so that the largest wins a merge.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

import ibis

from coopgraph.namespaces import SDG
from coopgraph.network.selection import Selection

if TYPE_CHECKING:
    import ibis.expr.types as ir

ROW = ("event", "city", "contributes", "benefits", "derived", "part_of", "amount", "currency")


def columns_needed(selection: Selection) -> tuple[str, ...]:
    """Return the columns the participations table must have for this selection."""
    return (
        *ROW[:4],
        *(("amount", "currency") if selection.weight == "amount" else ()),
        *(("start", "end") if selection.period or selection.half_life else ()),
        *(("certainty",) if selection.certainty == "stated" else ()),
        *(("sdgs",) if selection.sdg else ()),
        *(("strategic_line",) if selection.strategic_line else ()),
        *(("programme",) if selection.programme else ()),
        *(("organiser",) if selection.organiser else ()),
    )


def of_actions(table: ir.Table, selection: Selection) -> ir.Table:
    """Return the participations the attribute filters select, dates kept for the period."""
    wanted = [
        *([_any_goal(table.sdgs, selection.sdg)] if selection.sdg else []),
        *([any_named(table.strategic_line, selection.strategic_line)] if selection.strategic_line else []),
        *([any_named(table.programme, selection.programme)] if selection.programme else []),
        *([any_named(table.organiser, selection.organiser)] if selection.organiser else []),
    ]
    chosen = table.filter(reduce(and_, wanted)) if wanted else table
    return chosen.mutate(
        contributes=flag(chosen.contributes),
        benefits=flag(chosen.benefits),
        derived=_is_derived(chosen),
        part_of=wholes(chosen),
    )


def _is_derived(table: ir.Table) -> ir.BooleanValue:
    """Return whether the flags are a reading of the source; not so where nothing is said of it."""
    if "certainty" not in table.columns:
        return ibis.literal(False)
    return any_named(table.certainty, ("derived",))


def wholes(table: ir.Table) -> ir.Value:
    """Return the list of what an event is part of, whether stated as a list, as one text or not at all."""
    if "part_of" in table.columns:
        if table.part_of.type().is_array():
            return table.part_of
        if table.part_of.type().is_string():
            return ibis.array([table.part_of])
    return ibis.null("array<string>")


def parts(rows: ir.Table) -> ir.Table:
    """Return how many events are part of another event that is among the rows too."""
    stated = rows.select("event", whole=rows.part_of.unnest()).distinct()
    others = rows.select(other="event")
    within = stated.semi_join(others, stated.whole == others.other)
    return within.agg(parts=within.event.nunique())


def flag(answer: ir.Column) -> ir.Column:
    """Return 2, 1 or 0 for yes, unknown or no, given as booleans or as those words."""
    if answer.type().is_boolean():
        return (answer.cast("int8") * 2).fill_null(1).cast("int8")
    if answer.type().is_string():
        return ibis.cases((answer == "yes", 2), (answer == "no", 0), else_=1).cast("int8")
    return ibis.literal(1, "int8")  # a column of nothing but nulls


def any_named(column: ir.Column, names: tuple[str, ...]) -> ir.BooleanColumn:
    """Return whether the column, text or list of text, holds one of the IRIs, in full or by its last part."""

    def matches(text: ir.Column) -> ir.BooleanColumn:
        return reduce(or_, [(text == name) | text.endswith(f"/{name}") for name in names])

    return _any(column, matches)


def _any_goal(column: ir.Column, goals: tuple[str, ...]) -> ir.BooleanColumn:
    """A goal is met by itself and by its targets: 11 by 11 and 11.3."""

    def matches(text: ir.Column) -> ir.BooleanColumn:
        code = text.lower().replace(SDG, "")
        return reduce(or_, [(code == goal) | code.startswith(f"{goal}.") for goal in goals])

    return _any(column, matches)


def _any(column: ir.Column, matches: Callable[[ir.Column], ir.BooleanColumn]) -> ir.BooleanColumn:
    if column.type().is_array():
        return (column.filter(matches).length() > 0).fill_null(False)
    return matches(column.cast("string")).fill_null(False)


def in_period(
    begins: ir.Column, ends: ir.Column, period: tuple[str, str], *, open_end: bool
) -> ir.BooleanColumn:
    """Return whether an event stated from `begins` to `ends` may overlap the period.

    Dates are texts as precise as stated. Padded to their first or last day they compare like dates. With an
    empty end an action goes on (`open_end`), and of an agreement only its first day is known. With an empty
    start only the last day is known.
    """
    first, last = period
    unended = ends.isnull()
    from_start = (_first_day(begins) <= last) & ibis.ifelse(
        unended, ibis.literal(True) if open_end else _last_day(begins) >= first, _last_day(ends) >= first
    )
    from_end = (_first_day(ends) <= last) & (_last_day(ends) >= first)
    return ibis.ifelse(begins.isnull(), from_end, from_start).fill_null(False)


def undated(begins: ir.Column, ends: ir.Column, period: tuple[str, str]) -> ir.BooleanColumn:
    """Return whether no date tells: neither is stated, or only an end after the period."""
    return begins.isnull() & (ends.isnull() | (_first_day(ends) > period[1]))


def unended(begins: ir.Column, ends: ir.Column, period: tuple[str, str]) -> ir.BooleanColumn:
    """Return whether it began before the period and nothing tells whether it reached it."""
    return ends.isnull() & (_last_day(begins) < period[0])


def _first_day(stated: ir.Column) -> ir.Column:
    return (stated + "-01-01").substr(0, 10)


def _last_day(stated: ir.Column) -> ir.Column:
    """Not a day of the calendar, but the right place between two days."""
    return (stated + "-99-99").substr(0, 10)


def cities_of(rows: ir.Table, nodes: ir.Table | None) -> ir.Table:
    """Return every city once, and whether it is in V."""
    cities = rows.select("city").distinct()
    if nodes is None:
        return cities.mutate(inside=ibis.literal(True))
    return nodes.mutate(inside=ibis.literal(True)).union(cities.anti_join(nodes, "city").mutate(inside=False))


def placed(cities: ir.Table) -> ir.Table:
    """Return every city with its place in the order of IRIs."""
    return cities.mutate(place=ibis.row_number().over(order_by=cities.city).cast("int32"))


def numbered(rows: ir.Table) -> ir.Table:
    """Return every event once with its number in the order of IRIs."""
    events = rows.select("event").distinct()
    return events.mutate(number=ibis.row_number().over(order_by=events.event).cast("int32"))


def coded(rows: ir.Table, cities: ir.Table, events: ir.Table) -> ir.Table:
    """Return the rows with event and city as small integers, which join and group faster than IRIs."""
    return (
        rows.join(cities, "city")
        .join(events, "event")
        .drop("event", "city", "part_of")
        .rename(event="number", city="place")
    )


def uncoded(rows: ir.Table, cities: ir.Table, selection: Selection) -> ir.Table:
    """Return the rows with their IRIs, and whether each city is in V."""
    bare = rows.drop("part_of")
    return bare if selection.nodes is None else bare.join(cities, "city")


def merged(rows: ir.Table, selection: Selection) -> ir.Table:
    """Return one row per (event, city): flags merged, and the amount in the currency asked for.

    One derived row makes the whole derived; with `certainty="stated"` its flags are unknown. Apart from
    `coded`, because DuckDB would else aggregate on text before it joins.
    """
    return rows.group_by("event", "city").agg(
        **flags(rows, selection),
        derived=rows.derived.any(),
        rows=rows.count(),
        **({"inside": rows.inside.any()} if selection.nodes is not None else {}),
        **(_amounts(rows, selection.currency) if selection.weight == "amount" else {}),
        **({"decay": rows.decay.max()} if selection.half_life is not None else {}),
    )


def flags(rows: ir.Table, selection: Selection) -> dict[str, ir.Value]:
    """Return both flags of a group of rows: yes over unknown over no."""
    merged = {name: rows[name].max() for name in ("contributes", "benefits")}
    if selection.certainty == "any":
        return merged
    return {name: ibis.ifelse(rows.derived.any(), 1, best).cast("int8") for name, best in merged.items()}


def _amounts(rows: ir.Table, currency: str | None) -> dict[str, ir.Value]:
    stated = rows.amount.cast("float64")
    ours = rows.currency == currency
    return {
        "amount": stated.max(where=ours),
        "conflicting": (stated.min(where=ours) < stated.max(where=ours)).fill_null(False),
        "elsewhere": (rows.currency != currency).any().fill_null(False),
    }


def repeated(rows: ir.Table) -> ir.Table:
    """Return how many rows repeat an (event, city) pair; a row for a further currency repeats nothing."""
    has_currency = "currency" in rows.columns
    pairs = rows.group_by("event", "city").agg(
        rows=rows.count(), kinds=rows.currency.nunique() if has_currency else ibis.literal(1)
    )
    return pairs.agg(repeated=(pairs.rows - ibis.greatest(pairs.kinds, 1)).sum())
