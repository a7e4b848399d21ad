"""The first half of a build: everything read, mapped, identified and traced, as quads in DuckDB.

In: a workspace and a folder to spill to. Out: a `Draft`: the quads, where each subject came from, and what is
wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from coopgraph.columns.duck import Connection, connect
from coopgraph.errors import Fault, MappingError
from coopgraph.namespaces import workspace_prefixes
from coopgraph.pipeline.citations import undescribed_sources
from coopgraph.pipeline.left_out import LeftOut, Row, rows_at, without
from coopgraph.pipeline.outcome import SourceSummary
from coopgraph.rdf.ontology import ontology_files
from coopgraph.sources.compile import graph_of, map_records
from coopgraph.sources.identify import identify
from coopgraph.sources.mapping import SourceMapping, load_mapping
from coopgraph.sources.quads import count_quads, make_tables
from coopgraph.sources.rdffiles import insert_rdf
from coopgraph.sources.read import read_all
from coopgraph.sources.records import Records
from coopgraph.sources.source_spec import SourceSpec
from coopgraph.sources.trace import trace
from coopgraph.sources.workspace import Workspace

Progress = Callable[[str], None]


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
    """Read, map, identify and trace; files or mappings that cannot be used at all raise, all at once."""
    mappings = _mappings(workspace)
    connection = connect(folder, memory=workspace.memory, allow=workspace.files)
    make_tables(connection)
    say(f"reading {len(workspace.sources)} sources")
    records = {
        name: without(each, left_out.of(name), connection)
        for name, each in read_all(workspace.sources, connection).items()
    }
    faults = [fault for each in records.values() for fault in each.faults]
    summaries = []
    for spec in workspace.sources:
        say(f"mapping {spec.name}")
        before = count_quads(connection)
        faults += _insert(spec, workspace, records, mappings, connection)
        count = records[spec.name].count if spec.name in records else 0
        title = records[spec.name].title if spec.name in records else spec.files[0].name
        summaries.append(SourceSummary(spec.name, title, count, count_quads(connection) - before))
    say("adding the ontology, identities and provenance")
    for path in ontology_files():
        insert_rdf(path, f"{workspace.base}graph/ontology", workspace.base, connection)
    faults += undescribed_sources(records, mappings, workspace.base, connection)
    faults += identify(workspace, connection)
    trace(workspace, records, connection)
    return Draft(workspace, connection, records, mappings, tuple(summaries), tuple(faults), left_out)


def _insert(
    spec: SourceSpec,
    workspace: Workspace,
    records: Mapping[str, Records],
    mappings: Mapping[str, SourceMapping],
    connection: Connection,
) -> list[Fault]:
    if spec.name in mappings:
        return map_records(records[spec.name], mappings[spec.name], spec, workspace.base, connection)
    for path in spec.files:
        insert_rdf(path, graph_of(spec, workspace.base), workspace.base, connection)
    return []


def _mappings(workspace: Workspace) -> dict[str, SourceMapping]:
    prefixes = workspace_prefixes(workspace.base)
    found: dict[str, SourceMapping] = {}
    faults: list[Fault] = []
    for spec in workspace.sources:
        if spec.mapping is not None:
            try:
                found[spec.name] = load_mapping(spec.mapping, prefixes)
            except MappingError as error:
                faults += error.faults
    if faults:
        raise MappingError("The mappings cannot be used.", faults=list(dict.fromkeys(faults)))
    return found
