"""A workbook opened with care: a zip of bounded size, without a password, its XML without entities.

In: a path. Out: openpyxl's workbook, and the marks of a sheet that openpyxl's streaming reader passes over.
Standards: ECMA-376 (Office Open XML), ISO/IEC 26300 (OpenDocument).
"""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException

from coopgraph.errors import Fault, SourceError
from coopgraph.sources.bytes_read import reading

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

MOST_BYTES: Final = 1 << 30
MOST_RATIO: Final = 200
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEARTS: Final = {"xlsx": "xl/workbook.xml", "xlsb": "xl/workbook.bin", "ods": "content.xml"}
_RANGE: Final = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_BROKEN: Final = (
    BadZipFile,
    SyntaxError,  # what both parsers of XML call a fault of it
    DefusedXmlException,
    LookupError,  # a part that is not there, an encoding nobody knows
    ValueError,
    TypeError,
    EOFError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
)


@dataclass(frozen=True)
class Merged:
    """Merged cells, by their first and last row and column, from 1.

    >>> str(Merged(2, 2, 4, 2))
    'B2:B4'
    """

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{cell_name(self.top - 1, self.left - 1)}:{cell_name(self.bottom - 1, self.right - 1)}"


@dataclass(frozen=True)
class SheetMarks:
    """What a sheet holds beside its cells."""

    merged: tuple[Merged, ...]
    hidden_rows: int
    has_formulas: bool


def hidden_fault(title: str, count: int) -> Fault:
    rows = "1 hidden row is" if count == 1 else f"{count} hidden rows are"
    fix = "Delete what is not meant to be read."
    return Fault(title, None, None, f"{rows} read like the others.", fix, "warning")


@contextmanager
def open_archive(path: Path, kind: str = "xlsx") -> Iterator[ZipFile]:
    """Open the zip a workbook is, or say in words why not."""
    again = f"Save it again as .{kind}."
    with reading(path), path.open("rb") as stream:
        start = stream.read(8)
        if not start:
            raise refused(path, "is empty.", "Save the workbook again.")
        if start == OLE:
            what = "is protected by a password, or is an old .xls workbook."
            raise refused(path, what, f"Save it as .{kind} without a password.")
        try:
            archive = ZipFile(stream)
        except _BROKEN as error:
            raise refused(path, f"is not {_named(kind)}, or is cut off.", again) from error
        with archive:
            _check_size(path, archive)
            if _HEARTS[kind] not in archive.namelist():
                raise refused(path, f"is a zip file, but not {_named(kind)}.", again)
            yield archive


def _named(kind: str) -> str:
    return "an ODS spreadsheet" if kind == "ods" else f"an {kind.upper()} workbook"


@contextmanager
def opened_book(path: Path, archive: ZipFile, *, stored: bool) -> Iterator[Workbook]:
    """Open the workbook; `stored` gives the values formulas had when it was saved, else the formulas."""
    from openpyxl import load_workbook

    with broken_as_words(path):
        source: Any = archive.fp
        book = load_workbook(source, read_only=True, data_only=stored, keep_links=False)
        try:
            yield book
        finally:
            book.close()


def sheet_lines(path: Path) -> Iterator[tuple[str, int, tuple[Any, ...]]]:
    """Yield each row of each sheet: the sheet's name, the row's number, the values as they were saved."""
    with (
        warnings.catch_warnings(),
        open_archive(path) as archive,
        opened_book(path, archive, stored=True) as book,
    ):
        warnings.simplefilter("ignore")  # openpyxl tells of styles and validations it does not keep
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield sheet.title, number, values


def sheet_marks(archive: ZipFile, sheet: Any) -> SheetMarks:
    """Read through a sheet's XML for what the streaming reader does not give."""
    from defusedxml.ElementTree import iterparse

    merged: list[Merged] = []
    hidden, has_formulas = 0, False
    with archive.open(sheet._worksheet_path.lstrip("/")) as content:
        for _, element in iterparse(content, forbid_dtd=True):
            name = element.tag.removeprefix(_MAIN).removeprefix(_STRICT)
            if name == "mergeCell":
                merged.append(_merged(element.get("ref", "")))
            elif name == "f":
                has_formulas = True
            elif name == "row":
                hidden += element.get("hidden") in ("1", "true")
                element.clear()
    return SheetMarks(tuple(merged), hidden, has_formulas)


def _merged(cells: str) -> Merged:
    found = _RANGE.fullmatch(cells)
    if not found:
        raise ValueError(f"'{cells}' names no cells")
    left, right = (_number(letters) for letters in (found[1], found[3] or found[1]))
    return Merged(int(found[2]), left, int(found[4] or found[2]), right)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, by its row and column from 0.

    >>> cell_name(0, 0), cell_name(9, 27)
    ('A1', 'AB10')
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def refuse_torn(path: Path, archive: ZipFile) -> None:
    """Read every member through: one may be longer than its header says, and not every reader looks."""
    if (torn := archive.testzip()) is not None:
        what = f"is damaged: {torn} in it is not what it should be."
        raise refused(path, what, "Open it in a spreadsheet program and save it again.")


def _check_size(path: Path, archive: ZipFile) -> None:
    """A few kilobytes can unpack to gigabytes."""
    unpacked = sum(entry.file_size for entry in archive.infolist())
    packed = sum(entry.compress_size for entry in archive.infolist()) or 1
    if unpacked > MOST_BYTES or (unpacked > MOST_BYTES // 10 and unpacked / packed > MOST_RATIO):
        what = f"would unpack to {unpacked / 2**20:,.0f} MB, {unpacked / packed:,.0f} times its size."
        raise refused(path, what, "If it is really that large, save it as CSV.")


@contextmanager
def broken_as_words(path: Path) -> Iterator[None]:
    """openpyxl lets the errors of zip, XML and its own conversions through."""
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        yield
    except (*_BROKEN, InvalidFileException) as error:
        raise refused(
            path, f"is damaged: {error}.", "Open it in a spreadsheet program and save it again."
        ) from error


def refused(path: Path, what: str, fix: str) -> SourceError:
    return SourceError(f"{path.name} cannot be read.", faults=[Fault(path.name, None, None, what, fix)])
