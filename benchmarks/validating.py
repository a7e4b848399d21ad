"""Contenders of the shapes: the same triples against the project's own shapes.

In: `ours` or `pyshacl`, and a Parquet file of triples. Out: how many results each shape gave, and a digest of
all of them with values and messages.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from measure import timed
from pyarrow import parquet


def ours(file: Path, shapes: Sequence[Path]) -> list[Any]:
    """As a build does it: batches of columns, as they come."""
    from coopgraph.rdf import check_shapes

    return check_shapes(parquet.ParquetFile(file).iter_batches(100_000), shapes)


def pyshacl(file: Path, shapes: Sequence[Path]) -> list[Any]:
    """pySHACL on one rdflib graph of everything, the only thing it takes without changing literals."""
    from rdflib import Graph

    from coopgraph.rdf.shacl import check_graph
    from coopgraph.rdf.to_rdflib import rdflib_graph

    graph = Graph()
    for path in shapes:
        graph.parse(path)
    lines = bytearray()
    for batch in parquet.ParquetFile(file).iter_batches(100_000):
        columns = (column.to_pylist() for column in batch.columns)
        lines += "".join(f"{s} {p} {o} .\n" for s, p, o in zip(*columns, strict=True)).encode()
    return check_graph(rdflib_graph(bytes(lines)), graph)


def answer(found: Sequence[Any]) -> dict[str, Any]:
    """What must be equal; `sorted` would hide nothing: the results are in order already."""
    digest = hashlib.sha256(repr([astuple(one) for one in found]).encode()).hexdigest()
    shapes = Counter(one.shape.rpartition("#")[2] for one in found)
    return {"shapes": dict(sorted(shapes.items())), "digest": digest}


if __name__ == "__main__":
    import coopgraph.rdf  # noqa: F401  (imports are not timed)
    from coopgraph.resources import bundled

    contender, triples = {"ours": ours, "pyshacl": pyshacl}[sys.argv[1]], Path(sys.argv[2])
    files = sorted((bundled("ontology") / "shapes").glob("*.ttl"))
    timed(lambda: answer(contender(triples, files)))
