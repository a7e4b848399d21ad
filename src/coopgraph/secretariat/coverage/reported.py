"""What is reported in total beside what can be named: 75 actions in twenty cities, and we can name N.

In: an open release. Out: a table. What is named beside a figure is what `views.profiles.named` counts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from coopgraph.secretariat.dossier import Column, Row, Said, Table
from coopgraph.views.profiles.named import named_beside

if TYPE_CHECKING:
    from coopgraph.release import Release

_UNBOUNDED: Final = ("at-least", "at-most")


def reported(release: Release) -> tuple[Table, int]:
    """Return the figures that can be set beside what is named, and how many others there are."""
    counted = named_beside(release)
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
