"""What changes without each source, of cities and of sources.

In: the scores of the cities, of the whole and without each source. Out: a WithoutSource: tables, sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coopgraph.network.basis import Basis
from coopgraph.network.sensitivity.ranges import UNRANKED, ranked

if TYPE_CHECKING:
    import pyarrow as pa

    from coopgraph.network.sensitivity.resampled import Floats

DIGITS = 12


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

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from coopgraph.markup import described

        return described(self.table, self.sentences())

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


@dataclass(frozen=True)
class Found:
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
        changed: Floats = np.round(known[:, 1:] - known[:, :1], DIGITS) + 0.0
        return changed


def of_cities(found: Found) -> pa.Table:
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


def of_sources(found: Found, alone: list[str | None]) -> pa.Table:
    """Return what changes without each source, the most first."""
    import numpy as np
    import pyarrow as pa

    changes = found.changes()
    weight = np.round(np.abs(changes).sum(axis=0), DIGITS)
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


def _without(found: Found, changes: Floats, place: int, stated: int) -> dict[str, Any]:
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
