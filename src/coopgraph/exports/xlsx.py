"""Tables as a workbook: dates are dates, texts never formulas; a last sheet says what they rest on.

In: `Sheet`s and their `About`. Out: bytes, the same for the same content. Standard: Office Open XML (ECMA).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from coopgraph.exports.about import About, lines
from coopgraph.exports.sheet import Sheet, Value
from coopgraph.sources.repeatable import same_bytes

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDEST = 60
_ABOUT = {"en": "About", "es": "Acerca de", "pt": "Acerca"}


def as_xlsx(sheets: tuple[Sheet, ...], told: About) -> bytes:
    """Return a workbook with a sheet for each table, and one that says what they rest on."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    book.properties.title, book.properties.creator = told.title, "coopgraph"
    for sheet in sheets:
        page = book.create_sheet(_title(sheet.name, book.sheetnames))
        _fill(page, [[column.name for column in sheet.columns], *sheet.rows])
        page.freeze_panes = "A2"
        page.auto_filter.ref = page.dimensions
    _fill(book.create_sheet(_title(_ABOUT[told.lang], book.sheetnames)), lines(told))
    return same_bytes(book)


def _fill(page: Worksheet, rows: Any) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    widths: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            if value is not None:
                _write(page, number, place, value)
                widths[place] = max(widths.get(place, 0), len(str(value)))
    for cell in page[1]:
        cell.font = Font(bold=True)
    for place, width in widths.items():
        page.column_dimensions[get_column_letter(place)].width = min(_WIDEST, width + 3)


def _write(page: Worksheet, row: int, column: int, value: Value) -> None:
    """Write a cell; a text is marked as text, so that it is none even where it begins like a formula."""
    cell = page.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if value.lstrip(" ")[:1] in tuple("=+-@"):
            cell.quotePrefix = True
    elif hasattr(value, "isoformat"):
        cell.number_format = "yyyy-mm-dd"


def _title(name: str, taken: list[str]) -> str:
    """Return a name a sheet may have: 31 characters, none of []:*?/\\\\, none twice."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\']", " ", name).split())[:28].strip() or "1"
    return plain if plain not in taken else f"{plain} {len(taken) + 1}"
