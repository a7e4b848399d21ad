"""Descriptions as Turtle, with addresses relative to the file, so that a folder may lie anywhere.

In: blocks of a subject and its properties, terms written as Turtle. Out: text. Standard: RDF 1.1 Turtle.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

Block = tuple[str, Sequence[tuple[str, Sequence[str]]]]


def text(value: str, lang: str = "") -> str:
    """Return a text as a term.

    >>> text('two "words"', "en")
    '"two \\\\"words\\\\""@en'
    """
    quoted = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    return f"{quoted}@{lang}" if lang else quoted


def typed(value: object, datatype: str) -> str:
    """Return a value with its datatype.

    >>> typed(7, "xsd:nonNegativeInteger")
    '"7"^^xsd:nonNegativeInteger'
    """
    return f'"{value}"^^{datatype}'


def iri(address: str) -> str:
    """Return an address as a term.

    >>> iri("data/graph.ttl")
    '<data/graph.ttl>'
    """
    return "<" + "".join(sign if sign not in '<>"{}|^`\\ ' else f"%{ord(sign):02X}" for sign in address) + ">"


def document(prefixes: Mapping[str, str], blocks: Iterable[Block]) -> str:
    """Return a document; properties without a value are left out.

    >>> print(document({}, [("<>", [("a", ["<urn:C>"]), ("<urn:p>", [])])]))
    <> a <urn:C> .
    <BLANKLINE>
    """
    head = [f"@prefix {name}: <{space}> ." for name, space in sorted(prefixes.items())]
    parts = ["\n".join(head)] if head else []
    for subject, properties in blocks:
        said = [f"{name} {', '.join(terms)}" for name, terms in properties if terms]
        parts.append(f"{subject} " + " ;\n  ".join(said) + " .")
    return "\n\n".join(parts) + "\n"
