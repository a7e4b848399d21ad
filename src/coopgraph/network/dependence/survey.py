"""Who is a single point of failure: everything of a kind taken away in turn.

In: a release (or tables), cities, networks or programmes, and the options of `flows`. Out: a
DependenceSurvey, one row per thing, as `dependence` of it alone would have it. The flows are worked out once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, Unpack

from coopgraph.errors import MeasureError
from coopgraph.network.asked import measure_column
from coopgraph.network.basis import Basis
from coopgraph.network.cities import labelled
from coopgraph.network.faults import fault
from coopgraph.network.flows import selected, selection_for
from coopgraph.network.selection import Options
from coopgraph.network.tables import Source, opened

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from coopgraph.network.dependence.losses import Pairs
    from coopgraph.network.layers import Shape
    from coopgraph.network.projection import Projection

OF = {"cities": "city", "networks": "network", "programmes": "programme"}
COLUMNS = {
    "thing": "string",
    "label": "string",
    "within": "string",
    "events": "int64",
    "lost_dyads": "int64",
    "lost_mutual": "int64",
    "left_alone": "int64",
    "components": "int64",
    "largest": "int64",
    "score_lost": "float64",
}


@dataclass(frozen=True)
class DependenceSurvey:
    """What the network would lose with each thing of a kind.

    Attributes
    ----------
    table
        One row per thing, in the order of what is lost: thing (IRI), label, within (the smallest
        other network or programme that all its events go with too: such rows overlap, and must not be added
        up; null for cities), events (a city takes part in, or that go with it), lost_dyads, lost_mutual (of
        them with flow both ways), left_alone (cities that remain and lose their last partner), components
        and largest (what remains), score_lost (peer exchange of the cities that remain, added up, over the
        same V).
    of
        cities, networks or programmes.
    before
        What the network is as a whole with all of them.
    unstated
        How many of the events state nothing of this kind, so that none goes with them; 0 for cities.
    basis
        What the flows rest on.
    """

    table: pa.Table
    of: str
    before: Shape
    unstated: int
    basis: Basis

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from coopgraph.markup import described

        return described(self.table, self.sentences(), iri="thing")

    def sentences(self) -> tuple[str, ...]:
        """Return what is compared, what the first thing takes with it, and what the numbers rest on."""
        from coopgraph.network.dependence.said import surveyed

        return (*surveyed(self), *self.basis.sentences())


def dependence_of_each(
    source: Source,
    *,
    of: Literal["cities", "networks", "programmes"] = "cities",
    language: str = "en",
    **options: Unpack[Options],
) -> DependenceSurvey:
    """Take away each city, network or programme in turn, and say what the network loses with it.

    Each row holds what `dependence` of that one thing would, without working it all out again.

    Parameters
    ----------
    source
        As for `dependence`.
    of
        Cities of V, networks and organisations that organise any selected event, or programmes.
    language
        Which label to prefer: en, es or pt.
    **options
        The options of `flows`.

    Raises
    ------
    MeasureError
        For another kind of thing, or language.
    ProjectionError
        As `flows` does.

    Examples
    --------
    >>> import pyarrow as pa
    >>> table = pa.table({
    ...     "event": ["visit", "visit", "workshop", "workshop"],
    ...     "city": ["Lima", "Quito", "Lima", "Cusco"],
    ...     "contributes": [True] * 4,
    ...     "benefits": [True] * 4,
    ... })
    >>> told = dependence_of_each(table)
    >>> told.table.select(["thing", "lost_dyads", "left_alone", "score_lost"]).to_pylist()[0]
    {'thing': 'Lima', 'lost_dyads': 2, 'left_alone': 2, 'score_lost': 1.0}
    """
    if of not in OF:
        wrong = fault(f"of={of!r} is not known.", f"Use one of {', '.join(OF)}.")
        raise MeasureError("Nothing can be taken away in turn.", faults=[wrong])
    measure_column("peer-exchange", None, language)
    selection = selection_for(source, **options)
    from coopgraph.network import exchange
    from coopgraph.network.dependence.losses import pairs_of
    from coopgraph.network.layers import shape
    from coopgraph.network.projection import basis_of, project

    with opened(source, selection) as engine:
        made = project(engine, selection, *selected(engine, source, selection), coded=True)
        met = engine.keep(exchange.contributions(made.merged, made.by_event, selection))
        edges = engine.fetch(exchange.edges(met, selection))
        basis = basis_of(selection, made.found, made.cities)
        pairs = pairs_of(edges, len(made.cities), basis.nodes)
        unknown = 0
        if of == "cities":
            rows = _cities(made, pairs, source, language)
        else:
            rows, unknown = _things(made, met, pairs, source, OF[of], language)
    before = shape(pairs.source, pairs.target, pairs.weight)
    return DependenceSurvey(table=_table(rows), of=of, before=before, unstated=unknown, basis=basis)


def _cities(made: Projection, pairs: Pairs, source: Source, language: str) -> list[dict[str, Any]]:
    from coopgraph.network.dependence.losses import of_cities

    engine = made.engine
    counted = made.merged.group_by(place="city").agg(events=made.merged.count())
    inside = made.cities.filter(made.cities.column("inside")).select(["city", "place"])
    cities = engine.table(inside).left_join(counted, "place")
    cities = cities.select("city", "place", events=cities.events.fill_null(0))
    named = labelled(engine, cities, source, language).order_by("city")
    known = engine.fetch(named.select("place", "events", "label", thing="city")).to_pylist()
    losses = of_cities(pairs, [row.pop("place") for row in known])
    return [row | asdict(loss) for row, loss in zip(known, losses, strict=True)]


def _things(
    made: Projection, met: ir.Table, pairs: Pairs, source: Source, kind: str, language: str
) -> tuple[list[dict[str, Any]], int]:
    """Return the rows of networks or programmes, and how many events state none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from coopgraph.network.dependence.losses import of_events
    from coopgraph.network.dependence.removable import belongings, label_of
    from coopgraph.network.layers import layered

    engine = made.engine
    belongs = belongings(engine, source, made.selection)
    belongs = belongs.filter(pc.equal(belongs.column("kind"), kind))
    joined = engine.table(belongs).join(made.events, "event").select("thing", "number")
    found = engine.fetch(joined.order_by("thing", "number"))
    things = sorted(set(found.column("thing").to_pylist()))
    place = {thing: here for here, thing in enumerate(things)}
    layers = pa.array([place[thing] for thing in found.column("thing").to_pylist()], pa.int32())
    gone = engine.table(pa.table({"layer": layers, "number": found.column("number")}))
    lost = met.join(gone, met.event == gone.number)
    losses = of_events(pairs, engine.fetch(layered(lost, made)), len(things))
    numbers = found.column("number").to_pylist()
    events: dict[str, set[int]] = {thing: set() for thing in things}
    for thing, event in zip(found.column("thing").to_pylist(), numbers, strict=True):
        events[thing].add(event)
    within = _within(events)
    rows = [
        {
            "thing": thing,
            "label": label_of(source, thing, language),
            "within": within[thing],
            "events": len(events[thing]),
        }
        | asdict(loss)
        for thing, loss in zip(things, losses, strict=True)
    ]
    return rows, made.found["selected_events"] - len(set(numbers))


def _within(events: Mapping[str, Set[int]]) -> dict[str, str | None]:
    """Return for each thing the smallest other that has all its events; of equal ones the first has none.

    >>> _within({"a": {1, 2}, "b": {1, 2}, "c": {1}, "d": {3}})
    {'a': None, 'b': 'a', 'c': 'b', 'd': None}
    """
    holders: dict[int, set[str]] = {}
    for thing, own in events.items():
        for event in own:
            holders.setdefault(event, set()).add(thing)
    found: dict[str, str | None] = {}
    for thing, own in events.items():
        every = set[str].intersection(*(holders[event] for event in own))
        larger = [other for other in every if len(events[other]) > len(own) or other < thing]
        least = min((len(events[other]) for other in larger), default=0)
        found[thing] = max((other for other in larger if len(events[other]) == least), default=None)
    return found


def _table(rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Return the rows, those with the largest loss first, equal ones in the order of their IRIs."""
    import pyarrow as pa

    kinds = pa.schema([(name, getattr(pa, kind)()) for name, kind in COLUMNS.items()])
    ordered = sorted(rows, key=lambda row: (-row["lost_dyads"], -row["left_alone"], row["thing"]))
    return pa.Table.from_pylist(ordered, schema=kinds)
