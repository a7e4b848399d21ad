"""What is named beside each total that sources report: one count for every page, answer and book.

In: an open release. Out: counts by figure. What may be counted beside a figure is what the figure itself
says; the counts are those of stored questions 16 to 19. Of a network, the figure's own words say whether it
speaks of members, of associates or of founders, who are not told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.namespaces import COOP

if TYPE_CHECKING:
    from coopgraph.release import Release

Counts = dict[str, tuple[int | None, int | None]]
_ASSOCIATES: Final = re.compile(r"\b(associa|asocia)", re.IGNORECASE)  # English, Spanish, Portuguese
_FOUNDERS: Final = re.compile(r"\b(found|fundad)", re.IGNORECASE)


def named_beside(release: Release, subject: str | None = None) -> Counts:
    """Return how many are named beside each figure that can be counted, and the associates besides.

    With a subject only figures about it are counted. Of founders nothing is named: None.
    """
    rows = [row for row in _countable(release) if subject is None or subject == row["about"]]
    wanted = {row["figure"] for row in rows}
    words = {row["figure"]: row["measure"] or "" for row in release.table("figures").to_pylist()}
    return {
        figure: (named, more) if more is None else as_worded(words[figure], named, more)
        for figure, (named, more) in _counted(release, rows).items()
        if figure in wanted & words.keys()
    }


def as_worded(measure: str, members: int, associates: int) -> tuple[int | None, int | None]:
    """Return what a network's figure counts, and the associates besides; of founders nothing is named.

    >>> as_worded("member cities", 27, 1), as_worded("capitals plus associated cities", 27, 1)
    ((27, 1), (28, None))
    >>> as_worded("associated cities", 27, 1), as_worded("founding cities", 19, 0)
    ((1, None), (None, None))
    """
    if _FOUNDERS.search(measure):
        return None, None
    if _ASSOCIATES.match(measure):
        return associates, None
    return (members + associates, None) if _ASSOCIATES.search(measure) else (members, associates)


def _countable(release: Release) -> list[dict[str, Any]]:
    text = Path(__file__).with_name("countable.rq").read_text(encoding="utf-8")
    return list(release.query(text, trusted=True).dicts())


def _counted(release: Release, rows: list[dict[str, Any]]) -> dict[str, tuple[int, int | None]]:
    found: dict[str, tuple[int, int | None]] = {}

    def take(question: str, named: str = "documented", more: str = "", **asked: Any) -> None:
        answer: Iterator[dict[str, Any]] = release.query(question, trusted=True, **asked).dicts()
        for row in answer:
            found.setdefault(row["figure"], (int(row[named]), int(row[more]) if more else None))

    for programme in sorted({row["programme"] for row in rows if row["kind"] and row["programme"]}):
        take("cq-016", programme=programme)
    if any(row["programme"] and not row["kind"] for row in rows):
        take("cq-017")
    if any(row["kind"] for row in rows):
        take("cq-019")
    for network in sorted({row["about"] for row in rows if row["class"] == f"{COOP}Network"}):
        take("cq-018", "membersNamed", "associatesNamed", network=network)
    of_actions = [row for row in rows if row["class"] == f"{COOP}Action" and row["counts"] == f"{COOP}City"]
    cities = _cities_of_actions(release) if of_actions else {}
    for row in of_actions:
        found.setdefault(row["figure"], (len(cities.get(row["about"], ())), None))
    return found


def _cities_of_actions(release: Release) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in release.table("participations").to_pylist():
        found.setdefault(row["event"], set()).add(row["city"])
    return found
