"""What an OpenDocument spreadsheet hides, which its reader passes over.

In: an ODS file and the name of a sheet. Out: its merged cells, and a warning for formulas without a stored
value, errors and hidden rows. The XML is streamed, without entities.
Standard: ISO/IEC 26300-1 (OpenDocument), 9.1 and 19.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

from coopgraph.errors import Fault
from coopgraph.sources.workbook import (
    Merged,
    broken_as_words,
    cell_name,
    hidden_fault,
    open_archive,
    refused,
)

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELL: Final = f"{_TABLE}table-cell"


def refuse_locked(path: Path, archive: ZipFile) -> None:
    """Refuse a file that is encrypted: its manifest says so."""
    name = "META-INF/manifest.xml"
    if name in archive.namelist() and b"encryption-data" in archive.read(name):
        raise refused(path, "is protected by a password.", "Save it again without a password.")


def ods_marks(path: Path, title: str, sheet: str) -> tuple[list[Merged], list[Fault]]:
    """Return the merged cells of one sheet, and what is to be told of it."""
    found: list[Merged | Fault] = []
    hidden = 0
    number = 1
    with open_archive(path, "ods") as archive, broken_as_words(path), archive.open("content.xml") as content:
        for row in _rows(content, sheet):
            repeated = _count(row, "number-rows-repeated")
            if (
                row.get(f"{_TABLE}visibility") in ("collapse", "filter")
                and row.find(f"{_CELL}[@{_OFFICE}value-type]") is not None
            ):
                hidden += repeated
            found += _cells(title, number, row)
            number += repeated
    merged = [each for each in found if isinstance(each, Merged)]
    faults = [each for each in found if isinstance(each, Fault)]
    return merged, faults + ([hidden_fault(title, hidden)] if hidden else [])


def _rows(content: Any, sheet: str) -> Iterator[Any]:
    """Yield each row of a sheet, and forget it."""
    from defusedxml.ElementTree import iterparse

    inside = False
    for event, element in iterparse(content, events=("start", "end"), forbid_dtd=True):
        if element.tag == f"{_TABLE}table":
            inside = event == "start" and element.get(f"{_TABLE}name") == sheet
            if event == "end":
                element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            if inside:
                yield element
            element.clear()


def _cells(title: str, number: int, row: Any) -> Iterator[Merged | Fault]:
    position = 0
    for cell in row:
        name = cell_name(number - 1, position)
        wide, high = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if wide > 1 or high > 1:
            yield Merged(number, position + 1, number + high - 1, position + wide)
        if cell.get(f"{_CALC}value-type") == "error":
            what = f"cell {name} holds the error {''.join(cell.itertext())}."
            yield Fault(title, number, None, what, "Correct the formula, or clear the cell.", "warning")
        elif cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type"):
            what = (
                f"cell {name} holds a formula without a stored value ({cell.get(f'{_TABLE}formula')[:40]})."
            )
            fix = "Open it in a spreadsheet program and save it, or write the value."
            yield Fault(title, number, None, what, fix, "warning")
        position += _count(cell, "number-columns-repeated")


def _count(element: Any, name: str) -> int:
    return max(1, int(element.get(f"{_TABLE}{name}") or 1))  # a damaged file may say less
