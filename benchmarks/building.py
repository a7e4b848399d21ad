"""Contender: the whole build of a workspace, step by step, with or without the SHACL shapes.

In: `full` or `unchecked`, and a workspace. Out: CPU seconds and peak memory after each step. There is no
public way to leave the shapes out of a build; here the step is replaced by one that finds nothing.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path

from measure import peak_mb


class Steps:
    """Told before each step; keeps what the step before it cost."""

    def __init__(self) -> None:
        self.found: list[dict[str, object]] = []
        self._name = "starting"
        self._cpu = 0.0

    def __call__(self, name: str) -> None:
        now = time.process_time()
        self.found.append({"step": self._name, "cpu": now - self._cpu, "peak_mb": peak_mb()})
        self._name, self._cpu = name, now


def unchecked() -> None:
    """Put an empty answer in the place of the shapes."""
    from coopgraph.pipeline import loaded
    from coopgraph.pipeline.shapes import ShapeFaults

    loaded.validate = lambda *_: ShapeFaults((), frozenset())


if __name__ == "__main__":
    kind, workspace = sys.argv[1], Path(sys.argv[2])
    shutil.rmtree(workspace / ".coopgraph", ignore_errors=True)
    import coopgraph as cg

    if kind == "unchecked":
        unchecked()
    steps = Steps()
    built = cg.build(workspace, on_progress=steps)
    steps("end")
    triples = built.counts["statements"]
    answer = {"cpu": time.process_time(), "peak_mb": peak_mb(), "check": triples, "steps": steps.found}
    print(json.dumps(answer))
