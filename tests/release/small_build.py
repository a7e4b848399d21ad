"""A program that publishes one small release after another until it is killed: `small_build.py WORKSPACE`."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa

from coopgraph.columns import parquet
from coopgraph.rdf import create
from coopgraph.rdf.ontology import ontology_version
from coopgraph.release import Manifest, compress, publish, staging


def build(workspace: Path, number: int) -> None:
    """Publish a release of 200 statements that differ from those of every other number."""
    with staging(workspace, wait=5) as staged:
        nquads = staged / "graph.nq"
        lines = [f'<urn:s{row}> <urn:p> "{number}" <urn:g> .\n' for row in range(200)]
        nquads.write_text("".join(sorted(lines)), encoding="utf-8")
        stored = create(staged / "store", nquads)
        graph = compress(nquads, staged / "graph.nq.zst")
        nquads.unlink()
        (staged / "tables").mkdir()
        parquet.write(pa.table({"number": [number] * 200}), staged / "tables" / "numbers.parquet")
        versions = {"ontology": ontology_version()}
        publish(workspace, staged, Manifest(graph.sha256, graph.quads, stored, versions=versions))


def main(workspace: Path) -> None:
    number = sum(1 for _ in workspace.glob(".coopgraph/releases/*"))
    while True:
        number += 1
        build(workspace, number)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
