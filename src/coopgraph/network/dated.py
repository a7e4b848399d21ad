"""Exchange edge by edge, with the times its events took: what files of networks are written from.

In: a release and the options of `flows`. Out: a `DatedExchange`: the cities with their measures, and the
edges one after the other, in the order of their IRIs; they are never all in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from coopgraph.network.basis import Basis
from coopgraph.network.flows import selected, selection_for
from coopgraph.network.selection import Options
from coopgraph.network.tables import Source, bind, opened

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from coopgraph.columns.engine import Engine
    from coopgraph.network.projection import Projection

ROWS = 20_000  # brought home at a time
_DATES = {
    "actions": (("participations", "event", ("start_from",)),),
    "agreements": (("agreements", "agreement", ("start_from", "signed_from")),),
}


class Exchanged(NamedTuple):
    """What one city gave another: weight, events, how many of them have no date, and when the others were.

    `spells` are "from/to" with a side empty that is not stated.
    """

    source: str
    target: str
    weight: float
    events: int
    undated: int
    spells: tuple[str, ...]


@dataclass(frozen=True)
class DatedExchange:
    """Exchange, while its engine is open. `measures` has a row for each city of V, in the order of IRIs."""

    measures: pa.Table
    basis: Basis
    edges: Iterator[Exchanged]


@contextmanager
def dated_exchange(source: Source, **options: Unpack[Options]) -> Iterator[DatedExchange]:
    """Open the exchange of a release; takes and raises what `flows` does.

    >>> import pyarrow as pa
    >>> from datetime import date
    >>> table = pa.table({"event": ["visit"] * 2, "city": ["Lima", "Quito"], "contributes": [True, False],
    ...                   "benefits": [False, True], "start_from": [date(2016, 1, 1)] * 2,
    ...                   "end_to": pa.nulls(2, pa.date32())})
    >>> with dated_exchange(table) as made:
    ...     print(*made.edges, sep="\\n")
    Exchanged(source='Lima', target='Quito', weight=1.0, events=1, undated=0, spells=('2016-01-01/',))
    """
    selection = selection_for(source, **options)
    from coopgraph.network import exchange
    from coopgraph.network.projection import basis_of, project

    with opened(source, selection) as engine:
        made = project(engine, selection, *selected(engine, source, selection))
        met = engine.keep(exchange.contributions(made.merged, made.by_event, selection))
        edges = engine.keep(exchange.edge_set(met, selection))
        timed = _timed(edges, met, _dates(made, source))
        yield DatedExchange(
            _measures(made, edges), basis_of(selection, made.found, made.cities), _rows(made, timed)
        )


def _dates(made: Projection, source: Source) -> ir.Table:
    """Return event (as `merged` has it) and its spell: "from/to", empty where neither is known."""
    import ibis

    both = [_DATES[kind] for kind in _DATES if made.selection.events in (kind, "all")]
    parts = [_dates_in(made.engine, source, *place) for places in both for place in places]
    dates = parts[0] if len(parts) == 1 else parts[0].union(parts[1])
    numbered = dates.join(made.events.rename(iri="event"), dates.event == made.events.event)
    first = numbered.start.fill_null("")
    spell = ibis.ifelse(
        numbered.start.isnull() & numbered.end.isnull(), None, first + "/" + numbered.end.fill_null("")
    )
    return numbered.select(event="number", spell=spell)


def _dates_in(engine: Engine, source: Source, name: str, event: str, starts: tuple[str, ...]) -> ir.Table:
    import ibis

    table = bind(engine, source, name, (event, *starts, "end_to"))
    start = ibis.coalesce(*(table[column].cast("string") for column in starts))
    dated = table.select(event=table[event], start=start, end=table.end_to.cast("string"))
    return dated.group_by("event").agg(start=dated.start.min(), end=dated.end.max())


def _timed(edges: ir.Table, met: ir.Table, dates: ir.Table) -> ir.Table:
    """Return the edges with how many of their events have no date, and the spells of the others."""
    when = met.select("event", "source", "target").join(dates.rename(of="event"), met.event == dates.event)
    spells = when.group_by("source", "target").agg(
        undated=when.spell.isnull().sum(),
        spells=when.spell.collect(where=when.spell.notnull(), distinct=True),
    )
    named = spells.rename(giver="source", getter="target")
    joined = edges.join(named, [edges.source == named.giver, edges.target == named.getter])
    return joined.select("source", "target", "weight", "events", "undated", "spells").order_by(
        "source", "target"
    )


def _measures(made: Projection, edges: ir.Table) -> pa.Table:
    from coopgraph.network.measures import node_measures, rounded

    inside = made.cities.filter(made.cities.column("inside"))
    nodes = made.engine.table(inside.select(["city", "place"]).rename_columns(["iri", "city"]))
    scores = rounded(node_measures(edges, nodes.select("city"), len(inside)))
    return made.engine.fetch(scores.join(nodes, "city").drop("city").rename(city="iri").order_by("city"))


def _rows(made: Projection, edges: ir.Table) -> Iterator[Exchanged]:
    cities: list[str] = made.cities.column("city").to_pylist()
    for batch in made.engine.stream(edges, ROWS):
        ends = [_iris(batch.column(name), cities) for name in ("source", "target")]
        others = (batch.column(name).to_pylist() for name in ("weight", "events", "undated", "spells"))
        for source, target, weight, events, undated, spells in zip(*ends, *others, strict=True):
            yield Exchanged(source, target, weight, events, undated, tuple(sorted(spells or ())))


def _iris(ends: pa.Array, cities: list[str]) -> list[Any]:
    import pyarrow as pa

    values = ends.to_pylist()
    return [cities[place] for place in values] if pa.types.is_integer(ends.type) else values
