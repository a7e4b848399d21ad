"""Each shape catches its bad examples, alone (`<shape>-bad*.ttl`), and lets its `<shape>-good.ttl` pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

SHAPE = "https://w3id.org/coopgraph/shapes#"
EXAMPLES = sorted((Path(__file__).parent / "examples").glob("*.ttl"))
# Of the many, the examples name only these; without the other 430 a run takes a third of the time.
MANY = ("http://metadata.un.org/sdg/", "https://w3id.org/coopgraph/country/")
NAMED = {"EC", "PT", "11", "11.3"}
CONSTRAINTS = {
    SH.minCount,
    SH.maxCount,
    SH.minInclusive,
    SH.maxInclusive,
    SH.pattern,
    SH.uniqueLang,
    SH["class"],
    SH.datatype,
    SH.node,
    SH.nodeKind,
    SH["or"],
}


@pytest.fixture(scope="module")
def known(modules: Graph, schemes: Graph) -> Graph:
    """What the examples may refer to."""
    graph = Graph()
    for s, p, o in [*modules, *schemes]:
        many = s.startswith(MANY)
        if not many or s.rsplit("/", 1)[-1] in NAMED:
            graph.add((s, p, o))
    return graph


def caught(example: Graph, known: Graph, shapes: Graph) -> list[str]:
    """Return the shapes that found something, once for each result."""
    added = [triple for triple in example if triple not in known]
    for triple in added:
        known.add(triple)
    whole = len(known)
    try:
        _, report, _ = validate(known, shacl_graph=shapes, advanced=True, inplace=True)  # copies nothing
        assert len(known) == whole, "a shape that adds statements would need a copy"
    finally:
        for triple in added:
            known.remove(triple)
    assert isinstance(report, Graph)
    results = report.objects(report.value(None, RDF.type, SH.ValidationReport), SH.result)
    return [str(report.value(result, SH.sourceShape)) for result in results]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example(path: Path, known: Graph, shapes: Graph) -> None:
    name, bad, _ = path.stem.partition("-bad")
    assert caught(Graph().parse(path), known, shapes) == ([SHAPE + name] if bad else [])


def test_every_shape_has_a_pair(shapes: Graph) -> None:
    named = {shape for shape in shapes.subjects(RDF.type, SH.PropertyShape) if isinstance(shape, URIRef)}
    expected = {f"{shape.removeprefix(SHAPE)}-{kind}" for shape in named for kind in ("good", "bad")}
    assert expected <= {path.stem for path in EXAMPLES}
    assert {path.stem.partition("-bad")[0].removesuffix("-good") for path in EXAMPLES} == {
        shape.removeprefix(SHAPE) for shape in named
    }


def test_no_shape_hides_without_a_name(shapes: Graph) -> None:
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode, SH.target)
    aimed = {shape for target in targets for shape in shapes.subjects(target)}
    assert aimed == {s for s in shapes.subjects(RDF.type, SH.PropertyShape) if isinstance(s, URIRef)}
    assert not set(shapes.subjects(RDF.type, SH.NodeShape))


def test_severities(shapes: Graph) -> None:
    """Most findings stop a build; warnings are for what only a person can decide."""
    warned = {str(s).removeprefix(SHAPE) for s in shapes.subjects(SH.severity, SH.Warning)}
    assert warned == {
        "agreement-without-date",
        "city-without-country",
        "one-benefits",
        "one-contributes",
        "one-end-date",
        "one-label-per-language",
        "one-signature",
        "one-start-date",
        "renewal-kind",
        "renewal-parties",
    }
    assert set(shapes.objects(None, SH.severity)) == {SH.Warning}


def test_a_city_may_act_without_having_signed(known: Graph, shapes: Graph) -> None:
    """Twenty cities were reached by actions and nineteen had signed: no shape may ask for an agreement."""
    example = Graph().parse(Path(__file__).parent / "examples" / "participation-event-good.ttl")
    assert caught(example, known, shapes) == []
    agreement = URIRef("https://w3id.org/coopgraph/ns#Agreement")
    assert (None, RDF.type, agreement) not in example


def constraints(shapes: Graph) -> list[tuple[URIRef, Node]]:
    """Return each shape with each kind of constraint it makes."""
    named = [s for s in shapes.subjects(RDF.type, SH.PropertyShape) if isinstance(s, URIRef)]
    return sorted((shape, p) for shape in named for p in set(shapes.predicates(shape)) if p in CONSTRAINTS)


@pytest.mark.slow
def test_every_constraint_is_needed(known: Graph, shapes: Graph) -> None:
    """Without any one of its constraints a shape misses one of its bad examples."""
    missed_by_none = []
    for shape, constraint in constraints(shapes):
        weaker = shapes.cbd(shape) + shapes.cbd(URIRef(SHAPE.removesuffix("#")))
        weaker.remove((shape, constraint, None))
        bad = [path for path in EXAMPLES if path.stem.startswith(f"{shape.removeprefix(SHAPE)}-bad")]
        if all(caught(Graph().parse(path), known, weaker) for path in bad):
            missed_by_none.append((shape, constraint))
    assert missed_by_none == []
