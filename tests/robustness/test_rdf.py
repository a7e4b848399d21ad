"""RDF files that were spoilt on their way: told with file and place, or read; no traceback, no waiting."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pyarrow as pa
import pyoxigraph as ox
import pytest

from coopgraph.errors import RdfSyntaxError
from coopgraph.sources.recording.rdf_files import rdf_source
from tests.robustness.mutations import mutant

TURTLE = (
    "@prefix s: <https://schema.org/> . @prefix ex: <https://example.org/> .\n"
    + "".join(
        f'ex:p{n} a s:City ; s:name "Cidade {n}"@pt , "Ciudad {n}"@es ; s:population {n * 1000} ;\n'
        f'  s:geo [ s:latitude {n}.5 ; s:longitude -{n}.25 ] ; s:foundingDate "19{n:02}-01-01" .\n'
        for n in range(10, 40)
    )
).encode()
SYNTAXES = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
PREFIXES = {"s": "https://schema.org/", "ex": "https://example.org/"}


def written(syntax: str) -> bytes:
    quads = ox.parse(TURTLE, ox.RdfFormat.TURTLE)
    triples = [quad.triple for quad in quads]
    return ox.serialize(triples, format=SYNTAXES[syntax], prefixes=PREFIXES) or b""


def packed(content: bytes, ending: str) -> bytes:
    if ending == "gz":
        return gzip.compress(content, mtime=0)
    target = pa.BufferOutputStream()
    with pa.CompressedOutputStream(target, "zstd") as stream:
        stream.write(content)
    return bytes(target.getvalue().to_pybytes())


def outcome(path: Path) -> str:
    """What became of a file: read, or refused with its name and what is wrong."""
    begun = time.monotonic()
    try:
        return f"read {rdf_source('x', [path], None, None).statements}"
    except RdfSyntaxError as error:
        assert error.faults, str(error)
        for fault in error.faults:
            assert fault.file == path.name
            assert len(fault.what) > 10
            assert len(str(fault)) < 5_000
        return f"refused {error.faults[0].line}"
    finally:
        assert time.monotonic() - begun < 20


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_two_hundred_mutants(tmp_path: Path, syntax: str) -> None:
    content, path = written(syntax), tmp_path / f"places.{syntax}"
    path.write_bytes(content)
    assert outcome(path) == "read 240"
    told = []
    for number in range(200):
        _, spoilt = mutant(content, number)
        path.write_bytes(spoilt)
        told.append(outcome(path))
    refused = [each for each in told if each.startswith("refused")]
    assert len(refused) > 60, "most of them are broken"
    if syntax != "jsonld":
        assert sum(each != "refused None" for each in refused) > 0.6 * len(refused), "most faults have a line"


@pytest.mark.parametrize("ending", ["gz", "zst"])
def test_two_hundred_mutants_of_packed_files(tmp_path: Path, ending: str) -> None:
    content, path = packed(TURTLE, ending), tmp_path / f"places.ttl.{ending}"
    path.write_bytes(content)
    assert outcome(path) == "read 240"
    for number in range(200):
        _, spoilt = mutant(content, number)
        path.write_bytes(spoilt)
        told = outcome(path)
        assert told in ("read 240", "read 0") or told.startswith("refused"), (
            "a part is never taken for the whole"
        )
