"""A diff as a file, and the same file with the secretariat's decisions in it.

In: a `Difference`. Out: XLSX, CSV or JSON with a column `accept`; and back, what was decided row by row.
The last two columns are technical: what accepting the row writes, and a seal that breaks when it is edited.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from coopgraph.errors import Fault, SourceError
from coopgraph.forms.change import Change, Deed, Difference, deed_of, seal
from coopgraph.forms.sheet_style import Page
from coopgraph.forms.wording import say
from coopgraph.letters import plain_letters
from coopgraph.sources.bytes_read import reading
from coopgraph.sources.repeatable import same_bytes
from coopgraph.sources.workbook import sheet_lines

COLUMNS: Final = (
    "accept", "status", "city", "place", "thing", "field", "before", "known", "by", "says", "remark", "file",
    "deed", "seal",
)  # fmt: skip
SHOWN: Final = COLUMNS[:-2]
FORMATS: Final = ("xlsx", "csv", "json")
_WIDTHS: Final = (11, 22, 16, 20, 36, 20, 24, 24, 28, 32, 34, 16)
_YES: Final = frozenset({"yes", "si", "sim", "true"})
_NO: Final = frozenset({"no", "nao", "false"})
_WRITE_AGAIN: Final = "Write the diff again with `coopgraph forms diff`, and decide there."


@dataclass(frozen=True)
class Decision:
    """A row of a diff with what was decided on it: yes, no, or nothing yet."""

    accept: bool | None
    deed: Deed


def records_of(difference: Difference) -> list[dict[str, str]]:
    """Return the rows of a diff as texts; `accept` is empty."""
    return [_record(change, difference.lang) for change in difference.changes]


def _record(change: Change, lang: str) -> dict[str, str]:
    deed = change.deed.text()
    told = {name: str(getattr(change, name)) for name in SHOWN[2:]}
    status = say(f"status.{change.status}", lang)
    return {"accept": "", "status": status, **told, "deed": deed, "seal": seal(deed, change.says)}


def diff_file(difference: Difference, fmt: str) -> bytes:
    """Return a diff as a file of one of `FORMATS`."""
    records = records_of(difference)
    if fmt == "json":
        told = {"changes": records, "faults": [str(fault) for fault in difference.faults]}
        return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
    if fmt == "csv":
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
        return text.getvalue().encode("utf-8-sig")  # spreadsheet programs take it for UTF-8 by that
    return _workbook(records, difference.lang)


def _workbook(records: list[dict[str, str]], lang: str) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "coopgraph"
    page = Page(book, say("diff.sheet", lang))
    page.widths(dict(enumerate(_WIDTHS, start=1)))
    for column, name in enumerate(COLUMNS, start=1):
        page.fixed(1, column, name, plain=True)
        page.head(2, column, say(f"diff.{name}", lang) if name in SHOWN else name)
    page.hide_row(1)
    for number, record in enumerate(records, start=3):
        page.open(number, 1)
        for column, name in enumerate(COLUMNS[1:], start=2):
            page.fixed(number, column, record[name], plain=name == "says")
        page.fit(number, up_to=len(SHOWN))
    page.hide_column(len(COLUMNS) - 1)
    page.hide_column(len(COLUMNS))
    page.choice(1, 3, len(records) + 2, f'"{say("form.yes", lang)},{say("form.no", lang)}"', lang)
    page.freeze(3, 2)
    page.close()
    return same_bytes(book)


def read_decisions(path: Path) -> list[Decision]:
    """Read a diff back.

    Raises
    ------
    SourceError
        The file is no diff, or rows of it are not as they were written; every row is told.
    """
    faults: list[Fault] = []
    decisions = [
        decision
        for file, number, record in _records(path)
        if (decision := _decision(file, number, record, faults)) is not None
    ]
    if faults:
        raise SourceError(f"{path.name} cannot be accepted as it is.", faults=faults)
    return decisions


def _decision(file: str, number: int, record: Mapping[str, str], faults: list[Fault]) -> Decision | None:
    deed, says = record.get("deed", ""), record.get("says", "")
    if not any(record.values()):
        return None
    accept = plain_letters(record.get("accept", ""))
    if accept and accept not in _YES | _NO:
        what = f"has '{record['accept'][:40]}', expected yes or no."
        faults.append(Fault(file, number, "accept", what, "Leave it empty to decide later."))
        return None
    if record.get("seal") != seal(deed, says):
        what = "was changed: this is not what the city said."
        faults.append(Fault(file, number, "says", what, _WRITE_AGAIN))
        return None
    try:
        return Decision(None if not accept else accept in _YES, deed_of(deed))
    except ValueError:
        faults.append(Fault(file, number, "deed", "cannot be read.", _WRITE_AGAIN))
        return None


def _records(path: Path) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Yield each row with its place, whatever the format of the file."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise _no_diff(path, "is no XLSX, CSV or JSON file.")
    if ending == "xlsx":
        yield from _of_workbook(path)
        return
    with reading(path):
        content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
        yield from _of_json(path, text) if ending == "json" else _of_csv(path, text)
    except (UnicodeDecodeError, csv.Error) as error:
        raise _no_diff(path, f"cannot be read: {error}.") from error


def _of_json(path: Path, text: str) -> Iterator[tuple[str, int, dict[str, str]]]:
    try:
        told: Any = json.loads(text)
    except ValueError as error:
        raise _no_diff(path, f"is not JSON: {error}.") from error
    changes = told.get("changes") if isinstance(told, dict) else None
    if not isinstance(changes, list) or not all(isinstance(change, dict) for change in changes):
        raise _no_diff(path, "holds no list of changes.")
    for number, change in enumerate(changes, start=1):
        yield path.name, number, {str(key): str(value) for key, value in change.items() if value is not None}


def _of_csv(path: Path, text: str) -> Iterator[tuple[str, int, dict[str, str]]]:
    first = text.partition("\n")[0]
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if ";" in first and "," not in first else ","
    )
    header = next(rows, [])
    _check_header(path, header)
    for row in rows:
        yield path.name, rows.line_num, dict(zip(header, row, strict=False))


def _of_workbook(path: Path) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Yield the rows of the first sheet that is a diff."""
    header: list[str] = []
    within = ""
    for sheet, number, values in sheet_lines(path):
        if header and sheet != within:
            break
        texts = ["" if value is None else str(value) for value in values]
        if "deed" in texts and "accept" in texts:
            header, within = texts, sheet
        elif header and number > 2 and any(texts):
            yield f"{path.name} [{sheet}]", number, dict(zip(header, texts, strict=False))
    _check_header(path, header)


def _check_header(path: Path, header: list[str]) -> None:
    if missing := [name for name in ("accept", "says", "deed", "seal") if name not in header]:
        raise _no_diff(path, f"is no diff of forms: it has no column '{missing[0]}'.")


def _no_diff(path: Path, what: str) -> SourceError:
    return SourceError(
        f"{path.name} cannot be read as a diff.", faults=[Fault(path.name, None, None, what, _WRITE_AGAIN)]
    )
