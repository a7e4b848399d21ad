"""The second half of a build: the draft's quads validated, sorted, stored, reasoned over and tabulated.

In: a `Draft` and a folder. Out: `release/` inside that folder, complete but for its manifest, and what the
shapes found.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import coopgraph
from coopgraph.columns import parquet
from coopgraph.columns.duck import column, constant
from coopgraph.pipeline.draft import Draft
from coopgraph.pipeline.shapes import ShapeFaults, shape_faults
from coopgraph.rdf import check_shapes, compact, create, extend, infer, open_read_only
from coopgraph.rdf.ontology import ontology_version
from coopgraph.release import Manifest, TableSet, make_tables, newest_retrieved
from coopgraph.release.counted import things
from coopgraph.resources import bundled
from coopgraph.sources.quads import QUADS, Written, write_nquads
from coopgraph.sources.rdffiles import insert_lines

Progress = Callable[[str], None]
PACKED = "graph.nq.zst"


@dataclass(frozen=True)
class Loaded:
    """A release's graph and store, on disk but not published."""

    directory: Path
    written: Written
    stored: int
    shapes: ShapeFaults


@dataclass(frozen=True)
class Tabulated:
    """How many things and how many rows the tables hold, and the day that counts as today."""

    counts: Mapping[str, int]
    rows: Mapping[str, int]
    merged: int
    now: str | None


def load(draft: Draft, folder: Path, say: Progress) -> Loaded:
    """Write the graph, validate it against the shapes, load the store and add what the rules infer."""
    release, quads, merged = folder / "release", folder / "graph.nq", folder / "merged.nt"
    release.mkdir()
    written = sort(draft, folder, say)
    shapes = validate(draft, say)
    say("loading the store")
    stored = create(release / "store", quads, merged=merged)
    inferred = infer(open_read_only(release / "store"), rules(draft), f"{draft.workspace.base}graph/inferred")
    if inferred:
        say("adding what the rules infer")
        stored = extend(release / "store", inferred)
        insert_lines(inferred, draft.connection)
        written = sort(draft, folder, say)
    say("compacting the store")
    compact(release / "store")
    (folder / PACKED).rename(release / PACKED)
    return Loaded(release, written, stored, shapes)


def sort(draft: Draft, folder: Path, say: Progress) -> Written:
    """Write the quads as they stand, sorted, each once: packed, plain, and their merge."""
    say("sorting the graph")
    return write_nquads(draft.connection, folder / PACKED, folder / "graph.nq", folder / "merged.nt")


def validate(draft: Draft, say: Progress) -> ShapeFaults:
    """Check the shapes on what was mapped; provenance is coopgraph's own writing and is left out."""
    say("checking the shapes")
    shapes = sorted((bundled("ontology") / "shapes").glob("*.ttl"))
    provenance = f"<{draft.workspace.base}graph/provenance>"
    quads = draft.connection.table(QUADS).filter(column("g") != constant(provenance))
    triples = quads.project(column("s"), column("p"), column("o")).to_arrow_reader(100_000)
    return shape_faults(draft, check_shapes(triples, shapes))


def rules(draft: Draft) -> list[Path]:
    """The built-in CONSTRUCT rules, then the workspace's own."""
    return [*sorted((bundled("ontology") / "rules").glob("*.rq")), *draft.workspace.rules]


def tabulate(loaded: Loaded, now: date | None) -> Tabulated:
    """Write the Parquet tables; `positions` places what the explorer shows."""
    store = open_read_only(loaded.directory / "store")
    made = make_tables(store)
    folder = loaded.directory / "tables"
    folder.mkdir()
    for name, table in made.tables.items():
        parquet.write(table, folder / f"{name}.parquet")
    parquet.write(_positions(made), folder / "positions.parquet")
    rows = {name: table.num_rows for name, table in made.tables.items()}
    return Tabulated(
        things(made.tables), rows, made.merged, now.isoformat() if now else newest_retrieved(store)
    )


def _positions(made: TableSet) -> Any:
    """Place every node the explorer shows."""
    from coopgraph.network import flows
    from coopgraph.views.explorer.places import positions_table

    return positions_table(made.tables.__getitem__, flows(made.tables))


def describe(draft: Draft, loaded: Loaded, tables: Tabulated) -> Manifest:
    """Say what the release is made of; `publish` adds its id, its files' digests and the time."""
    workspace = draft.workspace
    return Manifest(
        graph_sha256=loaded.written.sha256,
        quads=loaded.written.quads,
        stored=loaded.stored,
        now=tables.now,
        versions={"coopgraph": coopgraph.__version__, "ontology": ontology_version()},
        workspace={
            "title": workspace.title,
            "titles": dict(workspace.titles),
            "base": workspace.base,
            "languages": list(workspace.languages),
            "licence": workspace.licence,
            "limits": {
                "seconds": workspace.limits.query_seconds,
                "memory": workspace.limits.query_bytes,
                "rows": workspace.limits.query_rows,
            },
            "queries": [_relative(path, workspace.directory) for path in workspace.queries],
        },
        inputs=[
            {"source": name, "file": piece.title, "sha256": piece.sha256, "records": piece.count}
            for name, records in draft.records.items()
            for piece in records.pieces
        ],
        counts={
            "graphs": loaded.written.graphs,
            "classes": _classes(draft),
            "things": dict(tables.counts),
            "table_rows": dict(tables.rows),
            "participations_merged": tables.merged,
        },
        validation={
            "remarks": len(draft.remarks) + len(loaded.shapes.remarks),
            "rows_left_out": len(draft.left_out.rows),
        },
    )


def _relative(path: Path, directory: Path) -> str:
    return Path(os.path.relpath(path, directory)).as_posix()


def _classes(draft: Draft) -> dict[str, int]:
    """Count the distinct instances of each class."""
    from coopgraph.columns.duck import constant, function
    from coopgraph.namespaces import RDF

    typed = draft.connection.table(QUADS).filter(column("p") == constant(f"<{RDF}type>"))
    counted = typed.project("s, o").distinct().aggregate([column("o"), function("count_star").alias("n")])
    return {name[1:-1]: n for name, n in sorted(counted.fetchall())}
