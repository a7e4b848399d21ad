"""The projection itself: selected participations to the edges between cities, or to what each event adds.

In: an engine that is open, and participations as `flows.selected` gives them. Out: Flows, or Contributions.
The tables in between are worked out once and kept on the engine.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from coopgraph.errors import ProjectionError
from coopgraph.network.basis import HYPOTHETICAL, LAID_OVER, Basis, Laid
from coopgraph.network.faults import fault
from coopgraph.network.flows import Contributions, Flows, node_table
from coopgraph.network.selection import Selection

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from coopgraph.columns.engine import Engine


@dataclass(frozen=True)
class Projection:
    """Participations on their way to flows, as tables of an engine.

    Attributes
    ----------
    merged, by_event
        One row per (event, city), and one per event: as numbers where the engine's `codes` says so, else as
        IRIs.
    cities
        The cities in the order of their IRIs: city, inside (in V), place (what stands for it in `merged`).
    events
        event, and its number: what stands for it in `merged`.
    found
        What was counted on the way, for the basis.
    """

    engine: Engine
    selection: Selection
    merged: ir.Table
    by_event: ir.Table
    cities: pa.Table
    events: ir.Table
    found: dict[str, int]


def project(
    engine: Engine,
    selection: Selection,
    rows: ir.Table,
    left_out: dict[str, int],
    *,
    coded: bool | None = None,
) -> Projection:
    """Merge and count; raises ProjectionError for negative amounts.

    Events and cities become numbers where `coded` says so, by default where that is faster (`engine.codes`).
    """
    from coopgraph.network import exchange, participations

    coded = engine.codes if coded is None else coded
    cities, events, named = _coded(engine, selection, rows) if coded else _bare(engine, selection, rows)
    merged = engine.keep(participations.merged(named, selection))
    by_event = engine.keep(exchange.by_event(merged, selection))
    found = _one_row(engine, exchange.counts(by_event))
    _refuse_negative(found)
    found |= _one_row(engine, participations.parts(rows))
    if found["unknown"] and selection.weight != "newman":
        found |= _one_row(engine, exchange.could_become_mutual(merged))
    if found["rows"] > found["participations"]:
        found |= _one_row(engine, participations.repeated(rows))
    if any(name.startswith(LAID_OVER) for name in left_out):
        found |= _hypothetical(engine, events)
    every = engine.fetch(cities.order_by("city"))
    return Projection(engine, selection, merged, by_event, every, events, found | left_out)


def _coded(engine: Engine, selection: Selection, rows: ir.Table) -> tuple[ir.Table, ir.Table, ir.Table]:
    """Return the cities, the events, and the rows with the numbers of both."""
    from coopgraph.network import participations

    cities = engine.keep(participations.placed(_cities(engine, selection, rows)))
    events = engine.keep(participations.numbered(rows))
    return cities, events, engine.keep(participations.coded(rows, cities, events))


def _bare(engine: Engine, selection: Selection, rows: ir.Table) -> tuple[ir.Table, ir.Table, ir.Table]:
    """Return the same with IRIs that stand for themselves."""
    from coopgraph.network import participations

    cities = engine.keep(_cities(engine, selection, rows))
    events = rows.select("event").distinct()
    named = participations.uncoded(rows, cities, selection)
    return cities.mutate(place=cities.city), events.mutate(number=events.event), named


def _cities(engine: Engine, selection: Selection, rows: ir.Table) -> ir.Table:
    from coopgraph.network import participations

    given = None if selection.nodes is None else node_table(engine, selection.nodes)
    return participations.cities_of(rows, given)


def edges_of(made: Projection) -> Flows:
    """Add up what all events add to each ordered pair."""
    from coopgraph.network import exchange

    met = exchange.contributions(made.merged, made.by_event, made.selection)
    edges = made.engine.fetch(exchange.edges(met, made.selection))
    cities = made.cities.column("city").combine_chunks()
    for position, column in enumerate(("source", "target")):
        edges = edges.set_column(position, column, _iris(edges.column(column), cities))
    return Flows(
        edges=edges, nodes=_inside(made.cities), basis=basis_of(made.selection, made.found, made.cities)
    )


def edges_kept(made: Projection) -> ir.Table:
    """Return the same edges on the engine, which are never brought home, in no order.

    Their ends are what stands for cities in `merged`.
    """
    from coopgraph.network import exchange

    met = exchange.contributions(made.merged, made.by_event, made.selection)
    return made.engine.keep(exchange.edge_set(met, made.selection))


def contributions_of(made: Projection) -> Contributions:
    """Return the edges together with their terms, event by event."""
    import pyarrow as pa

    from coopgraph.network import exchange

    met = exchange.contributions(made.merged, made.by_event, made.selection)
    table = made.engine.fetch(exchange.event_by_event(met))
    events = made.engine.fetch(made.events.select("event").order_by("event")).column("event").combine_chunks()
    cities = made.cities.column("city").combine_chunks()
    for position, (column, names) in enumerate((("event", events), ("source", cities), ("target", cities))):
        codes = _numbers(table.column(column).combine_chunks(), names)
        table = table.set_column(position, column, pa.DictionaryArray.from_arrays(codes, names))
    return Contributions(edges_of(made), table)


def _iris(values: pa.ChunkedArray, names: pa.Array) -> pa.Array | pa.ChunkedArray:
    """Put IRIs where numbers are; cheaper here than as joins on text."""
    return values if values.type == names.type else names.take(values.combine_chunks())


def _numbers(values: pa.Array, names: pa.Array) -> pa.Array:
    """Put numbers where IRIs are."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return (pc.index_in(values, names) if values.type == names.type else values).cast(pa.int32())


