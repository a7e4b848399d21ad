"""What IATI activities are made of, collected from the records of a release.

In: an open release. Out: `Gathered`, with what IATI has no place for counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from coopgraph.exports.records import Records, Survey
from coopgraph.exports.statements import lines_of

if TYPE_CHECKING:
    from coopgraph.release import Release

_NO_PLACE: Final = {
    "agreements": "agreements", "programmes": "programmes", "memberships": "memberships",
    "figures": "reported figures", "interests": "declared interests",
}  # fmt: skip
_NOT_WRITTEN: Final = {"results": "results", "measurements": "measurements of results"}

Cells = Mapping[str, list[str]]


@dataclass
class Gathered:
    """What the activities are made of, by the address of an action or a city."""

    known: Survey
    base: str
    actions: dict[str, Cells] = field(default_factory=dict)
    cities: dict[str, Cells] = field(default_factory=dict)
    parts: dict[str, list[Cells]] = field(default_factory=lambda: defaultdict(list))
    money: dict[str, list[Cells]] = field(default_factory=lambda: defaultdict(list))
    left_out: Counter[str] = field(default_factory=Counter)


def gather(release: Release) -> Gathered:
    """Collect what belongs to actions, and count what IATI has no place for."""
    records = Records(release, lambda: lines_of(release))
    found = Gathered(records.known, release.base)
    for table, record in records:
        cells = record.cells
        if table.name == "actions":
            found.actions[record.iri] = cells
        elif table.name == "cities":
            found.cities[record.iri] = cells
        elif table.name == "participations":
            for action in cells.get("action", ()):
                found.parts[action].append(cells)
        elif table.name == "money" and "action" in cells:
            for action in cells["action"]:
                found.money[action].append(cells)
        elif table.name == "money":
            found.left_out["amounts that are about no action"] += 1
        elif table.name in _NO_PLACE:
            found.left_out[f"{_NO_PLACE[table.name]}, for which IATI has no place"] += 1
        elif table.name in _NOT_WRITTEN:
            found.left_out[f"{_NOT_WRITTEN[table.name]}, which are not written"] += 1
    return found
