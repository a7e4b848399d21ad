"""Each CONSTRUCT rule adds what its comment promises and nothing else, and says why it is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import QueryTriples, RdfFormat, Store

from .conftest import ONTOLOGY

RULES = {path.stem: path for path in sorted(ONTOLOGY.glob("rules/*.rq"))}
PREFIXES = """
@prefix : <https://example.org/> .
@prefix coop: <https://w3id.org/coopgraph/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix sdg: <http://metadata.un.org/sdg/> .
"""
CASES = {
    "sdg-goal": (
        ":a coop:sdg sdg:11.3, sdg:17 . :b coop:sdg sdg:5, sdg:5.1 .",
        ":a coop:sdg sdg:11 .",
    ),
    "part-of": (
        ":visit a coop:Action ; dcterms:isPartOf :project . :project a coop:Action ; dcterms:isPartOf :part ."
        ":part a coop:Programme ; dcterms:isPartOf :whole . :page dcterms:isPartOf :part .",
        ":visit dcterms:isPartOf :part, :whole . :project dcterms:isPartOf :whole .",
    ),
    "renewal": (
        ":new coop:renews :old . :other coop:evolvedFrom :old .",
        ":new dcterms:replaces :old . :old dcterms:isReplacedBy :new .",
    ),
}


def load(turtle: str) -> Store:
    store = Store()
    store.load(input=PREFIXES + turtle, format=RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize("name", RULES)
def test_rule(name: str) -> None:
    given, expected = CASES[name]
    store = load(given)
    store.load(path=ONTOLOGY / "schemes" / "sdg.ttl", format=RdfFormat.TURTLE)
    added = store.query(RULES[name].read_text(encoding="utf-8"))
    assert isinstance(added, QueryTriples)
    assert set(added) == {quad.triple for quad in load(expected)}


@pytest.mark.parametrize("path", RULES.values(), ids=lambda path: path.stem)
def test_rule_says_why(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# Why: ")


def test_a_circle_of_parts_ends(tmp_path: Path) -> None:
    store = load(":a a coop:Action ; dcterms:isPartOf :b . :b a coop:Action ; dcterms:isPartOf :a .")
    added = store.query(RULES["part-of"].read_text(encoding="utf-8"))
    assert isinstance(added, QueryTriples)
    assert list(added) == []
