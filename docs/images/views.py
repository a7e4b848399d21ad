"""Draw the pictures of docs/views.md: python docs/images/views.py

In: the bundled workspace, copied and built. Out: `view-*.svg` beside this file. A test draws them again and
compares.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import coopgraph as cg

HERE = Path(__file__).parent
VIEWS: dict[str, dict[str, Any]] = {
    "view-lisbon": {"ego": "Lisbon", "replicates": 0},
    "view-answer": {"query": "cq-025"},
    "view-agreement": {"agreement": "guarulhos-maputo-2007"},
}


def draw(workspace: Path, folder: Path) -> list[Path]:
    """Draw each view of a built workspace into a folder."""
    with cg.open(workspace) as release:
        return [cg.show(release, **asked).write(folder / f"{name}.svg") for name, asked in VIEWS.items()]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "data"
        shutil.copytree(HERE.parents[1] / "data", copy, ignore=shutil.ignore_patterns(".coopgraph"))
        cg.build(copy)
        sys.stdout.writelines(f"{path}\n" for path in draw(copy, HERE))
