"""Cells written another way than the mapping expects: days first, marks between thousands, units.

In: what the workspace file says of a column. Out: how its cells are written, or a fault for what cannot be.
Standards: CSVW (`format` of dates, `groupChar`), ISO 8601.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coopgraph.settings.section import Section

DATES: Final = ("dd/mm/yyyy", "mm/dd/yyyy")


@dataclass(frozen=True)
class CellFormat:
    """How the cells of one column are written."""

    date: str | None = None
    thousands: str | None = None
    unit: str | None = None
    decimal: str = "."


def read_cell_format(column: Section) -> CellFormat | None:
    """Return what a table `[sources.NAME.columns.COLUMN]` says of how cells are written, if anything."""
    date, thousands, unit = column.text("date"), column.text("thousands"), column.text("unit")
    if date not in (None, *DATES):
        column.fault(("date",), f"has '{date}', expected {' or '.join(DATES)}.", "ISO dates need no setting.")
        date = None
    if thousands is not None and (len(thousands) != 1 or thousands.isalnum()):
        column.fault(("thousands",), f"has '{thousands}', expected one mark like \".\".")
        thousands = None
    if thousands is not None and thousands == column.table.get("decimal", "."):
        column.fault(("thousands",), "is the decimal mark as well.", 'Declare that one: decimal = ",".')
    found = CellFormat(date, thousands, unit, str(column.table.get("decimal", ".")))
    return found if date or thousands or unit else None
