"""The first lines of the process: `python -I -S start.py <folder of pyoxigraph> <store> <bytes> <nice>`.

In: its arguments. Out: `worker.main` runs. The packages above are entered as bare names, so that their own
first lines, which load half of coopgraph, are not run: that is 40 ms instead of 160.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType


def enter(name: str, folder: Path) -> None:
    """Let modules in a folder be imported as those of a package, without importing the package."""
    package = ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    enter("coopgraph", here.parents[1])
    enter("coopgraph.rdf", here.parent)
    sys.path.append(sys.argv[1])
    from coopgraph.rdf.process.worker import main

    main(*sys.argv[2:])