def _one_row(engine: Engine, expression: ir.Table) -> dict[str, int]:
    """Bring home one row of counts; a sum over nothing is 0."""
    return {name: int(number or 0) for name, number in engine.fetch(expression).to_pylist()[0].items()}


def _refuse_negative(found: dict[str, int]) -> None:
    if negative := found.get("amounts_negative"):
        fix = "A contribution is zero or more: state a repayment as a participation of its own."
        wrong = fault(
            f"is negative in {negative} contributions.", fix, column="amount", table="participations"
        )
        raise ProjectionError("These flows cannot be made from what was given.", faults=[wrong])


def _hypothetical(engine: Engine, events: ir.Table) -> dict[str, int]:
    """Count the events that are laid over the data, by where they come from; their IRIs begin with it."""
    marked = engine.fetch(events.filter(events.event.startswith(HYPOTHETICAL)).select("event"))
    return dict(Counter(event.split("/", 1)[0] for event in marked.column("event").to_pylist()))


def _laid(found: dict[str, int]) -> tuple[Laid, ...]:
    """Return where hypothetical events come from, how many there are and how many of them are selected."""
    names = {
        name.removeprefix(mark)
        for mark in (HYPOTHETICAL, LAID_OVER)
        for name in found
        if name.startswith(mark)
    }
    return tuple(
        Laid(unquote(name), found.get(f"{LAID_OVER}{name}", selected), selected)
        for name in sorted(names)
        for selected in (found.get(f"{HYPOTHETICAL}{name}", 0),)
    )


def _inside(places: pa.Table) -> tuple[str, ...]:
    return tuple(places.filter(places.column("inside")).column("city").to_pylist())


def basis_of(selection: Selection, found: dict[str, int], places: pa.Table) -> Basis:
    nodes = len(_inside(places))
    return Basis(
        events=selection.events,
        weight=selection.weight,
        currency=selection.currency,
        unknown=selection.unknown,
        certainty=selection.certainty,
        filters=selection.filters,
        selected_events=found["selected_events"],
        participations=found["participations"],
        unknown_participations=found["unknown"],
        dyads_could_become_mutual=found.get("dyads", 0),
        derived_participations=found["derived"],
        yes_participations=found["yes"],
        yes_derived=found["yes_derived"],
        both_yes_participations=found["both_yes"],
        both_yes_derived=found["both_yes_derived"],
        parts_counted_too=found["parts"],
        merged_rows=found.get("repeated", 0),
        without_counterpart=found["without_counterpart"],
        without_flow=found["without_flow"],
        undated_left_out=found.get("undated", 0),
        end_not_stated_left_out=found.get("unended", 0),
        renewals_not_counted=found.get("renewals", 0),
        other_parties_dropped=found.get("dropped", 0),
        amounts_unknown=found.get("amounts_unknown", 0),
        amounts_in_other_currencies=found.get("amounts_in_other_currencies", 0),
        amounts_conflicting=found.get("amounts_conflicting", 0),
        hypothetical=_laid(found),
        hypothetical_cities=tuple(
            unquote(city.rsplit("/", 1)[-1]) for city in _inside(places) if city.startswith(HYPOTHETICAL)
        ),
        nodes=nodes,
        node_set=(
            "every city with at least one participation, of any role, in the selected events"
            if selection.nodes is None
            else "the nodes given"
        ),
        cities_outside=len(places) - nodes,
        half_life=selection.half_life,
        now=selection.now,
        largest_event=selection.largest_event,
        too_large_left_out=found.get("too_large", 0),
        not_going_on_left_out=found.get("not_going_on", 0),
        known_until=selection.known_until,
    )
