"""A table that nobody has described, taken into a workspace: read, understood, proposed, added.

In: a file and what the user says of it. Out: a `Plan`, to be shown and corrected, then carried out: the
table, its mapping and its description in the workspace, all or nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from coopgraph.columns.duck import Connection, connect
from coopgraph.errors import Fault
from coopgraph.namespaces import BASE
from coopgraph.settings.workspace_file import FILE_NAME, read_file, read_head
from coopgraph.sources.adding import add_source
from coopgraph.sources.guided.bindings import Bound, bindings, slug
from coopgraph.sources.guided.cells import Look, look
from coopgraph.sources.guided.described import described_beside
from coopgraph.sources.guided.doubts import settled
from coopgraph.sources.guided.layout import below_second_header, laid_out, nothing_words
from coopgraph.sources.guided.made_up import made_up
from coopgraph.sources.guided.mapping_text import mapping_text
from coopgraph.sources.guided.own_city import own_city
from coopgraph.sources.guided.proposal import Proposal, propose
from coopgraph.sources.guided.section_text import Origin, column_settings, origin_text, section_text
from coopgraph.sources.guided.words import described
from coopgraph.sources.guided.words_given import with_words
from coopgraph.sources.kinds import PACKED, kinds
from coopgraph.sources.places.adding import add_places
from coopgraph.sources.places.gazetteer import load_gazetteer
from coopgraph.sources.read import read
from coopgraph.sources.records import RECORD, Records
from coopgraph.sources.source_spec import SourceSpec
from coopgraph.sources.workbook import refused

MOST_ROWS: Final = 100_000  # looked at, to say what a column is
SHOWN: Final = 10
_SUBJECTS: Final = ("network", "action", "programme", "agreement")


@dataclass(frozen=True)
class Table:
    """A table that was read: how, its columns' looks, how many rows, what is doubtful in it."""

    spec: SourceSpec
    looks: Mapping[str, Look]
    rows: int
    lists: frozenset[str]  # columns whose cells are lists already
    remarks: tuple[Fault, ...]
    lines: Sequence[int] = ()  # of the rows that were looked at

    @property
    def file(self) -> Path:
        return self.spec.files[0]


@dataclass(frozen=True)
class Plan:
    """What will become of a table: its files by their place in the workspace, its section."""

    table: Table
    proposal: Proposal
    bound: Bound
    mapping: str
    section: str
    understood: Sequence[Mapping[str, str]]  # the first rows, by meaning
    told: tuple[str, ...] = ()  # what may be read otherwise, or was made up


def read_table(file: Path, *, name: str | None = None, sheet: str | None = None) -> Table:
    """Read a table of any kind and look at its columns.

    Raises SourceError, with what is wrong and where, when it cannot be read.
    """
    own = name or slug(file.name.partition(".")[0]) or "table"
    with _connection(file) as connection:
        spec, records = laid_out(file, own, connection, sheet=sheet)
        if not records.count:
            of_sheets = "sheet" in kinds()[spec.kind].keys
            fix = "If another sheet holds the table: --sheet NAME." if of_sheets else "Put rows below it."
            raise refused(file, "has a header and no rows.", fix)
        columns = _columns(records, connection)
        second = below_second_header(spec, records, columns)
        lines = _lines(records)
    told: tuple[Fault, ...] = ()
    if second:
        spec, fault = second
        told = (fault,)
        with _connection(file) as connection:
            records = read(spec, connection)
            columns, lines = _columns(records, connection), _lines(records)
    words = [*spec.null, *described()["cells"]["null"]]
    null = tuple(dict.fromkeys([*spec.null, *nothing_words(columns, words)]))
    looks = {
        header: look([None if cell in null else cell for cell in cells]) for header, cells in columns.items()
    }
    if (beside := described_beside(file)) is not None:
        looks = {name: beside.seen(name, found) for name, found in looks.items()}
    remarks = (*told, *records.faults)
    return Table(replace(spec, null=null), looks, records.count, records.lists, remarks, lines)


def plan(
    table: Table,
    workspace: Path,
    *,
    kind: str | None = None,
    given: Mapping[str, str] | None = None,
    network: str | None = None,
    city: str | None = None,
    row_kind: str | None = None,
    words: Mapping[str, str] | None = None,
) -> Plan:
    """Say what will become of a table; see `propose` for what may be said of it.

    Raises ConfigError when it is no table known here.
    """
    proposal, told = settled(propose(table.looks, kind=kind, given=given, network=network))
    proposal = with_words(proposal, row_kind, words or {})
    bound = bindings(proposal)
    own = own_city(city) if city and proposal.kind.name == "agreements" else None
    told = (*told, *made_up(proposal, has_own_city=own is not None))
    mapping = mapping_text(proposal, bound, described=_described(workspace), own=own)
    section = section_text(table.spec, _place(table, workspace), proposal, bound, table.lists)
    return Plan(table, proposal, bound, mapping, section, _understood(table, proposal, bound), told)


