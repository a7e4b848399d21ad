"""Shapes find every fault, and judge literals as they were written."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from coopgraph.rdf.shacl import ShapeViolation, check_shapes

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <urn:> .
:people a sh:PropertyShape ; sh:targetClass :City ; sh:path :population ;
  sh:datatype xsd:nonNegativeInteger ; sh:maxCount 1 ;
  sh:message "One number of people."@en, "Un solo número de habitantes."@es .
:dated a sh:PropertyShape ; sh:targetClass :City ; sh:minCount 1 ; sh:severity sh:Warning ;
  sh:path [ sh:alternativePath ( :since :founded ) ] ; sh:message "A date is missing." .
"""
NUMBER = "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"


def check(folder: Path, *triples: str) -> list[ShapeViolation]:
    (folder / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    columns = zip(*(triple.split(" ", 2) for triple in triples), strict=True)
    batch = pa.record_batch([pa.array(column) for column in columns], names=["s", "p", "o"])
    return check_shapes([batch], [folder / "shapes.ttl"])


CITY = "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:City>"


def test_types_are_seen_as_written(tmp_path: Path) -> None:
    """Through Oxigraph the number would be an xsd:integer and this valid city a violation."""
    number = f'<urn:a> <urn:population> "5"^^<{NUMBER}>'
    assert check(tmp_path, CITY, number, '<urn:a> <urn:since> "1"') == []


def test_every_fault_is_listed_in_order(tmp_path: Path) -> None:
    found = check(tmp_path, CITY, '<urn:a> <urn:population> "x"', '<urn:a> <urn:population> "y"')
    assert [(one.focus, one.path, one.value, one.severity) for one in found] == [
        ("urn:a", "urn:founded|urn:since", None, "warning"),
        ("urn:a", "urn:population", None, "violation"),
        ("urn:a", "urn:population", "x", "violation"),
        ("urn:a", "urn:population", "y", "violation"),
    ]


def test_messages_by_language(tmp_path: Path) -> None:
    found = check(tmp_path, CITY, '<urn:a> <urn:population> "x"')
    population = next(one for one in found if one.shape == "urn:people")
    assert population.messages == {"en": "One number of people.", "es": "Un solo número de habitantes."}
    assert (population.message("es"), population.message("pt")) == (
        "Un solo número de habitantes.",
        "One number of people.",
    )
    assert found[0].message() == "A date is missing."


def test_the_same_statement_twice_is_one(tmp_path: Path) -> None:
    number = f'<urn:a> <urn:population> "5"^^<{NUMBER}>'
    assert check(tmp_path, CITY, number, number, '<urn:a> <urn:since> "1"') == []
