"""An XLSX file opened with care: a zip of bounded size, without a password, its XML without entities.

In: a path. Out: openpyxl's workbook, and the marks of a sheet that openpyxl's streaming reader passes over.
Standard: ECMA-376 (Office Open XML).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException

from coopgraph.errors import Fault, SourceError
from coopgraph.sources.bytes_read import reading

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

MOST_BYTES: Final = 1 << 30
MOST_RATIO: Final = 200
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_BROKEN: Final = (
    BadZipFile,
    ParseError,
    DefusedXmlException,
    KeyError,
    ValueError,
    TypeError,
    EOFError,
    IndexError,
)


@dataclass(frozen=True)
class SheetMarks:
    """What a sheet holds beside its cells."""

    merged: tuple[tuple[str, int], ...]
    hidden_rows: int
    has_formulas: bool

    def faults(self, title: str) -> list[Fault]:
        """Merged cells are violations: only the first of them holds the value. Hidden rows are told."""
        fix = "Unmerge them and fill in every cell."
        found = [
            Fault(
                title,
                row,
                None,
                f"the cells {cells} are merged, and only the first of them has a value.",
                fix,
            )
            for cells, row in self.merged
        ]
        if self.hidden_rows:
            rows = "1 hidden row is" if self.hidden_rows == 1 else f"{self.hidden_rows} hidden rows are"
            fix = "Delete what is not meant to be read."
            found.append(Fault(title, None, None, f"{rows} read like the others.", fix, "warning"))
        return found


@contextmanager
def open_archive(path: Path) -> Iterator[ZipFile]:
    """Open the zip a workbook is, or say in words why not."""
    with reading(path), path.open("rb") as stream:
        start = stream.read(8)
        if not start:
            raise _refused(path, "is empty.", "Save the workbook again.")
        if start == _OLE:
            what = "is protected by a password, or is an old .xls workbook."
            raise _refused(path, what, "Save it as .xlsx without a password.")
        try:
            archive = ZipFile(stream)
        except BadZipFile as error:
            raise _refused(
                path, "is not an XLSX workbook, or is cut off.", "Save it again as .xlsx."
            ) from error
        with archive:
            _check_size(path, archive)
            if "xl/workbook.xml" not in archive.namelist():
                raise _refused(path, "is a zip file, but not an XLSX workbook.", "Save it again as .xlsx.")
            yield archive


@contextmanager
def opened_book(path: Path, archive: ZipFile, *, stored: bool) -> Iterator[Workbook]:
    """Open the workbook; `stored` gives the values formulas had when it was saved, else the formulas."""
    from openpyxl import load_workbook

    with _broken_as_words(path):
        source: Any = archive.fp
        book = load_workbook(source, read_only=True, data_only=stored, keep_links=False)
        try:
            yield book
        finally:
            book.close()


def sheet_marks(archive: ZipFile, sheet: Any) -> SheetMarks:
    """Read through a sheet's XML for what the streaming reader does not give."""
    from defusedxml.ElementTree import iterparse

    merged: list[tuple[str, int]] = []
    hidden, has_formulas = 0, False
    with archive.open(sheet._worksheet_path.lstrip("/")) as content:
        for _, element in iterparse(content, forbid_dtd=True):
            name = element.tag.removeprefix(_MAIN).removeprefix(_STRICT)
            if name == "mergeCell":
                cells = element.get("ref", "")
                merged.append((cells, _row(cells)))
            elif name == "f":
                has_formulas = True
            elif name == "row":
                hidden += element.get("hidden") in ("1", "true")
                element.clear()
    return SheetMarks(tuple(merged), hidden, has_formulas)


def _row(cells: str) -> int:
    return int("".join(c for c in cells.split(":")[0] if c.isdigit()) or 0)


def _check_size(path: Path, archive: ZipFile) -> None:
    """A few kilobytes can unpack to gigabytes."""
    unpacked = sum(entry.file_size for entry in archive.infolist())
    packed = sum(entry.compress_size for entry in archive.infolist()) or 1
    if unpacked > MOST_BYTES or (unpacked > MOST_BYTES // 10 and unpacked / packed > MOST_RATIO):
        what = f"would unpack to {unpacked / 2**20:,.0f} MB, {unpacked / packed:,.0f} times its size."
        raise _refused(path, what, "If it is really that large, save it as CSV.")


@contextmanager
def _broken_as_words(path: Path) -> Iterator[None]:
    """openpyxl lets the errors of zip, XML and its own conversions through."""
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        yield
    except (*_BROKEN, InvalidFileException) as error:
        raise _refused(
            path, f"is damaged: {error}.", "Open it in a spreadsheet program and save it again."
        ) from error


def _refused(path: Path, what: str, fix: str) -> SourceError:
    return SourceError(f"{path.name} cannot be read.", faults=[Fault(path.name, None, None, what, fix)])
