"""Contenders of the load: one file of quads into an Oxigraph store on disk.

In: `raw` or `ours`, the named quads, and for `raw` the merged default graph beside them, so that both load the same.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import timed


def raw(everything: Path, directory: Path) -> int:
    """pyoxigraph alone: `bulk_load` of one file, flushed."""
    import pyoxigraph as ox

    store = ox.Store(str(directory))
    store.bulk_load(path=str(everything), format=ox.RdfFormat.N_QUADS)
    store.flush()
    return len(store)


def ours(named: Path, directory: Path) -> int:
    """The release's own load."""
    from coopgraph.rdf.store import create

    return create(directory, named)


if __name__ == "__main__":
    contender, file = sys.argv[1], Path(sys.argv[2])
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        work = {"raw": raw, "ours": ours}[contender]
        timed(lambda: work(file, Path(folder) / "store"))