def carry_out(made: Plan, workspace: Path, origin: Origin, *, read: date) -> tuple[Path, ...]:
    """Add the table to the workspace, which is made where there is none; return the files made.

    Raises ConfigError, and leaves the workspace as it was, when something of that name is there.
    """
    spec = made.table.spec
    files: dict[str, bytes | Path] = {
        f"mappings/{spec.name}.yml": made.mapping.encode(),
        f"tables/{spec.name}.ttl": origin_text(spec.name, _base(workspace), origin, read).encode(),
    }
    place = _place(made.table, workspace)
    if not _inside(made.table.file, workspace):
        files[place] = made.table.file
    return add_source(workspace, spec.name, made.section, files, title=origin.title)


@contextmanager
def _connection(file: Path) -> Iterator[Connection]:
    with tempfile.TemporaryDirectory(prefix="coopgraph-import-") as folder:
        scratch = Path(folder)
        with connect(scratch, allow=[scratch, file]) as connection:
            yield connection


def _columns(records: Records, connection: Connection) -> dict[str, list[str | None]]:
    """The first cells of each column; several in a cell stand between semicolons."""
    cells = [records.cell(name).alias(f"x{i}") for i, name in enumerate(records.columns)]
    rows = records.relation(connection).order(RECORD).limit(MOST_ROWS).project(*cells).fetchall()
    return {
        name: [";".join(row[i]) if isinstance(row[i], list) else row[i] for row in rows]
        for i, name in enumerate(records.columns)
    }


def _lines(records: Records) -> list[int]:
    """The line of each row that is looked at."""
    places = records.locate_all(range(1, min(records.count, MOST_ROWS) + 1))
    return [places[number][1] for number in sorted(places)]


def _place(table: Table, workspace: Path) -> str:
    """Where the table will lie: where it is when that is in the workspace, else under its name."""
    if _inside(table.file, workspace):
        return table.file.resolve().relative_to(workspace.resolve()).as_posix()
    endings = table.file.suffixes[-2:] if table.file.suffix.lower() in PACKED else table.file.suffixes[-1:]
    return f"tables/{table.spec.name}{''.join(endings).lower()}"


def _inside(file: Path, workspace: Path) -> bool:
    inside = file.resolve().is_relative_to(workspace.resolve())
    return inside and not any(mark in file.name for mark in "*?[]{}")


def _base(workspace: Path) -> str:
    if not (workspace / FILE_NAME).is_file():
        return BASE
    head, _ = read_head(read_file(workspace))
    return head.base


def _described(workspace: Path) -> tuple[str, ...]:
    """What other mappings of the workspace describe already: its networks, its actions."""
    written = [
        path.read_text(encoding="utf-8", errors="replace") for path in workspace.glob("mappings/*.yml")
    ]
    return tuple(
        what for what in _SUBJECTS if what != "city" and any(f"s: id:{what}/" in text for text in written)
    )


def _understood(table: Table, proposal: Proposal, bound: Bound) -> list[dict[str, str]]:
    """The first rows as they would be read, by meaning; a city says how it was found."""
    settings = column_settings(proposal, table.lists)
    spec = replace(
        table.spec,
        places=bound.places,
        separators={h: each.separator for h, each in settings.items() if each.separator},
        decimals={h: each.decimal for h, each in settings.items() if each.decimal},
        formats={h: each.form for h, each in settings.items() if each.form},
    )
    with _connection(table.file) as connection:
        records = read(spec, connection)
        records.relation(connection).order(RECORD).limit(SHOWN).create('"first rows"')
        records = replace(records, table="first rows")
        if bound.places:
            added = add_places([spec], {spec.name: records}, load_gazetteer(), connection)
            records = added.records[spec.name]
        cells = [records.cell(name).alias(f"x{i}") for i, name in enumerate(records.columns)]
        rows = records.relation(connection).order(RECORD).project(*cells).fetchall()
        return [_row(dict(zip(records.columns, row, strict=True)), proposal, bound) for row in rows]


def _row(cells: Mapping[str, object], proposal: Proposal, bound: Bound) -> dict[str, str]:
    found = {}
    for key, header in proposal.columns.items():
        binding, cell = bound.of[key], cells[header]
        if binding.place and cell:
            into = binding.place.into
            country = cells[f"{into}_country"]
            where = f", {country}" if country else ""
            found[key] = f"{cells[f'{into}_label']}{where} ({cells[f'{into}_how']})"
        elif cell in binding.odd:
            found[key] = ""
        elif binding.words is not None:
            found[key] = next((code for code, words in binding.words.items() if cell in words), "")
        else:
            found[key] = "; ".join(map(str, cell)) if isinstance(cell, list) else str(cell or "")
    return found
