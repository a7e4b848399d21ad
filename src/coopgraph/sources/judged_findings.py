"""Judgements of findings: what a person said of statements that do not fit, kept beside those of identity.

In: the tables of judgements of a workspace. Out: `Judged` rows by finding, in the order in which they count;
and the same table with rows added, those that stood there as they were. Format: docs/secretariat/declared.md.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coopgraph.columns.duck import column, connect
from coopgraph.errors import ConfigError, Fault, SourceError
from coopgraph.release.durable import whole_file
from coopgraph.settings.toml_lines import key_lines
from coopgraph.settings.workspace_file import FILE_NAME
from coopgraph.sources import delimited_text
from coopgraph.sources.bytes_read import writing
from coopgraph.sources.delimited_text import Dialect, Row
from coopgraph.sources.header import header_names
from coopgraph.sources.kinds import kind_of
from coopgraph.sources.places.returned import is_review
from coopgraph.sources.read import read
from coopgraph.sources.records import RECORD
from coopgraph.sources.source_spec import SourceSpec
from coopgraph.sources.workspace import judgements_of

COLUMNS: Final = ("finding", "kind", "left", "right", "judgement", "stands", "who", "when", "why", "values")
TABLE: Final = "judgements.csv"
_DIALECT: Final = Dialect("utf-8", ",")


@dataclass(frozen=True)
class Judged:
    """What one person said of one finding: same, different, or which value stands; of which values."""

    finding: str
    kind: str
    left: str
    right: str
    judgement: str
    stands: str
    who: str
    when: str
    why: str
    values: str

    def cells(self) -> tuple[str, ...]:
        """Return the row as it is kept, in the order of COLUMNS."""
        return tuple(str(getattr(self, name)) for name in COLUMNS)


def judged_of(directory: Path) -> dict[str, list[Judged]]:
    """Return what was judged of each finding, the one that counts last.

    Raises ConfigError and SourceError for files that are not there or cannot be read.
    """
    found: dict[str, list[Judged]] = {}
    for path in judgements_of(directory):
        if path.suffix.lower() == ".csv" and not is_review(path):
            names, rows = _table(path)
            for cells in rows:
                row = dict(zip(names, cells, strict=True))
                if row.get("finding"):
                    one = Judged(**{name: row.get(name, "") for name in COLUMNS})
                    found.setdefault(one.finding, []).append(one)
    return {finding: sorted(rows, key=lambda row: row.when) for finding, rows in found.items()}


def add(directory: Path, more: Sequence[Judged]) -> Path:
    """Add rows to the table of judgements of a workspace, and return it; what stands there stays.

    A workspace that names none gets `judgements.csv`, which is written beside its coopgraph.toml and named
    there.
    """
    named = judgements_of(directory)
    tables = [path for path in named if path.suffix.lower() == ".csv" and not is_review(path)]
    path = tables[0] if tables else directory / TABLE
    if named and not tables:
        fix = f'Add "{TABLE}" to the list judgements, and a file with the line left,right,judgement,who,why.'
        raise ConfigError(
            "The workspace has no table of judgements.",
            faults=[Fault(FILE_NAME, None, None, "'judgements' names review sheets only.", fix)],
        )
    names, rows = _table(path) if path.exists() else ([], [])
    header = [*names, *(name for name in COLUMNS if name not in names)] if names else list(COLUMNS)
    lines = [[*row, *[""] * (len(header) - len(row))] for row in rows]
    lines += [[dict(zip(COLUMNS, one.cells(), strict=True)).get(name, "") for name in header] for one in more]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *lines])
    _write(path, text.getvalue())
    if not tables:
        _name(directory / FILE_NAME)
    return path


def _table(path: Path) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of a table of judgements."""
    if broken := delimited_text.faults(path, _DIALECT):
        raise SourceError(f"{path.name} cannot be read.", faults=broken)
    found = [list(row.cells) for row in delimited_text.rows(path, _DIALECT) if isinstance(row, Row)]
    if not found:
        return [], []
    return list(header_names(found[0])), [row for row in found[1:] if any(row)]


def _name(file: Path) -> None:
    """Name the table under [workspace], on a line of its own; the rest of the file stays as it is."""
    text = file.read_text(encoding="utf-8")
    line = key_lines(text)["workspace",]
    lines = text.splitlines(keepends=True)
    end = "\r\n" if lines[line - 1].endswith("\r\n") else "\n"
    lines[line - 1] = lines[line - 1].rstrip("\r\n") + end
    _write(file, "".join([*lines[:line], f'judgements = "{TABLE}"{end}', *lines[line:]]))


def _write(path: Path, text: str) -> None:
    with writing(path), whole_file(path) as beside:
        beside.write_bytes(text.encode("utf-8"))


def read_returned(path: Path) -> tuple[list[tuple[str, int, dict[str, str]]], list[str]]:
    """Return the rows of a list that came back (file, line, cells by heading), and its headings.

    Raises SourceError where it cannot be read.
    """
    kind = kind_of(path)
    if kind is None or kind.reader is None:
        what, fix = "is no review list.", "Name the file that coopgraph declared -o review.xlsx wrote."
        raise SourceError(f"{path.name} cannot be read.", faults=[Fault(path.name, None, None, what, fix)])
    spec = SourceSpec("review", (path,), kind.name, delimiter=_delimiter(path))
    with connect(allow=[path], threads=1) as connection:
        records = read(spec, connection)
        if wrong := [fault for fault in records.faults if fault.severity == "violation"]:
            raise SourceError(f"{path.name} cannot be read.", faults=wrong)
        names = list(records.columns)
        cells = [records.cell(name).alias(f"d{number}") for number, name in enumerate(names)]
        rows = records.relation(connection).project(column(RECORD), *cells).order(RECORD).fetchall()
    places = records.locate_all(row[0] for row in rows)
    return [
        (*places[row[0]], {name: str(cell or "").strip() for name, cell in zip(names, row[1:], strict=True)})
        for row in rows
    ], names


def _delimiter(path: Path) -> str:
    """What stands between the columns of a list saved as text: what parts its first line most often."""
    if path.suffix.lower() not in (".csv", ".tsv"):
        return ","
    first = path.read_text(encoding="utf-8-sig", errors="replace").partition("\n")[0]
    return max((",", ";", "\t"), key=lambda mark: len(re.findall(re.escape(mark), first)))
