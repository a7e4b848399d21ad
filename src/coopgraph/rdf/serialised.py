"""A graph written as a file of one of the RDF formats, a statement at a time.

In: lines of canonical N-Quads, sorted, as `graph.nq` holds them. Out: bytes into an open file. Standards:
RDF 1.1 Turtle, TriG, N-Triples, N-Quads, RDF/XML. Lexical forms stay as they are: no store is between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import IO, TYPE_CHECKING, Final

from coopgraph.namespaces import RDF
from coopgraph.rdf.terms import plain_text

if TYPE_CHECKING:
    import pyoxigraph as ox

_TYPE: Final = f"<{RDF}type>".encode()
_UNWRITABLE_IN_XML: Final = re.compile(
    rb"\\u00(?:0[0-8BCEF]|1[0-9A-F]|7F)|\\uFFF[EF]|[\x00-\x08\x0b\x0c\x0e-\x1f]"
)
_XML_NAME: Final = re.compile(r"[^\W\d][\w.\-]*>$")


def split(line: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """Return the four terms of a line.

    >>> split(b'<urn:s> <urn:p> "a b"@en <urn:g> .\\n')[2:]
    (b'"a b"@en', b'<urn:g>')
    """
    s, p, rest = line.split(b" ", 2)
    o, g, _ = rest.rsplit(b" ", 2)
    return s, p, o, g


def address(term: bytes) -> str:
    """Return the IRI that a term of a line is.

    >>> address(b"<https://example.org/a>")
    'https://example.org/a'
    """
    return plain_text(term.decode())


def triples(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the statements of all graphs as N-Triples, each once; equal ones stand beside each other."""
    last = b""
    for line in lines:
        if (triple := line.rsplit(b" ", 2)[0]) != last:
            yield triple + b" .\n"
            last = triple


def fits_xml(line: bytes) -> bool:
    """Say whether RDF/XML can hold a statement: its property ends in an XML name, its text is of XML's signs.

    >>> fits_xml(b"<urn:s> <urn:p> <urn:o> .\\n"), fits_xml(b"<urn:s> <https://schema.org/> <urn:o> .\\n")
    (True, False)
    """
    prefix_free = line.split(b" ", 2)[1].decode()
    return bool(_XML_NAME.search(prefix_free)) and not _UNWRITABLE_IN_XML.search(line)


def serialise(lines: Iterable[bytes], to: IO[bytes], form: str, prefixes: Mapping[str, str]) -> None:
    """Write lines of N-Quads (`trig`, `nq`) or N-Triples (`ttl`, `nt`, `rdf`) in a format.

    Of a subject its classes come first. TriG opens a block wherever the graph changes, so give its lines
    graph by graph.
    """
    if form in ("nt", "nq"):
        to.writelines(lines)
        return
    import pyoxigraph as ox

    written = {"ttl": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "rdf": ox.RdfFormat.RDF_XML}[form]
    statements = _quads(lines) if form == "trig" else (quad.triple for quad in _quads(lines))
    ox.serialize(statements, to, written, prefixes=dict(sorted(prefixes.items())))


def _quads(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    import pyoxigraph as ox

    for _, group in groupby(lines, key=lambda line: line.split(b" ", 1)[0]):
        of_one = sorted(group, key=lambda line: line.split(b" ", 2)[1] != _TYPE)
        yield from ox.parse(b"".join(of_one), ox.RdfFormat.N_QUADS, lenient=True)
