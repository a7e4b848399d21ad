"""The schemes: slugs in their places, the SDGs exactly the UN's, the countries those of ISO 3166-1."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef

from .conftest import ONTOLOGY, languages

SDGO = Namespace("http://metadata.un.org/sdg/ontology#")
CONCEPT = "https://w3id.org/coopgraph/concept/"
FACTS = "strategic-line objective measure-group aspect assistance principle"


@pytest.fixture(scope="module")
def united_nations(shared_data: Path) -> Graph:
    return Graph().parse(shared_data / "un_sdg" / "sdg-kos-goals-targets-indicators.ttl")


def of_type(graph: Graph, *names: str) -> set[URIRef]:
    return {s for name in names for s in graph.subjects(RDF.type, SDGO[name]) if isinstance(s, URIRef)}


def test_each_concept_lives_under_its_scheme() -> None:
    for path in ONTOLOGY.glob("schemes/*.ttl"):
        if path.stem in {"sdg", "countries"}:
            continue
        graph = Graph().parse(path)
        assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [URIRef(CONCEPT + path.stem)]
        for concept in graph.subjects(RDF.type, SKOS.Concept):
            slug = str(concept).removeprefix(f"{CONCEPT}{path.stem}/")
            assert "/" not in slug
            assert graph.value(concept, SKOS.notation) == Literal(slug)
            assert graph.value(concept, SKOS.topConceptOf) == URIRef(CONCEPT + path.stem)


def test_the_programme_of_the_source_document_can_be_told(schemes: Graph) -> None:
    counts = {
        name: len(set(schemes.subjects(SKOS.inScheme, URIRef(CONCEPT + name)))) for name in FACTS.split()
    }
    assert counts == {
        "strategic-line": 5,
        "objective": 3,
        "measure-group": 2,
        "aspect": 7,
        "assistance": 5,
        "principle": 6,
    }


@pytest.mark.parametrize(("name", "count"), [("Goal", 17), ("Target", 169)])
def test_sdg_iris_are_the_united_nations(
    schemes: Graph, united_nations: Graph, name: str, count: int
) -> None:
    assert of_type(schemes, name) == of_type(united_nations, name)
    assert len(of_type(schemes, name)) == count


def test_sdg_codes_and_hierarchy_are_the_united_nations(schemes: Graph, united_nations: Graph) -> None:
    for each in of_type(schemes, "Goal", "Target"):
        code = schemes.value(each, SKOS.notation)
        assert isinstance(code, Literal)
        assert code.datatype == SDGO.SDGCodeCompact
        assert (each, SKOS.notation, code) in united_nations
    for target, goal in schemes.subject_objects(SDGO.isTargetOf):
        assert (target, SKOS.broader, goal) in united_nations
        assert (goal, SDGO.hasTarget, target) in schemes


def test_sdg_labels_are_ours_and_short(schemes: Graph, united_nations: Graph) -> None:
    theirs = {str(o).casefold() for o in united_nations.objects(None, SKOS.prefLabel)}
    for each in of_type(schemes, "Goal", "Target"):
        labels = list(schemes.objects(each, SKOS.prefLabel))
        assert len(labels) == 3
        for label in labels:
            assert str(label).casefold() not in theirs
            assert 2 <= len(str(label).split()) <= 9, label


def test_countries(schemes: Graph, shared_data: Path) -> None:
    scheme = URIRef("https://w3id.org/coopgraph/country")
    countries = set(schemes.subjects(SKOS.inScheme, scheme))
    assert len(countries) == 249
    for country in countries:
        code = str(country).rsplit("/", 1)[-1]
        assert schemes.value(country, SKOS.notation) == Literal(code)
        assert languages(schemes, country, SKOS.prefLabel) == ["en", "es", "pt"]
    listed = (shared_data / "iati_codelists" / "Country.xml").read_text(encoding="utf-8")
    assert all(f"<code>{str(country).rsplit('/', 1)[-1]}</code>" in listed for country in countries)
