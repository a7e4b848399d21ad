"""Contenders of the load: the same quads into an Oxigraph store on disk.

In: `raw`, `ours` or `mapped`, and the folder `workspaces.quads` made. Out: how many quads the store holds.
`raw` has the named graphs and the merged default graph in one file; `ours` has them as a build has them, in
two.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import timed


def raw(folder: Path, directory: Path) -> int:
    """pyoxigraph alone: `bulk_load` of one file, flushed."""
    import pyoxigraph as ox

    store = ox.Store(str(directory))
    store.bulk_load(path=str(folder / "everything.nq"), format=ox.RdfFormat.N_QUADS)
    store.flush()
    return len(store)


def ours(folder: Path, directory: Path) -> int:
    """The release's own load."""
    from coopgraph.rdf.store import create

    return create(directory, folder / "graph.nq", merged=folder / "merged.nt")


def mapped(folder: Path, directory: Path) -> int:
    """pyoxigraph alone, on the one file a mapping made."""
    import pyoxigraph as ox

    store = ox.Store(str(directory))
    store.bulk_load(path=str(folder / "mapped.nq"), format=ox.RdfFormat.N_QUADS)
    store.flush()
    return len(store)


if __name__ == "__main__":
    contender, source = {"raw": raw, "ours": ours, "mapped": mapped}[sys.argv[1]], Path(sys.argv[2])
    with tempfile.TemporaryDirectory(dir=source) as scratch:
        timed(lambda: contender(source, Path(scratch) / "store"))
