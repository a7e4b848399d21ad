"""Terms as text and as Python values: N-Triples (and the number shorthand of SPARQL TSV) in, values out.

Standards: RDF 1.1 N-Triples, SPARQL 1.1 Query Results TSV, XML Schema datatypes. No RDF library is imported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from coopgraph.namespaces import XSD

Value = str | bool | int | float | Decimal | date | datetime | None

_ESCAPE: Final = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([tbnrf"\'\\]))')
_ESCAPED: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_LITERAL: Final = re.compile(
    r'"([^"\\]*(?:\\.[^"\\]*)*)"(?:@([A-Za-z]+(?:-[A-Za-z0-9]+)*)(?:--(?:ltr|rtl))?|\^\^<([^>]*)>)?',
    re.DOTALL,
)
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f]*")
_MUST_ESCAPE: Final = re.compile(r'["\\\x00-\x1f\x7f\ufffe\uffff]')
_SHORT: Final = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f", '"': '\\"', "\\": "\\\\"}

INTEGERS: Final = frozenset(
    XSD + name
    for name in (
        *("integer", "int", "long", "short", "byte"),
        *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)


def iri_term(iri: str) -> str:
    """Write an absolute IRI as a term, or raise ValueError: nothing that ends an IRI early can pass.

    >>> iri_term("https://example.org/a")
    '<https://example.org/a>'
    """
    if not _IRI.fullmatch(iri):
        raise ValueError(f"{iri!r} is not an absolute IRI")
    return f"<{iri}>"


def short_iri(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return an IRI by its longest prefix, or as it is.

    >>> short_iri("https://example.org/id/city/lima", {"id": "https://example.org/id/"})
    'id:city/lima'
    """
    fits = [(len(space), name) for name, space in prefixes.items() if iri.startswith(space) and iri != space]
    if not fits:
        return iri
    length, name = max(fits)
    return f"{name}:{iri[length:]}"


def literal_term(text: str, *, datatype: str | None = None, language: str | None = None) -> str:
    r"""Write a literal as canonical N-Triples does.

    >>> literal_term('La "Paz"\n', language="es")
    '"La \\"Paz\\"\\n"@es'
    """
    lexical = '"' + _MUST_ESCAPE.sub(_escape, text) + '"'
    if language:
        return f"{lexical}@{language}"
    return f"{lexical}^^{iri_term(datatype)}" if datatype and datatype != f"{XSD}string" else lexical


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _SHORT.get(character) or f"\\u{ord(character):04X}"


def unescape(text: str) -> str:
    r"""Resolve the escapes of N-Triples.

    >>> unescape("caf\\u00E9")
    'café'
    """
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ESCAPED[match[3]]


def split_literal(term: str) -> tuple[str, str | None, str | None]:
    """Return (text, language, datatype IRI) of a literal term.

    >>> split_literal('"hola"@es')
    ('hola', 'es', None)
    """
    match = _LITERAL.fullmatch(term)
    if match is None:
        raise ValueError(f"{term!r} is not a literal")
    return unescape(match[1]), match[2], match[3]


def plain_text(term: str) -> str:
    """Return an IRI without its brackets, a literal's lexical form, anything else as it stands.

    >>> plain_text("<https://example.org/a>"), plain_text('"5"^^<http://www.w3.org/2001/XMLSchema#integer>')
    ('https://example.org/a', '5')
    """
    if term.startswith('"'):
        return split_literal(term)[0]
    return unescape(term[1:-1]) if term.startswith("<") and not term.startswith("<<") else term


def python_value(term: str) -> Value:
    """Return what a term means in Python; empty text (unbound) is None.

    Integers are int, decimals Decimal, doubles float, dates date; partial dates (gYear, gYearMonth), values
    outside Python's range, IRIs, and literals of unknown datatypes are text.

    >>> python_value('"2017-05-31"^^<http://www.w3.org/2001/XMLSchema#date>')
    datetime.date(2017, 5, 31)
    >>> python_value("4759000.00")
    Decimal('4759000.00')
    """
    if not term:
        return None
    if term[0] == '"':
        text, _, datatype = split_literal(term)
        return _typed(text, datatype) if datatype else text
    if term[0] in "<_":
        return plain_text(term)
    return _shorthand(term)


def _shorthand(term: str) -> Value:
    if term in ("true", "false"):
        return term == "true"
    if "e" in term or "E" in term:
        return float(term)
    return Decimal(term) if "." in term else int(term)


def _typed(text: str, datatype: str) -> Value:
    read = int if datatype in INTEGERS else _READ.get(datatype)
    try:
        return read(text) if read else text
    except (ValueError, InvalidOperation):
        return text


def _boolean(text: str) -> bool:
    if text not in ("true", "false", "1", "0"):
        raise ValueError(text)
    return text in ("true", "1")


def _double(text: str) -> float:
    return float(text.replace("INF", "inf"))


_READ: Final[dict[str, Callable[[str], Value]]] = {
    f"{XSD}decimal": Decimal,
    f"{XSD}double": _double,
    f"{XSD}float": _double,
    f"{XSD}boolean": _boolean,
    f"{XSD}date": date.fromisoformat,
    f"{XSD}dateTime": datetime.fromisoformat,
}
