"""The answer to a query as nodes, links and facts, and as a drawing of a real release."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import rdflib

import coopgraph as cg
from coopgraph.errors import ProjectionError, QueryError
from coopgraph.rdf import Limits
from coopgraph.views.answer_graph import of_rows, of_triples
from coopgraph.views.of_query import drawing_of_query

TRIPLES = """
@prefix coop: <https://w3id.org/coopgraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://example.org/> .
:lima a coop:City ; skos:prefLabel "Lima"@es ; :twin :quito ; :size 100 .
:quito a coop:City ; skos:prefLabel "Quito"@es ; :size 100 .
:pact a coop:Agreement ; skos:prefLabel "Pacto"@es ; coop:party :lima, :quito ; :sum 100 .
:odd :blank [ :size 5 ] .
"""
EX = "https://example.org/"


@pytest.fixture(scope="module")
def release() -> Iterator[cg.Release]:
    graph = rdflib.Graph().parse(data=TRIPLES, format="turtle")
    with cg.open(graph) as opened:
        yield opened


def test_the_first_thing_of_a_row_is_linked_to_the_others() -> None:
    found = of_rows(["a", "b", "c"], [("<urn:1>", "<urn:2>", "<urn:3>"), ("<urn:1>", "", "<urn:3>")])
    assert sorted(found.links) == [("urn:1", "urn:2", "b"), ("urn:1", "urn:3", "c")]


def test_a_literal_belongs_to_what_stands_before_it() -> None:
    columns = ["year", "a", "size", "b", "actions"]
    found = of_rows(columns, [('"1982"', "<urn:1>", "7", "<urn:2>", "3")])
    assert found.facts == {"urn:1": [("year", "1982"), ("size", "7")], "urn:2": []}
    assert found.links == {("urn:1", "urn:2", "b"): [("actions", "3")]}


def test_a_name_is_no_fact_and_names_what_has_none() -> None:
    rows = [("<urn:1>", '"Lima"@es', '"Peru"')]
    known = of_rows(["city", "name", "countryName"], rows, lambda iri: {"Lima"})
    assert known.facts == {"urn:1": [("countryName", "Peru")]}
    assert of_rows(["city", "cityName"], [("<urn:1>", '"Lima"@es')]).labels == {"urn:1": "Lima"}


def test_rows_of_one_thing_are_linked_to_what_was_asked_about() -> None:
    found = of_rows(["partner", "actions"], [("<urn:2>", "3"), ("<urn:1>", "1")], about="urn:1")
    assert found.links == {("urn:1", "urn:2", "partner"): [("actions", "3")]}
    assert found.facts["urn:1"] == [("actions", "1")]


def test_rows_without_a_thing_are_counted() -> None:
    assert of_rows(["a"], [('"x"',), ("_:b",), ("<urn:1>",)]).left_out == 2


def test_a_shared_literal_joins_nobody() -> None:
    found = of_triples([("<urn:a>", "<urn:size>", "100"), ("<urn:b>", "<urn:size>", "100")])
    assert found.links == {}
    assert found.facts == {"urn:a": [("urn:size", "100")], "urn:b": [("urn:size", "100")]}


def test_a_construct_is_drawn_with_names_kinds_and_words(release: cg.Release) -> None:
    asked = "CONSTRUCT { ?a coop:party ?c . ?a <urn:sum> 100 } { ?a coop:party ?c }"
    drawing = drawing_of_query(release, asked, lang="es")
    kinds = {node.key.removeprefix(EX): (node.kind, dict(node.texts)) for node in drawing.nodes}
    assert kinds["lima"] == ("city", {"es": "Lima"})
    assert kinds["pact"] == ("agreement", {"es": "Pacto"})
    assert len(drawing.links) == 2
    [layer] = drawing.layers
    assert layer.arrow
    assert layer.texts["en"] != layer.key
    assert drawing.measures[f"{EX}pact"]["links"] == 2
    assert ("urn:sum", "100") in next(node.facts for node in drawing.nodes if node.key == f"{EX}pact")


def test_what_cannot_be_drawn_is_said(release: cg.Release) -> None:
    drawing = drawing_of_query(release, f"SELECT ?s ?o {{ ?s <{EX}size>|<{EX}twin> ?o }}")
    notes = {note.key: dict(note.values) for note in drawing.notes}
    assert notes["note_answer"]["rows"] == 4
    asked = f"SELECT ?o {{ ?s <{EX}size>|<{EX}twin> ?o }}"
    notes = {note.key: dict(note.values) for note in drawing_of_query(release, asked).notes}
    assert notes["note_answer_left_out"] == {"count": 3}
    cut = drawing_of_query(release, f"SELECT ?s {{ ?s <{EX}size> ?o }}", limits=Limits(rows=1))
    notes = {note.key: dict(note.values) for note in cut.notes}
    assert notes["note_answer_cut"] == {"rows": 1}


@pytest.mark.parametrize("asked", ["ASK { ?s ?p ?o }", "SELECT (1 AS ?one) {}", "SELECT * { <urn:x> ?p ?o }"])
def test_an_answer_with_nothing_to_draw_is_refused(release: cg.Release, asked: str) -> None:
    with pytest.raises(ProjectionError, match="nothing to draw"):
        drawing_of_query(release, asked)


def test_a_query_that_is_refused_stays_refused(release: cg.Release) -> None:
    with pytest.raises(QueryError):
        drawing_of_query(release, "INSERT DATA { <urn:a> <urn:b> <urn:c> }")


def test_a_stored_query_is_linked_to_its_parameter(release: cg.Release) -> None:
    drawing = drawing_of_query(release, "cq-025", {"city": f"{EX}lima"})
    assert [(link.source, link.target, link.layer) for link in drawing.links] == [
        (f"{EX}lima", f"{EX}quito", "partner")
    ]
    assert dict(drawing.links[0].facts) == {"agreements": "1", "actions": "0"}
    assert drawing.title["pt"].startswith("Com quem")


def test_an_answer_of_more_than_a_page_holds_is_cut_and_the_page_says_so() -> None:
    triples = "".join(f"<{EX}{i}> <{EX}knows> <{EX}{i + 1}> .\n" for i in range(1600))
    graph = rdflib.Graph().parse(data=triples, format="turtle")
    with cg.open(graph, ontology=False) as opened:
        view = cg.show(opened, query=f"CONSTRUCT WHERE {{ ?a <{EX}knows> ?b }}")
    assert len(view.drawing.nodes) == 1601
    assert len(view.composition.drawing.nodes) == 1500
    note = view.composition.drawing.notes[0]
    assert (note.key, dict(note.values)) == ("note_cut", {"shown": 1500, "total": 1601, "measure": "links"})
    assert view.composition.left_out == 101
