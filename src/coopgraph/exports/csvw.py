"""A release as a folder of CSV files with a description that machines read.

In: an open release. Out: a file for each class and `csv-metadata.json`. Standards: RFC 4180; W3C Metadata
Vocabulary for Tabular Data (CSVW), from which RDF can be made again.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from contextlib import ExitStack
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.exports.about import About, about_release
from coopgraph.exports.classes import Column, Table
from coopgraph.exports.csvw_metadata import metadata
from coopgraph.exports.formats import Options, Written
from coopgraph.exports.records import Ids, Lines, Record, Records
from coopgraph.exports.sheet import harmless
from coopgraph.exports.statements import lines_of
from coopgraph.views.drawing import clean

if TYPE_CHECKING:
    from coopgraph.release import Release

NAME: Final = "csv-metadata.json"
SEPARATOR: Final = ";"
JOINED: Final = " | "
_LONGEST: Final = 10_000_000


def write_csvw(release: Release, target: Path, options: Options) -> Written:
    """Write the folder."""
    options.on_progress("reading what there is")
    target.mkdir()
    return write_tables(
        release, target, options, lambda: lines_of(release), about_release(release, options.lang)
    )


def write_tables(release: Release, folder: Path, options: Options, lines: Lines, about: About) -> Written:
    """Write the tables of the statements that `lines` gives, into a folder that is there."""
    records = Records(release, lines)
    ids = Ids(records.known, release.base)
    counts = Counter({table.name: 0 for table in records.tables})
    cells = Cells(ids, records)
    options.on_progress("writing tables")
    with ExitStack() as files:
        writers = {table.name: _writer(files, folder, table) for table in records.tables}
        for table, record in records:
            writers[table.name].writerow(cells.row(table, record))
            counts[table.name] += 1
    told = metadata(records, ids, cells.dangling, about)
    (folder / NAME).write_text(
        json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )
    names = [folder / f"{table.name}.csv" for table in records.tables]
    left_out = Counter(records.left_out) + cells.left_out
    return Written((*names, folder / NAME), dict(counts), dict(sorted(left_out.items())))


def header(table: Table) -> list[str]:
    """Return the names of a table's columns: its id first, its address last; parties have neither."""
    own = [column.name for column in table.columns]
    return ["id", *own, "iri"] if table.of else own


def _writer(files: ExitStack, folder: Path, table: Table) -> Any:
    file = files.enter_context((folder / f"{table.name}.csv").open("w", encoding="utf-8", newline=""))
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header(table))
    return writer


class Cells:
    """What stands in cells; counts what a cell cannot hold, and notes which columns lead nowhere."""

    def __init__(self, ids: Ids, records: Records) -> None:
        self._ids, self._records = ids, records
        self.left_out: Counter[str] = Counter()
        self.dangling: set[tuple[str, str]] = set()

    def row(self, table: Table, record: Record) -> list[str]:
        """Return the cells of a record."""
        found = [self.cell(table, column, record.cells.get(column.name, [])) for column in table.columns]
        return [self._ids.of(record.iri, table.kind), *found, record.iri] if table.of else found

    def cell(self, table: Table, column: Column, terms: list[str]) -> str:
        """Return one cell: lists with semicolons, several texts joined, of several other values the first."""
        if not terms:
            return ""
        if column.kind in ("text", "words"):
            text = clean((SEPARATOR if column.is_list else JOINED).join(terms), _LONGEST)
            if column.is_list and text.count(SEPARATOR) >= len(terms):
                self.left_out["texts with a semicolon, which stands between texts of a list"] += 1
            if len(terms) > 1 and not column.is_list:
                self.left_out[f"cells of {table.name}.{column.name} that join several texts"] += 1
            if (safe := harmless(text)) != text:
                self.left_out["texts that begin like a formula, now with an apostrophe before them"] += 1
            return safe
        values = [self.value(table, column, term) for term in terms]
        if column.is_list:
            return SEPARATOR.join(values)
        if column.kind in ("decimal", "integer"):
            values = [value for value in values if _is_number(value)]
        if len(terms) > 1 or not values:
            self.left_out[f"further values of {table.name}.{column.name}"] += len(terms) - bool(values)
        return min(values, default="")

    def value(self, table: Table, column: Column, term: str) -> str:
        """Return one value of a cell: a text, or the short form of an address."""
        if column.kind in ("one", "many"):
            kind = self._records.known.kinds.get(term)
            if kind is None:
                self.dangling.add((table.name, column.name))
            return self._ids.of(term, kind or column.of)
        prefix = column.prefix(self._records.prefixes)
        return term.removeprefix(prefix).removesuffix(column.after) if prefix else term


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
