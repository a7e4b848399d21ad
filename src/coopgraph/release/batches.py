"""The graph of a release in parts small enough for one request, its merge beside its graphs.

In: the sorted N-Quads of a release. Out: for each part the triples of each graph, and of the merge those that
stand there for the first time: as lines are sorted, those with one triple in two graphs follow each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from coopgraph.errors import StoreError
from coopgraph.namespaces import XSD
from coopgraph.rdf.terms import literal_term, split_literal
from coopgraph.release.graph import whole_lines

_LINE: Final = re.compile(r"(.*) <([^<> ]*)> \.")
_NUMBERS: Final = (
    "decimal",
    "integer",
    "nonNegativeInteger",
    "positiveInteger",
    "int",
    "long",
    "double",
    "float",
)

Part = dict[str, list[str]]


def parts(blocks: Iterable[bytes], merged: str, *, lines: int) -> Iterator[Part]:
    """Yield parts of so many lines, each graph's triples without their full stops.

    >>> list(parts([b"<urn:a> <urn:p> 7 <urn:g> .\\n<urn:a> <urn:p> 7 <urn:h> .\\n"], "urn:m", lines=9))
    [{'urn:g': ['<urn:a> <urn:p> 7'], 'urn:m': ['<urn:a> <urn:p> 7'], 'urn:h': ['<urn:a> <urn:p> 7']}]
    """
    part: Part = {}
    size, last = 0, ""
    for triple, graph in _statements(blocks):
        part.setdefault(graph, []).append(triple)
        if triple != last:
            part.setdefault(merged, []).append(triple)
            last = triple
        size += 1
        if size == lines:
            yield part
            part, size = {}, 0
    if part:
        yield part


def least(blocks: Iterable[bytes], merged: str) -> dict[str, int]:
    """How many statements each graph has in a store that keeps values, such as 12.5 for 12.50, not texts.

    >>> num = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
    >>> lines = [f'<urn:a> <urn:p> "{n}"{num} <urn:g> .\\n'.encode() for n in ("12.5", "12.50")]
    >>> least(lines, "urn:m")
    {'urn:g': 1, 'urn:m': 1}
    """
    counts: dict[str, int] = {}
    seen: set[tuple[str, str]] = set()
    about = ""
    for triple, graph in _statements(blocks):
        subject, predicate, thing = triple.split(" ", 2)
        if f"{subject} {predicate}" != about:
            about, seen = f"{subject} {predicate}", set()
        value = _value(thing)
        for place in (graph, merged):
            if (place, value) not in seen:
                seen.add((place, value))
                counts[place] = counts.get(place, 0) + 1
    return counts


def _value(term: str) -> str:
    """A term as its value: a number without its zeros, true for 1, a language tag in small letters."""
    if not term.startswith('"'):
        return term
    text, language, datatype = split_literal(term)
    if language:
        return literal_term(text, language=language.lower())
    try:
        if (datatype or "").removeprefix(XSD) in _NUMBERS:
            return str(Decimal(text.strip()).normalize())
    except InvalidOperation:
        return term
    return "1" if datatype == f"{XSD}boolean" and text in ("true", "1") else term


def _statements(blocks: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    """Each triple without its full stop, and its graph."""
    for line in whole_lines(blocks):
        text = line.decode().removesuffix("\n")
        found = _LINE.fullmatch(text)
        if found is None:
            raise StoreError(f"The release's graph has a line that is in no graph: {text:.200}. Build again.")
        yield found[1], found[2]
