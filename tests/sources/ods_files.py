"""ODS files for tests, written by odfpy: each cell by the attributes it has in the file."""

from __future__ import annotations

import io
from typing import Any

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

Cells = list[dict[str, Any]]


def text(value: str) -> dict[str, Any]:
    return {"valuetype": "string", "text": value}


def ods(*rows: Cells, name: str = "cities", hidden: int | None = None) -> bytes:
    """Write a spreadsheet with odfpy, each cell by its attributes."""
    document = OpenDocumentSpreadsheet()
    table = Table(name=name)
    for number, cells in enumerate(rows, 1):
        row = TableRow(visibility="collapse") if number == hidden else TableRow()
        for cell in cells:
            attributes = {key: value for key, value in cell.items() if key != "text"}
            element = TableCell(**attributes)
            if "text" in cell:
                element.addElement(P(text=cell["text"]))
            row.addElement(element)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    written = io.BytesIO()
    document.write(written)
    return written.getvalue()
