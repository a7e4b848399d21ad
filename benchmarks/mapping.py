"""Contenders of the mapping: a CSV file of 200,000 rows to 1.0 million quads.

In: `columns`, `file`, `sorted` or `morph`, and the folder `workspaces.mapping_task` made. Out: the number
of quads. `columns` is read, checked and mapped as a build does it; `file` is that and N-Quads on disk in
the order of the rows, which is what morph-kgc makes too; `sorted` is that and the sorted, distinct,
digested and packed graph of a release.
"""

from __future__ import annotations

import runpy
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from measure import timed

BASE = "https://example.org/"


def ours(folder: Path, scratch: Path, write: Callable[..., None] | None) -> Callable[[], int]:
    """The steps of a build on one source."""
    from coopgraph.columns.duck import connect
    from coopgraph.namespaces import workspace_prefixes
    from coopgraph.sources.compile import map_records
    from coopgraph.sources.mapping import load_mapping
    from coopgraph.sources.quads import count_quads
    from coopgraph.sources.read import read
    from coopgraph.sources.source_spec import SourceSpec

    spec = SourceSpec("t", (folder / "t.csv",), "csv")

    def work() -> int:
        connection = connect(scratch, allow=[folder / "t.csv"])
        mapping = load_mapping(folder / "t.yml", workspace_prefixes(BASE))
        faults = map_records(read(spec, connection), mapping, spec, BASE, connection)
        if faults:
            raise SystemExit(f"The table is wrong: {faults[0]}")
        if write:
            write(connection, scratch)
        return count_quads(connection)

    return work


def as_they_are(connection, scratch: Path) -> None:
    """Write the lines in the order of the rows."""
    from coopgraph.columns.duck import column, constant
    from coopgraph.sources.encoding_terms import join_text
    from coopgraph.sources.quads import QUADS

    parts = [column(name) for name in "spog"]
    space = constant(" ")
    line = join_text([parts[0], space, parts[1], space, parts[2], space, parts[3], constant(" .\n")])
    with (scratch / "t.nq").open("wb", buffering=0) as file:
        for batch in connection.table(QUADS).project(line.alias("line")).to_arrow_reader(100_000):
            for array in batch.columns:
                file.write(array.buffers()[2])


def as_a_release(connection, scratch: Path) -> None:
    """Write what a release keeps."""
    from coopgraph.sources.quads import write_nquads

    write_nquads(connection, scratch / "t.nq.zst", scratch / "t.nq", scratch / "t.nt")


def morph(folder: Path, scratch: Path) -> Callable[[], int]:
    """morph-kgc's own command, run in this process, so that its imports are not timed."""
    import morph_kgc  # noqa: F401

    settings = (folder / "morph.ini").read_text(encoding="utf-8").replace("TARGET", str(scratch / "t.nq"))
    (scratch / "morph.ini").write_text(settings, encoding="utf-8")
    sys.argv = ["morph_kgc", str(scratch / "morph.ini")]

    def work() -> int:
        runpy.run_module("morph_kgc", run_name="__main__", alter_sys=False)
        with (scratch / "t.nq").open("rb") as lines:
            return sum(1 for _ in lines)

    return work


CONTENDERS = {
    "columns": partial(ours, write=None),
    "file": partial(ours, write=as_they_are),
    "sorted": partial(ours, write=as_a_release),
    "morph": morph,
}

if __name__ == "__main__":
    contender, task = sys.argv[1], Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory(dir=task) as kept:
        timed(CONTENDERS[contender](task, Path(kept)))
        if contender == "file":
            (Path(kept) / "t.nq").replace(task / "mapped.nq")  # for the load that comes after
