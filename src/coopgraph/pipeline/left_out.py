"""Rows a build goes on without (`keep_going`): which, and why.

In: rounds of violations and the rows they lead back to. Out: the rows no longer mapped, and a CSV report of
every fault.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coopgraph.columns.duck import Connection, column, constant
from coopgraph.errors import Fault
from coopgraph.sources.records import RECORD, Records

Row = tuple[str, int]
"""A source's name and the ordinal of its record."""

Place = tuple[str | None, int | None]
"""The title of a file and a line of it."""

REPORT = "left-out.csv"


@dataclass(frozen=True)
class LeftOut:
    """The rows left out so far and what was wrong with them."""

    rows: frozenset[Row] = frozenset()
    faults: tuple[Fault, ...] = ()

    def with_rows(self, rows: frozenset[Row], faults: Sequence[Fault]) -> LeftOut:
        return LeftOut(self.rows | rows, (*self.faults, *faults))

    def of(self, source: str) -> list[int]:
        return sorted(record for name, record in self.rows if name == source)

    def write(self, directory: Path, cells: Mapping[Place, str]) -> None:
        """Write the report beside the release's data, if there is any: each fault, and its row."""
        if not self.faults:
            return
        with (directory / REPORT).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("file", "line", "column", "what", "fix", "row"))
            for f in self.faults:
                row = cells.get((f.file, f.line), "")
                writer.writerow((f.file, f.line, f.column, f.what, f.fix, row))


def without(records: Records, ordinals: Sequence[int], connection: Connection) -> Records:
    """Return the records less some rows, as a table of its own; ordinals keep leading back to the file."""
    if not ordinals:
        return records
    kept = f"{records.table} kept"
    wanted = column(RECORD).isnotin(*(constant(n) for n in ordinals))
    records.relation(connection).filter(wanted).create(f'"{kept}"')
    return replace(records, table=kept)


def cells_of(records: Records, ordinals: Sequence[int], connection: Connection) -> dict[Place, str]:
    """Return what some rows hold, each as a JSON object of its filled cells by the header's words."""
    if not ordinals:
        return {}
    wanted = column(RECORD).isin(*(constant(n) for n in ordinals))
    cells = [column(own) for own in records.columns.values()]
    rows = records.relation(connection).filter(wanted).project(column(RECORD), *cells).fetchall()
    places = records.locate_all(ordinals)
    return {places[n]: _json(dict(zip(records.columns, row, strict=True))) for n, *row in rows}


def _json(cells: Mapping[str, object]) -> str:
    filled = {name: cell for name, cell in cells.items() if cell is not None}
    return json.dumps(filled, ensure_ascii=False)


def rows_at(records: Mapping[str, Records], faults: Sequence[Fault]) -> frozenset[Row]:
    """Return the records at the files and lines that faults name."""
    places = {(fault.file, fault.line) for fault in faults if fault.line is not None}
    found: set[Row] = set()
    for name, each in records.items():
        if any(piece.title == file for piece in each.pieces for file, _ in places):
            ordinals = range(1, each.count + 1)
            found |= {(name, n) for n, place in each.locate_all(ordinals).items() if place in places}
    return frozenset(found)
