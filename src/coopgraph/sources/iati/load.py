"""IATI files to the raw tables of a source, read once however many tables they hold.

In: one table of a source and a connection. Out: its raw table; the first that is asked for reads the files
and makes all of them, in batches, so that DuckDB can spill them. `organisations` and `codes` are made of what
the others mention.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from coopgraph.columns.duck import Connection, Relation, column, constant
from coopgraph.errors import Fault, SourceError
from coopgraph.sources.bytes_read import look_at
from coopgraph.sources.iati.activity import Found
from coopgraph.sources.iati.columns import ACTIVITY, LINE, TABLES
from coopgraph.sources.iati.elements import read_activity
from coopgraph.sources.iati.gathered import GATHERED, gather, renumber, strangers
from coopgraph.sources.iati.lists import read_code_lists
from coopgraph.sources.iati.remarks import Remarks
from coopgraph.sources.iati.repeated import find_repeated
from coopgraph.sources.iati.stream import Stream
from coopgraph.sources.loading import insert_rows, internal_names, raw_table
from coopgraph.sources.raw import Raw
from coopgraph.sources.records import RECORD, Piece
from coopgraph.sources.source_spec import SourceSpec

_ROWS_AT_ONCE: Final = 30_000
_FIRST: Final = next(iter(TABLES))


@dataclass
class _Loading:
    """How many rows each table has so far, and of each file from where to where they go."""

    spec: SourceSpec
    connection: Connection
    found: Found
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TABLES, 0))
    faults: list[Fault] = field(default_factory=list)

    def flush(self) -> None:
        for table, rows in self.found.rows.items():
            if rows:
                self.counts[table] += self._insert(table, rows, self.counts[table] + 1)
                rows.clear()

    def make_the_empty(self) -> None:
        for table, count in self.counts.items():
            if not count:
                self._insert(table, [], 1)

    def _insert(self, table: str, rows: list[tuple[str, ...]], first: int) -> int:
        name = f"{self.spec.section}.{table}"
        lists = [False] * len(TABLES[table])
        return insert_rows(self.connection, name, rows, first=first, lists=lists)


def read_iati(
    spec: SourceSpec, connection: Connection, told: Callable[[Path, int], None] | None = None
) -> Raw:
    """Return the raw table of one table of a source; `told` is called with a file and the bytes read of it.

    Raises SourceError with every file that cannot be read.
    """
    faults: tuple[Fault, ...] = ()
    if spec.table == _FIRST:
        faults = tuple(_load(spec, connection, told))
    elif not _is_loaded(spec, connection):
        raise SourceError(f"The source '{spec.section}' cannot be read.")  # why was told with the first table
    return Raw(
        names=TABLES[spec.table],
        pieces=tuple(_pieces(spec, connection)),
        is_ascii=False,
        has_controls=True,
        faults=faults,
    )


def _load(spec: SourceSpec, connection: Connection, told: Callable[[Path, int], None] | None) -> list[Fault]:
    """Read all files into all tables, each activity once; what is odd is told with the first of them."""
    loading, files = _read_all(spec, connection, told, {})
    repeated = find_repeated(spec.files, loading.found.keys)
    if repeated.count:
        for table in TABLES:
            connection.execute(f'DROP TABLE "{raw_table(f"{spec.section}.{table}")}"')
        loading, files = _read_all(spec, connection, told, repeated.left_out)
    gather(spec.section, connection)
    for table in GATHERED:
        ends = renumber(spec.section, table, [counts[table] for counts in files], connection)
        for counts, end in zip(files, ends, strict=True):
            counts[table] = end
    _note_pieces(spec, files, connection)
    return [
        *repeated.faults,
        *loading.faults,
        *_elsewhere(spec, files, connection),
        *unchecked_faults(loading.found, spec.files[0].name),
    ]


def _read_all(
    spec: SourceSpec,
    connection: Connection,
    told: Callable[[Path, int], None] | None,
    left_out: Mapping[int, Collection[int]],
) -> tuple[_Loading, list[dict[str, int]]]:
    """Read all files but for some activities; what each table has after each file."""
    found = Found(
        read_code_lists(spec.codelists),
        spec.section,
        cited=spec.source_id,
        urls=spec.urls,
        retrieved=spec.retrieved or "",
        licence=spec.licence or "",
    )
    loading = _Loading(spec, connection, found)
    refused: list[Fault] = []
    files: list[dict[str, int]] = []
    for found.file, path in enumerate(spec.files):
        stream, remarks = Stream(path, told=told), Remarks(path.name)
        try:
            _read(stream, remarks, loading, left_out.get(found.file, ()))
        except SourceError as error:
            refused += error.faults_of(path.name)
        files.append(dict(loading.counts))
        loading.faults += remarks.faults()
    if refused:
        raise SourceError(f"The source '{spec.section}' cannot be read.", faults=refused)
    loading.make_the_empty()
    return loading, files


def _read(stream: Stream, remarks: Remarks, loading: _Loading, left_out: Collection[int]) -> None:
    for place, element in enumerate(stream.activities()):
        if place in left_out:
            continue
        read_activity(element, stream.root, loading.found, remarks)
        if sum(map(len, loading.found.rows.values())) > _ROWS_AT_ONCE:
            loading.flush()
    loading.flush()


def _elsewhere(spec: SourceSpec, files: list[dict[str, int]], connection: Connection) -> list[Fault]:
    """Tell the first activities that are named as related and are in none of the files, and how many."""
    told: list[Fault] = []
    first = 0
    missing = strangers(spec.section, connection)
    for path, ends in zip(spec.files, files, strict=True):
        remarks = Remarks(path.name)
        for record, activity, identifier, line in missing:
            if first < record <= ends["related"]:
                remarks.within = activity
                what = f"is related to '{identifier[:80]}', which is not here; that is left out."
                remarks.add("related activities that are not here", int(line), what, severity="info")
        first = ends["related"]
        told += remarks.faults()
    return told


def unchecked_faults(found: Found, file: str) -> list[Fault]:
    """Say of which lists codes were taken as they are, because the list is not at hand."""
    if not found.unchecked:
        return []
    words = ", ".join(f"{name} ({len(codes):,})" for name, codes in sorted(found.unchecked.items()))
    folder = found.lists.folder
    why = f"the folder {folder.name} has no such list" if folder else "no folder of code lists is given"
    what = f"has codes that were not checked, for {why}: {words}."
    fix = 'Fetch the code lists of IATI as XML and name their folder: codelists = "...".'
    return [Fault(file, None, None, what, fix, "info")]


def _note_pieces(spec: SourceSpec, files: list[dict[str, int]], connection: Connection) -> None:
    """Keep beside the tables which of their rows came from which file."""
    rows = []
    for number, (path, ends) in enumerate(zip(spec.files, files, strict=True)):
        sha256 = look_at(path).sha256
        rows += [[str(number), sha256, table, str(end)] for table, end in ends.items()]
    insert_rows(connection, _piece_table(spec), rows, first=1, lists=[False] * 4)


def _is_loaded(spec: SourceSpec, connection: Connection) -> bool:
    name = raw_table(_piece_table(spec))
    return bool(connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [name]).fetchall())


def _piece_table(spec: SourceSpec) -> str:
    return f"{spec.section}.pieces"


def _pieces(spec: SourceSpec, connection: Connection) -> Iterable[Piece]:
    noted = connection.table(f'"{raw_table(_piece_table(spec))}"').filter(
        column("c2") == constant(spec.table)
    )
    first = 1
    table = connection.table(f'"{raw_table(spec.name)}"')
    for number, sha256, end in noted.order(RECORD).project("c0, c1, c3").fetchall():
        path, count = spec.files[int(number)], int(end) - first + 1
        lines = partial(_lines, table, spec.table, first)
        yield Piece(path.name, path, sha256, first, count, 1, lines, line_column=LINE, within=ACTIVITY)
        first += count


def _lines(table: Relation, name: str, first: int, positions: Iterable[int]) -> dict[int, int]:
    """Find the line of some records of a file, by their position in it."""
    wanted = [constant(first + position) for position in positions]
    if not wanted:
        return {}
    own = internal_names(len(TABLES[name]))[TABLES[name].index(LINE)]
    found = table.filter(column(RECORD).isin(*wanted)).project(column(RECORD), column(own)).fetchall()
    return {record - first: int(line) for record, line in found}
