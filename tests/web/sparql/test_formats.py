"""Formats: what is asked for is what comes, read again by other parsers; nothing else is sent instead."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
import rdflib

from coopgraph.web.sparql.negotiation import ROWS, TRIPLES, choose
from tests.web.sparql.conftest import Ask

SELECT = "SELECT ?s ?o { ?s <https://example.org/name>|<https://example.org/q> ?o } ORDER BY ?o"
CONSTRUCT = "CONSTRUCT WHERE { ?s <https://example.org/p> ?o }"


@pytest.mark.parametrize(
    "accept, form",
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("text/*", "csv"),
        ("application/json", "json"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.6, */*;q=0.1", "xml"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("text/csv;q=0, text/*", "tsv"),
        ("text/csv;q=0.5;ext=1, text/tab-separated-values; q=0.6", "tsv"),
        ("image/png, text/csv;q=0.001", "csv"),
        ("text/csv;q=nonsense, application/xml", "xml"),
        ("text/csv;q=7, application/xml;q=0.1", "xml"),
        ("image/png", None),
        ("application/sparql-results+json;q=0", None),
        ("text/turtle", None),
        ("*/*;q=0", None),
    ],
)
def test_the_best_of_what_is_accepted(accept: str | None, form: str | None) -> None:
    chosen = choose(accept, None, ROWS)
    assert (chosen.form if chosen else None) == form


def test_a_parameter_stands_before_accept_where_it_fits() -> None:
    assert choose("application/sparql-results+json", "csv", ROWS).form == "csv"  # type: ignore[union-attr]
    assert choose("text/turtle", "csv", TRIPLES).form == "ttl"  # type: ignore[union-attr]
    assert choose("text/turtle", "JSON-LD", TRIPLES).form == "jsonld"  # type: ignore[union-attr]


@pytest.mark.parametrize("media_type", [name for names in ROWS.values() for name in names])
def test_rows_in_each_format(ask: Ask, media_type: str) -> None:
    answer = ask("GET", query=SELECT, headers={"Accept": media_type})
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert "Accept" in answer.headers["vary"]
    if media_type.endswith("json"):
        rows = json.loads(answer.text)["results"]["bindings"]
        values = [(row["o"]["value"], row["o"].get("xml:lang")) for row in rows]
    elif media_type.endswith("xml"):
        spaces = {"r": "http://www.w3.org/2005/sparql-results#"}
        found = ET.fromstring(answer.text).findall(".//r:binding[@name='o']/r:literal", spaces)
        values = [(one.text or "", one.get("{http://www.w3.org/XML/1998/namespace}lang")) for one in found]
    else:
        mark = "," if media_type == "text/csv" else "\t"
        lines = list(csv.reader(io.StringIO(answer.text, newline=""), delimiter=mark, quoting=csv.QUOTE_NONE))
        assert lines[0] == (["s", "o"] if mark == "," else ["?s", "?o"])
        values = [(row[1].split('"')[1] if '"' in row[1] else row[1], None) for row in lines[1:]]
    assert [value for value, _ in values] == ["5", "La Paz"]
    if not media_type.startswith("text/") or media_type.endswith("xml"):
        assert values[1][1] == "es"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD parser
@pytest.mark.parametrize("media_type", [name for names in TRIPLES.values() for name in names])
def test_triples_in_each_format(ask: Ask, media_type: str) -> None:
    answer = ask("GET", query=CONSTRUCT, headers={"Accept": media_type})
    assert answer.headers["content-type"].split(";")[0] == media_type
    kinds = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
    form = next(form for form, names in TRIPLES.items() if media_type in names)
    found = rdflib.Graph().parse(data=answer.text, format=kinds[form])
    example = rdflib.Namespace("https://example.org/")
    assert set(found) == {(example.a, example.p, example.b), (example.b, example.p, example.c)}


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_yes_in_each_format(ask: Ask, form: str) -> None:
    answer = ask("GET", params={"query": "ASK {}", "format": form})
    assert answer.headers["content-type"].split(";")[0] == ROWS[form][0]
    assert "true" in answer.text


@pytest.mark.parametrize(
    "query, accept", [(SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), ("ASK {}", "image/png")]
)
def test_nothing_is_sent_instead(ask: Ask, query: str, accept: str) -> None:
    answer = ask("GET", query=query, headers={"Accept": accept})
    assert answer.status_code == 406
    assert "Ask for one of" in answer.text


def test_what_xml_cannot_say_is_told(ask: Ask) -> None:
    query = 'SELECT (STR("a\\u0001") AS ?x) {}'
    answer = ask("GET", params={"query": query, "format": "xml"})
    assert answer.status_code == 400 and "XML cannot say" in answer.text
    assert ask("GET", params={"query": query, "format": "json"}).status_code == 200


def test_the_same_query_has_the_same_bytes(ask: Ask) -> None:
    query = "CONSTRUCT { ?o a skos:Concept, org:Role, prov:Plan, time:Instant } { ?s a ?o FILTER isIRI(?o) }"
    for form in TRIPLES:
        answers = {
            ask("GET", params={"query": f"{query} LIMIT 9 # {n}", "format": form}).content for n in range(4)
        }
        assert len(answers) == 1
