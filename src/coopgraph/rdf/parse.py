"""RDF files to canonical N-Quads: Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD, also .gz and .zst.

In: a file, and the graph its default graph becomes. Out: terms or lines of canonical N-Quads, lexical forms
as written, blank nodes replaced by IRIs made from their RDFC-1.0 label. Nothing is fetched; nothing is stored
yet.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from coopgraph.errors import Fault, RdfSyntaxError
from coopgraph.rdf.skolem import QuadText, skolemised
from coopgraph.rdf.terms import iri_term

if TYPE_CHECKING:
    import gzip

    import pyoxigraph as ox

ENDINGS: Final = (".ttl", ".trig", ".nt", ".nq", ".rdf", ".owl", ".xml", ".jsonld")
FORMATS: Final = ("ttl", "trig", "nt", "nq", "rdf", "jsonld")
_MOST_FAULTS: Final = 1000
_PACKED: Final = (".gz", ".zst")
_CHUNK: Final = 1 << 20
_LONGEST: Final = 200  # characters of a complaint
_SURELY: Final = 64 << 20  # bytes that any file may unpack to
_MOST_TIMES: Final = 200  # beyond them: RDF packs twenty to fifty times, a bomb a thousand times
_REMOTE_CONTEXT: Final = "No LoadDocumentCallback"


def is_rdf_file(path: Path) -> bool:
    """Tell from its name whether a file can be parsed here.

    >>> is_rdf_file(Path("places.ttl.gz")), is_rdf_file(Path("places.csv"))
    (True, False)
    """
    return _plain_name(path).suffix.lower() in ENDINGS


def parse_rdf(path: Path, *, graph: str, base: str, genid: str, form: str | None = None) -> Iterator[str]:
    """Yield the lines of a file as canonical N-Quads, each ended by a newline, in the order of the file.

    `graph` is the IRI its default graph becomes, `base` resolves relative IRIs and `genid` begins the IRIs
    that take the place of blank nodes (`{genid}<digest of the file>/<label>`). Raises RdfSyntaxError with
    every fault of the file.
    """
    for s, p, o, g in parse_quads(path, graph=graph, base=base, genid=genid, form=form):
        yield f"{s} {p} {o} {g} .\n"


def parse_quads(
    path: Path, *, graph: str, base: str, genid: str, form: str | None = None
) -> Iterator[QuadText]:
    """Yield the same as `parse_rdf` as four terms, so that they fill four columns.

    All of a file is parsed before its first statement is given out: a file with a fault gives none. `form` is
    one of FORMATS, for a file whose ending does not say it.
    """
    kind = _format(path, form)
    content = read_rdf(path, form)
    digest = hashlib.sha256(content).hexdigest()[:16]
    default = iri_term(graph)
    quads = _parsed(path, content, base, kind)
    for s, p, o, g in skolemised(quads, f"{genid.rstrip('/')}/{digest}/", path.name):
        yield s, p, o, g or default


def read_rdf(path: Path, form: str | None = None) -> bytes:
    """Read a file, unpacked, and refuse what would harm the parser: entity declarations in RDF/XML."""
    try:
        content = _unpacked(path)
    except (OSError, EOFError, zlib.error) as error:
        told = error.strerror if isinstance(error, OSError) and error.strerror else error
        fault = Fault(path.name, None, None, f"cannot be read: {told}.", "Check that the file is whole.")
        raise RdfSyntaxError(f"{path.name} cannot be read.", faults=[fault]) from error
    if form == "rdf" or (form is None and _plain_name(path).suffix.lower() in (".rdf", ".owl", ".xml")):
        _refuse_entities(path, content)
    return content


def _plain_name(path: Path) -> Path:
    return path.with_suffix("") if path.suffix.lower() in _PACKED else path


def _unpacked(path: Path) -> bytes:
    packed = path.suffix.lower()
    if packed == ".gz":
        import gzip

        with gzip.open(path) as stream:
            return _bounded(path, stream)
    if packed == ".zst":
        import pyarrow as pa

        with pa.OSFile(str(path)) as file, pa.CompressedInputStream(file, "zstd") as unpacked:
            return _bounded(path, unpacked)
    return path.read_bytes()


def _bounded(path: Path, stream: IO[bytes] | gzip.GzipFile) -> bytes:
    """Read what is packed, but not a small file that fills the memory."""
    most = max(_SURELY, _MOST_TIMES * path.stat().st_size)
    parts: list[bytes] = []
    size = 0
    while part := stream.read(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > most:
            what = f"unpacks to more than {most >> 20:,} MB, as a bomb does."
            fault = Fault(path.name, None, None, what, "Unpack it yourself if you trust it.")
            raise RdfSyntaxError(f"{path.name} is refused.", faults=[fault])
    return b"".join(parts)


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
    except (LookupError, ValueError) as error:  # what the parser of the standard library says of an encoding
        what = f"says an encoding that cannot be read: {_short(str(error))}."
        fault = Fault(
            path.name, 1, None, what, 'Write it as UTF-8, and encoding="utf-8" into its first line.'
        )
        raise RdfSyntaxError(f"{path.name} does not parse as RDF/XML.", faults=[fault]) from error


def _parsed(path: Path, content: bytes, base: str, kind: ox.RdfFormat) -> list[ox.Quad]:
    quads: list[ox.Quad] = []
    faults: list[Fault] = []
    for item in _recovering(path, content, base, kind):
        if isinstance(item, Fault):
            faults.append(item)
            if len(faults) == _MOST_FAULTS:
                break
        elif not faults:
            quads.append(item)
    if faults:
        raise RdfSyntaxError(f"{path.name} does not parse as {kind.name}.", faults=faults)
    return quads


def _recovering(path: Path, content: bytes, base: str, kind: ox.RdfFormat) -> Iterator[ox.Quad | Fault]:
    """Statements and faults as they come: the parser goes on after a fault where the syntax lets it."""
    import pyoxigraph as ox

    quads: Iterable[ox.Quad] = ox.parse(content, kind, base_iri=base)
    statements = iter(quads)
    while True:
        try:
            quad = next(statements)
        except StopIteration:
            return
        except (SyntaxError, ValueError) as error:
            fault = _fault(path, error)
            if fault.line is not None:
                yield fault
                continue
            yield replace(fault, line=_line(content, kind, base))
            return  # without a line there is no telling what a later fault comes of
        else:
            yield _nested(path) if isinstance(quad.object, ox.Triple) else quad


def _line(content: bytes, kind: ox.RdfFormat, base: str) -> int | None:
    """The line at which a parser that tells none stops: that up to which it had to read."""
    import pyoxigraph as ox

    lines = _Lines(content)
    try:
        for _ in ox.parse(lines, kind, base_iri=base):
            pass
    except (SyntaxError, ValueError):
        return lines.number
    return None


class _Lines(io.BytesIO):
    """A file that gives at most one line at a time, and counts them."""

    number = 0
    _line_ended = True

    def read(self, size: int | None = -1) -> bytes:
        part = self.readline(size)
        self.number += self._line_ended and bool(part)
        self._line_ended = part.endswith(b"\n")
        return part


def _nested(path: Path) -> Fault:
    return Fault(path.name, None, None, "has an RDF 1.2 triple term, which SPARQL 1.1 tools cannot read.")


def _fault(path: Path, error: SyntaxError | ValueError) -> Fault:
    if not isinstance(error, SyntaxError):
        return Fault(path.name, None, None, f"cannot be read as RDF: {_short(str(error))}.")
    if _REMOTE_CONTEXT in str(error.msg):
        what = "names a remote @context, and nothing is fetched."
        return Fault(
            path.name, None, None, what, "Write the context itself into the file: {...} for its address."
        )
    what = _short(str(error.msg).split(": ", 1)[-1])
    place = f"at character {error.offset}: " if error.offset else ""
    return Fault(path.name, error.lineno, None, f"{place}does not parse: {what}.")


def _short(text: str) -> str:
    """A complaint quotes what it found, which may be all of a file."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."


def _format(path: Path, form: str | None) -> ox.RdfFormat:
    import pyoxigraph as ox

    ending = _plain_name(path).suffix.lower()
    known = form or {".owl": "rdf", ".xml": "rdf", ".jsonld": "jsonld"}.get(ending, ending[1:])
    found = ox.RdfFormat.from_extension(known)
    if found is None:
        what = f"{path.name}: '{ending}' is not an RDF file I know."
        raise RdfSyntaxError(f"{what} Use one of {', '.join(ENDINGS)}.")
    return found
