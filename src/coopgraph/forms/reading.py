"""Returned forms read back, whatever was done to them: sheets by hidden keys, rows by technical ids.

In: XLSX files. Out: `Returned`s. What cannot be understood is told with its sheet, row and column; what is
not there is never taken for struck out.
Standard: Office Open XML (ECMA-376).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph.errors import Fault, SourceError
from coopgraph.forms.answered_sheet import Told, columns_of, rows_of, texts_of, title_of
from coopgraph.forms.fields import form_sheets
from coopgraph.forms.form_book import CONTACT
from coopgraph.forms.memory import MEMORY, SEND_AGAIN, remembered
from coopgraph.forms.returned import Contact, Returned, ReturnedRow, SentRow
from coopgraph.sources.bytes_read import look_at
from coopgraph.sources.workbook import open_archive, opened_book

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook


def read_forms(*files: Path | str) -> tuple[Returned, ...]:
    """Read forms that came back.

    Parameters
    ----------
    files
        Workbooks that `write_forms` made and a city filled in.

    Returns
    -------
    tuple of Returned
        Each form; its `faults` tell what in it was not understood.

    Raises
    ------
    SourceError
        A file is no form at all, or is damaged; all of them are told.

    Examples
    --------
    >>> import coopgraph as cg
    >>> cg.read_forms("nobody.xlsx")
    Traceback (most recent call last):
    ...
    coopgraph.errors.SourceError: A file cannot be read as a form.
      nobody.xlsx: is not there. Put the file back or correct the path.
    """
    found, faults = read_each(map(Path, files))
    if faults:
        raise SourceError("A file cannot be read as a form.", faults=faults)
    return found


def read_each(files: Iterable[Path]) -> tuple[tuple[Returned, ...], tuple[Fault, ...]]:
    """Return the forms that can be read, and what is wrong with the other files."""
    found: dict[str, Returned] = {}
    faults: list[Fault] = []
    for path in files:
        try:
            returned = _read(path)
        except SourceError as error:
            faults += error.faults_of(path.name)
            continue
        if returned.sha256 in found:
            what = f"is the same as {found[returned.sha256].file}."
            faults.append(Fault(path.name, None, None, what, "Name each form once."))
        else:
            found[returned.sha256] = returned
    return tuple(found.values()), tuple(faults)


def _read(path: Path) -> Returned:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of styles and validations it does not keep
        digest = look_at(path).sha256
        with (
            open_archive(path) as archive,
            opened_book(path, archive, stored=False) as book,
            opened_book(path, archive, stored=True) as stored,
        ):
            return _returned(path, digest, book, stored)


def _returned(path: Path, digest: str, book: Workbook, stored: Workbook) -> Returned:
    told = Told(path.name)
    tables = {sheet.title: texts_of(sheet, stored[sheet.title], told) for sheet in book.worksheets}
    head, sent = remembered(path, tables.pop(MEMORY, None))
    rows: list[ReturnedRow] = []
    read: dict[str, frozenset[str]] = {}
    found = {sheet.key: title for sheet in form_sheets() if (title := title_of(sheet, tables))}
    for sheet in form_sheets():
        title = found.get(sheet.key)
        if title is None:
            if sheet.new_rows or any(key == sheet.key for key, _ in sent):
                what = f"the sheet “{sheet.title[head['lang']]}” is gone; nothing in it counts as struck out."
                told(what, f"If the city meant to answer there: {SEND_AGAIN}")
            continue
        columns = columns_of(sheet, title, tables[title], told)
        read[sheet.key] = frozenset(columns)
        rows += rows_of(sheet, title, tables[title], columns, told)
    kept = tuple(_checked(rows, sent, head["city"], told))
    contact = _contact(tables, head["city"], path.name)
    return Returned(
        path.name,
        digest,
        city=head["city"],
        name=head["name"],
        lang=head["lang"],
        release=head["release"],
        base=head["base"],
        licence=head["licence"],
        sent=sent,
        rows=kept,
        read=read,
        contact=contact,
        faults=tuple(told.faults),
    )


def _checked(
    rows: Iterable[ReturnedRow], sent: Mapping[tuple[str, str], SentRow], city: str, told: Told
) -> Iterator[ReturnedRow]:
    """Yield the rows that can be told from one another."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.iri is None:
            yield row
            continue
        key = (row.sheet, row.iri)
        if row.sheet == "city" and row.iri != city:
            told("is the row of another city's form.", SEND_AGAIN, row.title, row.number)
        elif key not in sent:
            what = f"has a technical id that this form was not sent with: {row.iri[:120]}"
            told(what, "Write what is new in the empty rows below.", row.title, row.number)
        elif key in seen:
            what = f"is a copy of row {seen[key]}: both have one technical id."
            told(what, "Write what is new in the empty rows below; row "
                 f"{seen[key]} alone is read.", row.title, row.number)  # fmt: skip
        else:
            seen[key] = row.number
            yield row


def _contact(tables: Mapping[str, list[list[str]]], city: str, file: str) -> Contact | None:
    for lines in tables.values():
        if lines and lines[0] and lines[0][0] == "#contact":
            told = {
                line[0]: " ".join(line[2].split()) for line in lines if len(line) > 2 and line[0] in CONTACT
            }
            if any(told.values()):
                return Contact(city, file=file, **told)
    return None
