"""The review sheet: a row for each doubtful name, what it may mean, and a cell to decide.

In: `Doubt`s. Out: an XLSX workbook (the cell has a list to choose from) or a CSV file; no text in it is a
formula. What comes back is read by `returned`. Format: docs/decisions/0016-places.md.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from coopgraph.errors import ConfigError
from coopgraph.release.durable import whole_file
from coopgraph.sources.bytes_read import writing
from coopgraph.sources.places.review import MOST_OFFERED, Doubt
from coopgraph.sources.repeatable import same_bytes

NONE: Final = "none: no place listed here"
COLUMNS: Final = (
    "id", "name", "country", "lat", "lon", "found", "rows", "first", "decision", "who", "why", "none",
    *(f"candidate {number}" for number in range(1, MOST_OFFERED + 1)),
)  # fmt: skip
SHEET: Final = "Review"
_WIDTHS: Final = {"name": 30, "first": 38, "decision": 60, "why": 30, "id": 30}
_FORMULA: Final = tuple("=+-@\t\r")
_HOW_TO: Final = (
    "Each row is a name of a place of which nobody could be certain.",
    "Choose in 'decision' which place it is (the cell has a list), or write a GeoNames number, or none.",
    "Say who decided and why. Leave open what you do not know.",
    'Put the file beside coopgraph.toml; there, under [workspace], write: judgements = ["review.xlsx"]',
    "",
    "Cada fila es un nombre de lugar del que no hay certeza.",
    "Elija en 'decision' qué lugar es (la celda tiene una lista), o escriba un número de GeoNames, o none.",
    "Diga quién lo decidió (who) y por qué (why). Deje en blanco lo que no sepa.",
    'Ponga el archivo junto a coopgraph.toml; en él, bajo [workspace], escriba: judgements = ["review.xlsx"]',
    "",
    "Cada linha é um nome de lugar de que não há certeza.",
    "Escolha em 'decision' que lugar é (a célula tem uma lista), ou escreva um número do GeoNames, ou none.",
    "Diga quem decidiu (who) e porquê (why). Deixe em branco o que não souber.",
    'Coloque o ficheiro ao lado de coopgraph.toml; lá, sob [workspace]: judgements = ["review.xlsx"]',
    "",
    "Places: GeoNames, CC BY 4.0.",
)


def refuse_review(path: Path) -> None:
    """Raise ConfigError where no sheet can be written: another ending, or a file that may hold decisions."""
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise ConfigError(f"{path} cannot be written: a review sheet ends in .xlsx or .csv.")
    if path.exists():
        raise ConfigError(f"{path} is there already and may hold decisions. Choose another name.")
    if not path.absolute().parent.is_dir():
        raise ConfigError(f"{path} cannot be written: there is no folder {path.parent}.")


def write_review(doubts: Sequence[Doubt], path: Path) -> None:
    """Write the sheet, as its ending says; raises StoreError where it cannot be written."""
    refuse_review(path)
    content = _workbook(doubts) if path.suffix.lower() == ".xlsx" else _comma_separated(doubts)
    with writing(path), whole_file(path) as beside:
        beside.write_bytes(content)


def _cells(doubt: Doubt) -> list[Any]:
    said = [doubt.id, doubt.name, doubt.country, doubt.lat, doubt.lon, doubt.how, doubt.rows, doubt.first]
    offered = [*doubt.offered, *[None] * (MOST_OFFERED - len(doubt.offered))]
    return [*said, None, None, None, NONE, *offered]


def _comma_separated(doubts: Sequence[Doubt]) -> bytes:
    """As spreadsheets recognise it; an apostrophe goes before what they would take for a formula."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for doubt in doubts:
        writer.writerow(
            [
                f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
                for cell in _cells(doubt)
            ]
        )
    return written.getvalue().encode("utf-8-sig")


def _workbook(doubts: Sequence[Doubt]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    for number, cells in enumerate([list(COLUMNS), *map(_cells, doubts)], 1):
        for place, value in enumerate(cells, 1):
            if value is not None:
                cell = sheet.cell(number, place, value)
                if isinstance(value, str):
                    cell.data_type = "s"  # a text, even where it begins like a formula
                    cell.quotePrefix = value.startswith(_FORMULA)
    for place, name in enumerate(COLUMNS, 1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 44 if " " in name else 11)
    sheet.freeze_panes = "C2"
    if doubts:
        sheet.add_data_validation(_choice(len(doubts)))
    about = book.create_sheet("How to")
    about.column_dimensions["A"].width = 120
    for number, text in enumerate(_HOW_TO, 1):
        about.cell(number, 1, text)
    return same_bytes(book)


def _choice(rows: int) -> Any:
    """A list in each cell of `decision`: what the same row offers. Other texts may be written too."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    first, last = (get_column_letter(COLUMNS.index(name) + 1) for name in ("none", COLUMNS[-1]))
    choice = DataValidation(type="list", formula1=f"=${first}2:${last}2", allow_blank=True)
    choice.showErrorMessage = False
    letter = get_column_letter(COLUMNS.index("decision") + 1)
    choice.add(f"{letter}2:{letter}{rows + 1}")
    return choice
