"""What is known of each event: who takes part, who organises it, its programmes, its sources.

In: a release, what counts as an event. Out: `Events`, by IRI.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.secretariat.reliance.taken import Kind


@dataclass(frozen=True)
class Events:
    """Events by IRI: their cities and sources; and the events of each organiser and programme."""

    cities: dict[str, tuple[str, ...]]
    sources: dict[str, tuple[str, ...]]
    organised: dict[str, tuple[str, ...]]
    programmes: dict[str, tuple[str, ...]]

    def cited(self, events: Iterable[str]) -> tuple[str, ...]:
        """Return the sources of some events, each once."""
        return tuple(sorted({source for event in events for source in self.sources.get(event, ())}))

    def of_city(self, city: str) -> tuple[str, ...]:
        """Return the events a city takes part in."""
        return tuple(event for event, cities in self.cities.items() if city in cities)


def events_of(release: Release, kind: Kind) -> Events:
    """Read the events from the tables of a release."""
    rows: list[tuple[str, dict[str, Any], str, str]] = []
    if kind != "agreements":
        actions = release.table("participations").to_pylist()
        rows += [(row["event"], row, "city", "programme") for row in actions]
    if kind != "actions":
        agreements = release.table("agreements").to_pylist()
        rows += [(row["agreement"], row, "party", "part_of") for row in agreements]
    found: dict[str, dict[str, set[str]]] = {
        name: {} for name in ("city", "source", "organiser", "programme")
    }
    for event, row, city, programme in rows:
        if row[city] and row.get("party_is_city", True):
            found["city"].setdefault(event, set()).add(row[city])
        found["source"].setdefault(event, set()).update(row["source"] or ())
        for name, column in (("organiser", "organiser"), ("programme", programme)):
            stated = row.get(column) or ()
            for thing in (stated,) if isinstance(stated, str) else stated:
                found[name].setdefault(thing, set()).add(event)
    kept = {name: {key: tuple(sorted(of[key])) for key in sorted(of)} for name, of in found.items()}
    return Events(kept["city"], kept["source"], kept["organiser"], kept["programme"])
