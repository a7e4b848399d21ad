"""Releases of some TriG, several in one workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coopgraph.release import Published

HEAD = """
@prefix coop: <https://w3id.org/coopgraph/ns#> .
@prefix answer: <https://w3id.org/coopgraph/concept/answer/> .
@prefix kind: <https://w3id.org/coopgraph/concept/money-kind/> .
@prefix g: <https://w3id.org/coopgraph/graph/> .
@prefix p: <https://w3id.org/coopgraph/id/participation/> .
@prefix c: <https://w3id.org/coopgraph/id/city/> .
@prefix i: <https://w3id.org/coopgraph/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
OLD = """
g:one {
  c:lima a coop:City ; skos:prefLabel "Lima"@en, "Lima"@es .
  c:quito a coop:City ; skos:prefLabel "Quito" .
  i:visit a coop:Action ; skos:prefLabel "Visit"@en ; schema:startDate "2016" .
  p:lima a coop:Participation ; coop:event i:visit ; coop:participant c:lima ;
    coop:contributes answer:unknown ; coop:benefits answer:yes .
  p:quito a coop:Participation ; coop:event i:visit ; coop:participant c:quito ;
    coop:contributes answer:yes ; coop:benefits answer:no .
  i:grant a coop:Money ; schema:value 10.5 ; schema:currency "EUR" ;
    coop:payer c:lima ; coop:amountKind kind:granted .
  i:dollars a coop:Money ; schema:value 7 ; schema:currency "USD" ;
    coop:payer c:lima ; coop:amountKind kind:granted .
}
g:files { i:source\\/old a coop:Source ; dcterms:title "Old book" . }
g:ontology { coop:City skos:prefLabel "city"@en . answer:yes skos:prefLabel "yes"@en . }
g:provenance { i:visit prov:wasDerivedFrom <urn:file#row=2> . c:lima prov:wasDerivedFrom <urn:file#row=9> . }
"""
NEW = (
    OLD.replace('"2016"', '"2017"')
    .replace("answer:unknown", "answer:yes")
    .replace('"Lima"@es', '"Ciudad de Lima"@es')
    .replace("10.5", "12.0")
    .replace("#row=2", "#row=3")
    .replace("source\\/old", "source\\/new")
    .replace(
        "i:dollars",
        "p:again a coop:Participation ; coop:event i:second ; coop:participant c:quito .\n  i:dollars",
    )
    + 'g:two { c:quito skos:prefLabel "Quito" . }'
)

Build = Callable[..., Published]


@pytest.fixture
def two(build: Build, tmp_path: Path) -> Path:
    """A workspace with a release of OLD and, in force, one of NEW."""
    build(HEAD + OLD)
    build(HEAD + NEW)
    return tmp_path
