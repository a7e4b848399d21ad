"""RDF files, or an rdflib graph, as a release of their own that is gone when it is closed.

In: paths, or an rdflib Graph or Dataset. Out: the folder of a release without tables (they are made when
asked for), so that everything that works on a build works on any RDF.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from coopgraph.errors import CoopgraphError, StoreError
from coopgraph.rdf.from_rdflib import rdflib_lines
from coopgraph.rdf.ontology import genid, ontology_quads, ontology_version
from coopgraph.rdf.parse import parse_rdf
from coopgraph.rdf.store import create
from coopgraph.release import graph as graph_file
from coopgraph.release.manifest import Manifest

if TYPE_CHECKING:
    import rdflib


def from_files(paths: Sequence[Path], base: str, *, ontology: bool) -> Path:
    """Make a temporary release of RDF files; each file's default graph becomes `{base}graph/file/<name>`."""
    missing = [str(path) for path in paths if not path.is_file()]
    if missing:
        raise StoreError(f"There is no file {', '.join(missing)}. Check the name and the folder.")
    return _materialised(_lines(paths, base), base, ontology=ontology)


def from_rdflib(graph: rdflib.Graph, base: str, *, ontology: bool) -> Path:
    """Make a temporary release of what an rdflib Graph or Dataset holds now."""
    lines = rdflib_lines(graph)
    with tempfile.TemporaryDirectory(prefix="coopgraph-") as folder:
        path = Path(folder) / "rdflib.nq"
        path.write_text("".join(lines), encoding="utf-8", newline="\n")
        return _materialised(_lines([path], base), base, ontology=ontology)


def _lines(paths: Iterable[Path], base: str) -> Iterator[str]:
    for path in paths:
        name = quote(path.name.split(".")[0], safe="")
        yield from parse_rdf(path, graph=f"{base}graph/file/{name}", base=base, genid=genid(base))


def _materialised(lines: Iterator[str], base: str, *, ontology: bool) -> Path:
    directory = Path(tempfile.mkdtemp(prefix="coopgraph-"))
    try:
        everything = {*lines, *(ontology_quads(base) if ontology else ())}
        nquads = directory / "graph.nq"
        nquads.write_text("".join(sorted(everything)), encoding="utf-8", newline="\n")
        stored = create(directory / "store", nquads)
        packed = graph_file.compress(nquads, directory / graph_file.NAME)
        nquads.unlink()
        versions = {"ontology": ontology_version()}
        Manifest(packed.sha256, packed.quads, stored, versions=versions, workspace={"base": base}).write(
            directory
        )
    except (OSError, CoopgraphError):
        shutil.rmtree(directory, ignore_errors=True)
        raise
    return directory
