"""The sources of an answer: those of the graphs that speak of the things in it, or those the tables name.

In: a release and IRIs. Out: `Cited`, in the order of their IRIs, and sentences on what has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

from coopgraph.assistants.answers import Cited
from coopgraph.assistants.quoted import quoted
from coopgraph.release import Release

MOST_THINGS: Final = 40  # things whose sources are looked up
MOST_SOURCES: Final = 40


class Sources:
    """The sources of a release."""

    def __init__(self, release: Release) -> None:
        self._release = release

    @cached_property
    def _known(self) -> dict[str, dict[str, Any]]:
        return {row["source"]: row for row in self._release.table("sources").to_pylist()}

    def cited(self, iris: Iterable[str]) -> list[Cited]:
        """Return the sources of these IRIs, without those that are no source, each once, in order."""
        chosen = sorted({iri for iri in iris if iri in self._known})[:MOST_SOURCES]
        return [self._cited(self._known[iri]) for iri in chosen]

    def of_things(self, iris: Iterable[str]) -> tuple[list[Cited], list[str]]:
        """Return the sources that speak of things, and what must be said: no source, too many things."""
        things = list(dict.fromkeys(iris))
        found: set[str] = set()
        silent = 0
        for iri in things[:MOST_THINGS]:
            own = {iri} if iri in self._known else set()
            stated = {one.source for one in self._release.evidence(iri).statements if one.source}
            found |= stated | own
            silent += not (stated | own)
        said = [f"For {silent} of the things here no source is stated."] if silent else []
        if len(things) > MOST_THINGS:
            said.append(f"Sources are those of the first {MOST_THINGS} of {len(things)} things.")
        if len(found) > MOST_SOURCES:
            said.append(f"{len(found) - MOST_SOURCES} sources more are not listed.")
        return self.cited(found), said

    def _cited(self, row: dict[str, Any]) -> Cited:
        def text(name: str) -> str | None:
            return None if row[name] is None else quoted(row[name])

        return Cited(
            row["source"], text("title"), text("publisher"), text("url"), text("date"), text("retrieved")
        )
