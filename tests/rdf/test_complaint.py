"""A query that does not parse: the place is the token's, and no grammar of the engine's is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coopgraph.errors import QueryError
from coopgraph.rdf.client import Request
from coopgraph.rdf.dataset import read_only_dataset
from coopgraph.rdf.engine import Engine

Ask = Callable[[str], Request]
WRONG = {
    "SELECT * {\n ?s ?p": "query, line 2, character 7: unexpected end of the query; expected a variable,",
    "SELECT * { ?s ?p }": "query, line 1, character 18: unexpected '}'; expected a variable, an",
    "SELECT * { ?s nope:a ?o }": "query, line 1, character 15: The prefix nope: is not declared. Known: , c",
    "SELECT * { ?s a: 1 }\nSELECT": "query, line 1, character 15: The prefix a: is not declared.",
    "SELECT * { ?s :p ?o } LIMIT x": "query, line 1, character 29: unexpected 'x'; expected a number.",
    "SELECT (COUNT(*) AS ?n { }": "query, line 1, character 24: unexpected '{'; expected ')'.",
    "SELECT * {}\n\nORDER BI ?x": "query, line 3, character 7: unexpected 'BI'; expected BY.",
    "SELECT * WHERE ?s": "query, line 1, character 16: unexpected '?s'; expected '{'.",
    "SELECT * { ?s :p 'abc }": "query, line 1, character 18: The text that begins here with ' is not closed.",
    "SELECT * { ?s http://a.b/c 1 }": "query, line 1, character 15: An IRI stands in angle brackets. Write <http://...>.",
    "SELECT ?y { ?s :p ?y } GROUP BY ?s": "query, line 1, character 35: SELECT names a variable that is",
    "SELECT * { VALUES (?a ?b) { (1) } }": "query, line 1, character 33: The VALUES clause rows should",
    "SELECT * { ?s :p 'a\\q' }": "query, line 1, character 18: unexpected ''a\\q''",
}


@pytest.mark.parametrize("query", WRONG)
def test_the_place_and_what_stands_there(engine: Engine, ask: Ask, query: str) -> None:
    request = ask(query)
    request.prefixes["coop"] = "urn:coop"
    told = set()
    for trusted in (False, True):
        with pytest.raises(QueryError) as caught:
            engine.ask(request, trusted=trusted)
        told.add(str(caught.value.faults[0]))
    (said,) = told
    assert said.startswith(WRONG[query])
    assert not any(mark in said for mark in ("\\u{", "[_]", "..="))


def test_the_same_through_rdflib(store: Path) -> None:
    from coopgraph.rdf.store import open_read_only

    dataset = read_only_dataset(open_read_only(store))
    with pytest.raises(QueryError, match=r"character 18: unexpected '}'; expected a variable"):
        dataset.query("SELECT * { ?s ?p }")
    with pytest.raises(QueryError, match=r"The prefix nope: is not declared. .*concept, coop"):
        dataset.query("SELECT * { ?s nope:a ?o }")


def test_looking_for_the_fault_runs_nothing(engine: Engine, ask: Ask) -> None:
    """The part before the fault is a query of its own here, and an endless one."""
    endless = "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a = 1) }"
    with pytest.raises(QueryError, match="unexpected '}'"):
        engine.ask(ask(f"{endless} }}"), trusted=True)
