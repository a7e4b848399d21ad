"""What is reported in total beside what can be named: 75 actions in twenty cities, and we can name N.

In: an open release. Out: a table. What may be counted beside a figure is what the figure itself says; the
counts are those of stored questions 16 to 19. Of a network, the figure's own words say whether it speaks of
members, of associates or of founders, who are not told apart. Nothing is invented to fill a total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from coopgraph.namespaces import COOP
from coopgraph.secretariat.coverage.gaps import Part
from coopgraph.secretariat.dossier import Column, Row, Said, Table
from coopgraph.secretariat.stored import rows_of

if TYPE_CHECKING:
    from coopgraph.release import Release

Counts = dict[str, tuple[int | None, int | None]]
_ASSOCIATES: Final = re.compile(r"\b(associa|asocia)", re.IGNORECASE)  # English, Spanish, Portuguese
_FOUNDERS: Final = re.compile(r"\b(found|fundad)", re.IGNORECASE)
_UNBOUNDED: Final = ("at-least", "at-most")


def reported(release: Release, part: Part) -> tuple[Table, int]:
    """Return the figures that can be set beside what is named, and how many others there are."""
    counted = _counted(release, part)
    figures = {row["figure"]: row for row in release.table("figures").to_pylist()}
    rows = [_row(figures[figure], *counted[figure]) for figure in sorted(counted) if figure in figures]
    columns = (
        Column("about", "thing"),
        Column("measure"),
        Column("period"),
        Column("qualifier", "thing"),
        Column("reported", "number"),
        Column("documented", "number"),
        Column("associates", "number"),
        Column("share", "share"),
        Column("certainty", "word"),
    )
    notes = (Said("share-exact"), Said("associates"), Said("founders"))
    return Table("reported", columns, tuple(rows), notes), len(figures) - len(rows)


def _row(figure: dict[str, Any], documented: int | None, associates: int | None) -> Row:
    value: Decimal | None = figure["value"]
    if documented is not None and associates is not None:
        documented, associates = _as_worded(figure["measure"] or "", documented, associates)
    qualifier = (figure["qualifier"] or "").rsplit("/", 1)[-1]
    share = None
    if value and documented is not None and qualifier not in _UNBOUNDED:
        share = documented / float(value)
    certainty = (figure["certainty"] or "").rsplit("/", 1)[-1]
    cells = (
        figure["subject"],
        figure["measure"],
        figure["period"],
        figure["qualifier"],
        None if value is None else float(value),
        documented,
        associates,
        share if share is None or share <= 1 else None,
        certainty if certainty in ("stated", "derived") else None,
    )
    return Row(cells, tuple(figure["source"] or ()), (figure["figure"],))


def _as_worded(measure: str, members: int, associates: int) -> tuple[int | None, int | None]:
    """Return what a network's figure counts, and the associates besides; of founders nothing is named.

    >>> _as_worded("member cities", 27, 1), _as_worded("capitals plus associated cities", 27, 1)
    ((27, 1), (28, None))
    >>> _as_worded("associated cities", 27, 1), _as_worded("founding cities", 19, 0)
    ((1, None), (None, None))
    """
    if _FOUNDERS.search(measure):
        return None, None
    if _ASSOCIATES.match(measure):
        return associates, None
    return (members + associates, None) if _ASSOCIATES.search(measure) else (members, associates)


def _counted(release: Release, part: Part) -> Counts:
    rows = rows_of(release, __file__, "countable")
    found: Counts = {}

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
    for row in rows:
        if row["class"] == f"{COOP}Action" and row["counts"] == f"{COOP}City":
            found.setdefault(row["figure"], (len(part.actions.get(row["about"], ())), None))
    return found
