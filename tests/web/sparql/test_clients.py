"""Clients people have: SPARQLWrapper, rdflib, curl and Comunica, as they come, against the real server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from tests.web.sparql.conftest import COUNT, G1, G2

EX = rdflib.Namespace("https://example.org/")
NAMES = "SELECT ?s ?o { ?s <https://example.org/name> ?o }"
NODE = shutil.which("node")
PACKAGES = Path(__file__).parents[1] / "npm" / "node_modules"


@pytest.fixture
def wrapper(tiny: str) -> SPARQLWrapper:
    return SPARQLWrapper(f"{tiny}/sparql")


class TestSparqlWrapper:
    """SPARQLWrapper, which adds parameters of other servers to what it sends."""

    @pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
    @pytest.mark.parametrize("way", ["GET", URLENCODED, POSTDIRECTLY])
    def test_rows(self, wrapper: SPARQLWrapper, form: str, way: str) -> None:
        wrapper.setQuery(NAMES)
        wrapper.setReturnFormat(form)
        if way != "GET":
            wrapper.setMethod(POST)
            wrapper.setRequestMethod(way)
        found: Any = wrapper.query().convert()
        if form == JSON:
            assert found["results"]["bindings"][0]["o"] == {
                "type": "literal",
                "value": "La Paz",
                "xml:lang": "es",
            }
        else:
            text = found.toxml() if form == XML else found.decode()
            assert "La Paz" in text

    def test_a_graph(self, wrapper: SPARQLWrapper) -> None:
        wrapper.setQuery("CONSTRUCT WHERE { ?s <https://example.org/p> ?o }")
        wrapper.setReturnFormat(TURTLE)
        turtle: Any = wrapper.query().convert()
        found = rdflib.Graph().parse(data=turtle, format="turtle")
        assert (EX.a, EX.p, EX.b) in found and len(found) == 2

    def test_graphs_of_the_protocol(self, wrapper: SPARQLWrapper) -> None:
        wrapper.setQuery(COUNT)
        wrapper.setReturnFormat(JSON)
        for graphs, expected in (((), "2"), ((G2,), "1"), ((G1, G2), "2")):
            wrapper.clearParameter("default-graph-uri")
            for graph in graphs:
                wrapper.addDefaultGraph(graph)
            found: Any = wrapper.query().convert()
            assert found["results"]["bindings"][0]["n"]["value"] == expected

    def test_what_is_wrong_reaches_the_user(self, wrapper: SPARQLWrapper) -> None:
        wrapper.setQuery("SELECT * { ?s ?p }")
        with pytest.raises(QueryBadFormed, match="line 1, character 18"):
            wrapper.query()


class TestRdflib:
    """rdflib's own store over an endpoint."""

    def test_a_graph_over_the_endpoint(self, tiny: str) -> None:
        graph = rdflib.Graph(SPARQLStore(f"{tiny}/sparql"))
        assert set(graph.triples((None, EX.p, None))) == {(EX.a, EX.p, EX.b), (EX.b, EX.p, EX.c)}
        assert graph.value(EX.x, EX.name) == rdflib.Literal("La Paz", lang="es")
        row: Any
        (row,) = graph.query("SELECT ?n { ?s ex:q ?n }", initNs={"ex": EX})
        assert row[0].toPython() == 5
        assert graph.query("ASK { ?s ?p 5 }").askAnswer is True
        assert len(graph.query("CONSTRUCT WHERE { ?s <https://example.org/p> ?o }").graph or ()) == 2

    def test_one_named_graph(self, tiny: str) -> None:
        graph = rdflib.Graph(SPARQLStore(f"{tiny}/sparql"), identifier=EX.g2)
        assert set(graph.triples((None, EX.p, None))) == {(EX.a, EX.p, EX.b)}

    @pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
    def test_each_format(self, tiny: str, form: str) -> None:
        store = SPARQLStore(f"{tiny}/sparql", returnFormat=form)
        rows: Any = rdflib.Graph(store).query(NAMES)
        assert [str(row[1]) for row in rows] == ["La Paz"]


class TestCurl:
    """As docs/endpoint.md shows it."""

    def run(self, *arguments: str) -> str:
        command = ["curl", "--silent", "--show-error", "--fail-with-body", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout

    def test_the_three_ways_to_ask(self, tiny: str, tmp_path: Path) -> None:
        asked = f"query={NAMES}"
        accept = ("-H", "Accept: text/csv")
        file = tmp_path / "names.rq"
        file.write_text(NAMES, encoding="utf-8")
        direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", f"@{file}")
        ways = (("-G", "--data-urlencode", asked), ("--data-urlencode", asked), direct)
        for way in ways:
            assert self.run(f"{tiny}/sparql", *accept, *way) == "s,o\nhttps://example.org/x,La Paz\n"

    def test_what_is_wrong_is_one_sentence(self, tiny: str) -> None:
        with pytest.raises(subprocess.CalledProcessError) as caught:
            self.run(f"{tiny}/sparql", "--data-urlencode", "query=SELECT * {")
        assert caught.value.stdout.startswith("The query does not parse.\nquery, line 1, character 11: ")


def test_comunica(tiny: str, tmp_path: Path) -> None:
    """https://comunica.dev/, which takes queries apart and sends the parts."""
    if NODE is None or not PACKAGES.is_dir():
        pytest.fail("Comunica is missing: npm ci --prefix tests/web/npm")
    (tmp_path / "node_modules").symlink_to(PACKAGES)
    script = tmp_path / "comunica.mjs"
    shutil.copy(Path(__file__).with_name("comunica.mjs"), script)
    run = subprocess.run(
        [NODE, str(script), f"{tiny}/sparql"],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "NODE_NO_WARNINGS": "1"},
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    found = json.loads(run.stdout)
    assert found["rows"] == [[str(EX.a), str(EX.b)], [str(EX.b), str(EX.c)]]
    assert (found["triples"], found["joined"], found["yes"]) == (2, [str(EX.c)], True)
    assert found["wrong"]
