"""One sheet of a returned form: its texts, the columns it still has, the rows that say anything.

In: a sheet, whatever was done to it. Out: `ReturnedRow`s; what cannot be understood is told with its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from coopgraph.errors import Fault
from coopgraph.forms.fields import FormSheet
from coopgraph.forms.memory import SEND_AGAIN
from coopgraph.forms.returned import ReturnedRow
from coopgraph.forms.wording import say
from coopgraph.languages import LANGUAGES
from coopgraph.letters import plain_letters
from coopgraph.sources.cell_text import CellRefused, cell_text

_MOST_ROWS: Final = 5000
_MOST_COLUMNS: Final = 200


@dataclass
class Told:
    """What is wrong with one file."""

    file: str
    faults: list[Fault] = field(default_factory=list)

    def __call__(
        self, what: str, fix: str, sheet: str | None = None, row: int | None = None, column: str | None = None
    ) -> None:
        place = f"{self.file} [{sheet}]" if sheet else self.file
        self.faults.append(Fault(place, row, column, what, fix))


def texts_of(sheet: Any, stored: Any, told: Told) -> list[list[str]]:
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


def title_of(sheet: FormSheet, tables: Mapping[str, list[list[str]]]) -> str | None:
    """Return the name a sheet has by now: by its hidden keys, else by the name it was given."""
    keys = {field.key for field in sheet.fields}
    for title, lines in tables.items():
        if any(keys <= set(line) and line[0] == "#keys" for line in lines[:8] if line):
            return title
    return next((title for title in sheet.title.values() if title in tables), None)


def columns_of(sheet: FormSheet, title: str, lines: Sequence[Sequence[str]], told: Told) -> dict[str, int]:
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
        told("has lost its hidden first column, so no row can be told from another.", SEND_AGAIN, title)
        return {}
    for field_ in sheet.fields:
        if field_.key not in columns:
            what = f"the column “{field_.head['en']}” is gone; nothing in it counts as struck out."
            told(what, f"If the city meant to answer there: {SEND_AGAIN}", title)
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


def rows_of(
    sheet: FormSheet, title: str, lines: list[list[str]], columns: Mapping[str, int], told: Told
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
