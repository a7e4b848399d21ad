"""OWL 2 RL over the ontology and data finds no contradiction, and finds one where there is one."""

from __future__ import annotations

import owlrl
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.namespace import SKOS

from .conftest import ONTOLOGY, parsed

COOP = Namespace("https://w3id.org/coopgraph/ns#")
ERRORS = Namespace("http://www.daml.org/2002/03/agents/agent-ont#")  # where owlrl says what it found
EXAMPLES = ONTOLOGY.parent / "tests" / "ontology" / "examples"
QUITO = URIRef("https://w3id.org/coopgraph/id/city/quito")
COURSE = URIRef("https://w3id.org/coopgraph/id/action/course")


def contradictions(*graphs: Graph) -> list[str]:
    """Return what OWL 2 RL finds to be impossible; annotations are left out, as they cannot contradict."""
    whole = Graph()
    for graph in graphs:
        for s, p, o in graph:
            if p not in {SKOS.prefLabel, SKOS.definition, SKOS.note}:
                whole.add((s, p, o))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(whole)
    found = whole.subjects(RDF.type, ERRORS.ErrorMessage)
    return sorted(str(whole.value(each, ERRORS.error)) for each in found)


@pytest.fixture(scope="module")
def sample() -> Graph:
    """Every good example of the shapes, as one small world."""
    return parsed(EXAMPLES.glob("*-good.ttl"))


def test_sample_is_consistent(modules: Graph, schemes: Graph, sample: Graph) -> None:
    assert contradictions(modules, schemes, sample) == []


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [(QUITO, RDF.type, COOP.Network), (QUITO, COOP.party, QUITO), (COURSE, COOP.participant, QUITO)],
    ids=["two classes", "a city with parties", "an action with a participant"],
)
def test_contradiction_is_found(
    modules: Graph, sample: Graph, subject: URIRef, predicate: URIRef, value: URIRef
) -> None:
    assert contradictions(modules, sample, Graph().add((subject, predicate, value))) != []
