"""Workbooks to raw records: one sheet of each file, its cells as text.

In: a source of kind xlsx, ods, xls or xlsb. Out: its raw table; records keep the sheet's row. What a
spreadsheet hides is told: merged cells, formulas without a stored value, error cells, hidden rows.
Standards: ECMA-376 (Office Open XML), ISO/IEC 26300 (OpenDocument).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.columns.duck import Connection
from coopgraph.errors import Fault, SourceError
from coopgraph.settings.section import nearest
from coopgraph.sources.bytes_read import look_at
from coopgraph.sources.cell_text import CellRefused, cell_text
from coopgraph.sources.header import header_faults, header_names
from coopgraph.sources.loading import insert_rows
from coopgraph.sources.raw import Raw
from coopgraph.sources.records import Piece
from coopgraph.sources.sheets import Sheet, read_sheet
from coopgraph.sources.source_spec import SourceSpec
from coopgraph.sources.workbook import Merged, hidden_fault, open_archive, opened_book, sheet_marks

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

MOST_FAULTS: Final = 1000


@dataclass(frozen=True)
class _Sheet:
    """A sheet read through: its header, where that stands, and the rows below it."""

    title: str
    name: str
    header_row: int
    names: list[str]
    rows: list[list[str | None]]
    warnings: list[Fault]


def read_spreadsheet(spec: SourceSpec, connection: Connection) -> Raw:
    """Load the sheet of every file of a source into its raw table."""
    faults: list[Fault] = []
    sheets: list[tuple[Path, str, _Sheet]] = []
    for path in spec.files:
        try:
            sheets.append((path, look_at(path).sha256, _read(path, spec)))
        except SourceError as error:
            faults += error.faults_of(path.name)
    faults += _unlike([sheet for _, _, sheet in sheets])
    if faults:
        raise SourceError(f"The source '{spec.name}' cannot be read.", faults=faults)
    pieces: list[Piece] = []
    names = sheets[0][2].names
    for path, sha256, sheet in sheets:
        first = 1 + sum(piece.count for piece in pieces)
        order = [sheet.names.index(name) for name in names]
        rows = ([row[i] for i in order] for row in sheet.rows)
        count = insert_rows(connection, spec.name, rows, first=first, lists=[False] * len(names))
        row = sheet.header_row + 1
        pieces.append(
            Piece(sheet.title, path, sha256, first, count, row, partial(_rows_from, row), sheet.name)
        )
    told = tuple(fault for _, _, sheet in sheets for fault in sheet.warnings)
    return Raw(tuple(names), tuple(pieces), is_ascii=False, has_controls=True, faults=told)


def _rows_from(row: int, positions: Iterable[int]) -> dict[int, int]:
    return {position: row + position for position in positions}


def _read(path: Path, spec: SourceSpec) -> _Sheet:
    """Read one sheet through, all its faults told at once."""
    if spec.kind == "xlsx":
        return _read_xlsx(path, spec)
    return _through(read_sheet(path, spec.kind, spec.sheet), spec.skip)


def _read_xlsx(path: Path, spec: SourceSpec) -> _Sheet:
    with open_archive(path) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles and validations it does not keep
        with opened_book(path, archive, stored=False) as book:
            sheet = _chosen(book, path, spec)
            marks = sheet_marks(archive, sheet)
            title = f"{path.name} [{sheet.title}]"
            faults = [hidden_fault(title, marks.hidden_rows)] if marks.hidden_rows else []
            if not marks.has_formulas:
                texts = _texts(title, _cells(sheet), None, faults)
                return _through(Sheet(title, sheet.title, texts, marks.merged, faults), spec.skip)
            with opened_book(path, archive, stored=True) as stored:
                texts = _texts(title, _cells(sheet), _cells(stored[sheet.title]), faults)
                return _through(Sheet(title, sheet.title, texts, marks.merged, faults), spec.skip)


def _chosen(book: Workbook, path: Path, spec: SourceSpec) -> Any:
    """The sheet the workspace names, or the first."""
    names = [sheet.title for sheet in book.worksheets]
    if not names:
        raise _refused(path.name, [Fault(path.name, None, None, "has no sheet with cells.")])
    if spec.sheet is None:
        return book.worksheets[0]
    if spec.sheet not in names:
        what = f"has no sheet '{spec.sheet}'."
        raise _refused(path.name, [Fault(path.name, None, None, what, nearest(spec.sheet, names))])
    return book[spec.sheet]


def _cells(sheet: Any) -> Iterator[Sequence[Any]]:
    sheet.reset_dimensions()  # what a program wrote there may be wrong; the cells themselves are not
    return iter(sheet.iter_rows())


def _through(sheet: Sheet, skip: int) -> _Sheet:
    """Take a header and the rows below it from the texts of a sheet."""
    title = sheet.title
    header_row, header = next(((n, row) for n, row in sheet.rows if n > skip and any(row)), (0, []))
    if not header_row:
        what = f"the sheet '{sheet.name}' is empty."
        raise _refused(title, [Fault(title, None, None, what, "Put a header in its first row.")])
    while header and not header[-1]:
        header.pop()
    names = header_names(header)
    told = header_faults(title, header_row, names)
    content = list(_records(title, sheet.rows, len(names), told))
    faults = [*sheet.faults, *_unmerged(title, sheet.merged, header_row, content), *told]
    while content and not any(content[-1]):
        content.pop()
    violations = [fault for fault in dict.fromkeys(faults) if fault.severity == "violation"]
    if violations:
        raise _refused(title, sorted(violations, key=lambda fault: fault.line or 0)[:MOST_FAULTS])
    return _Sheet(title, sheet.name, header_row, names, content, faults)


def _unmerged(
    title: str, merged: Sequence[Merged], header_row: int, content: list[list[str | None]]
) -> Iterator[Fault]:
    """Fill down what merged cells below the header say, and tell it; above it they mean nothing, in it only
    the first has a name."""
    for cells in merged:
        if cells.bottom < header_row:
            continue
        if cells.top <= header_row:
            what = f"the cells {cells} are merged, and only the first of them has a value."
            yield Fault(title, cells.top, None, what, "Unmerge them and fill in every cell.")
            continue
        rows = content[cells.top - header_row - 1 : cells.bottom - header_row]
        for row in rows if rows and cells.left <= len(rows[0]) else []:
            row[cells.left - 1] = rows[0][cells.left - 1]
        what = f"the cells {cells} are merged: each row is read with their value."
        yield Fault(title, cells.top, None, what, "Unmerge them if that is wrong.", "warning")


def _texts(
    title: str,
    rows: Iterator[Sequence[Any]],
    stored: Iterator[Sequence[Any]] | None,
    faults: list[Fault],
) -> Iterator[tuple[int, list[str | None]]]:
    """Yield each row of the sheet as texts; a cell that has none is a fault and empty."""
    for number, cells in enumerate(rows, 1):
        values = next(stored, ()) if stored is not None else cells
        texts: list[str | None] = []
        for position, cell in enumerate(cells):
            try:
                texts.append(cell_text(cell, values[position] if position < len(values) else None))
            except CellRefused as refused:
                texts.append(None)
                what = f"cell {cell.coordinate} {refused.what}"
                fault = Fault(title, number, None, what, refused.fix)
                faults.append(replace(fault, severity="warning") if refused.is_unknown else fault)
        yield number, texts


def _records(
    title: str, texts: Iterator[tuple[int, list[str | None]]], width: int, faults: list[Fault]
) -> Iterator[list[str | None]]:
    """Yield the rows below the header, as wide as it; what stands beside it is a fault."""
    for number, row in texts:
        beside = next((text for text in row[width:] if text), None)
        if beside:
            what = f"has '{beside}' in a column without a name."
            faults.append(
                Fault(title, number, None, what, "Name the column in the header, or clear the cell.")
            )
        yield row[:width] + [None] * (width - len(row))


def _unlike(sheets: Sequence[_Sheet]) -> list[Fault]:
    return [
        Fault(
            sheet.title,
            sheet.header_row,
            None,
            f"has other columns than {sheets[0].title}.",
            "Make it a source of its own.",
        )
        for sheet in sheets[1:]
        if set(sheet.names) != set(sheets[0].names)
    ]


def _refused(title: str, faults: Sequence[Fault]) -> SourceError:
    return SourceError(f"{title} cannot be read.", faults=faults)
