"""What came of actions, agreements and programmes: results, and whether they are more than aims.

In: an open release. Out: `Result`s by what they came of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from coopgraph.views.timeline.states import window

if TYPE_CHECKING:
    from coopgraph.release import Release


@dataclass(frozen=True)
class Result:
    """A result: `aimed` where a target is stated of it and no value that was reached."""

    iri: str
    of: str
    aimed: bool
    starts: tuple[str, ...]
    sources: tuple[str, ...]

    def may_have_begun(self, day: date) -> bool:
        """Return whether not all it is measured in are periods that begin after a day."""
        days = [window(start) for start in self.starts]
        return not days or any(one is None or one[0] <= day for one in days)


def results_of(release: Release, day: date) -> Mapping[str, tuple[Result, ...]]:
    """Return the results a release states, but for those of periods after the day, by what they came of."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in release.table("results").to_pylist():
        rows[row["result"]].append(row)
    found: dict[str, list[Result]] = defaultdict(list)
    for iri, measured in rows.items():
        if (result := _result(iri, measured)).may_have_begun(day):
            found[result.of].append(result)
    return {of: tuple(several) for of, several in found.items()}


def _result(iri: str, rows: list[dict[str, Any]]) -> Result:
    starts = () if any(row["start"] is None for row in rows) else tuple(row["start"] for row in rows)
    return Result(
        iri,
        rows[0]["of"] or "",
        _states(rows, "target") and not _states(rows, "actual"),
        starts,
        tuple(rows[0]["source"]),
    )


def _states(rows: Iterable[Mapping[str, Any]], name: str) -> bool:
    return any(row[name] is not None or row[f"{name}_words"] for row in rows)
