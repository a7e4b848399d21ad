"""What a form remembers: a hidden sheet of what was sent, written with it and read when it comes back.

In: a `Form`; or the lines of the sheet. Out: the sheet; or the head of the form and the rows that were sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import Fault, SourceError
from coopgraph.forms.form import VERSION, Form
from coopgraph.forms.returned import SentCell, SentRow
from coopgraph.forms.sheet_style import Page
from coopgraph.languages import LANGUAGES

if TYPE_CHECKING:
    from openpyxl import Workbook

MEMORY: Final = "_coopgraph"  # the sheet that says what was sent
SEND_AGAIN: Final = "Write a new form with `coopgraph forms write`, and copy the answers into it."


def write_memory(book: Workbook, form: Form) -> None:
    """Keep what was sent: the form's head, then a line for each row and for each cell that was filled in."""
    page = Page(book, MEMORY)
    for row, line in enumerate(memory_lines(form), start=1):
        for column, text in enumerate(line, start=1):
            page.bare(row, column, text)
    page.close(hidden=True)


def memory_lines(form: Form) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the hidden sheet."""
    head: Mapping[str, Any] = {
        "form": "coopgraph self-declaration",
        "version": str(VERSION),
        "city": form.city,
        "name": form.name,
        "lang": form.lang,
        "release": form.release,
        "base": form.base,
        "now": form.now,
        "licence": form.licence,
    }
    yield from head.items()
    for key, rows in form.rows.items():
        for row in rows:
            yield ("row", key, row.iri, row.other or "")
            for field, cell in row.cells.items():
                if cell.text:
                    codes = json.dumps(cell.codes, ensure_ascii=False)
                    yield ("cell", key, row.iri, field, cell.text, codes)


def remembered(
    path: Path, lines: list[list[str]] | None
) -> tuple[dict[str, str], dict[tuple[str, str], SentRow]]:
    """Return what a form says it is, and what was sent; raises SourceError for what is no form of ours."""
    head = {line[0]: line[1] for line in lines or () if len(line) > 1 and line[0] not in ("row", "cell")}
    if not head.get("form", "").startswith("coopgraph"):
        raise _no_form(path, "is no form of coopgraph, or its hidden sheet was deleted.", SEND_AGAIN)
    if head.get("version") != str(VERSION):
        made = head.get("version") or "unknown"
        what = f"is a form of version {made}; this coopgraph reads version {VERSION}."
        raise _no_form(path, what, SEND_AGAIN)
    if head.get("lang") not in LANGUAGES or not head.get("city") or not head.get("base"):
        raise _no_form(path, "has a hidden sheet that was changed.", SEND_AGAIN)
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
        raise _no_form(path, "has a hidden sheet that was changed.", SEND_AGAIN)
    return tuple(codes)


def _no_form(path: Path, what: str, fix: str) -> SourceError:
    fault = Fault(path.name, None, None, what, fix)
    return SourceError(f"{path.name} cannot be read as a form.", faults=[fault])
