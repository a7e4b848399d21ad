"""What remains of a network when a city, a network, a programme or an event is taken away.

In: a release (or tables), what is removed, and the options of `flows`. Out: a Dependence: scores before and
after over the same V, pairs and events that are lost, components. Nothing is shared out anew: what the others
exchange in the same events stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack

from coopgraph.network.asked import measure_column
from coopgraph.network.basis import Basis
from coopgraph.network.cities import labelled
from coopgraph.network.flows import node_table, selected, selection_for
from coopgraph.network.selection import Options
from coopgraph.network.tables import Source, opened

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from coopgraph.network.dependence.removable import Removal
    from coopgraph.network.layers import Shape
    from coopgraph.network.projection import Projection


@dataclass(frozen=True)
class Dependence:
    """A network before and after a removal.

    Attributes
    ----------
    table
        One row per city of V that remains, most partners lost first, then the largest loss: city, label,
        country, before, after, change, rank_before, rank_after (both among the cities that remain),
        partners_before, partners_after. Undefined scores are null, and stand last among equals.
    dyads
        The pairs of cities that exchanged something and no longer do: city, other, mutual (both gave), and
        removed (one of the two is itself removed), in the order of IRIs.
    events
        The events that no longer give any flow: event, removed (it is itself removed; else too few cities of
        it remain), in the order of IRIs.
    left_alone
        Cities that remain, had partners and have none any more, in the order of IRIs.
    before, after
        What the network is as a whole: dyads, mutual share, components and the like.
    removed
        What was taken away.
    unstated
        How many of the events state no organiser (`network`), and how many no `programme`.
    measure, basis
        The column compared, and what the flows before rest on.
    """

    table: pa.Table
    dyads: pa.Table
    events: pa.Table
    left_alone: tuple[str, ...]
    before: Shape
    after: Shape
    removed: Removal
    unstated: dict[str, int]
    measure: str
    basis: Basis

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from coopgraph.markup import described

        return described(self.table, self.sentences())

    def sentences(self) -> tuple[str, ...]:
        """Return what was removed, what is lost, how scores are compared, and what the numbers rest on."""
        from coopgraph.network.dependence.said import sentences

        return (*sentences(self), *self.basis.sentences())


def dependence(
    source: Source,
    *,
    without: Iterable[str],
    measure: str = "peer-exchange",
    members: bool = False,
    language: str = "en",
    **options: Unpack[Options],
) -> Dependence:
    """Take away a city, a network, a programme or an event, or several at once, and say what remains.

    A city goes with all its participations, and a network or organisation with the events it organises; a
    programme with its events; an event alone. Scores before and after are over the same V, the one before: a
    removed city is a place left empty. So a change is never an artefact of a smaller network, and without the
    events of one city nobody's peer exchange can rise.

    Parameters
    ----------
    source
        As for `flows`; organisers and programmes are those of its participations.
    without
        IRIs, ids (``network/ucci`` or ``ucci``) or labels in any language, with or without accents.
    measure
        What to compare, as for `rank`.
    members
        Whether a network's member cities go with it.
    language
        Which label to prefer: en, es or pt.
    **options
        The options of `flows`.

    Raises
    ------
    MeasureError
        For an unknown measure or language.
    ProjectionError
        As `flows` does, and for names that fit nothing, or several things.

    Examples
    --------
    >>> import pyarrow as pa
    >>> table = pa.table({
    ...     "event": ["visit", "visit", "workshop", "workshop"],
    ...     "city": ["Lima", "Quito", "Lima", "Cusco"],
    ...     "contributes": [True] * 4,
    ...     "benefits": [True] * 4,
    ...     "organiser": ["UCCI", "UCCI", None, None],
    ... })
    >>> told = dependence(table, without=["ucci"])
    >>> told.table.select(["city", "before", "after"]).to_pydict()
    {'city': ['Lima', 'Quito', 'Cusco'], 'before': [1.0, 0.5, 0.5], 'after': [0.5, 0.0, 0.5]}
    >>> told.left_alone, told.after.dyads
    (('Quito',), 1)
    """
    column = measure_column(measure, None, language)
    selection = selection_for(source, **options)
    from coopgraph.network import exchange
    from coopgraph.network.dependence.removable import belongings, removable, removal, unstated
    from coopgraph.network.layers import layered, shapes
    from coopgraph.network.projection import basis_of, project

    with opened(source, selection) as engine:
        made = project(engine, selection, *selected(engine, source, selection), coded=True)
        events = engine.fetch(made.events.order_by("number")).column("event").to_pylist()
        belongs = belongings(engine, source, selection)
        among = removable(source, belongs, events, made.cities.column("city").to_pylist())
        gone = removal(source, among, without, members=members, language=language)
        met = engine.keep(exchange.contributions(made.merged, made.by_event, selection))
        rest = engine.keep(_remaining(made, met, gone))
        both = met.mutate(layer=0).union(rest.mutate(layer=1))
        edges = engine.keep(layered(both, made))
        found = engine.fetch(edges)
        before, after = shapes(found, len(made.cities), 2)
        scores = engine.fetch(_compared(made, edges, gone, source, column, language))
        lost_events = _lost_events(made, met, rest, gone)
    lone = zip(*(scores.column(name).to_pylist() for name in _PARTNERS), strict=True)
    return Dependence(
        table=scores,
        dyads=_lost_dyads(found, made.cities.column("city").to_pylist(), gone),
        events=lost_events,
        left_alone=tuple(sorted(city for city, had, has in lone if had and not has)),
        before=before,
        after=after,
        removed=gone,
        unstated=unstated(belongs, events),
        measure=column,
        basis=basis_of(selection, made.found, made.cities),
    )


_PARTNERS = ("city", "partners_before", "partners_after")


def _remaining(made: Projection, met: ir.Table, gone: Removal) -> ir.Table:
    """Return what the events that remain add between the cities that remain."""
    engine = made.engine
    events = made.events.semi_join(node_table(engine, gone.events).rename(event="city"), "event")
    places = engine.table(made.cities.select(["city", "place"]))
    cities = places.semi_join(node_table(engine, gone.cities), "city")
    rest = met.anti_join(events, met.event == events.number)
    rest = rest.anti_join(cities, rest.source == cities.place)
    again = cities.view()
    return rest.anti_join(again, rest.target == again.place)


def _compared(
    made: Projection, edges: ir.Table, gone: Removal, source: Source, column: str, language: str
) -> ir.Table:
    """Return the scores of the cities that remain, before and after, most partners lost first."""
    import ibis

    from coopgraph.network.layers import measured
    from coopgraph.network.measures import DIGITS

    scores = made.engine.keep(measured(made, edges, 2).select("layer", "place", "partners", score=column))
    cities = made.engine.table(made.cities.select(["city", "place"]))
    left = cities.anti_join(node_table(made.engine, gone.cities), "city")
    for layer, name in enumerate(("before", "after")):
        part = scores.filter(scores.layer == layer).select("place", "partners", "score")
        part = part.rename({f"partners_{name}": "partners", name: "score"})
        left = left.join(part, "place")
        rank = ibis.rank().over(order_by=ibis.desc(left[name])) + 1
        left = left.mutate({f"rank_{name}": ibis.ifelse(left[name].notnull(), rank, None).cast("int64")})
    changed = left.mutate(change=(left.after - left.before).round(DIGITS))
    named = labelled(made.engine, changed, source, language)
    lost = named.partners_before - named.partners_after
    return named.order_by([ibis.desc(lost), ibis.asc("change", nulls_first=False), "city"]).select(
        "city", "label", "country", "before", "after", "change",
        "rank_before", "rank_after", "partners_before", "partners_after",
    )  # fmt: skip


def _lost_events(made: Projection, met: ir.Table, rest: ir.Table, gone: Removal) -> pa.Table:
    import ibis

    had = met.select("event").distinct().anti_join(rest.select("event").distinct(), "event")
    lost = made.events.semi_join(had, made.events.number == had.event)
    removed = node_table(made.engine, gone.events).rename(event="city").mutate(removed=ibis.literal(True))
    told = lost.left_join(removed, "event").select("event", "removed")
    return made.engine.fetch(told.mutate(removed=told.removed.fill_null(False)).order_by("event"))


def _lost_dyads(edges: pa.Table, cities: list[str], gone: Removal) -> pa.Table:
    """Return the pairs that are in the first layer and not in the second."""
    import pyarrow as pa

    size = len(cities)
    pairs = list(zip(edges.column("source").to_pylist(), edges.column("target").to_pylist(), strict=True))
    after = {tuple(sorted((source % size, target % size))) for source, target in pairs if source >= size}
    ways: dict[tuple[int, ...], int] = {}
    for source, target in pairs:
        pair = tuple(sorted((source, target)))
        if source < size and pair not in after:
            ways[pair] = ways.get(pair, 0) + 1
    removed = set(gone.cities)
    rows: list[dict[str, Any]] = [
        {"city": cities[one], "other": cities[other], "mutual": count == 2,
         "removed": cities[one] in removed or cities[other] in removed}
        for (one, other), count in sorted(ways.items())
    ]  # fmt: skip
    kinds = [("city", pa.string()), ("other", pa.string()), ("mutual", pa.bool_()), ("removed", pa.bool_())]
    return pa.Table.from_pylist(rows, schema=pa.schema(kinds))
