"""A name for each row of a table in which nothing else names one: made of what stands in the row.

In: records, and the columns whose cells name a row. Out: the records with a column `row_name`. A row has the
same name wherever it stands; rows that are alike are numbered in their order.
Format: docs/decisions/0001-workspace-file.md, `row_name`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from coopgraph.columns.duck import Connection, Expression, case, column, constant, function
from coopgraph.errors import Fault
from coopgraph.sources.records import RECORD, Records

ROW_NAME: Final = "row_name"
_LETTERS: Final = 12


def with_row_names(records: Records, names: Sequence[str], connection: Connection) -> Records:
    """Return records with a column `row_name` made of some of their cells; a fault where it is taken."""
    if not names:
        return records
    if ROW_NAME in records.columns:
        fix = "Name that column another way in the file, or remove row_name."
        what = f"has a column '{ROW_NAME}' itself."
        fault = Fault(records.title, None, None, what, fix)
        return replace(records, faults=(*records.faults, fault))
    joined = function("concat_ws", constant("\x1f"), *(_text(records, name) for name in names))
    length = constant(_LETTERS)
    table = records.relation(connection).project(
        RECORD, *records.columns.values(), function("left", function("md5", joined), length).alias("h")
    )
    alike = function("row_number").over(partition_by=[column("h")], order_by=[column(RECORD)])
    numbered = table.project(RECORD, *records.columns.values(), "h", alike.cast("VARCHAR").alias("n"))
    first = column("n") == constant("1")
    named = case(first, column("h")).otherwise(function("concat", column("h"), constant("-"), column("n")))
    name = f"{records.table} named"
    numbered.project(RECORD, *records.columns.values(), named.alias("r0")).create(f'"{name}"')
    return replace(records, table=name, columns={**records.columns, ROW_NAME: "r0"})


def _text(records: Records, name: str) -> Expression:
    cell = records.cell(name)
    text = function("array_to_string", cell, constant("\x1e")) if name in records.lists else cell
    return case(text.isnotnull(), text).otherwise(constant(""))
