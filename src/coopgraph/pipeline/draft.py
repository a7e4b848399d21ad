"""The first half of a build: everything read, mapped, identified and traced, as quads in DuckDB.

In: a workspace and a folder to spill to. Out: a `Draft`: the quads, where each subject came from, and what is
wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from coopgraph.columns.duck import Connection, connect
from coopgraph.errors import Fault, MappingError, RdfSyntaxError, SourceError
from coopgraph.namespaces import workspace_prefixes
from coopgraph.pipeline.citations import undescribed_sources
from coopgraph.pipeline.left_out import LeftOut, Place, Row, cells_of, rows_at, without
from coopgraph.pipeline.outcome import SourceSummary
from coopgraph.pipeline.unusable import Unusable
from coopgraph.rdf.ontology import ontology_files
from coopgraph.sources.compile import graph_of, map_records
from coopgraph.sources.constructed import map_rdf
from coopgraph.sources.fit import misfits
from coopgraph.sources.identify import identify
from coopgraph.sources.judgements import Judgements, read_judgements
from coopgraph.sources.mapping import SourceMapping, load_mapping
from coopgraph.sources.places.adding import Added, add_places
from coopgraph.sources.places.gazetteer import load_gazetteer
from coopgraph.sources.places.judged import judged_names
from coopgraph.sources.places.origin import describe_gazetteer
from coopgraph.sources.quads import count_quads, make_tables
from coopgraph.sources.rdffiles import insert_rdf
from coopgraph.sources.read import Reading, read_each
from coopgraph.sources.records import Records
from coopgraph.sources.source_spec import SourceSpec
from coopgraph.sources.trace import trace
from coopgraph.sources.unread import unread_columns
from coopgraph.sources.workspace import Workspace

Progress = Callable[[str], None]
_SMALL = 4 << 20  # bytes; below it a second thread costs more than it does


@dataclass(frozen=True)
class Draft:
    """What was read. `violations` stop a release, `remarks` do not; `rows` are where the violations are."""

    workspace: Workspace
    connection: Connection
    records: Mapping[str, Records]
    mappings: Mapping[str, SourceMapping]
    summaries: tuple[SourceSummary, ...]
    faults: tuple[Fault, ...]
    left_out: LeftOut
    placed: Added
    cells: Mapping[Place, str]
    """What the rows left out hold."""

    @property
    def violations(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.severity == "violation"]

    @property
    def remarks(self) -> list[Fault]:
        return [*self.left_out.faults, *(fault for fault in self.faults if fault.severity != "violation")]

    @property
    def rows(self) -> frozenset[Row]:
        return rows_at(self.records, self.violations)

    @property
    def quads(self) -> int:
        return count_quads(self.connection)


def collect(workspace: Workspace, folder: Path, left_out: LeftOut, say: Progress) -> Draft:
    """Read, map, identify and trace; files or mappings that cannot be used at all raise, all at once.

    What can be used is mapped even then, so that the error tells of its cells too.
    """
    unusable = Unusable()
    mappings = _mappings(workspace, unusable)
    threads = 1 if sum(path.stat().st_size for path in workspace.files) < _SMALL else None
    connection = connect(folder, memory=workspace.memory, allow=workspace.files, threads=threads)
    make_tables(connection)
    say(f"reading {len(workspace.sources)} sources")
    reading = read_each(workspace.sources, connection, workspace.directory, say=say)
    unusable.files += reading.faults
    judgements, misjudged = _judgements(workspace, unusable)
    placed = _placed(workspace, reading, judgements, connection, say)
    faults = [*_fitting(placed.records, mappings, left_out, unusable), *placed.faults, *misjudged]
    faults += unread_columns(workspace.sources, reading.records, mappings)
    records = {name: without(each, left_out.of(name), connection) for name, each in placed.records.items()}
    summaries = []
    for spec in workspace.sources:
        say(f"mapping {spec.name}")
        before = count_quads(connection)
        faults += _insert(spec, workspace, records, mappings, unusable, connection)
        quads = count_quads(connection) - before
        summaries.append(_summary(spec, records.get(spec.name), quads))
        faults += _nothing_said(summaries[-1], spec, len(left_out.of(spec.name)))
    if error := unusable.error(faults):
        raise error
    say("adding the ontology, identities and provenance")
    for path in ontology_files():
        insert_rdf(path, f"{workspace.base}graph/ontology", workspace.base, connection)
    faults += undescribed_sources(records, mappings, workspace.base, connection)
    faults += identify(workspace, judgements, connection, records, placed.settled)
    trace(workspace, records, connection)
    cells = {
        place: row
        for name, each in placed.records.items()
        for place, row in cells_of(each, left_out.of(name), connection).items()
    }
    return Draft(
        workspace, connection, records, mappings, tuple(summaries), tuple(faults), left_out, placed, cells
    )


def _judgements(workspace: Workspace, unusable: Unusable) -> tuple[Judgements, list[Fault]]:
    try:
        return read_judgements(workspace.judgements, workspace.base)
    except SourceError as error:
        unusable.files += error.faults_of(None)
        return Judgements(()), []


def _placed(
    workspace: Workspace, reading: Reading, judgements: Judgements, connection: Connection, say: Progress
) -> Added:
    """The records with the places their rows name looked up; GeoNames is a source of theirs then."""
    if not any(spec.places for spec in workspace.sources):
        return Added(reading.records, (), ())
    say("looking up places")
    gazetteer = load_gazetteer(workspace.gazetteer)
    describe_gazetteer(gazetteer, workspace.base, connection)
    judged = judged_names(judgements)
    return add_places(workspace.sources, reading.records, gazetteer, connection, judged)


def _mappings(workspace: Workspace, unusable: Unusable) -> dict[str, SourceMapping]:
    prefixes = workspace_prefixes(workspace.base)
    found: dict[str, SourceMapping] = {}
    for spec in workspace.sources:
        if spec.mapping is not None and spec.kind != "rdf":
            try:
                found[spec.name] = load_mapping(spec.mapping, prefixes)
            except MappingError as error:
                unusable.mappings += error.faults_of(spec.mapping.name)
    return found


def _fitting(
    records: Mapping[str, Records],
    mappings: dict[str, SourceMapping],
    left_out: LeftOut,
    unusable: Unusable,
) -> list[Fault]:
    """Take away the mappings that do not fit their files; return what is wrong with the files otherwise.

    What is wrong with rows that are left out is in the report of those already.
    """
    faults: list[Fault] = []
    for name, each in records.items():
        wrong = misfits(mappings[name], each) if name in mappings else []
        if wrong:
            del mappings[name]
            unusable.mappings += wrong
        told = tuple(fault.what.split(",")[0] for fault in wrong)  # "has no column 'id'"
        gone = set(each.locate_all(left_out.of(name)).values())
        faults += [
            fault
            for fault in each.faults
            if not fault.what.startswith(told) and (fault.file, fault.line) not in gone
        ]
    return faults


def _insert(
    spec: SourceSpec,
    workspace: Workspace,
    records: Mapping[str, Records],
    mappings: Mapping[str, SourceMapping],
    unusable: Unusable,
    connection: Connection,
) -> list[Fault]:
    if spec.name in records and spec.name in mappings:
        return map_records(records[spec.name], mappings[spec.name], spec, workspace.base, connection)
    if spec.kind == "rdf":
        return _insert_rdf(spec, workspace, unusable, connection)
    return []


def _insert_rdf(
    spec: SourceSpec, workspace: Workspace, unusable: Unusable, connection: Connection
) -> list[Fault]:
    """Insert the statements of RDF files, or what a CONSTRUCT query makes of them."""
    if spec.mapping is None:
        for path in spec.files:
            try:
                insert_rdf(path, graph_of(spec, workspace.base), workspace.base, connection, spec.format)
            except RdfSyntaxError as error:
                unusable.add_rdf(path.name, error)
        return []
    try:
        return map_rdf(spec, workspace, connection)
    except RdfSyntaxError as error:
        unusable.add_rdf(spec.name, error)
    except MappingError as error:
        unusable.mappings += error.faults_of(spec.mapping.name)
    return []


def _summary(spec: SourceSpec, records: Records | None, quads: int) -> SourceSummary:
    title = records.title if records else spec.files[0].name
    return SourceSummary(spec.name, title, records.count if records else 0, quads)


def _nothing_said(summary: SourceSummary, spec: SourceSpec, left_out: int) -> list[Fault]:
    """A warning when a table has rows and no statement came of them: all were left out."""
    if summary.quads or not left_out:
        return []
    rows = (
        "its only row was" if summary.records == 1 else f"{left_out:,} of its {summary.records:,} rows were"
    )
    what = f"makes no statement: {rows} left out."
    return [Fault(summary.file, None, None, what, "Mend them and build again.", "warning")]
