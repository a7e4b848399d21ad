"""A source's files to records.

In: a `SourceSpec` and a connection that may read its files. Out: `Records`, whose cells are text, NFC and
trimmed, or a `SourceError` with every fault found. `read_all` does so for a workspace and joins what
`lookup` asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coopgraph.columns.duck import Connection
from coopgraph.errors import Fault, SourceError
from coopgraph.sources.cells import normalise
from coopgraph.sources.header import declared_faults, fitted
from coopgraph.sources.kinds import kinds
from coopgraph.sources.loading import internal_names
from coopgraph.sources.lookups import join_lookups
from coopgraph.sources.packed import packed_again, unpacked
from coopgraph.sources.raw import Raw
from coopgraph.sources.records import Records
from coopgraph.sources.room import enough_room
from coopgraph.sources.row_names import with_row_names
from coopgraph.sources.source_spec import SourceSpec
from coopgraph.sources.suspects import cell_faults, key_faults
from coopgraph.sources.telling import Telling
from coopgraph.sources.titles import NO_TITLES, retitled, titles_of, with_titles


@dataclass(frozen=True)
class Reading:
    """The records of the sources that could be read, and why the others could not."""

    records: Mapping[str, Records]
    faults: tuple[Fault, ...]


def read(
    spec: SourceSpec,
    connection: Connection,
    titles: Mapping[Path, str] = NO_TITLES,
    *,
    told: Callable[[Path, int], None] | None = None,
) -> Records:
    """Read one source; its `lookup` tables are not joined yet (see `read_all`).

    `told` is called with a file and the bytes read of it, where its reader tells.
    A column the workspace file names and the file does not have is one of the faults of the records.
    """
    raw = with_titles(_raw(spec, connection, told), spec, titles)
    missing = declared_faults(raw.pieces[0].title, raw.pieces[0].row - 1 or None, raw.names, spec)
    spec = fitted(spec, raw.names)
    with enough_room(raw.pieces[0].title):
        cells = normalise(connection, raw, spec)
    names = internal_names(len(raw.names))
    records = Records(
        source=spec.name,
        table=cells.table,
        columns=dict(zip(raw.names, names, strict=True)),
        pieces=raw.pieces,
        lists=raw.lists | frozenset(spec.separators),
        decimals=dict(spec.decimals),
        changed=cells.changed,
    )
    faults = [
        *raw.faults,
        *missing,
        *([] if spec.table else _empty(records)),
        *_changed(records),
        *cell_faults(records, raw, cells.wide, connection),
        *key_faults(records, spec, connection),
    ]
    return with_row_names(replace(records, faults=tuple(faults)), spec.row_name, connection)


def read_each(
    specs: Iterable[SourceSpec],
    connection: Connection,
    directory: Path | None = None,
    *,
    say: Callable[[str], None] | None = None,
) -> Reading:
    """Read every source that is a table and can be read, and join their lookups.

    Files of one name are told apart by their folder, from `directory` on. `say` is told how far it is.
    """
    tables = [spec for spec in specs if kinds()[spec.kind].reader]
    titles = titles_of(tables, directory)
    found: dict[str, Records] = {}
    faults: list[Fault] = []
    refused: set[str] = set()
    telling = Telling(say) if say else None
    for spec in tables:
        if spec.section in refused:
            continue  # another table of files that were read once, and why they cannot be is told
        try:
            if telling:
                telling.begin(spec)
            found[spec.name] = read(spec, connection, titles, told=telling.read if telling else None)
        except SourceError as error:
            refused.add(spec.section)
            faults += retitled(error.faults_of(_place(spec)), spec, titles)
    joined: dict[str, Records] = {}
    for spec in tables:
        if spec.name in found and all(lookup.source in found for lookup in spec.lookups):
            try:
                joined[spec.name] = join_lookups(found[spec.name], spec, found, connection)
            except SourceError as error:
                faults += error.faults_of(_place(spec))
    return Reading(joined, tuple(dict.fromkeys(faults)))


def read_all(specs: Iterable[SourceSpec], connection: Connection) -> dict[str, Records]:
    """Read every source that is a table; all faults of all files that cannot be read are raised at once."""
    reading = read_each(specs, connection)
    if reading.faults:
        raise unreadable(reading.faults)
    return dict(reading.records)


def unreadable(faults: Sequence[Fault]) -> SourceError:
    """The error that tells why files cannot be read."""
    files = len({fault.file for fault in faults})
    return SourceError(f"{'One file' if files == 1 else f'{files} files'} cannot be read.", faults=faults)


def _place(spec: SourceSpec) -> str:
    """What a fault of a whole source is told of: its file, where it has one."""
    return spec.files[0].name if len(spec.files) == 1 else f"[sources.{spec.section}]"


def _raw(spec: SourceSpec, connection: Connection, told: Callable[[Path, int], None] | None) -> Raw:
    kind = kinds()[spec.kind]
    if kind.reader is None:
        raise SourceError(f"The source '{spec.name}' is RDF: it has statements, not records.")
    if kind.tables is not None:
        return kind.read(spec, connection, told)  # once for all its tables, unpacking as it reads
    plain, origin = unpacked(spec, connection)
    return packed_again(kind.read(plain, connection, told), origin)


def _empty(records: Records) -> list[Fault]:
    what = "has a header and no rows."
    return [
        Fault(piece.title, None, None, what, None, "warning") for piece in records.pieces if not piece.count
    ]


def _changed(records: Records) -> list[Fault]:
    if not records.changed:
        return []
    cells = "1 cell" if records.changed == 1 else f"{records.changed:,} cells"
    what = f"{cells} had letters in decomposed form (NFD) and were composed (NFC)."
    return [Fault(records.title, None, None, what, "Nothing to do; their text as written is kept.", "info")]
