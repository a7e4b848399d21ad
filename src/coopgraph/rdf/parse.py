"""RDF files to canonical N-Quads: Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD, also .gz and .zst.

In: a file, and the graph its default graph becomes. Out: terms or lines of canonical N-Quads, lexical forms
as written, blank nodes replaced by IRIs made from their RDFC-1.0 label. Nothing is fetched; nothing is stored
yet.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.errors import Fault, RdfSyntaxError
from coopgraph.rdf.skolem import QuadText, skolemised
from coopgraph.rdf.terms import iri_term

if TYPE_CHECKING:
    import pyoxigraph as ox

ENDINGS: Final = (".ttl", ".trig", ".nt", ".nq", ".rdf", ".owl", ".xml", ".jsonld")
_MOST_FAULTS: Final = 1000


def is_rdf_file(path: Path) -> bool:
    """Tell from its name whether a file can be parsed here.

    >>> is_rdf_file(Path("places.ttl.gz")), is_rdf_file(Path("places.csv"))
    (True, False)
    """
    return _plain_name(path).suffix in ENDINGS


def parse_rdf(path: Path, *, graph: str, base: str, genid: str) -> Iterator[str]:
    """Yield the lines of a file as canonical N-Quads, each ended by a newline, in the order of the file.

    `graph` is the IRI its default graph becomes, `base` resolves relative IRIs and `genid` begins the IRIs
    that take the place of blank nodes (`{genid}<digest of the file>/<label>`). Raises RdfSyntaxError with
    every fault of the file.
    """
    for s, p, o, g in parse_quads(path, graph=graph, base=base, genid=genid):
        yield f"{s} {p} {o} {g} .\n"


def parse_quads(path: Path, *, graph: str, base: str, genid: str) -> Iterator[QuadText]:
    """Yield the same as `parse_rdf` as four terms, so that they fill four columns.

    All of a file is parsed before its first statement is given out: a file with a fault gives none.
    """
    content = read_rdf(path)
    digest = hashlib.sha256(content).hexdigest()[:16]
    default = iri_term(graph)
    quads = _parsed(path, content, base)
    for s, p, o, g in skolemised(quads, f"{genid.rstrip('/')}/{digest}/", path.name):
        yield s, p, o, g or default


def read_rdf(path: Path) -> bytes:
    """Read a file, unpacked, and refuse what would harm the parser: entity declarations in RDF/XML."""
    try:
        content = _unpacked(path)
    except (OSError, EOFError) as error:
        raise RdfSyntaxError(f"{path}: cannot be read: {error}. Check that the file is whole.") from error
    if _plain_name(path).suffix in (".rdf", ".owl", ".xml"):
        _refuse_entities(path, content)
    return content


def _plain_name(path: Path) -> Path:
    return path.with_suffix("") if path.suffix in (".gz", ".zst") else path


def _unpacked(path: Path) -> bytes:
    if path.suffix == ".gz":
        import gzip

        return gzip.decompress(path.read_bytes())
    if path.suffix == ".zst":
        import pyarrow as pa

        with pa.OSFile(str(path)) as packed, pa.CompressedInputStream(packed, "zstd") as stream:
            return bytes(stream.read())
    return path.read_bytes()


def _refuse_entities(path: Path, content: bytes) -> None:
    """Stop before pyoxigraph sees them: nested entities abort the whole process."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        events = iterparse(io.BytesIO(content), forbid_dtd=False, forbid_entities=True, forbid_external=True)
        for _, element in events:
            element.clear()
    except DefusedXmlException as error:
        fault = Fault(path.name, None, None, "declares XML entities, which can be used to exhaust memory.")
        what = f"{path.name} is refused. Write the entities out and remove the DOCTYPE."
        raise RdfSyntaxError(what, faults=[fault]) from error
    except ParseError as error:
        line, column = error.position
        what = f"is not well-formed XML at character {column + 1}: {error.msg}."
        fault = Fault(path.name, line, None, what)
        raise RdfSyntaxError(f"{path.name} does not parse as RDF/XML.", faults=[fault]) from error


def _parsed(path: Path, content: bytes, base: str) -> list[ox.Quad]:
    quads: list[ox.Quad] = []
    faults: list[Fault] = []
    for item in _recovering(path, content, base):
        if isinstance(item, Fault):
            faults.append(item)
            if len(faults) == _MOST_FAULTS:
                break
        elif not faults:
            quads.append(item)
    if faults:
        raise RdfSyntaxError(f"{path.name} does not parse as {_format(path).name}.", faults=faults)
    return quads


def _recovering(path: Path, content: bytes, base: str) -> Iterator[ox.Quad | Fault]:
    """Statements and faults as they come: the parser goes on after a fault where the syntax lets it."""
    import pyoxigraph as ox

    quads: Iterable[ox.Quad] = ox.parse(content, _format(path), base_iri=base)
    statements = iter(quads)
    while True:
        try:
            quad = next(statements)
        except StopIteration:
            return
        except (SyntaxError, ValueError) as error:
            yield _fault(path, error)
        else:
            yield _nested(path) if isinstance(quad.object, ox.Triple) else quad


def _nested(path: Path) -> Fault:
    return Fault(path.name, None, None, "has an RDF 1.2 triple term, which SPARQL 1.1 tools cannot read.")


def _fault(path: Path, error: SyntaxError | ValueError) -> Fault:
    if not isinstance(error, SyntaxError):
        return Fault(path.name, None, None, f"{error}.")
    what = str(error.msg).split(": ", 1)[-1]
    place = f"at character {error.offset}: " if error.offset else ""
    return Fault(path.name, error.lineno, None, f"{place}{what}.")


def _format(path: Path) -> ox.RdfFormat:
    import pyoxigraph as ox

    ending = _plain_name(path).suffix
    known = {".owl": "rdf", ".xml": "rdf", ".jsonld": "jsonld"}.get(ending, ending[1:])
    found = ox.RdfFormat.from_extension(known)
    if found is None:
        what = f"{path.name}: '{ending}' is not an RDF file I know."
        raise RdfSyntaxError(f"{what} Use one of {', '.join(ENDINGS)}.")
    return found
