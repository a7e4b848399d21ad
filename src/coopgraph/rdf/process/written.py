"""Rows, triples, or yes and no, written in the formats of SPARQL 1.1 results and RDF 1.1.

In: TSV of bindings, N-Triples, `true` or `false`. Out: bytes of one format, each a whole document however few
rows are left of an answer that was cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pyoxigraph as ox

_RESULTS: Final = {"json": "srj", "xml": "srx", "csv": "csv", "tsv": "tsv"}
_NOT_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def written(kind: str, payload: bytes, form: str, prefixes: Mapping[str, str]) -> bytes:
    """Write an answer of a kind; raises ValueError for what a format cannot say.

    >>> written("bindings", b'?city\\n"Quito"@es\\n', "csv", {})
    b'city\\r\\nQuito\\r\\n'
    """
    if kind == "boolean":
        body = _boolean(payload, form)
    elif kind == "bindings":
        body = payload if form == "tsv" else _bindings(payload, form)
    else:
        body = _triples(payload, form, prefixes)
    if form in ("xml", "rdf") and _NOT_XML.search(body):
        raise ValueError("a text holds a character that XML cannot say. Ask for another format")
    return body


def fitted(body: bytes, header: int, size: int, write: Callable[[bytes], bytes]) -> tuple[bytes, bool]:
    """Write lines with `write`, and as many fewer as it takes to stay within `size` bytes."""
    done = write(body)
    lines = body.splitlines(keepends=True) if len(done) > size else []
    cut = False
    while len(done) > size and len(lines) > header:
        kept = int((len(lines) - header) * size / len(done) * 0.95)
        lines = lines[: header + kept]
        done, cut = write(b"".join(lines)), True
    return done, cut


def distinct(payload: bytes) -> bytes:
    """Triples in order, each once."""
    return b"".join(sorted(set(payload.splitlines(keepends=True))))


def _boolean(payload: bytes, form: str) -> bytes:
    import pyoxigraph as ox

    if form in ("csv", "tsv"):
        return payload + b"\n"
    found = ox.parse_query_results(b'{"head":{},"boolean":%b}' % payload, ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QueryBoolean)
    return found.serialize(format=_results(form)) or b""


def _bindings(payload: bytes, form: str) -> bytes:
    import pyoxigraph as ox

    found = ox.parse_query_results(payload, ox.QueryResultsFormat.TSV)
    assert isinstance(found, ox.QuerySolutions)
    return found.serialize(format=_results(form)) or b""


def _results(form: str) -> ox.QueryResultsFormat:
    import pyoxigraph as ox

    found = ox.QueryResultsFormat.from_extension(_RESULTS[form])
    assert found is not None
    return found


def _triples(payload: bytes, form: str, prefixes: Mapping[str, str]) -> bytes:
    import pyoxigraph as ox

    lines = distinct(payload)
    if form == "nt":
        return lines
    kind = ox.RdfFormat.from_extension(form)
    assert kind is not None
    triples = (quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES, lenient=True))
    return ox.serialize(triples, format=kind, prefixes=dict(prefixes)) or b""
