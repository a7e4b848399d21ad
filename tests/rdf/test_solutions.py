"""Answers as rows, columns, rdflib objects and files."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from coopgraph.errors import QueryError
from coopgraph.namespaces import XSD
from coopgraph.rdf.arrow import text_table, typed_table
from coopgraph.rdf.client import Answer, Request, Worker
from coopgraph.rdf.engine import Engine
from coopgraph.rdf.export import spreadsheet_text
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.solutions import Solutions
from coopgraph.rdf.terms import literal_term, python_value

Ask = Callable[[str], Request]
ROWS = Answer(
    "bindings",
    ("city", "people", "since"),
    b'?city\t?people\t?since\n"La Paz"@es\t812799\t"1548-10-20"^^<http://www.w3.org/2001/XMLSchema#date>\n'
    b'<urn:x>\t\t"1548"^^<http://www.w3.org/2001/XMLSchema#gYear>\n',
)


def solutions(tsv: str) -> Solutions:
    header = tsv.split("\n", 1)[0]
    return Solutions(Answer("bindings", tuple(name[1:] for name in header.split("\t")), tsv.encode()))


def test_rows_are_named_tuples_of_values() -> None:
    first, second = Solutions(ROWS)
    assert first == ("La Paz", 812799, date(1548, 10, 20))
    assert second == ("urn:x", None, "1548")
    assert first.people == 812799  # type: ignore[attr-defined]  # named tuple


def test_rows_can_be_read_twice_and_lazily() -> None:
    found = Solutions(ROWS)
    assert next(iter(found)) == next(iter(found))
    assert len(found) == 2
    assert bool(found)
    assert list(found.dicts())[1] == {"city": "urn:x", "people": None, "since": "1548"}
    assert next(found.terms())[0] == '"La Paz"@es'


def test_variables_that_python_has_as_words() -> None:
    assert next(iter(solutions("?class\t?from\n1\t2\n"))) == (1, 2)


def test_ask(engine: Engine, ask: Ask) -> None:
    found = engine.ask(ask("ASK { ?s ?p 5 }"), trusted=True)
    assert found and found.kind == "boolean"
    assert not engine.ask(ask("ASK { ?s ?p 6 }"), trusted=True)
    assert found.serialize("json") == b'{"head":{},"boolean":true}'
    assert found.serialize("csv") == b"true\n"
    assert found.to_rdflib().askAnswer is True
    for use in (len, list):
        with pytest.raises(QueryError, match="yes or no"):
            use(found)


def test_construct(engine: Engine, ask: Ask) -> None:
    found = engine.ask(ask("CONSTRUCT WHERE { ?s :name ?name }"), trusted=True)
    assert list(found) == [("https://example.org/x", "https://example.org/name", "La Paz")]
    assert set(found.graph()) == {
        (
            rdflib.URIRef("https://example.org/x"),
            rdflib.URIRef("https://example.org/name"),
            rdflib.Literal("La Paz", lang="es"),
        )
    }
    assert found.serialize("nt") == b'<https://example.org/x> <https://example.org/name> "La Paz"@es .\n'
    assert b"<https://example.org/x>" in found.serialize("ttl")
    with pytest.raises(QueryError, match="needs a SELECT"):
        found.to_arrow()
    with pytest.raises(QueryError, match="Use one of ttl"):
        found.serialize("csv")


def test_describe(engine: Engine, ask: Ask) -> None:
    assert len(engine.ask(ask("DESCRIBE :x"))) == 2


def test_no_variables_and_no_rows(engine: Engine, ask: Ask) -> None:
    assert list(engine.ask(ask("SELECT * {}"), trusted=True)) == [()]
    none = engine.ask(ask("SELECT ?s { ?s :nothing ?o }"), trusted=True)
    assert (list(none), bool(none), none.to_arrow().num_rows) == ([], False, 0)
    assert none.to_arrow().column_names == ["s"]


def test_cut_answers_say_so(worker: Worker, ask: Ask) -> None:
    found = Solutions(worker.ask(ask("SELECT * { ?s ?p ?o }"), Limits(rows=2)))
    assert (len(found), found.truncated, found.reason) == (2, True, "the limit of rows was reached")
    assert repr(found) == "<Solutions bindings: 2 rows, cut>"


def test_standard_formats() -> None:
    found = Solutions(ROWS)
    assert found.serialize("csv") == b"city,people,since\r\nLa Paz,812799,1548-10-20\r\nurn:x,,1548\r\n"
    assert found.serialize("tsv") == ROWS.payload
    assert b'"xml:lang":"es"' in found.serialize("json")
    assert b"<binding name=" in found.serialize("xml")
    assert parquet.read_table(io.BytesIO(found.serialize("parquet"))).column("people").to_pylist() == [
        812799,
        None,
    ]
    with pytest.raises(QueryError, match="Use one of csv, tsv, json, xml, parquet"):
        found.serialize("ttl")


def test_csv_is_exact_and_spreadsheets_are_protected_apart() -> None:
    found = solutions('?x\n"=1+1"\n')
    assert found.serialize("csv") == b"x\r\n=1+1\r\n"
    for text in ("=1+1", "+1+1", "-1+1", "@sum", "\tx", "\rx"):
        assert spreadsheet_text(text) == f"'{text}"
    for text in ("-3.5", "+34", "1,000", "Lima", "", "a=b"):
        assert spreadsheet_text(text) == text


def test_rdflib_results_keep_lexical_forms() -> None:
    found = solutions(f'?a\t?b\n"007"^^<{XSD}integer>\t\n').to_rdflib()
    row = next(iter(found.bindings))
    assert str(row[rdflib.Variable("a")]) == "007"
    assert rdflib.Variable("b") not in row


def test_pandas_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QueryError, match=r"pip install coopgraph\[pandas\]"):
        Solutions(ROWS).to_pandas()


COLUMNS = {
    "iris": (["<urn:a>", "", "<urn:ñ>"], pa.string(), ["urn:a", None, "urn:ñ"]),
    "texts": (['"a"', '"ñandú"'], pa.string(), ["a", "ñandú"]),
    "empty text and unbound": (['""', '"x"', ""], pa.string(), ["", "x", None]),
    "escapes": (['"a\\tb"', '"c\\\\n"', '"\\"q\\""'], pa.string(), ["a\tb", "c\\n", '"q"']),
    "one language": (['"a"@en', '"b"@en'], pa.string(), ["a", "b"]),
    "languages": (['"a"@en', '"b"@es-MX', '"c"'], pa.string(), ["a", "b", "c"]),
    "integers": (["1", "-2", ""], pa.int64(), [1, -2, None]),
    "integers of a kind": ([f'"5"^^<{XSD}byte>'], pa.int64(), [5]),
    "decimals": (
        ["1.50", "2", "-0.125"],
        pa.decimal128(38, 3),
        [Decimal("1.500"), Decimal("2.000"), Decimal("-0.125")],
    ),
    "doubles": ([f'"1000"^^<{XSD}double>', f'"0.5"^^<{XSD}double>'], pa.float64(), [1000.0, 0.5]),
    "booleans": (["true", "false", ""], pa.bool_(), [True, False, None]),
    "dates": ([f'"2017-05-31"^^<{XSD}date>'], pa.date32(), [date(2017, 5, 31)]),
    "dates as stated": (
        [f'"2017"^^<{XSD}gYear>', f'"2017-05"^^<{XSD}gYearMonth>'],
        pa.string(),
        ["2017", "2017-05"],
    ),
    "mixed": (["<urn:a>", '"b"', "5"], pa.string(), ["urn:a", "b", "5"]),
    "too large": (["1", "99999999999999999999"], pa.string(), ["1", "99999999999999999999"]),
    "wrong date": ([f'"2017-13-31"^^<{XSD}date>'], pa.string(), ["2017-13-31"]),
    "blank": (["_:b0", "_:b1"], pa.string(), ["_:b0", "_:b1"]),
    "nothing": (["", ""], pa.string(), [None, None]),
    "spaces": (['"  a  "', '"NA"'], pa.string(), ["  a  ", "NA"]),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_typed(name: str) -> None:
    terms, kind, values = COLUMNS[name]
    table = typed_table(("?x\t?n\n" + "".join(f"{term}\t1\n" for term in terms)).encode(), ["x", "n"])
    assert table.column("x").to_pylist() == values
    assert table.column("x").type == kind


def test_one_column_with_unbound_rows() -> None:
    assert typed_table(b'?x\n"a"\n\n"b"\n', ["x"]).column("x").to_pylist() == ["a", None, "b"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_any_text_comes_through_as_it_is(texts: list[str]) -> None:
    tsv = "?x\n" + "".join(f"{literal_term(text)}\n" for text in texts)
    assert typed_table(tsv.encode(), ["x"]).column("x").to_pylist() == texts
    assert [row[0] for row in solutions(tsv)] == texts


@given(
    st.lists(
        st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4)
    )
)
def test_columns_and_rows_agree_on_numbers(numbers: list[Decimal]) -> None:
    terms = [f"{number:f}" for number in numbers]
    tsv = "?x\n" + "".join(f"{term}\n" for term in terms)
    assert typed_table(tsv.encode(), ["x"]).column("x").to_pylist() == [python_value(term) for term in terms]


def test_text_tables_interpret_nothing() -> None:
    table = text_table(f'?x\n5\n"1548"^^<{XSD}gYear>\n'.encode(), ["x"])
    assert table.column("x").to_pylist() == ["5", "1548"]


def test_importing_solutions_is_light() -> None:
    """The shell must answer before pyarrow or rdflib are there."""
    import subprocess

    code = "import sys, coopgraph.rdf.engine; print({'pyarrow', 'rdflib', 'pyshacl'} & set(sys.modules))"
    source = str(Path(__file__).parents[2] / "src")
    run = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": source}, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "set()"
