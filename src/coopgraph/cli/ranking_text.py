"""A ranking, and what rests on one source alone, as tables for people.

In: a Ranking, and what `leave_one_source_out` found. Out: text.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from coopgraph.cli.notes import sentences_text
from coopgraph.cli.output import FIRST, shown, table_text

if TYPE_CHECKING:
    from coopgraph.network import Ranking, WithoutSource

SOURCES = 10  # of --leave-one-out in a table
HEADS = {  # in two lines where one would make the table wider than a hundred columns
    "rank": "rank",
    "label": "city",
    "peer_exchange": "peer\nexchange",
    "peer_exchange_k1": "with\nk=1",
    "given": "given",
    "received": "received",
    "reciprocity": "recipro-\ncity",
    "partners": "partners",
}
FIXED = (
    "peer_exchange",
    "peer_exchange_k1",
    "peer_exchange_prior",
    "reciprocity",
    "balance",
    "generalised_exchange",
)


def ranking_text(ranking: Ranking, first: int = FIRST) -> str:
    """Return the first rows of a ranking as a table for people, with what it rests on below."""
    columns = list(_columns(ranking))
    rows = [[cell(row) for _, _, cell in columns] for row in ranking.table.slice(0, first).to_pylist()]
    more = ranking.ranked - len(rows)
    rest = f"... and {more} more: --top {ranking.ranked}\n" if more > 0 else ""
    heads = [(head, number) for head, number, _ in columns]
    return table_text(heads, rows) + rest + "\n" + sentences_text(ranking.sentences())


def moved_text(ranking: Ranking, rows: list[dict[str, Any]], first: int) -> str:
    """Return the cities whose score hypothetical events move, the most moved first."""
    if not rows:
        return "No city's score moves.\n\n"
    heads = (
        ("city", False),
        ("before", True),
        ("after", True),
        ("change", True),
        ("rank", True),
        ("then", True),
    )
    cells = [
        [
            shown(row["label"]),
            shown(row["score_before"]),
            shown(row[ranking.measure]),
            _change(row),
            shown(row["rank_before"]),
            shown(row["rank"]),
        ]
        for row in rows[:first]
    ]
    more = f"... and {len(rows) - first} more: --top {len(rows)}\n" if len(rows) > first else ""
    return f"Scores that move: {len(rows)} of {ranking.ranked}\n\n{table_text(heads, cells)}{more}\n"


def without_text(without: WithoutSource) -> str:
    """Return what changes without each source as a table for people."""
    heads = (
        ("without", False),
        ("rows", True),
        ("cities moved", True),
        ("most", True),
        ("whose", False),
        ("first then", False),
    )
    rows = [
        [
            textwrap.shorten(row["title"], 48, placeholder="..."),
            f"{row['participations']}",
            f"{row['moved']}",
            f"{row['change']:+.3f}",
            row["label"],
            row["first_label"] or "–",
        ]
        for row in without.sources.slice(0, SOURCES).to_pylist()
    ]
    more = without.sources.num_rows - len(rows)
    rest = f"... and {more} more: --format json\n" if more > 0 else ""
    said = sentences_text(tuple(without.sentences()))
    return "\n" + (table_text(heads, rows) + rest + "\n" if rows else "") + said


def _columns(ranking: Ranking) -> Iterator[tuple[str, bool, Callable[[dict[str, Any]], str]]]:
    """Yield head, whether it is a number, and the cell of a row; ranges beside what they are ranges of."""
    own = ranking.measure.replace("_", "\n", 1).replace("_", " ")
    own = own if ranking.prior is None else f"with\nk={ranking.prior:g}"
    heads = HEADS if ranking.measure in HEADS else {**HEADS, ranking.measure: own}
    for name, head in heads.items():
        if ranking.loss and name in ("given", "received") and name != ranking.measure:
            continue  # ranges need the room; other formats have all
        yield head, name != "label", partial(_cell, name)
        if ranking.loss and name == "rank":
            yield "range", True, partial(_range, "rank", "rank")
        if name == "rank" and "rank_before" in ranking.table.column_names:  # with hypothetical events
            yield "was", True, partial(_cell, "rank_before")
            yield "change", True, _change
        if name == "country" and "group" in ranking.table.column_names:
            yield "group", True, partial(_cell, "group")
        if ranking.loss and name == ranking.measure:
            yield "range", True, partial(_range, "score", name)
    if ranking.loss:
        yield f"top {ranking.loss.first}", True, lambda row: f"{row['top_share']:.0%}"


def _cell(name: str, row: dict[str, Any]) -> str:
    if name == "label" and row["country"]:
        return f"{row['label']}, {row['country']}"
    return f"{row[name]:.3f}" if name in FIXED and row[name] is not None else shown(row[name])


def _change(row: dict[str, Any]) -> str:
    return f"{row['score_change']:+.4f}" if row["score_change"] else shown(row["score_change"])


def _range(ends: str, name: str, row: dict[str, Any]) -> str:
    """Return both ends as the column's own cells are written, or one where they are the same."""
    low, high = (_cell(name, {name: row[f"{ends}_{end}"]}) for end in ("low", "high"))
    return low if low == high else f"{low}–{high}"
