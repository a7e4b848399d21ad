"""A ranking with hypothetical events beside the one without them.

In: two Rankings by one measure. Out: the second, with rank and score of the first and the change.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopgraph.network.ranked import Ranking


def moved(ranking: Ranking) -> list[dict[str, Any]]:
    """Return the rows whose score is another than without hypothetical events, the most moved first."""
    rows = [row for row in ranking.table.to_pylist() if row["score_change"] or row["score_before"] is None]
    rows = [row for row in rows if row[ranking.measure] is not None]
    return sorted(rows, key=lambda row: (-abs(row["score_change"] or row[ranking.measure]), row["city"]))


def beside(before: Ranking, after: Ranking) -> Ranking:
    """Return the ranking with hypothetical events, and what each city's rank and score were without them.

    The table gains rank_before, score_before and score_change after the country; null where a city had none.
    """
    import pyarrow as pa

    measure = after.measure
    old = {row["city"]: row for row in before.table.select(["city", "rank", measure]).to_pylist()}
    rows = [(old.get(row["city"], {}), row) for row in after.table.select(["city", measure]).to_pylist()]
    ranks = [was.get("rank") for was, _ in rows]
    scores = [was.get(measure) for was, _ in rows]
    moved = [
        None if was is None or row[measure] is None else round(row[measure] - was, 12) + 0.0
        for was, (_, row) in zip(scores, rows, strict=True)
    ]
    table = after.table
    columns = {"rank_before": pa.array(ranks, pa.int64()), "score_before": pa.array(scores, pa.float64()),
               "score_change": pa.array(moved, pa.float64())}  # fmt: skip
    for place, (name, column) in enumerate(columns.items(), table.column_names.index("country") + 1):
        table = table.add_column(place, name, column)
    return replace(after, table=table)
