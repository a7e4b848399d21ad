"""OWL 2 RL over the ontology and data finds no contradiction, and finds one where there is one."""

from __future__ import annotations

import shutil
from pathlib import Path

import owlrl
import pyarrow as pa
import pyoxigraph as ox
import pytest
from rdflib import PROV, RDF, Graph, Namespace, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

from .conftest import ONTOLOGY, parsed

COOP = Namespace("https://w3id.org/coopgraph/ns#")
ERRORS = Namespace("http://www.daml.org/2002/03/agents/agent-ont#")  # where owlrl says what it found
LEAVES = (
    "City Network Organisation Programme Stage Agreement Action Participation Money ReportedFigure Source "
    "Result Measurement"
)
EXAMPLES = ONTOLOGY.parent / "tests" / "ontology" / "examples"
QUITO = URIRef("https://w3id.org/coopgraph/id/city/quito")
COURSE = URIRef("https://w3id.org/coopgraph/id/action/course")


def closure(*graphs: Graph) -> Graph:
    """Return all that follows; texts are left out, as nothing follows from them."""
    whole = Graph()
    for graph in graphs:
        for s, p, o in graph:
            if p not in {SKOS.prefLabel, SKOS.definition, SKOS.note}:
                whole.add((s, p, o))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(whole)
    return whole


def contradictions(*graphs: Graph) -> list[str]:
    """Return what OWL 2 RL finds to be impossible."""
    whole = closure(*graphs)
    found = whole.subjects(RDF.type, ERRORS.ErrorMessage)
    return sorted(str(whole.value(each, ERRORS.error)) for each in found)


def extensions(graph: Graph) -> dict[str, set[Node]]:
    """Return the instances of each class that has no subclass of ours."""
    return {name: set(graph.subjects(RDF.type, COOP[name])) for name in LEAVES.split()}


@pytest.fixture(scope="module")
def sample() -> Graph:
    """Every good example of the shapes, as one small world."""
    return parsed(EXAMPLES.glob("*-good.ttl"))


@pytest.fixture(scope="module")
def released(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The release of the bundled workspace, all graphs together; its ontology and schemes are in it."""
    from coopgraph.pipeline import build

    workspace = tmp_path_factory.mktemp("bundled") / "data"
    shutil.copytree(root / "data", workspace, ignore=shutil.ignore_patterns(".coopgraph"))
    release = build(workspace).directory
    with pa.input_stream(release / "graph.nq.zst", compression="zstd") as packed:
        quads = ox.parse(input=packed.read(), format=ox.RdfFormat.N_QUADS, lenient=True)
    triples = "".join(f"{quad.triple} .\n" for quad in quads)
    return Graph().parse(data=triples, format="ntriples")


@pytest.mark.slow
def test_the_bundled_release_is_consistent(released: Graph) -> None:
    """No contradiction, and no thing is taken for one of another class because a property was used on it."""
    whole = closure(released)
    assert list(whole.subjects(RDF.type, ERRORS.ErrorMessage)) == []
    assert extensions(whole) == extensions(released)
    assert len(extensions(released)["Participation"]) == 354


def test_sample_is_consistent(modules: Graph, schemes: Graph, sample: Graph) -> None:
    assert contradictions(modules, schemes, sample) == []
    assert extensions(closure(modules, schemes, sample)) == extensions(sample)


def test_tools_for_prov_reach_the_participations(modules: Graph) -> None:
    """From an action to who took part, though data only state the way back."""
    part = URIRef("https://example.org/part")
    whole = closure(modules, Graph().add((part, COOP.event, COURSE)).add((part, COOP.participant, QUITO)))
    assert (COURSE, PROV.qualifiedAssociation, part) in whole
    assert (part, PROV.agent, QUITO) in whole


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [(QUITO, RDF.type, COOP.Network), (QUITO, COOP.party, QUITO), (COURSE, COOP.participant, QUITO)],
    ids=["two classes", "a city with parties", "an action with a participant"],
)
def test_contradiction_is_found(
    modules: Graph, sample: Graph, subject: URIRef, predicate: URIRef, value: URIRef
) -> None:
    assert contradictions(modules, sample, Graph().add((subject, predicate, value))) != []
