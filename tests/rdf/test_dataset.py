"""The rdflib view: rdflib's own words work, writing and rdflib's engine do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
import rdflib.plugins.sparql
from rdflib import Literal, Namespace, URIRef

from coopgraph.errors import CoopgraphError, QueryError, StoreError
from coopgraph.rdf.dataset import read_only_dataset
from coopgraph.rdf.store import open_read_only

EX = Namespace("https://example.org/")


@pytest.fixture
def dataset(store: Path) -> rdflib.Dataset:
    """An rdflib view of the store of TRIG."""
    return read_only_dataset(open_read_only(store), {"ex": str(EX)})


def test_reading_as_rdflib_reads(dataset: rdflib.Dataset) -> None:
    assert set(dataset.objects(EX.a, EX.p)) == {EX.b}
    assert dataset.value(EX.x, EX.name) == Literal("La Paz", lang="es")
    assert (EX.a, EX.p, EX.b) in dataset
    assert len(dataset) == 4
    assert {str(graph.identifier) for graph in dataset.graphs()} >= {str(EX.g1), str(EX.g2)}
    assert len(dataset.graph(EX.g1)) == 2
    assert {s for s, _, _ in dataset.graph(EX.g2).triples((None, None, None))} == {EX.a, EX.x}


def test_queries(dataset: rdflib.Dataset) -> None:
    rows = list(dataset.query("SELECT ?o { ex:a ex:p ?o }"))
    assert [row.o for row in rows] == [EX.b]  # type: ignore[union-attr]  # rows of a SELECT
    assert dataset.query("ASK { ex:x ex:q 5 }").askAnswer is True
    made = dataset.query("CONSTRUCT WHERE { ?s ex:name ?o }").graph
    assert made is not None
    assert set(made) == {(EX.x, EX.name, Literal("La Paz", lang="es"))}
    bound = dataset.query("SELECT ?s ?o { ?s ex:p ?o }", initBindings={"s": EX.b})
    assert [row.o for row in bound] == [EX.c]  # type: ignore[union-attr]  # rows of a SELECT


def test_one_graph_and_from(dataset: rdflib.Dataset) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
    counts = [
        dataset.query(count.format("")),
        dataset.query(count.format("FROM ex:g2")),
        dataset.graph(EX.g1).query(count.format("")),
    ]
    assert [int(next(iter(found.bindings))[rdflib.Variable("n")]) for found in counts] == [4, 3, 2]


def test_serializing(dataset: rdflib.Dataset) -> None:
    assert "La Paz" in dataset.serialize(format="trig")
    assert "ex:name" in dataset.graph(EX.g2).serialize(format="turtle")


WRITES: dict[str, Callable[[rdflib.Dataset], object]] = {
    "add": lambda d: d.add((EX.a, EX.p, EX.z)),
    "addN": lambda d: d.graph(EX.g1).addN([(EX.a, EX.p, EX.z, d.graph(EX.g1))]),
    "+=": lambda d: d.graph(EX.g1).__iadd__([(EX.a, EX.p, EX.z)]),
    "set": lambda d: d.set((EX.a, EX.p, EX.z)),
    "remove": lambda d: d.remove((EX.a, EX.p, EX.b)),
    "remove_graph": lambda d: d.remove_graph(EX.g1),
    "parse": lambda d: d.parse(data="<urn:a> <urn:p> 1 .", format="turtle"),
    "parse an address": lambda d: d.parse("http://127.0.0.1:9/x.ttl"),
    "graph.parse": lambda d: d.graph(EX.g1).parse(data="<urn:a> <urn:p> 1 .", format="turtle"),
    "update": lambda d: d.update("INSERT DATA { <urn:a> <urn:p> 1 }"),
    "graph.update": lambda d: d.graph(EX.g1).update("INSERT DATA { <urn:a> <urn:p> 1 }"),
    "graph.add": lambda d: d.graph(EX.g1).add((EX.a, EX.p, EX.z)),
    "destroy": lambda d: d.destroy("x"),
}


@pytest.mark.parametrize("name", WRITES)
def test_writing_is_refused_in_words(dataset: rdflib.Dataset, store: Path, name: str) -> None:
    with pytest.raises(StoreError, match="A release is never changed"):
        WRITES[name](dataset)
    assert len(open_read_only(store)) == 9


QUERIES: dict[str, Callable[[rdflib.Dataset], object]] = {
    "service": lambda d: d.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"),
    "several graphs": lambda d: d.query("SELECT * FROM ex:g1 FROM ex:g2 { ?s ?p ?o }"),
    "sub-select": lambda d: d.query("SELECT * { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }"),
    "absent": lambda d: d.query("SELECT * { ex:nowhere ex:p* ?o }"),
    "base": lambda d: d.query("SELECT * { ?s ?p ?o }", base="https://example.org/"),
    "prepared": lambda d: d.query(rdflib.plugins.sparql.prepareQuery("SELECT * { ?s ?p ?o }")),
    "own engine": lambda d: d.query("SELECT * { ?s ?p ?o }", use_store_provided=False),
    "other processor": lambda d: d.query("SELECT * { ?s ?p ?o }", processor="other"),
    "from in one graph": lambda d: d.graph(EX.g1).query("SELECT * FROM ex:g2 { ?s ?p ?o }"),
    "absent in one graph": lambda d: d.graph(EX.g1).query("SELECT * { ex:x ex:q* ?o }"),
    "syntax": lambda d: d.query("SELECT * { ?s ?p }"),
    "unprojected binding": lambda d: d.query("SELECT ?o { ?s ex:p ?o }", initBindings={"s": EX.b}),
    "wrong binding": lambda d: d.query("SELECT ?o { ?s ?p ?o }", initBindings={"o": URIRef("a b")}),
}


@pytest.mark.parametrize("name", QUERIES)
def test_queries_never_fall_back_in_silence(dataset: rdflib.Dataset, name: str) -> None:
    with pytest.raises(QueryError):
        QUERIES[name](dataset)


def test_files_in_from_are_not_read(dataset: rdflib.Dataset, tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("<urn:secret> <urn:p> 1 .", encoding="utf-8")
    try:
        found = list(dataset.query(f"SELECT * FROM <{(tmp_path / 'x.ttl').as_uri()}> {{ ?s ?p ?o }}"))
    except CoopgraphError:
        found = []
    assert found == []
    assert rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS is False
