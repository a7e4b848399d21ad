"""What the SHACL shapes find, led back to the file, the row and the column.

In: violations by focus node and path, and where each subject came from. Out: faults, as every other is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from coopgraph.columns.duck import column
from coopgraph.errors import Fault
from coopgraph.pipeline.draft import Draft
from coopgraph.pipeline.left_out import Row
from coopgraph.pipeline.values import Values
from coopgraph.rdf import ShapeViolation
from coopgraph.sources.compile import column_of
from coopgraph.sources.loading import text_array
from coopgraph.sources.quads import ORIGINS


@dataclass(frozen=True)
class ShapeFaults:
    """What the shapes found, and the records the violations (not the remarks) lead back to."""

    faults: tuple[Fault, ...]
    rows: frozenset[Row]

    @property
    def violations(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.severity == "violation"]

    @property
    def remarks(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.severity != "violation"]


def shape_faults(draft: Draft, violations: Sequence[ShapeViolation]) -> ShapeFaults:
    """Lead each violation back to the rows its focus node came from.

    A violation in a cell that already has a fault of its own is not told twice: a date that cannot be read is
    also a missing date, and the reader needs to hear of the first.
    """
    origins = _origins(draft, {violation.focus for violation in violations})
    told = {(fault.file, fault.line, fault.column) for fault in draft.faults}
    values = Values(draft)
    faults: dict[Fault, None] = {}
    rows: set[Row] = set()
    for violation in violations:
        found = _speaking(draft, violation, origins.get(violation.focus, []))
        if violation.severity == "violation":
            rows |= set(found)
        made = [_at_row(draft, values, violation, row) for row in found] or [_nowhere(violation)]
        faults |= dict.fromkeys(f for f in made if (f.file, f.line, f.column) not in told)
    return ShapeFaults(tuple(faults), frozenset(rows))


def _origins(draft: Draft, focuses: Iterable[str]) -> dict[str, list[Row]]:
    subjects = sorted({f"<{focus}>" for focus in focuses})
    if not subjects:
        return {}
    column_of_subjects = pa.Table.from_arrays([text_array(subjects)], names=["focus"])
    wanted = draft.connection.from_arrow(column_of_subjects).set_alias("wanted")
    joined = draft.connection.table(ORIGINS).set_alias("origin").join(wanted, "subject = focus")
    rows = joined.select(column("subject"), column("source"), column("record")).distinct()
    found: dict[str, list[Row]] = {}
    for subject, source, record in sorted(rows.fetchall()):
        found.setdefault(subject[1:-1], []).append((source, record))
    return found


def _speaking(draft: Draft, violation: ShapeViolation, rows: list[Row]) -> list[Row]:
    """The rows whose mapping speaks of the violated property, if any does: files may share a subject."""
    return [row for row in rows if _column(draft, violation, row[0])] or rows


def _column(draft: Draft, violation: ShapeViolation, source: str) -> str | None:
    paths = (violation.path or "").split("|")
    return column_of(draft.mappings[source], violation.focus, paths)


def _at_row(draft: Draft, values: Values, violation: ShapeViolation, row: Row) -> Fault:
    source, record = row
    file, line = draft.records[source].locate(record)
    if violation.value is not None:
        paths = (violation.path or "").split("|")
        unknown = values.unknown(source, violation.focus, paths, violation.value)
        if unknown:
            fix = unknown.fix or _words(violation)[1]
            return Fault(file, line, unknown.column, unknown.what, fix, violation.severity)
    what, fix = _words(violation)
    return Fault(file, line, _column(draft, violation, source), what, fix, violation.severity)


def _nowhere(violation: ShapeViolation) -> Fault:
    """A focus node of an RDF file has no row; its IRI is where it is."""
    what, fix = _words(violation)
    return Fault(None, None, None, f"<{violation.focus}>: {what}", fix, violation.severity)


def _words(violation: ShapeViolation) -> tuple[str, str | None]:
    """What is wrong, with the value found, and the advice: a shape's message is one sentence of each."""
    what, _, fix = violation.message().partition(". ")
    what = what.removesuffix(".")
    found = "" if violation.value is None else f" (found: {violation.value})"
    return f"{what}{found}.", fix or None
