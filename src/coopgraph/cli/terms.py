"""RDF terms as people read them: IRIs by their prefix, literals by their text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from coopgraph.rdf.terms import plain_text, python_value, short_iri


def term_text(term: str, prefixes: Mapping[str, str]) -> str:
    """Return a term in the shortest way that can be read.

    >>> from coopgraph.namespaces import PREFIXES
    >>> term_text("<http://www.w3.org/2004/02/skos/core#Concept>", PREFIXES)
    'skos:Concept'
    >>> term_text('"Quito"@es', PREFIXES)
    'Quito'
    """
    text = plain_text(term)
    return short_iri(text, prefixes) if term.startswith("<") else text


def is_number(term: str) -> bool:
    """Tell whether a term is a number, so that it stands to the right.

    >>> is_number("6600000"), is_number('"42"'), is_number("true")
    (True, False, False)
    """
    value = python_value(term)
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
