"""Contenders of RDF in: a file of triples into what each goes on with.

In: `raw`, `ours`, `mapped` or `rdflib`, and a file. Out: how many statements it has. `raw` is a flushed
Oxigraph store on disk, `ours` the columns a build goes on with, `mapped` the statements a CONSTRUCT query
makes, `rdflib` a Graph in memory.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import timed

IDENTITY = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
BASE = "https://example.org/"


def raw(file: Path, scratch: Path) -> int:
    """pyoxigraph alone: unpacked, `bulk_load`, flushed."""
    import pyoxigraph as ox

    form = ox.RdfFormat.from_extension(file.name.split(".")[1])
    store = ox.Store(str(scratch / "store"))
    if file.suffix in (".gz", ".zst"):
        store.bulk_load(_unpacked(file), form)
    else:
        store.bulk_load(path=str(file), format=form)
    store.flush()
    return len(store)


def ours(file: Path, scratch: Path) -> int:
    """What a build does with a source of kind rdf."""
    from coopgraph.columns.duck import connect
    from coopgraph.sources.rdffiles import insert_rdf

    return insert_rdf(file, f"{BASE}graph/a", BASE, connect(scratch))


def mapped(file: Path, scratch: Path) -> int:
    """What a build does with a mapping; the process that answers counts too."""
    from coopgraph.rdf.constructing import construct
    from coopgraph.rdf.limits import Limits
    from coopgraph.rdf.parse import parse_rdf

    query = scratch / "identity.rq"
    query.write_text(IDENTITY, encoding="utf-8")
    lines = list(parse_rdf(file, graph=f"{BASE}graph/a", base=BASE, genid=BASE))
    return len(construct(query, [lines], BASE, Limits()).triples)


def rdflib(file: Path, scratch: Path) -> int:
    """rdflib's own parser."""
    from rdflib import Graph

    form = {"ttl": "turtle", "trig": "trig", "nt": "nt", "nq": "nquads", "rdf": "xml", "jsonld": "json-ld"}
    content = _unpacked(file) if file.suffix in (".gz", ".zst") else file.read_bytes()
    return len(Graph().parse(data=content, format=form[file.name.split(".")[1]]))


def _unpacked(file: Path) -> bytes:
    import gzip

    import pyarrow as pa

    if file.suffix == ".gz":
        return gzip.decompress(file.read_bytes())
    with pa.OSFile(str(file)) as packed, pa.CompressedInputStream(packed, "zstd") as stream:
        return bytes(stream.read())


if __name__ == "__main__":
    contender = {"raw": raw, "ours": ours, "mapped": mapped, "rdflib": rdflib}[sys.argv[1]]
    with tempfile.TemporaryDirectory() as folder:
        timed(lambda: contender(Path(sys.argv[2]), Path(folder)))
