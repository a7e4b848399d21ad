"""What each source is worth: the scores had one source less been found.

In: a release (or tables whose participations say their `source`) and the options of `flows`. Out:
WithoutSource: for each city the least and the most, for each source what changes without it.

Without a source, the participations only it states are gone; of what another states too nothing is lost. V
stays as it is. An event that loses some of its participations is another event, for its shares change: such
events are made once for each source they lose rows with, and all sources are worked out together, as
replicates are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Unpack, cast

from coopgraph.errors import ProjectionError
from coopgraph.network.asked import measure_column
from coopgraph.network.basis import Basis
from coopgraph.network.faults import fault
from coopgraph.network.flows import contributions
from coopgraph.network.ranking import rank
from coopgraph.network.selection import Options
from coopgraph.network.sensitivity.ranges import UNRANKED, chunks, ranked
from coopgraph.network.tables import Source, Tables, rows_of

if TYPE_CHECKING:
    import pyarrow as pa

    from coopgraph.network.sensitivity.resampled import Floats

_BETWEEN = "\n"  # of a source and an event; no IRI holds it
_DIGITS = 12


@dataclass(frozen=True)
class WithoutSource:
    """What changes without one source.

    Attributes
    ----------
    table
        One row per city, in the order of the ranking: rank, city, label, score, score_least, score_most,
        rank_best, rank_worst (of the whole, and with one source left out); and the source without which its
        score changes most (source, title), null where it never does.
    sources
        One row per source without which some score changes, the one that changes most in all first: source,
        title, participations (that only it states), moved (cities whose score changes), change (the largest,
        up or down), city and label (whose), first and first_label (who is ranked first without it; null
        where nobody has a score above 0).
    alone
        How many sources are the only ones to state some participation.
    basis, measure
        What the flows rest on, and the column ranked by.
    """

    table: pa.Table
    sources: pa.Table
    alone: int
    basis: Basis
    measure: str

    def beside(self, table: pa.Table) -> pa.Table:
        """Return the first rows of a ranking with what is said of each city here."""
        for name in ("score_least", "score_most", "rank_best", "rank_worst"):
            told = self.table.column(name).slice(0, len(table))
            table = table.append_column(f"{name}_without_source", told)
        return table.append_column("matters_most", self.table.column("source").slice(0, len(table)))

    def sentences(self) -> Iterator[str]:
        """Yield how many sources stand alone, and without which another city would be first."""
        rows = self.sources.to_pylist()
        first = self.table.slice(0, 1).to_pylist()
        yield (
            f"Leave one source out: {self.alone} sources are the only ones to state some participation; "
            f"without {len(rows)} of them, one at a time, some score changes."
        )
        for row in rows:
            if row["first"] != first[0]["city"]:
                then = row["first_label"] or "nobody"
                yield f"Without '{row['title']}' the first would be {then}, not {first[0]['label']}."


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
    found = _Found(ranking.table, names, _titles(source, names), scores)
    return WithoutSource(_cities(found), _sources(found, alone), len(names), ranking.basis, ranking.measure)


@dataclass(frozen=True)
class _Found:
    """Cities in the order of the ranking, sources in that of their IRIs.

    `scores` has a row per city; its first column is the whole, then comes one for each source left out.
    """

    ranked: pa.Table
    names: list[str]
    titles: list[str]
    scores: Floats

    def changes(self) -> Floats:
        """Return how each score changes without each source; undefined is as 0."""
        import numpy as np

        known = np.nan_to_num(self.scores)
        changed: Floats = np.round(known[:, 1:] - known[:, :1], _DIGITS) + 0.0
        return changed


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

    from coopgraph.network.sensitivity.resampled import measured, resampled

    less, meant = _less(rows, alone)
    tables = {"participations": pa.concat_tables([rows, less]), **_cities_of(source)}
    made = contributions(tables, **cast("Options", {**options, "nodes": cities}))
    network = resampled(made)
    kept = _kept(network.events, meant, {name: place for place, name in enumerate(names, 1)})
    found = np.empty((len(cities), kept.shape[1]))
    for first, last in chunks(network, kept.shape[1]):
        found[:, first:last] = measured(network, kept[:, first:last], measure)
    back = {city: row for row, city in enumerate(made.flows.nodes)}
    return np.round(found[[back[city] for city in cities]], _DIGITS) + 0.0


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


def _cities(found: _Found) -> pa.Table:
    """Return each city's least and most, and the source that matters most to it."""
    import numpy as np
    import pyarrow as pa

    ranks = ranked(found.scores)
    worst = np.where(ranks == UNRANKED, 0, ranks).max(axis=1)
    moved = np.abs(found.changes())
    most = [int(row.argmax()) if row.any() else None for row in moved]
    table = found.ranked.select(["rank", "city", "label"])
    columns = {
        "score": pa.array(found.scores[:, 0], from_pandas=True),
        "score_least": pa.array(np.fmin.reduce(found.scores, axis=1), from_pandas=True),
        "score_most": pa.array(np.fmax.reduce(found.scores, axis=1), from_pandas=True),
        "rank_best": pa.array(ranks.min(axis=1).astype(np.int64), mask=worst == 0),
        "rank_worst": pa.array(worst.astype(np.int64), mask=worst == 0),
        "source": pa.array([None if row is None else found.names[row] for row in most], pa.string()),
        "title": pa.array([None if row is None else found.titles[row] for row in most], pa.string()),
    }
    for name, column in columns.items():
        table = table.append_column(name, column)
    return table


def _sources(found: _Found, alone: list[str | None]) -> pa.Table:
    """Return what changes without each source, the most first."""
    import numpy as np
    import pyarrow as pa

    changes = found.changes()
    weight = np.round(np.abs(changes).sum(axis=0), _DIGITS)
    order = sorted(range(len(found.names)), key=lambda place: (-weight[place], found.names[place]))
    stated = Counter(alone)
    rows = [
        _without(found, changes[:, place], place, stated[found.names[place]])
        for place in order
        if weight[place]
    ]
    kinds = {"participations": pa.int64(), "moved": pa.int64(), "change": pa.float64()}
    names = ("source", "title", *kinds, "city", "label", "first", "first_label")
    return pa.Table.from_pylist(
        rows, schema=pa.schema([(name, kinds.get(name, pa.string())) for name in names])
    )


def _without(found: _Found, changes: Floats, place: int, stated: int) -> dict[str, Any]:
    """Return one source's row; of cities that share a place, the first in the order of IRIs stands."""
    import numpy as np

    cities, labels = (found.ranked.column(name).to_pylist() for name in ("city", "label"))
    by_iri = sorted(range(len(cities)), key=cities.__getitem__)
    scores = np.nan_to_num(found.scores[by_iri, place + 1])
    moved = np.abs(changes[by_iri])
    most = by_iri[int(moved.argmax())]
    first = by_iri[int(scores.argmax())] if scores.max() > 0 else None
    return {
        "source": found.names[place],
        "title": found.titles[place],
        "participations": stated,
        "moved": int((moved > 0).sum()),
        "change": float(changes[most]),
        "city": cities[most],
        "label": labels[most],
        "first": None if first is None else cities[first],
        "first_label": None if first is None else labels[first],
    }
