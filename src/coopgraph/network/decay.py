"""What an event still counts as it recedes: half as much after each half-life.

In: participations with the dates of their events, and a day that counts as today. Out: the same with a factor
from 0 to 1. The dates are few, so each is read once here, and every engine multiplies by the same number.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import ibis

from coopgraph.errors import ProjectionError
from coopgraph.network.faults import fault
from coopgraph.network.selection import Selection

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from coopgraph.columns.engine import Engine

_MIDDLE = {4: "-07-01", 7: "-15", 10: ""}  # a date less precise than a day counts as its middle
_DAYS_A_YEAR = 365.25


def factor(stated: str, now: str, half_life: float) -> float:
    """Return 2 ** -(age / half_life), 1 for what is still to come; raises ValueError for what is no date.

    >>> factor("2016-07-01", "2026-07-01", 10.0).__round__(4), factor("2016", "2026-07-01", 10.0).__round__(4)
    (0.5, 0.5)
    """
    day = date.fromisoformat(stated + _MIDDLE.get(len(stated), ""))
    age = (date.fromisoformat(now) - day).days / _DAYS_A_YEAR
    return float(2.0 ** -(max(age, 0.0) / half_life))


def decayed(
    engine: Engine, rows: ir.Table, left_out: dict[str, int], selection: Selection
) -> tuple[ir.Table, dict[str, int]]:
    """Put `decay` beside each row, by its end, else its start; leave out and count what has neither."""
    import pyarrow as pa

    from coopgraph.columns.engine import text_column

    if selection.half_life is None:
        return rows, left_out
    dated = rows.mutate(stated=ibis.coalesce(rows.end.nullif(""), rows.start.nullif("")))
    known = dated.group_by("stated").agg(events=dated.event.nunique()).order_by("stated")
    events = {row["stated"]: row["events"] for row in engine.fetch(known).to_pylist()}
    undated = events.pop(None, 0)
    factors = _factors(events, selection)
    table = pa.table(
        {"stated": text_column(list(factors)), "decay": pa.array(factors.values(), pa.float64())}
    )
    counted = {**left_out, "undated": left_out.get("undated", 0) + undated}
    return dated.join(engine.table(table), "stated").drop("stated"), counted


def _factors(dates: Iterable[str], selection: Selection) -> dict[str, float]:
    found, wrong = {}, []
    if selection.now is None or selection.half_life is None:
        what = fault("half_life needs the day that counts as today.", "Give now='2026-01-31', or a release.")
        raise ProjectionError("These flows cannot be made as asked.", faults=[what])
    for stated in dates:
        try:
            found[stated] = factor(stated, selection.now, selection.half_life)
        except ValueError:
            wrong.append(
                fault(f"has {stated!r}.", "Write 2017, 2017-05 or 2017-05-31.", column="start or end")
            )
    if wrong:
        raise ProjectionError("The age of these events cannot be told.", faults=wrong)
    return found
