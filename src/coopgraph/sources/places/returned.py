"""A review sheet that came back: its decisions as judgements.

In: the sheet (XLSX, ODS, CSV ...), decided in part. Out: judgements, and a fault for each cell that says
nothing clear; rows left open are none. Format: docs/decisions/0016-places.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from coopgraph.columns.duck import column, connect
from coopgraph.errors import Fault, SourceError
from coopgraph.sources.delimited_text import Dialect, first_row
from coopgraph.sources.judgements import Judgement, Own
from coopgraph.sources.kinds import kind_of
from coopgraph.sources.read import read
from coopgraph.sources.records import RECORD, Records
from coopgraph.sources.source_spec import SourceSpec

NEEDED: Final = ("id", "decision", "who", "why")
_ID: Final = re.compile(r"name-[a-z]{2}-\S+")
_PLACE: Final = re.compile(
    r"(?:https?://(?:www|sws)\.geonames\.org/|geonames-)?0*([1-9][0-9]{0,9})(?:[:/].*)?", re.S
)
_NONE: Final = re.compile(r"none(?::.*)?", re.S | re.I)


def is_review(path: Path) -> bool:
    """Whether a file of judgements is a review sheet: any spreadsheet, or a CSV with a column 'decision'."""
    if path.suffix.lower() not in (".csv", ".tsv"):
        return True
    return _delimiter(path) is not None


def read_review(path: Path, base: str) -> list[Judgement | Own | Fault]:
    """Read the decisions of a sheet, and what is wrong with the others.

    Raises SourceError when the file cannot be read, or is no review sheet.
    """
    kind = kind_of(path)
    if kind is None or kind.reader is None:
        what, fix = "is no review sheet.", "Name the file that coopgraph check --review wrote."
        raise SourceError(f"{path.name} cannot be read.", faults=[Fault(path.name, None, None, what, fix)])
    spec = SourceSpec("review", (path,), kind.name, delimiter=_delimiter(path) or ",")
    with connect(allow=[path], threads=1) as connection:
        records = read(spec, connection)
        if missing := [name for name in NEEDED if name not in records.columns]:
            fix = "Name the file that coopgraph check --review wrote."
            faults = [Fault(records.title, 1, None, f"has no column '{name}'.", fix) for name in missing]
            raise SourceError(f"{records.title} cannot be read.", faults=faults)
        cells = [records.cell(name).alias(f"d{number}") for number, name in enumerate(NEEDED)]
        rows = records.relation(connection).project(column(RECORD), *cells).order(RECORD).fetchall()
    wrong = [fault for fault in records.faults if fault.severity == "violation"]
    return [*wrong, *_decisions(records, rows, base)]


def _delimiter(path: Path) -> str | None:
    """What stands between the columns of a sheet saved as text; None where it is no sheet."""
    for mark in (",", ";", "\t"):
        first = first_row(path, Dialect("utf-8", mark))
        if first and {"id", "decision"} <= {cell.strip() for cell in first.cells}:
            return mark
    return None


def _decisions(
    records: Records, rows: list[tuple[int, str | None, str | None, str | None, str | None]], base: str
) -> Iterator[Judgement | Own | Fault]:
    places = records.locate_all(row[0] for row in rows)
    before: dict[str, tuple[str, int]] = {}
    for record, name, decision, who, why in rows:
        if not decision:
            continue
        file, line = places[record]
        place, none = _PLACE.fullmatch(decision), _NONE.fullmatch(decision)
        if not name or not _ID.fullmatch(name):
            what = f"has '{name}', which is no id of a name." if name else "is empty beside a decision."
            yield Fault(file, line, "id", what, "Leave the ids as they were written.")
        elif not place and not none:
            what = f"has '{decision[:60]}', expected one of the list, a GeoNames number, or none."
            yield Fault(file, line, "decision", what)
        elif name in before and before[name][0] != (place[1] if place else ""):
            what = f"has '{name}' again, decided otherwise in row {before[name][1]}."
            yield Fault(file, line, "id", what, "Decide each name once.")
        elif name not in before:
            before[name] = (place[1] if place else "", line)
            iri = f"{base}id/city/{name}"
            if place:
                left = f"{base}id/city/geonames-{place[1]}"
                yield Judgement(file, line, left, iri, True, who or "", why or "")
            else:
                yield Own(file, line, iri)
