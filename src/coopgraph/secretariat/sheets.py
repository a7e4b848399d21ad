"""A dossier as sheets of a workbook or as one CSV: what people read, with sources and rows beside it.

In: `Written`, the titles of sources, the rows of files. Out: `exports.sheet.Sheet`s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coopgraph.exports.sheet import Column, Sheet, Value
from coopgraph.secretariat.markdown import proved
from coopgraph.secretariat.wording import word
from coopgraph.secretariat.written import Cell, Written, WrittenColumn, WrittenTable

Proofs = Mapping[str, Sequence[str]]


def as_sheets(told: Written, titles: Mapping[str, str], proofs: Proofs) -> tuple[Sheet, ...]:
    """Return a sheet for each table, and one of all that is said."""
    said = [(text,) for text in (told.title, told.lead, *told.rests_on, *told.unknown)]
    notes = Sheet(word("all", "head.rests-on", told.lang), (Column(told.name),), tuple(said))
    return (*(as_sheet(told, table, titles, proofs) for table in told.tables), notes)


def as_sheet(told: Written, table: WrittenTable, titles: Mapping[str, str], proofs: Proofs) -> Sheet:
    """Return a table with two columns more: its sources, and the rows of files.

    An amount is a number beside its currency, an estimate three numbers: itself and the ends of its range.
    """
    columns = [
        Column(head, kind)
        for one in table.columns
        for head, kind in one.parts or ((one.head, "number" if one.is_number else "text"),)
    ]
    columns += [Column(word("all", f"column.{key}", told.lang)) for key in ("sources", "evidence")]
    rows = [
        (
            *(
                value
                for cell, one in zip(row.cells, table.columns, strict=True)
                for value in _values(cell, one)
            ),
            "; ".join(titles[iri] for iri in row.sources) or None,
            proved(row.evidence, proofs) or None,
        )
        for row in table.rows
    ]
    return Sheet(table.title, tuple(columns), tuple(rows))


def _values(cell: Cell, column: WrittenColumn) -> tuple[Value, ...]:
    if column.parts:
        known = cell.parts or (cell.value,)
        return (*known, *[None] * (len(column.parts) - len(known)))
    if column.is_plain:
        return (cell.value,)
    return (None if cell.is_unknown else cell.text,)
