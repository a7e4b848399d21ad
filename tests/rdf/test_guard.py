"""What is refused and why. For each wrong answer of the engine one test shows that it is still wrong.

When a test named `test_the_engine_is_still_wrong` fails, the engine has been mended and the refusal can go.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.errors import QueryError
from coopgraph.rdf.client import Request
from coopgraph.rdf.engine import Engine
from coopgraph.rdf.guard import check
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.solutions import Solutions

Ask = Callable[[str], Request]
PREFIXES = {"": "https://example.org/"}
E = "https://example.org/"


def passes(query: str) -> Request:
    return check(query, PREFIXES, E)


def rows(engine: Engine, query: str, request: Request | None = None) -> list[tuple[object, ...]]:
    return sorted(map(tuple, engine.ask(request or passes(query), trusted=True)), key=str)


WRONG: dict[str, tuple[str, list[tuple[object, ...]], str]] = {
    # name: query, the right answer over TRIG, words of the refusal
    "sub-select": (
        "SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }",
        [(f"{E}g1", 2), (f"{E}g2", 3)],
        "sub-select inside GRAPH",
    ),
    "sub-select in a filter": (
        "SELECT ?g ?o { GRAPH ?g { ?s :p ?o FILTER EXISTS { SELECT ?o { ?o :p ?y } } } }",
        [(f"{E}g1", f"{E}b")],
        "sub-select inside GRAPH",
    ),
    "values": (
        "SELECT ?g ?x { GRAPH ?g { VALUES ?x { 1 } } }",
        [(f"{E}g1", 1), (f"{E}g2", 1)],
        "VALUES alone",
    ),
    "values in a union": (
        "SELECT ?g ?s { GRAPH ?g { { VALUES ?s { 1 } } UNION { ?s :q ?o } } }",
        [(f"{E}g1", 1), (f"{E}g2", 1), (f"{E}g2", f"{E}x")],
        "VALUES alone",
    ),
    "graph in graph": (
        "SELECT ?g ?h { GRAPH ?g { GRAPH ?h { ?s :q ?o } } }",
        [(f"{E}g1", f"{E}g2"), (f"{E}g2", f"{E}g2")],
        "GRAPH alone",
    ),
    "minus": (
        "SELECT ?g ?s { GRAPH ?g { ?s :p ?o MINUS { ?x :p ?y } } }",
        [(f"{E}g1", f"{E}a"), (f"{E}g1", f"{E}b"), (f"{E}g2", f"{E}a")],
        "MINUS inside GRAPH",
    ),
    "path in graph": (
        "SELECT ?g ?o { GRAPH ?g { :x :q* ?o } }",
        [(f"{E}g1", f"{E}x"), (f"{E}g2", 5), (f"{E}g2", f"{E}x")],
        "length zero",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_engine_is_still_wrong(engine: Engine, ask: Ask, name: str) -> None:
    query, right, _ = WRONG[name]
    assert rows(engine, query, ask(query)) != right


@pytest.mark.parametrize("name", WRONG)
def test_wrong_answers_are_refused(name: str) -> None:
    query, _, words = WRONG[name]
    with pytest.raises(QueryError, match=words) as caught:
        passes(query)
    assert caught.value.faults[0].fix


SAFE: dict[str, tuple[str, list[tuple[object, ...]]]] = {
    "count by graph": (
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        [(f"{E}g1", 2), (f"{E}g2", 3)],
    ),
    "sub-select in one graph": ("SELECT ?n { GRAPH :g1 { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }", [(2,)]),
    "values beside a pattern": (
        "SELECT ?g ?s { GRAPH ?g { VALUES ?s { :a } ?s :p ?o } }",
        [(f"{E}g1", f"{E}a"), (f"{E}g2", f"{E}a")],
    ),
    "values before": (
        "SELECT ?g ?s { VALUES ?s { :a } GRAPH ?g { ?s :p ?o } }",
        [(f"{E}g1", f"{E}a"), (f"{E}g2", f"{E}a")],
    ),
    "not exists for minus": (
        "SELECT ?g ?s { GRAPH ?g { ?s :p ?o FILTER NOT EXISTS { ?o :p ?z } } }",
        [(f"{E}g1", f"{E}b"), (f"{E}g2", f"{E}a")],
    ),
    "minus in the merge": ("SELECT ?s { ?s :p ?o MINUS { ?o :p ?z } }", [(f"{E}b",)]),
    "named graphs": (
        "SELECT (COUNT(*) AS ?n) FROM NAMED :g1 FROM NAMED :g2 { GRAPH ?g { ?s :p ?o } }",
        [(3,)],
    ),
    "one graph": ("SELECT (COUNT(*) AS ?n) FROM :g2 { ?s ?p ?o }", [(3,)]),
    "path of a term that is there": ("SELECT ?o { :a :p* ?o }", [(f"{E}a",), (f"{E}b",), (f"{E}c",)]),
    "bind outside": ("SELECT ?g { VALUES ?x { :x } GRAPH ?g { ?x :q* ?o } }", [(f"{E}g2",)] * 2),
}


@pytest.mark.parametrize("name", SAFE)
def test_safe_forms_pass_and_are_right(engine: Engine, name: str) -> None:
    query, right = SAFE[name]
    assert rows(engine, query) == right


def test_bnode_with_a_label(engine: Engine, ask: Ask) -> None:
    query = 'SELECT DISTINCT ?b { ?s :p ?o BIND(BNODE("x") AS ?b) }'
    assert len(rows(engine, query, ask(query))) == 1, "two rows, two nodes: the engine is mended"
    with pytest.raises(QueryError, match="BNODE"):
        passes(query)
    assert len(rows(engine, "SELECT ?b { ?s :p ?o BIND(BNODE() AS ?b) }")) == 2


ABSENT = [
    ("SELECT ?o { :nowhere :p* ?o }", f"<{E}nowhere>"),
    ("SELECT ?o { ?o :p? :nowhere }", f"<{E}nowhere>"),
    ("SELECT ?o { <urn:n> (:p|^:q)* ?o }", "<urn:n>"),
    ("PREFIX ex: <urn:> SELECT ?o { ex:n :p*/:q? ?o }", "<urn:n>"),
    ("SELECT ?o { ?s :p ?x ; :q* 77 }", "77"),
    ('SELECT ?o { ?s :p* "La Paz"@en }', '"La Paz"@en'),
    ('SELECT ?o { ?s :p* "2016"^^<urn:year> }', '"2016"^^<urn:year>'),
    ("SELECT ?o { ?s :p* ?x , :nowhere }", f"<{E}nowhere>"),
    ("SELECT ?o { :nowhere :q ?x ; :p* ?o }", f"<{E}nowhere>"),
    ("SELECT ?o { FILTER (1 < 2) :nowhere :q ?x ; :p* ?o }", f"<{E}nowhere>"),
    ("SELECT ?o { GRAPH :g1 { :x :q* ?o } }", f"<{E}x>"),
    ("SELECT ?o FROM :g1 { :x :q* ?o }", f"<{E}x>"),
    ("ASK { :nowhere a* :nowhere }", f"<{E}nowhere>"),
]


@pytest.mark.parametrize(("query", "term"), ABSENT, ids=[query for query, _ in ABSENT])
def test_zero_length_paths_at_an_absent_constant(engine: Engine, query: str, term: str) -> None:
    with pytest.raises(QueryError, match="not in the data") as caught:
        engine.ask(passes(query), trusted=True)
    assert term in str(caught.value)
    with pytest.raises(QueryError, match="not in the data"):
        engine.ask(passes(query))


def test_the_engine_still_loses_the_zero_length_answer(engine: Engine, ask: Ask) -> None:
    assert rows(engine, "", ask("SELECT ?o { :nowhere :p* ?o }")) == []


NO_PATH = [
    "SELECT * { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s :p ?o }",
    "SELECT (SUM(?n)*2 AS ?m) { ?s :q ?n }",
    "SELECT ?s { :nowhere :p ?s FILTER (?s * 2 = 4) }",
    "SELECT ?s { :nowhere :p+ ?s }",
    "SELECT ?s { :nowhere :q*/:p ?s }",
    "SELECT ?s { ?s :p* ?o }",
    "SELECT ?s { ?s (:p/:q)? ?o . :nowhere :p ?s }",
    'SELECT ?s { ?s :p ":nowhere :p* ?o" }',
    "SELECT ?s { ?s :p ?o # :nowhere :p* ?o\n }",
]


@pytest.mark.parametrize("query", NO_PATH)
def test_what_is_no_such_path(query: str) -> None:
    assert passes(query).present == ()


REFUSED = {
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { service silent ?x { ?s ?p ?o } }": "SERVICE",
    "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }": "SERVICE",
    "SELECT * { \\U00000053ERVICE <http://example.org/> { ?s ?p ?o } }": "SERVICE",
    'SELECT * { "\\u0022 " SERVICE <http://example.org/> { } # " }': "SERVICE",
    "SELECT * { FILTER(1<2)SERVICE<http://example.org/>{ ?s ?p ?o } }": "SERVICE",
    "SELECT * { FILTER(?a<?b&&?c>?d) SERVICE ?x { ?s ?p ?o } }": "SERVICE",
    "SELECT * FROM :g1 FROM :g2 { ?s ?p ?o }": "several graphs",
    "SELECT * FROM :g1 FROM NAMED :g3 FROM :g2 { ?s ?p ?o }": "several graphs",
    "LOAD <http://example.org/x.ttl>": "LOAD",
    "PREFIX : <urn:> INSERT DATA { :a :b :c }": "INSERT",
    "BASE <urn:x> PREFIX a: <urn:> DELETE WHERE { ?s ?p ?o }": "DELETE",
    "DROP ALL": "DROP",
    "WITH :g1 DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }": "WITH",
    "hello": "not a SPARQL query",
    "": "not a SPARQL query",
    "SELECT * {" + "{" * 200 + "}" * 200 + "}": "nests more than 100 brackets",
    "SELECT * { FILTER(" + "(" * 20000 + "1" + ")" * 20000 + ") }": "brackets",
    "SELECT * { ?s ?p '" + "x" * 100_000 + "' }": "characters",
}


@pytest.mark.parametrize("query", REFUSED, ids=[query[:60] for query in REFUSED])
def test_refusals(query: str) -> None:
    with pytest.raises(QueryError, match=REFUSED[query]):
        passes(query)


ALLOWED = [
    "SELECT * { ?s ?p 'SERVICE <http://example.org/> { }' }",
    'SELECT * { ?s ?p """SERVICE " LOAD""" }',
    "SELECT * { ?s ?p '''SERVICE ' LOAD''' }",
    "SELECT * { ?s <http://example.org/SERVICE#x> ?o }",
    "SELECT * { ?s :SERVICE ?o }",
    "SELECT * { ?s ?SERVICE ?o }",
    "SELECT * { ?s ?p ?o # SERVICE <x> { }\n }",
    'SELECT * { ?s ?p "x"@service }',
    "SELECT * { ?s :a\\#b ?o }",
    "SELECT ?load { ?load ?p ?o }",
    "DESCRIBE :a",
    "# a comment\nASK {}",
]


