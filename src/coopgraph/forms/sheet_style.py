"""A sheet as it is looked at: fixed and open cells, heads, widths, lists to choose from, protection.

In: an openpyxl workbook. Out: its pages. A text is a text, never a formula.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from coopgraph.forms.wording import say

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.styles import NamedStyle

GREY: Final = "EEF1F4"
HEAD: Final = "D5DEE7"
_PREFIX: Final = "coopgraph "
_STYLES: Final = tuple(
    f"{_PREFIX}{kind}" for kind in ("title", "head", "head small", "fixed", "small", "bold", "plain", "open")
)
_LONGEST: Final = 32_000  # characters a cell may hold


class Page:
    """One sheet being written; `close` protects it, so that only open cells can be typed in."""

    def __init__(self, book: Workbook, title: str) -> None:
        self._sheet = book.create_sheet(title[:31])
        self._lines: dict[int, list[tuple[int, int]]] = {}  # row -> column and length of its texts
        if not set(_STYLES) <= set(book.named_styles):
            for name in _STYLES:
                book.add_named_style(_style(name))

    @staticmethod
    def letter(column: int) -> str:
        """Return the letters of a column counted from 1."""
        from openpyxl.utils import get_column_letter

        return get_column_letter(column)

    def title(self, row: int, column: int, text: str) -> None:
        """Write the title of a page."""
        self._write(row, column, text, "title")

    def head(self, row: int, column: int, text: str, *, small: bool = False) -> None:
        """Write the head of a column."""
        self._write(row, column, text, "head small" if small else "head")

    def fixed(
        self,
        row: int,
        column: int,
        text: str,
        *,
        small: bool = False,
        bold: bool = False,
        plain: bool = False,
        across: int = 1,
    ) -> None:
        """Write a cell that is not typed in; `plain` leaves it white."""
        self._write(
            row, column, text, "plain" if plain else "small" if small else "bold" if bold else "fixed"
        )
        if across > 1:
            self._sheet.merge_cells(
                start_row=row, start_column=column, end_row=row, end_column=column + across - 1
            )

    def open(self, row: int, column: int, text: str = "", *, is_number: bool = False) -> None:
        """Write a cell to type in; what is typed stays as it is typed, so that 2017-05 is no day."""
        cell = self._write(row, column, text, "open")
        if is_number and text:
            cell.value = int(text) if text.isdigit() else Decimal(text)
            cell.number_format = "#,##0.##" if "." in text else "#,##0"

    def bare(self, row: int, column: int, text: str) -> None:
        """Write a cell nobody looks at."""
        self._write(row, column, text, None)

    def choice(
        self, column: int, first: int, last: int, listed: str, lang: str, *, strict: bool = True
    ) -> None:
        """Offer a list to the cells of a column; where it is not strict, other texts may be written too."""
        from openpyxl.worksheet.datavalidation import DataValidation

        if last < first:
            return
        choice = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=strict)
        choice.error = say("form.choose", lang)
        letter = self.letter(column)
        choice.add(f"{letter}{first}:{letter}{last}")
        self._sheet.add_data_validation(choice)

    def widths(self, widths: Mapping[int, float]) -> None:
        """Set the widths of columns."""
        for column, width in widths.items():
            self._sheet.column_dimensions[self.letter(column)].width = width

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self._sheet.row_dimensions[row].height = points

    def fit(self, row: int, *, up_to: int = 1000) -> None:
        """Make a row as high as the texts in it need; no program does so for a file it did not write."""
        needed = [
            -(-length // max(4, int(self._sheet.column_dimensions[self.letter(column)].width) - 2))
            for column, length in self._lines.get(row, ())
            if column <= up_to and not self._sheet.column_dimensions[self.letter(column)].hidden
        ]
        self.height(row, min(240, 15 * max([1, *needed]) + 3))

    def hide_column(self, column: int) -> None:
        self._sheet.column_dimensions[self.letter(column)].hidden = True

    def hide_row(self, row: int) -> None:
        self._sheet.row_dimensions[row].hidden = True

    def freeze(self, row: int, column: int) -> None:
        """Keep what is above and left of a cell in sight."""
        self._sheet.freeze_panes = f"{self.letter(column)}{row}"

    def close(self, *, hidden: bool = False) -> None:
        """Protect the sheet, without a password: it keeps from slips, not from people."""
        protection = self._sheet.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = protection.insertRows = False  # False: allowed
        protection.autoFilter = protection.sort = False
        self._sheet.page_setup.orientation = "landscape"
        self._sheet.page_setup.fitToWidth, self._sheet.page_setup.fitToHeight = 1, 0
        self._sheet.sheet_properties.pageSetUpPr.fitToPage = True
        if hidden:
            self._sheet.sheet_state = "veryHidden"

    def _write(self, row: int, column: int, text: str, style: str | None) -> Cell:
        cell: Cell = self._sheet.cell(row, column)
        if style is not None:
            cell.style = f"{_PREFIX}{style}"
        if text:
            self._lines.setdefault(row, []).append((column, len(text)))
            cell.value = text[:_LONGEST]
            cell.data_type = "s"
            if text.lstrip(" ")[:1] in tuple("=+-@"):
                cell.quotePrefix = True
        return cell


def _style(name: str) -> NamedStyle:
    """Make a style once for a workbook: openpyxl takes long to compare them cell by cell."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

    kind = name.removeprefix(_PREFIX)
    line = Side(style="thin", color="C4CCD4")
    size = {"title": 16, "small": 8, "head small": 8}.get(kind, 11)
    style = NamedStyle(name)
    style.font = Font(size=size, bold=kind in ("title", "head", "bold"))
    if kind != "title":
        style.alignment = Alignment(vertical="top", wrap_text=True)
    if kind not in ("title", "plain"):
        style.border = Border(left=line, right=line, top=line, bottom=line)
    if kind not in ("title", "plain", "open"):
        style.fill = PatternFill("solid", fgColor=HEAD if kind.startswith("head") else GREY)
    if kind == "open":
        style.protection, style.number_format = Protection(locked=False), "@"
    return style
