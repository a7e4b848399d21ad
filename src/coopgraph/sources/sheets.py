"""ODS, XLS and XLSB: one sheet as rows of texts, read by calamine in a process of its own.

In: a file, its kind, the name of a sheet. Out: the rows with their numbers, and what the sheet hides as far
as its format lets it be seen: merged and hidden cells, formulas without a value, errors.
Standards: ISO/IEC 26300 (OpenDocument), ECMA-376 and MS-XLSB, MS-XLS.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from coopgraph.errors import Fault
from coopgraph.settings.section import nearest
from coopgraph.sources import sheet_process
from coopgraph.sources.bytes_read import reading
from coopgraph.sources.ods_marks import ods_marks, refuse_locked
from coopgraph.sources.workbook import (
    OLE,
    Merged,
    broken_as_words,
    cell_name,
    open_archive,
    refuse_torn,
    refused,
)

_PACKAGE: Final = str(Path(__file__).parents[2])
_CLEAR: Final = "Correct the formula, or clear the cell."


@dataclass(frozen=True)
class Sheet:
    """A sheet: its rows with their numbers from 1, to be read once; `faults` grows while they are read."""

    title: str
    name: str
    rows: Iterator[tuple[int, list[str | None]]]
    merged: Sequence[Merged]
    faults: list[Fault]


def read_sheet(path: Path, kind: str, sheet: str | None) -> Sheet:
    """Open a sheet, by its name or the first.

    Raises SourceError when the file is no workbook of its kind, is damaged, or would unfold to more than
    there is room for.
    """
    _look_inside(path, kind)
    lines = _lines(path, sheet)
    about: dict[str, Any] = next(lines)
    if "sheets" in about:
        if sheet is None:
            raise refused(path, "has no sheet with cells.", "Put a table in it.")
        raise refused(path, f"has no sheet '{sheet}'.", nearest(sheet, about["sheets"]))
    title = f"{path.name} [{about['name']}]"
    merged = [Merged(*(number + 1 for number in corners)) for corners in about["merged"]]
    faults = _told(title, about)
    if kind == "ods":  # in which calamine sees no merged cells
        merged, marks = ods_marks(path, title, about["name"])
        faults += marks
    return Sheet(title, about["name"], _rows(title, about["start"], lines, faults), merged, faults)


def _look_inside(path: Path, kind: str) -> None:
    """Refuse what is no file of its kind, and zips that would unpack to gigabytes."""
    if kind == "xls":
        with reading(path), path.open("rb") as stream:
            start = stream.read(8)
        if start != OLE:
            what = "is empty." if not start else "is not an XLS workbook."
            raise refused(path, what, "Save it again; .xlsx or .ods is best.")
        return
    with open_archive(path, kind) as archive, broken_as_words(path):
        refuse_torn(path, archive)
        refuse_locked(path, archive)


def _lines(path: Path, sheet: str | None) -> Iterator[Any]:
    """Yield what the process says; raise what it calls an error, and its own death."""
    command = [sys.executable, "-I", sheet_process.__file__, _PACKAGE, str(path.resolve()), sheet or ""]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if not line.endswith(b"\n"):
                    break  # it died while it wrote
                said = json.loads(line)
                if "error" in said:
                    raise refused(path, said["error"], "Open it in a spreadsheet program and save it again.")
                yield said
            process.wait()
        finally:
            process.kill()
    if process.returncode:
        what = "is damaged, or would need more than 2 GB of memory or five minutes to be read."
        raise refused(path, what, "Open it in a spreadsheet program and save it as .xlsx or .csv.")


def _told(title: str, about: dict[str, Any]) -> list[Fault]:
    if not about["hidden"]:
        return []
    what = "the sheet is hidden, and is read."
    fix = "Name another one with sheet = if it is not meant."
    return [Fault(title, None, None, what, fix, "warning")]


def _rows(
    title: str, start: Sequence[int] | None, lines: Iterator[list[Any]], faults: list[Fault]
) -> Iterator[tuple[int, list[str | None]]]:
    """Yield each row from the sheet's first on; what calamine leaves off before the first cell is empty."""
    top, left = start or (0, 0)
    for number in range(1, top + 1):
        yield number, []
    for number, row in enumerate(lines, top + 1):
        texts: list[str | None] = [None] * left
        for position, cell in enumerate(row, left):
            if isinstance(cell, list):
                what = f"cell {cell_name(number - 1, position)} {cell[0]}"
                faults.append(Fault(title, number, None, what, _CLEAR, "warning"))
            texts.append(cell if isinstance(cell, str) else None)
        yield number, texts
