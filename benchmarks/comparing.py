"""Contenders of the comparison of two releases: what differs between two sorted files of quads.

In: `comm`, `diff`, `things` or `patch`, and a folder with `before/` and `after/`, each with a `graph.nq.zst`,
and the same unpacked as `before.nq` and `after.nq`. Out: how many lines were added and removed. `comm` and
`diff` read the plain files; `things` reads the packed ones and groups what differs by thing, as the command
does; `patch` writes an RDF Patch.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measure import timed

TOOLS = {"comm": ["comm", "-3"], "diff": ["diff"]}


@dataclass(frozen=True)
class Side:
    """What a comparison of graphs needs of a release; two digests that are the same are not read."""

    directory: Path
    graph_sha256: str
    base: str = "https://w3id.org/coopgraph/"

    @property
    def manifest(self) -> Side:
        return self


def tool(name: str, folder: Path) -> None:
    """Run a tool of the system; its own CPU and memory count."""
    words = [*TOOLS[name], str(folder / "before.nq"), str(folder / "after.nq")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, env={**os.environ, "LC_ALL": "C"}) as running:
        assert running.stdout is not None
        if name == "comm":
            marks = [line[:1] == b"\t" for line in running.stdout]
        else:
            marks = [line[:2] == b"> " for line in running.stdout if line[:2] in (b"> ", b"< ")]
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    check = [sum(marks), len(marks) - sum(marks)]
    print(
        json.dumps({"cpu": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / 1024, "check": check})
    )


def ours(name: str, folder: Path) -> None:
    """Compare as the command does, but for labels and tables."""
    from coopgraph.release.compare.changes import changes
    from coopgraph.release.compare.patch import patch

    sides: list[Any] = [Side(folder / side, side) for side in ("before", "after")]

    def things() -> list[int]:
        added = removed = 0
        for change in changes(*sides):
            added, removed = added + len(change.added), removed + len(change.removed)
        return [added, removed]

    def rows() -> list[int]:
        counted = {b"A": 0, b"D": 0, b"H": 0, b"T": 0}
        for row in patch(*sides):
            counted[row[:1]] += 1
        return [counted[b"A"], counted[b"D"]]

    timed(things if name == "things" else rows)


if __name__ == "__main__":
    chosen, place = sys.argv[1], Path(sys.argv[2])
    (tool if chosen in TOOLS else ours)(chosen, place)