@pytest.mark.parametrize("query", ALLOWED)
def test_what_only_looks_forbidden_passes(engine: Engine, query: str) -> None:
    assert isinstance(engine.ask(passes(query), trusted=True), Solutions)


def test_all_reasons_are_told_with_their_lines() -> None:
    query = "SELECT * FROM :a FROM :b {\n SERVICE <urn:x> {}\n BIND(BNODE('x') AS ?b)\n}"
    with pytest.raises(QueryError) as caught:
        passes(query)
    assert [fault.line for fault in caught.value.faults] == [2, 1, 3]


@given(st.text(max_size=300))
def test_no_text_upsets_the_guard(text: str) -> None:
    try:
        check(text, {}, E, Limits())
    except QueryError as error:
        assert str(error)


@given(
    st.lists(
        st.sampled_from([*"{}()[]<>?*+/|^!;,.", "SELECT", "GRAPH", "?g", ":p", "VALUES", "a", '"x"', "BNODE"])
    )
)
def test_no_tokens_upset_the_guard(parts: list[str]) -> None:
    try:
        check("SELECT " + " ".join(parts), {}, E, Limits())
    except QueryError as error:
        assert str(error)


@pytest.mark.parametrize(
    "query",
    {
        "steps": "SELECT * { ?s " + "<a>/" * 20_000 + "<a>* <urn:b> }",
        "brackets": "SELECT * { ?s " + "(<a>/" * 90 + "<a>/" * 18_000 + "<a>" + ")" * 90 + " <urn:b> }",
        "brackets that are no path": "SELECT * { ?s "
        + "(" * 90
        + "<a>/" * 18_000
        + "<a> <b>"
        + ")" * 90
        + " }",
        "constants": "SELECT * { " + "<a> <b>* <c> . " * 6_000 + "}",
        "predicates": "SELECT * { ?s " + "<b>* <c>; " * 9_000 + "<c>* <d> }",
        "graphs": "SELECT * { " + "GRAPH ?g { VALUES ?x { 1 } } " * 3_400 + "}",
        "graphs in graphs": "SELECT * { " + "GRAPH ?g { " * 90 + "?s ?p ?o . " * 7_000 + "}" * 90 + " }",
        "words": "SELECT * { " + "a-" * 49_000 + "}",
        "not": "SELECT * { ?s " + "!" * 90_000 + "<a> ?b }",
        "faults": "SELECT * { " + "BIND(BNODE('a') AS ?x) " * 4_000 + "}",
    }.items(),
    ids=lambda pair: pair[0],
)
def test_a_hostile_query_is_read_in_a_moment(query: tuple[str, str]) -> None:
    """Each took seconds or minutes where work grew with the square of a query's length."""
    begun = time.process_time()
    try:
        check(query[1], {}, "https://example.org/")
    except QueryError as error:
        assert len(error.faults) <= 20
    assert time.process_time() - begun < 4
