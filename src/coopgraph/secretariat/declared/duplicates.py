"""Duplicates suspected: agreements, actions and cities that may be one. Nothing is merged by likeness.

In: a release. Out: `Finding`s of two things each; who states what keeps the two sides of a tie apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import cache, partial
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from coopgraph.letters import plain_letters
from coopgraph.secretariat.declared.findings import Finding, Sides, fit

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.views.names import Names

ALIKE: Final = 0.9  # the share of two titles that is the same
NEAR_KM: Final = 10
_NUMBERS: Final = re.compile(r"\d+|\b[ivxlc]+\b")


def same_agreements(release: Release, sides: Sides) -> Iterator[Finding]:
    """Yield agreements of the same parties and kind whose years may be the same, none renewing the other."""
    facts = _things(release.table("agreements").to_pylist(), "agreement", "party", ("signed", "start"))

    def of_one_year(one: dict[str, Any], other: dict[str, Any]) -> bool:
        return not one["date"] or not other["date"] or fit(one["date"][:4], other["date"][:4])

    yield from _suspected(sides, facts, ("cities", "kind"), of_one_year, "same-agreement", least=2)


def same_actions(release: Release, sides: Sides, names: Names) -> Iterator[Finding]:
    """Yield actions of the same cities with nearly the same title, none part of the other."""
    facts = _things(release.table("participations").to_pylist(), "event", "city", ("start",))
    titles = cache(partial(_titles, names))

    def alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
        dated = not one["date"] or not other["date"] or fit(one["date"][:4], other["date"][:4])
        return dated and any(near(a, b) for a in titles(one["thing"]) for b in titles(other["thing"]))

    yield from _suspected(sides, facts, ("cities",), alike, "same-action", least=1)


def same_cities(release: Release) -> Iterator[Finding]:
    """Yield cities of one name within a few km, or in one country where a position is not known."""
    from coopgraph.sources.places.sphere import km_between

    called: dict[str, list[dict[str, Any]]] = {}
    for row in release.table("cities").to_pylist():
        labels = {plain_letters(row[f"label_{lang}"] or "") for lang in ("en", "es", "pt")} - {""}
        for label in labels:
            called.setdefault(label, []).append(row)
    found: dict[tuple[str, str], str] = {}
    for rows in called.values():
        for one, other in combinations(sorted(rows, key=lambda row: row["city"]), 2):
            places = [row[name] for row in (one, other) for name in ("lat", "long")]
            if None in places:
                near_by = one["country"] is not None and one["country"] == other["country"]
                km = ""
            else:
                distance = km_between(*places)
                near_by, km = distance <= NEAR_KM, f"{distance:.1f} km"
            if near_by and one["city"] != other["city"]:
                found[one["city"], other["city"]] = km
    for both, km in sorted(found.items()):
        yield Finding("same-city", both, both, km or None, {}, (), both)


def near(one: str, other: str) -> bool:
    """Whether two titles are nearly the same, and have the same numbers in them.

    >>> near("Exchange on urban gardens", "Exchange of urban gardens"), near("Meeting 18", "Meeting 19")
    (True, False)
    """
    if sorted(_NUMBERS.findall(one)) != sorted(_NUMBERS.findall(other)):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _titles(names: Names, iri: str) -> tuple[str, ...]:
    if iri not in names:
        return ()
    name = names[iri]
    return tuple(
        sorted({plain_letters(text).casefold() for text in (name.full or name.texts).values()} - {""})
    )


def _things(
    rows: list[dict[str, Any]], thing: str, city: str, dates: tuple[str, ...]
) -> dict[str, dict[str, Any]]:
    """Each thing with its cities or parties, kind, date, sources, and what it is part of or renews."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        one = found.setdefault(
            row[thing],
            {"thing": row[thing], "cities": set(), "kind": row.get("kind") or "", "date": "", "whole": set(),
             "sources": set()},
        )  # fmt: skip
        one["cities"] |= {row[city]} if row[city] else set()
        one["date"] = one["date"] or next((row[name] for name in dates if row[name]), "")
        one["sources"] |= set(row["source"] or ())
        for name in ("part_of", "renews"):
            stated = row.get(name) or ()
            one["whole"] |= {stated} if isinstance(stated, str) else set(stated)
    return found


def _suspected(
    sides: Sides,
    facts: dict[str, dict[str, Any]],
    same: tuple[str, ...],
    may_be: Callable[[dict[str, Any], dict[str, Any]], bool],
    kind: str,
    *,
    least: int,
) -> Iterator[Finding]:
    alike: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for iri in sorted(facts):
        one = facts[iri]
        if len(one["cities"]) >= least:
            key = tuple(
                tuple(sorted(one[name])) if isinstance(one[name], set) else one[name] for name in same
            )
            alike.setdefault(key, []).append(one)
    for key in sorted(alike):
        for one, other in combinations(alike[key], 2):
            a, b = one["thing"], other["thing"]
            here, there = sides.get(a, set()), sides.get(b, set())
            two_sides = bool(here and there) and here.isdisjoint(there)
            if two_sides or a in other["whole"] or b in one["whole"] or not may_be(one, other):
                continue
            said: dict[str, set[str]] = {}
            for fact in (one, other):
                if fact["date"]:
                    said.setdefault(fact["date"], set()).update(fact["sources"])
            told = {date: tuple(sorted(said[date])) for date in sorted(said)}
            sources = tuple(sorted(one["sources"] | other["sources"]))
            yield Finding(kind, (a, b), (a, b), None, told, sources, (a, b))
