"""What there is in a release, what each thing states, who says so and in which year it began.

In: an open release. Out: `Inventory`. A thing states what any of its sources states; a thing that one source
calls derived is derived (decision 4).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coopgraph.secretariat.stored import rows_of

if TYPE_CHECKING:
    from coopgraph.release import Release

# Of each class what it may state; what is not listed does not apply to it. `date`: any date at all.
PROPERTIES: Final[dict[str, tuple[str, ...]]] = {
    "programme": ("date", "end", "line", "sdg", "amount", "lead"),
    "agreement": ("date", "end", "line", "sdg", "amount", "whole"),
    "action": ("date", "end", "line", "sdg", "amount", "whole", "participants"),
    "participation": ("contributes", "benefits", "roles", "amount"),
    "membership": ("date", "end", "role"),
    "city": ("country", "coordinates", "population"),
    "money": ("period", "kind", "payer", "payee"),
    "figure": ("period", "countable"),
    "result": ("kind", "aim", "reached"),
    "source": ("date", "address"),
}


@dataclass(frozen=True)
class Served:
    """A programme, agreement or action that states a line (`property` line) or a goal or target (sdg)."""

    kind: str
    thing: str
    property: str
    served: str
    goal: str


@dataclass(frozen=True)
class Inventory:
    """Things by class; of each thing what it states, its sources, and its dates as stated."""

    things: dict[str, tuple[str, ...]]
    states: dict[str, frozenset[str]]
    sources: dict[str, tuple[str, ...]]
    dates: dict[str, dict[str, str]]
    served: tuple[Served, ...]

    def year(self, thing: str) -> str | None:
        """Return the year a thing began in, or ended in where only that is stated."""
        dates = self.dates.get(thing, {})
        stated = dates.get("date") or dates.get("end")
        return stated[:4] if stated else None

    def years(self, thing: str) -> tuple[str, ...]:
        """Return every year from the one a thing began in to the one it ended in."""
        first = self.year(thing)
        if first is None:
            return ()
        last = self.dates[thing].get("end", first)[:4]
        return tuple(f"{year:04}" for year in range(int(first), max(int(first), int(last)) + 1))


def inventory(release: Release) -> Inventory:
    """Take stock of a release."""
    things: dict[str, dict[str, None]] = {kind: {} for kind in PROPERTIES}
    sources: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(release, __file__, "things"):
        things[row["class"]][row["thing"]] = None
        sources[row["thing"]].add(row["source"] or row["graph"])
    states: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(release, __file__, "stated"):
        states[row["thing"]].add(row["property"])
    dates: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows_of(release, __file__, "dates"):  # in order: the first beginning and the last end stand
        known = dates[row["thing"]]
        if row["property"] == "end" or row["property"] not in known:
            known[row["property"]] = str(row["date"])
        states[row["thing"]] |= {"date", row["property"]}
    served = tuple(
        Served(row["class"], row["thing"], row["property"], row["served"], row["goal"])
        for row in rows_of(release, __file__, "served")
    )
    for one in served:
        states[one.thing].add(one.property)
    return Inventory(
        {kind: tuple(found) for kind, found in things.items()},
        {thing: _settled(found) for thing, found in states.items()},
        {thing: tuple(sorted(found)) for thing, found in sources.items()},
        dates,
        served,
    )


def _settled(stated: Iterable[str]) -> frozenset[str]:
    found = set(stated)
    if {"contributes", "benefits"} <= found:
        found.add("roles")
    if "date" in found:
        found.add("period")
    return frozenset(found - {"stated"} if "derived" in found else found)
