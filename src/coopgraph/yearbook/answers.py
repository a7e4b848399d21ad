"""The answers of a secretariat that a year book carries, as far as they are there.

In: an open release and a year. Out: dossiers, in the order of the book.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from coopgraph.secretariat.catalogue import ANSWERS

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.secretariat.dossier import Dossier

CARRIED: Final = {  # answer -> which of its tables; a command gives the others
    "lifecycle": ("states", "soon", "memoranda"),
    "reciprocity": ("whole", "one-way"),
    "coverage": ("lines", "countries", "completeness"),
    "reliance": ("remains", "cuts"),
    "money": ("totals", "execution"),
}


def answers_of(release: Release, year: int) -> Iterator[Dossier]:
    """Yield each answer the book carries; those of a day as of the last day of year or data."""
    last = f"{year:04}-12-31"
    day = min(last, release.now) if release.now else last
    for name, wanted in CARRIED.items():
        if name in ANSWERS:
            answer = ANSWERS[name]
            known = {one.name for one in answer.parameters}
            asked: dict[str, Any] = {"as_of": day} if "as_of" in known else {}
            found = answer(release, **asked)
            yield replace(found, tables=tuple(table for table in found.tables if table.key in wanted))
