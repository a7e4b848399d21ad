"""The answers of a secretariat that a year book carries, as far as they are there.

In: an open release and a year. Out: dossiers, in the order of the book, each with the time it is of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from coopgraph.secretariat.catalogue import ANSWERS
from coopgraph.secretariat.dossier import Said
from coopgraph.yearbook.parts import OF_ANSWERS

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.secretariat.dossier import Dossier

CARRIED: Final = {  # answer -> which of its tables; a command gives the others
    "lifecycle": ("states", "soon", "memoranda"),
    "reciprocity": ("over-time",),
    "coverage": ("lines", "countries", "completeness"),
    "reliance": ("remains", "cuts"),
    "money": ("totals", "execution"),
}

_OF_OTHERS: Final = {  # answer -> what it says of tables that are not printed
    "lifecycle": {
        *("quiet", "leads", "actions-loose", "documented"),
        *("results", "results-aimed", "results-loose"),
    },
    "reciprocity": {"unknown-exclude", "idle", "no-line", "no-sdg", "no-amount", "no-in-kind"},
    "coverage": {"figures-counted", "uncounted"},
    "money": {"no-period", "no-payer", "no-payee", "no-line", "no-sdg"},
}


def answers_of(release: Release, year: int) -> Iterator[tuple[Dossier, Said]]:
    """Yield each answer the book carries, and of what time it is: a day, the years up to this one, or all."""
    last = f"{year:04}-12-31"
    day = min(last, release.now) if release.now else last
    for name, wanted in CARRIED.items():
        if name in ANSWERS:
            answer = ANSWERS[name]
            asked = _limits({one.name for one in answer.parameters}, day)
            found = answer(release, **asked)
            tables = tuple(table for table in found.tables if table.key in wanted)
            others = _OF_OTHERS.get(name, set())
            rests_on, unknown = (
                tuple(said for said in told if said.key not in others)
                for told in (found.rests_on, found.unknown)
            )
            kept = replace(found, tables=tables, rests_on=rests_on, unknown=unknown)
            yield kept, _time(asked, year, release.now)


def _limits(known: set[str], day: str) -> dict[str, Any]:
    """Return what limits an answer to the time of the book, as far as it can be limited."""
    if "as_of" in known:
        return {"as_of": day}
    if {"first", "last"} <= known:
        return {"first": max(int(day[:4]) - OF_ANSWERS + 1, 1), "last": int(day[:4])}
    return {}


def _time(asked: dict[str, Any], year: int, now: str | None) -> Said:
    """Say what time an answer is of."""
    values = {"year": str(year), "now": now or "–"}
    if "as_of" in asked:
        return Said("of-day", {"day": asked["as_of"]})
    if asked:
        return Said("of-years", values | {key: str(asked[key]) for key in ("first", "last")})
    return Said("of-all-years", values)
