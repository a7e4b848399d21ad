"""A release's graph as plain files: the named graphs, their merge, and both in one.

In: a release and a folder. Out: `graph.nq`, `merged.nt` and `everything.nq` in it.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pyarrow as pa


def merge(quads: Path, target: Path) -> None:
    """The triples of sorted quads, each once."""
    before = b""
    with quads.open("rb") as lines, target.open("wb") as out:
        for line in lines:
            triple = line[: line.rindex(b" <")]
            if triple != before:
                out.write(triple + b" .\n")
            before = triple


if __name__ == "__main__":
    release, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(exist_ok=True)
    packed = pa.input_stream(str(release / "graph.nq.zst"), compression="zstd")
    with packed, (folder / "graph.nq").open("wb") as plain:
        shutil.copyfileobj(packed, plain, 1 << 20)
    merge(folder / "graph.nq", folder / "merged.nt")
    with (folder / "everything.nq").open("wb") as everything:
        for name in ("graph.nq", "merged.nt"):
            with (folder / name).open("rb") as part:
                shutil.copyfileobj(part, everything, 1 << 20)
    print(json.dumps({"cpu": 0, "peak_mb": 0, "check": None}))
