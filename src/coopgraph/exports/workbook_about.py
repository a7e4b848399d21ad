"""The first sheet of a workbook: what it is, how to read what is unknown, the sheets, a legend of columns.

In: what the files of a release say of themselves, the columns shown, the number of rows. Out: rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coopgraph.exports.about import About, lines
from coopgraph.exports.classes import LANGUAGES, words
from coopgraph.exports.workbook_columns import FONT, Shown

Shows = Mapping[str, tuple[str, tuple[Shown, ...]]]


def fill_about(page: Any, told: About, shown: Shows, counts: Mapping[str, int]) -> None:
    """Write the sheet."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    for letter, width in {"A": 28, "B": 40, "C": 90}.items():
        page.column_dimensions[letter].width = width
    for strong, cells in _rows(told, shown, counts):
        row = [WriteOnlyCell(page, "" if isinstance(value, str) else value) for value in cells]
        for cell, value in zip(row, cells, strict=True):
            if isinstance(value, str):
                cell.value, cell.data_type = value, "s"
            cell.alignment = Alignment(horizontal="left")
        for cell in row if strong else row[:1]:
            cell.font = Font(name=FONT, size=11, bold=True)
        page.append(row)


def _rows(told: About, shown: Shows, counts: Mapping[str, int]) -> Iterator[tuple[bool, list[Any]]]:
    place = LANGUAGES.index(told.lang)
    word = {name: texts[place] for name, texts in words()["words"].items()}
    said = lines(told)
    for name, text in said[: len(said) - len(told.sources)]:
        yield False, [name, text]
    yield False, [word["sources"], len(told.sources)]
    yield False, []
    yield False, [word["unknown"], word["empty"]]
    yield False, [word["reading"], word["added"]]
    yield False, []
    yield True, [word["sheet"], word["things"]]
    for name, (title, _) in shown.items():
        yield False, [title, counts[name]]
    yield False, []
    yield True, [word["sheet"], word["column"], word["holds"]]
    kinds = words()["kinds"]
    for title, columns in shown.values():
        for column in columns:
            yield False, [title, column.heading, kinds[column.kind][place]]
