"""A table as CSV: UTF-8 that spreadsheets recognise, formulas neutralised, what it rests on below the rows.

In: a `Sheet` and its `About`. Out: bytes. Standard: RFC 4180, with the heading in the first line.
"""

from __future__ import annotations

import csv
import io
from datetime import date

from coopgraph.exports.about import About, lines
from coopgraph.exports.sheet import Sheet, Value, harmless


def as_csv(sheets: tuple[Sheet, ...], told: About) -> bytes:
    """Return tables one below the other; after an empty line comes what is said of them, each line with a #.

    >>> as_csv((Sheet("", (), ()),), About("Cities"))[-8:]
    b'stated\\r\\n'
    """
    written = io.StringIO()
    writer = csv.writer(written)
    for number, sheet in enumerate(sheets):
        if number:
            writer.writerow(())
        writer.writerow([harmless(column.name) for column in sheet.columns])
        writer.writerows([_cell(value) for value in row] for row in sheet.rows)
    writer.writerow(())
    writer.writerows((f"# {word}", harmless(text)) for word, text in lines(told))
    return written.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return harmless(value.replace("\n", " ").replace("\t", " ")) if isinstance(value, str) else value
