"""The modules parse alone, import without cycles, and hold exactly the terms of decision 6."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from .conftest import ONTOLOGY, languages

COOP = "https://w3id.org/coopgraph/ns#"
MODULES = sorted(ONTOLOGY.glob("modules/*.ttl"))
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_module_parses_alone_and_names_itself(path: Path) -> None:
    graph = Graph().parse(path)
    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [URIRef(f"{COOP.rstrip('#')}/{path.stem}")]


def test_the_whole_imports_every_module(modules: Graph) -> None:
    whole = URIRef(COOP.rstrip("#"))
    assert set(modules.objects(whole, OWL.imports)) == {URIRef(f"{whole}/{path.stem}") for path in MODULES}


def test_a_module_imports_what_defines_the_terms_it_uses(modules: Graph) -> None:
    home = dict(modules.subject_objects(RDFS.isDefinedBy))
    for path in MODULES:
        here = URIRef(f"{COOP.rstrip('#')}/{path.stem}")
        # schema:domainIncludes is a hint to readers, not an axiom, so it needs no import
        used = {o for _, p, o in Graph().parse(path) if o in home and not str(p).endswith("Includes")}
        assert {home[term] for term in used} <= set(modules.transitive_objects(here, OWL.imports)), path.stem


def test_the_terms_are_those_of_the_decision(modules: Graph, root: Path) -> None:
    page = (root / "docs" / "decisions" / "0006-terms.md").read_text(encoding="utf-8")
    decided = set(re.findall(r"coop:([A-Za-z]\w*)", page))
    defined = {
        str(s).removeprefix(COOP)
        for kind in KINDS
        for s in modules.subjects(RDF.type, kind)
        if COOP in str(s)
    }
    assert defined == decided


def test_every_term_speaks_three_languages(modules: Graph) -> None:
    for kind in KINDS:
        for term in modules.subjects(RDF.type, kind):
            if str(term).startswith(COOP):
                for text in (RDFS.label, SKOS.definition):
                    assert languages(modules, term, text) == ["en", "es", "pt"], term


def test_no_term_of_others_is_redefined(modules: Graph) -> None:
    """Terms of others are declared for OWL tools, and nothing else is said about them."""
    for subject, predicate in modules.subject_predicates():
        if isinstance(subject, URIRef) and not subject.startswith("https://w3id.org/coopgraph/"):
            assert predicate == RDF.type, subject
