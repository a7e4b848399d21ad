"""What each source is worth: the scores had one source less been found.

In: a release (or tables whose participations say their `source`) and the options of `flows`. Out:
WithoutSource: for each city the least and the most, for each source what changes without it.

Without a source, the participations only it states are gone; of what another states too nothing is lost. V
stays as it is. An event that loses some of its participations is another event, for its shares change: such
events are made once for each source they lose rows with, and all sources are worked out together, as
replicates are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack, cast

from coopgraph.errors import ProjectionError
from coopgraph.network.asked import measure_column
from coopgraph.network.faults import fault
from coopgraph.network.flows import contributions
from coopgraph.network.ranking import rank
from coopgraph.network.selection import Options
from coopgraph.network.sensitivity.ranges import chunks
from coopgraph.network.sensitivity.without_source import DIGITS, Found, WithoutSource, of_cities, of_sources
from coopgraph.network.tables import Source, Tables, rows_of

if TYPE_CHECKING:
    import pyarrow as pa

    from coopgraph.network.sensitivity.resampled import Floats

_BETWEEN = "\n"  # of a source and an event; no IRI holds it


def leave_one_source_out(
    source: Source, *, measure: str = "peer-exchange", language: str = "en", **options: Unpack[Options]
) -> WithoutSource:
    """Rank again without each source in turn: what rests on one source alone?

    Parameters
    ----------
    source
        As for `flows`; its participations must say their `source`, a list. Sources are called by their titles
        where there is a table of sources.
    measure, language
        As for `rank`.
    **options
        The options of `flows`, actions only.

    Raises
    ------
    MeasureError, ProjectionError
        As `rank` does; and for agreements, whose renewals make chains over several sources.

    Examples
    --------
    >>> import pyarrow as pa
    >>> table = pa.table({"event": ["visit"] * 2 + ["talk"] * 2, "city": ["Lima", "Quito"] * 2,
    ...                   "contributes": [True] * 4, "benefits": [True] * 4,
    ...                   "source": [["a"], ["a", "b"], ["b"], ["b"]]})
    >>> without = leave_one_source_out(table, measure="given")
    >>> without.sources.select(["source", "participations", "change"]).to_pydict()
    {'source': ['a', 'b'], 'participations': [1, 2], 'change': [-1.0, -1.0]}
    """
    if options.get("events", "actions") != "actions":
        wrong = fault("Sources are left out of actions only.", "Leave events out, or give events='actions'.")
        raise ProjectionError("Sources cannot be left out as asked.", faults=[wrong])
    measure_column(measure, None, language)  # rank knows classical measures too
    ranking = rank(source, measure=measure, language=language, **options)
    rows = rows_of(source, "participations", ("event", "city", "source"))
    alone = _alone(rows)
    names = sorted({name for name in alone if name})
    cities = ranking.table.column("city").to_pylist()
    scores = _scores(source, rows, alone, names, cities, ranking.measure, options)
    found = Found(ranking.table, names, _titles(source, names), scores)
    return WithoutSource(
        of_cities(found), of_sources(found, alone), len(names), ranking.basis, ranking.measure
    )


def _alone(rows: pa.Table) -> list[str | None]:
    """Return for each row the source that alone states it, None where several do, or none."""
    stated = rows.column("source").to_pylist()
    lists = [[one] if isinstance(one, str) else sorted(set(one or ())) for one in stated]
    return [one[0] if len(one) == 1 else None for one in lists]


def _titles(source: Source, names: list[str]) -> list[str]:
    if not (isinstance(source, Tables) or (isinstance(source, Mapping) and "sources" in source)):
        return names
    rows = rows_of(source, "sources", ("source", "title")).to_pylist()
    known = {row["source"]: row["title"] for row in rows}
    return [known.get(name) or name for name in names]


def _scores(
    source: Source,
    rows: pa.Table,
    alone: list[str | None],
    names: list[str],
    cities: list[str],
    measure: str,
    options: Options,
) -> Floats:
    """Return the measure of each city, of the whole and without each source."""
    import numpy as np
    import pyarrow as pa

    from coopgraph.network.sensitivity.measured import measured
    from coopgraph.network.sensitivity.resampled import resampled

    less, meant = _less(rows, alone)
    tables = {"participations": pa.concat_tables([rows, less]), **_cities_of(source)}
    made = contributions(tables, **cast("Options", {**options, "nodes": cities}))
    network = resampled(made)
    kept = _kept(network.events, meant, {name: place for place, name in enumerate(names, 1)})
    found = np.empty((len(cities), kept.shape[1]))
    for first, last in chunks(network, kept.shape[1]):
        found[:, first:last] = measured(network, kept[:, first:last], measure)
    back = {city: row for row, city in enumerate(made.flows.nodes)}
    return np.round(found[[back[city] for city in cities]], DIGITS) + 0.0


def _less(rows: pa.Table, alone: list[str | None]) -> tuple[pa.Table, dict[str, tuple[str, str]]]:
    """Return what events have left without a source, under names of their own, and what these mean."""
    import pyarrow as pa

    events = rows.column("event").to_pylist()
    of_event: dict[str, list[int]] = {}
    for row, event in enumerate(events):
        of_event.setdefault(event, []).append(row)
    pairs = sorted({(name, event) for name, event in zip(alone, events, strict=True) if name})
    meant = {f"{name}{_BETWEEN}{event}": (name, event) for name, event in pairs}
    left = [
        (row, less) for less, (name, event) in meant.items() for row in of_event[event] if alone[row] != name
    ]
    part = rows.take(pa.array([row for row, _ in left], pa.int64()))
    place = rows.schema.get_field_index("event")
    return part.set_column(place, "event", pa.array([less for _, less in left], pa.string())), meant


def _cities_of(source: Source) -> dict[str, Any]:
    """Return what a filter by country needs."""
    if isinstance(source, Tables):
        return {"cities": source.table("cities")}
    return {"cities": source["cities"]} if isinstance(source, Mapping) and "cities" in source else {}


def _kept(events: tuple[str, ...], meant: dict[str, tuple[str, str]], number: dict[str, int]) -> Floats:
    """Return which events the whole (first column), and the network without each source, has."""
    import numpy as np

    kept = np.ones((len(events), 1 + len(number)))
    place = {event: row for row, event in enumerate(events)}
    for less, (name, event) in meant.items():
        if less in place:
            kept[place[less]] = 0
            kept[place[less], number[name]] = 1
        if event in place:
            kept[place[event], number[name]] = 0
    return kept
