"""Tables for people within the width there is: as they are, with cells over several lines, or as records.

In: heads and cells as texts, a width. Out: text in which no word is broken, but one wider than the screen.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len

from coopgraph.cli.output import table_text, visible

GAP: Final = 3  # between two columns
TALLEST: Final = 4  # lines of a row; where one has more, records are easier to read

Columns = Sequence[tuple[str, bool]]
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Fitted:
    """Rows as text, and whether they are told as records since the table is too wide."""

    text: str
    as_records: bool


def fitted(columns: Columns, rows: Rows, width: int) -> Fitted:
    """Return a table of (name, is a number) columns where it is readable in the width, else its records.

    >>> print(fitted([("City", False), ("Gave", True)], [["San José", "3"]], 12).text, end="")
    City    Gave
    ────────────
    San        3
    José
    >>> print(fitted([("City", False), ("Gave", True)], [["San José", "3"], ["Quito", "12"]], 8).text, end="")
    City: San José
    Gave: 3
    <BLANKLINE>
    City: Quito
    Gave: 12
    """
    widths = _widths(columns, rows, width)
    if widths is None or any(_height(row, widths) > TALLEST for row in rows):
        return Fitted(records_text([name for name, _ in columns], rows, width), True)
    return Fitted(table_text(columns, rows, sum(widths) + GAP * (len(widths) - 1), widths), False)


def records_text(names: Sequence[str], rows: Rows, width: int) -> str:
    """Return each row as lines `name: value`, long values over several lines, with a line between rows."""
    indent = min(max(map(cell_len, names)) + 2, max(width * 2 // 5, 1))
    return "\n".join(
        "".join(
            f"{_filled(f'{name}: ', visible(cell), indent, width)}\n"
            for name, cell in zip(names, row, strict=True)
        )
        for row in rows
    )


def _filled(name: str, cell: str, indent: int, width: int) -> str:
    first = name + " " * (indent - cell_len(name))
    space = " " * indent
    told = textwrap.fill(
        cell,
        width,
        initial_indent=first,
        subsequent_indent=space,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return told or first.rstrip()


def _widths(columns: Columns, rows: Rows, width: int) -> list[int] | None:
    """Return what each column gets, where no word has to be broken and no number; None where too little."""
    whole = [max(cell_len(text) for text in texts) for texts in _by_column(columns, rows)]
    given = [
        max(_longest_word(texts[0]), *map(cell_len, texts[1:])) if number else max(map(_longest_word, texts))
        for (_, number), texts in zip(columns, _by_column(columns, rows), strict=True)
    ]
    spare = width - GAP * (len(columns) - 1) - sum(given)
    for _ in range(spare):
        folded = max(range(len(given)), key=lambda place: whole[place] / given[place])
        given[folded] += given[folded] < whole[folded]
    return given if spare >= 0 else None


def _by_column(columns: Columns, rows: Rows) -> list[list[str]]:
    return [[name, *(visible(row[place]) for row in rows)] for place, (name, _) in enumerate(columns)]


def _longest_word(text: str) -> int:
    return max(map(cell_len, text.split()), default=1)


def _height(row: Sequence[str], widths: Sequence[int]) -> int:
    return max(
        len(textwrap.wrap(visible(cell), width, break_on_hyphens=False))
        for cell, width in zip(row, widths, strict=True)
    )
