"""The rows of hypothetical events as somebody wrote them.

In: a CSV file, or an Arrow table. Out: rows of texts with their lines; or one SourceError with every fault of
its form. Standard: RFC 4180, in UTF-8.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coopgraph.errors import Fault, SourceError

if TYPE_CHECKING:
    import pyarrow as pa

NEEDED = ("event", "city", "contributes", "benefits")
OF_EVENTS = ("start", "end", "programme", "organiser", "strategic_line", "sdgs")
MORE = (*OF_EVENTS, "amount", "currency")


@dataclass(frozen=True)
class Row:
    """A row as it was written, and its line."""

    line: int
    cells: dict[str, str]


def written(events: pa.Table | str | Path, name: str) -> tuple[list[Row], list[Fault]]:
    """Return the rows of a file or a table, and what is wrong in its form; `name` is what faults call it."""
    return _of_table(events, name) if not isinstance(events, (str, Path)) else _of_file(Path(events), name)


def _of_file(path: Path, name: str) -> tuple[list[Row], list[Fault]]:
    found = _cells(path, name)
    header = found[0][1] if found else []
    uneven = [
        Fault(name, line, None, f"The row has {len(cells)} cells, the header {len(header)}.")
        for line, cells in found
        if len(cells) != len(header)
    ]
    even = [
        Row(line, dict(zip(header, cells, strict=True)))
        for line, cells in found[1:]
        if len(cells) == len(header)
    ]
    return even, [*_of_columns(header, name), *uneven, *_of_no_row(found[1:], name)]


def _cells(path: Path, name: str) -> list[tuple[int, list[str]]]:
    """Read CSV separated by commas or, as spreadsheets in many countries write it, by semicolons."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        wrong = Fault(name, None, None, "It is not text in UTF-8.", "Save it as CSV in UTF-8.")
        raise SourceError(f"{name} cannot be read.", faults=[wrong]) from None
    first = text.split("\n", 1)[0]
    delimiter = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error as error:
        wrong = Fault(name, reader.line_num, None, f"The quoting is broken: {error}.")
        raise SourceError(f"{name} cannot be read.", faults=[wrong]) from None
    return [(line, cells) for line, cells in rows if any(cells)]


def _of_table(table: pa.Table, told: str) -> tuple[list[Row], list[Fault]]:
    rows = [
        Row(line, {name: _text(value) for name, value in row.items()})
        for line, row in enumerate(table.to_pylist(), 1)
    ]
    return rows, [*_of_columns(table.column_names, told), *_of_no_row(rows, told)]


def _of_no_row(rows: Sequence[object], name: str) -> list[Fault]:
    if rows:
        return []
    return [
        Fault(name, None, None, "It has no row below its header.", "Write a row for each event and city.")
    ]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ";".join(map(str, value))
    return "" if value is None else str(value).strip()


def _of_columns(header: Sequence[str], name: str) -> list[Fault]:
    known = (*NEEDED, *MORE)
    return [
        *(Fault(name, 1, column, "is missing.", "Add it.") for column in NEEDED if column not in header),
        *(
            Fault(name, 1, column, "is not known.", f"The columns are {', '.join(known)}.")
            for column in dict.fromkeys(header)
            if column not in known
        ),
        *(
            Fault(name, 1, column, "is there twice.", "Take one of them away.")
            for column in dict.fromkeys(header)
            if header.count(column) > 1
        ),
    ]
