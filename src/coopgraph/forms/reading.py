"""Returned forms read back, whatever was done to them: sheets by hidden keys, rows by technical ids.

In: XLSX files. Out: `Returned`s. What cannot be understood is told with its sheet, row and column; what is
not there is never taken for struck out.
Standard: Office Open XML (ECMA-376).
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import Fault, SourceError
from coopgraph.forms.fields import FormSheet, form_sheets
from coopgraph.forms.form import VERSION
from coopgraph.forms.returned import Contact, Returned, ReturnedRow, SentCell, SentRow
from coopgraph.forms.wording import say
from coopgraph.forms.writing import CONTACT, MEMORY
from coopgraph.languages import LANGUAGES
from coopgraph.letters import plain_letters
from coopgraph.sources.bytes_read import look_at
from coopgraph.sources.cell_text import CellRefused, cell_text
from coopgraph.sources.workbook import broken_as_words, open_archive, opened_book

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_MOST_ROWS: Final = 5000
_MOST_COLUMNS: Final = 200
_SEND_AGAIN: Final = "Write a new form with `coopgraph forms write`, and copy the answers into it."


@dataclass
class _Told:
    """What is wrong with one file."""

    file: str
    faults: list[Fault] = field(default_factory=list)

    def __call__(
        self, what: str, fix: str, sheet: str | None = None, row: int | None = None, column: str | None = None
    ) -> None:
        place = f"{self.file} [{sheet}]" if sheet else self.file
        self.faults.append(Fault(place, row, column, what, fix))


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
      nobody.xlsx: does not exist. Check the path.
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
            broken_as_words(path),
        ):
            return _returned(path, digest, book, stored)


def _returned(path: Path, digest: str, book: Workbook, stored: Workbook) -> Returned:
    told = _Told(path.name)
    tables = {sheet.title: _texts(sheet, stored[sheet.title], told) for sheet in book.worksheets}
    head, sent = _memory(path, tables.pop(MEMORY, None))
    rows: list[ReturnedRow] = []
    read: dict[str, frozenset[str]] = {}
    found = {sheet.key: title for sheet in form_sheets() if (title := _title(sheet, tables))}
    for sheet in form_sheets():
        title = found.get(sheet.key)
        if title is None:
            if sheet.new_rows or any(key == sheet.key for key, _ in sent):
                what = f"the sheet “{sheet.title[head['lang']]}” is gone; nothing in it counts as struck out."
                told(what, f"If the city meant to answer there: {_SEND_AGAIN}")
            continue
        columns = _columns(sheet, title, tables[title], told)
        read[sheet.key] = frozenset(columns)
        rows += _rows(sheet, title, tables[title], columns, told)
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


def _texts(sheet: Any, stored: Any, told: _Told) -> list[list[str]]:
    """Return the texts of a sheet, row by row; a formula counts by the value it had when it was saved."""
    sheet.reset_dimensions()
    stored.reset_dimensions()
    lines: list[list[str]] = []
    limits = {"max_row": _MOST_ROWS, "max_col": _MOST_COLUMNS}
    pairs = zip(sheet.iter_rows(**limits), stored.iter_rows(**limits), strict=True)
    for number, (cells, values) in enumerate(pairs, start=1):
        line: list[str] = []
        for cell, value in zip(cells, values, strict=False):
            try:
                line.append((cell_text(cell, value) or "").strip())
            except CellRefused as refused:
                told(f"cell {cell.coordinate} {refused.what}", refused.fix, sheet.title, number)
                line.append("")
        lines.append(line)
    if any(map(any, sheet.iter_rows(min_row=_MOST_ROWS + 1, max_row=_MOST_ROWS + 1, values_only=True))):
        told(f"has more than {_MOST_ROWS:,} rows.", "Send what is beyond in a form of its own.", sheet.title)
    return lines


def _memory(
    path: Path, lines: list[list[str]] | None
) -> tuple[dict[str, str], dict[tuple[str, str], SentRow]]:
    """Return what a form says it is, and what was sent; raises SourceError for what is no form of ours."""
    head = {line[0]: line[1] for line in lines or () if len(line) > 1 and line[0] not in ("row", "cell")}
    if not head.get("form", "").startswith("coopgraph"):
        raise _no_form(path, "is no form of coopgraph, or its hidden sheet was deleted.", _SEND_AGAIN)
    if head.get("version") != str(VERSION):
        made = head.get("version") or "unknown"
        what = f"is a form of version {made}; this coopgraph reads version {VERSION}."
        raise _no_form(path, what, _SEND_AGAIN)
    if head.get("lang") not in LANGUAGES or not head.get("city") or not head.get("base"):
        raise _no_form(path, "has a hidden sheet that was changed.", _SEND_AGAIN)
    others: dict[tuple[str, str], str | None] = {}
    cells: dict[tuple[str, str], dict[str, SentCell]] = {}
    for line in lines or ():
        part = [*line, "", "", "", "", ""][:6]
        if part[0] == "row":
            others[part[1], part[2]] = part[3] or None
        elif part[0] == "cell":
            cells.setdefault((part[1], part[2]), {})[part[3]] = SentCell(part[4], _codes(path, part[5]))
    sent = {key: SentRow(other, cells.get(key, {})) for key, other in others.items()}
    return {"name": head["city"], "release": "", "licence": "", **head}, sent


def _codes(path: Path, text: str) -> tuple[str, ...]:
    try:
        codes = json.loads(text)
    except ValueError:
        codes = None
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise _no_form(path, "has a hidden sheet that was changed.", _SEND_AGAIN)
    return tuple(codes)


def _title(sheet: FormSheet, tables: Mapping[str, list[list[str]]]) -> str | None:
    """Return the name a sheet has by now: by its hidden keys, else by the name it was given."""
    keys = {field.key for field in sheet.fields}
    for title, lines in tables.items():
        if any(keys <= set(line) and line[0] == "#keys" for line in lines[:8] if line):
            return title
    return next((title for title in sheet.title.values() if title in tables), None)


def _columns(sheet: FormSheet, title: str, lines: Sequence[Sequence[str]], told: _Told) -> dict[str, int]:
    """Return where each column stands: by the hidden keys, else by the heads in any language."""
    names = {field.key: field.key for field in sheet.fields} | {
        "#id": "#keys", "#confirm": "#confirm", "#remark": "#remark",
    }  # fmt: skip
    keyed = next((line for line in lines[:8] if line and "#keys" in line), None)
    if keyed is not None:
        columns = {key: keyed.index(name) for key, name in names.items() if name in keyed}
    else:
        columns = _by_heads(sheet, lines)
    if "#id" not in columns:
        told("has lost its hidden first column, so no row can be told from another.", _SEND_AGAIN, title)
        return {}
    for field_ in sheet.fields:
        if field_.key not in columns:
            what = f"the column “{field_.head['en']}” is gone; nothing in it counts as struck out."
            told(what, f"If the city meant to answer there: {_SEND_AGAIN}", title)
    return columns


def _by_heads(sheet: FormSheet, lines: Sequence[Sequence[str]]) -> dict[str, int]:
    heads: dict[str, str] = {}
    for lang in LANGUAGES:
        heads |= {plain_letters(field_.head[lang]): field_.key for field_ in sheet.fields}
        heads |= {plain_letters(say(f"form.{key}", lang)): f"#{key}" for key in ("confirm", "remark")}
    for line in lines[:8]:
        plain = [plain_letters(text).removesuffix(" *") for text in line]
        found = {heads[text]: place for place, text in enumerate(plain) if text in heads}
        if len(found) >= 2:
            return {**found, **({"#id": 0} if line[0].startswith("#") else {})}
    return {}


def _rows(
    sheet: FormSheet, title: str, lines: list[list[str]], columns: Mapping[str, int], told: _Told
) -> Iterator[ReturnedRow]:
    """Yield the rows that say anything."""
    if not columns:
        return
    for number, line in enumerate(lines, start=1):
        at = {key: line[place] if place < len(line) else "" for key, place in columns.items()}
        iri = at["#id"]
        if iri.startswith("#"):
            continue
        texts = {field_.key: at.get(field_.key, "") for field_ in sheet.fields}
        confirm, remark = at.get("#confirm", ""), at.get("#remark", "")
        if iri or any(texts.values()) or remark:
            yield ReturnedRow(sheet.key, title, number, iri or None, texts, confirm, remark)


def _checked(
    rows: Iterable[ReturnedRow], sent: Mapping[tuple[str, str], SentRow], city: str, told: _Told
) -> Iterator[ReturnedRow]:
    """Yield the rows that can be told from one another."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.iri is None:
            yield row
            continue
        key = (row.sheet, row.iri)
        if row.sheet == "city" and row.iri != city:
            told("is the row of another city's form.", _SEND_AGAIN, row.title, row.number)
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


def _no_form(path: Path, what: str, fix: str) -> SourceError:
    fault = Fault(path.name, None, None, what, fix)
    return SourceError(f"{path.name} cannot be read as a form.", faults=[fault])
