"""The workspace's own tables as they are there, also those that were made before a column was added.

In: CSV files and mappings in `declarations/`. Out: their rows and contents with the columns of today.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from coopgraph.errors import ConfigError, Fault
from coopgraph.forms.tables import COLUMNS, FOLDER, MAPPINGS, Row
from coopgraph.sources.bytes_read import reading


def rows_there(path: Path, table: str) -> list[Row]:
    """Return the rows of a table, none where there is no file; raises ConfigError for other columns."""
    if not path.is_file():
        return []
    rows = _read(path)
    header, columns = rows.fieldnames or (), COLUMNS[table]
    if not header or list(header) != [column for column in columns if column in header]:
        fault = Fault(
            f"{FOLDER}/{path.name}", 1, None, "has other columns than coopgraph gave it.",
            f"Give it these again, in this order: {','.join(columns)}",
        )  # fmt: skip
        raise ConfigError("The workspace's own table cannot be added to.", faults=[fault])
    return [{column: row.get(column) or "" for column in columns} for row in rows]


def content_there(path: Path, table: str) -> tuple[bytes, tuple[str, ...]]:
    """Return what a table holds, with the columns of today, and those that it did not have."""
    columns = COLUMNS[table]
    if not path.is_file():
        return csv_text([columns]), ()
    header = _read(path).fieldnames or ()
    added = tuple(column for column in columns if column not in header)
    if not added:
        return path.read_bytes(), ()
    return csv_text([columns, *(tuple(row.values()) for row in rows_there(path, table))]), added


def mapping_text(path: Path, table: str, added: Sequence[str]) -> bytes:
    """Return the mapping of a table, which reads the added columns too.

    Raises ConfigError where the mapping that is there was edited and does not read them.
    """
    ours = (MAPPINGS / f"{table}.yml").read_bytes()
    if not path.is_file():
        return ours
    there = path.read_bytes()
    new = [
        line for line in ours.splitlines(keepends=True) if any(f"$({one})".encode() in line for one in added)
    ]
    if all(line in there for line in new):
        return there
    if there == b"".join(line for line in ours.splitlines(keepends=True) if line not in new):
        return ours
    lines = "; ".join(line.decode().strip() for line in new)
    what = "was edited, and does not read all columns that the table has today."
    fault = Fault(f"{FOLDER}/mappings/{path.name}", None, None, what, f"Add to it: {lines}")
    raise ConfigError("The workspace's own table cannot be added to.", faults=[fault])


def csv_text(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _read(path: Path) -> csv.DictReader[str]:
    with reading(path):
        text = path.read_bytes().decode("utf-8-sig", "replace")
    return csv.DictReader(io.StringIO(text, newline=""))
