"""Terms to text and back, and their values."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.namespaces import XSD
from coopgraph.rdf.terms import Value, iri_term, literal_term, plain_text, python_value, split_literal


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_literals_survive(text: str) -> None:
    assert split_literal(literal_term(text)) == (text, None, None)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_literals_are_written_as_the_engine_writes_them(text: str) -> None:
    assert literal_term(text) == str(ox.Literal(text))


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("", None),
        ("<https://example.org/a>", "https://example.org/a"),
        ("_:b0", "_:b0"),
        ('"hola"@es', "hola"),
        ('""', ""),
        ("5", 5),
        ("-7", -7),
        ("1.50", Decimal("1.50")),
        ("1.0e3", 1000.0),
        ("true", True),
        (f'"12"^^<{XSD}nonNegativeInteger>', 12),
        (f'"2017-05-31"^^<{XSD}date>', date(2017, 5, 31)),
        (f'"2017"^^<{XSD}gYear>', "2017"),
        (f'"2013-05"^^<{XSD}gYearMonth>', "2013-05"),
        (f'"2017-05-31T10:00:00"^^<{XSD}dateTime>', datetime(2017, 5, 31, 10)),
        (f'"INF"^^<{XSD}double>', float("inf")),
        (f'"-INF"^^<{XSD}double>', float("-inf")),
        (f'"0"^^<{XSD}boolean>', False),
        (f'"maybe"^^<{XSD}boolean>', "maybe"),
        (f'"200l"^^<{XSD}date>', "200l"),
        (f'"99999-01-01"^^<{XSD}date>', "99999-01-01"),
        ('"POINT(1 2)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>', "POINT(1 2)"),
    ],
)
def test_values(term: str, value: Value) -> None:
    assert python_value(term) == value
    assert type(python_value(term)) is type(value)


@pytest.mark.parametrize("iri", ["a b", "https://example.org/> } #", "relative/path", "", "http://x/\n"])
def test_what_is_no_iri_is_refused(iri: str) -> None:
    with pytest.raises(ValueError, match="not an absolute IRI"):
        iri_term(iri)


def test_plain_text_keeps_what_is_neither_iri_nor_literal() -> None:
    assert plain_text("_:b1") == "_:b1"
    assert plain_text("<<( <urn:a> <urn:p> 1 )>>") == "<<( <urn:a> <urn:p> 1 )>>"
    assert plain_text("5") == "5"
