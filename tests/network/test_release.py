"""The network layer on a real release, made of a few statements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coopgraph.network import affiliation_graph, exchange_graph, flows, rank
from coopgraph.network.tables import Labelled, Tables
from coopgraph.release import Release, open

ID = "https://w3id.org/coopgraph/id/"
TURTLE = """
@base <https://w3id.org/coopgraph/> .
@prefix coop: <https://w3id.org/coopgraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix answer: <https://w3id.org/coopgraph/concept/answer/> .

<id/city/lima> a coop:City ; skos:prefLabel "Lima"@es ;
    coop:country <country/PE> .
<id/city/quito> a coop:City ; skos:prefLabel "Quito"@es .
<id/network/ucci> a coop:Network ; skos:prefLabel "Union of capitals"@en .
<id/membership/ucci/lima> a org:Membership ;
    org:member <id/city/lima> ; org:organization <id/network/ucci> .
<id/action/visit> a coop:Action ; schema:startDate "2016"^^xsd:gYear .
<id/participation/visit/lima> a coop:Participation ;
    coop:event <id/action/visit> ; coop:participant <id/city/lima> ;
    coop:contributes answer:yes ; coop:benefits answer:unknown .
<id/participation/visit/quito> a coop:Participation ;
    coop:event <id/action/visit> ; coop:participant <id/city/quito> ;
    coop:contributes answer:yes ; coop:benefits answer:yes .
<id/agreement/twins> a coop:Agreement ;
    coop:party <id/city/lima>, <id/city/quito>,
        <id/network/ucci> ; coop:signedOn "2010"^^xsd:gYear .
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    file: Path = tmp_path_factory.mktemp("rdf") / "few.ttl"
    file.write_text(TURTLE, encoding="utf-8")
    with open(file) as opened:
        yield opened


def test_a_release_is_what_the_network_layer_asks_for(release: Release) -> None:
    assert isinstance(release, Tables)
    assert isinstance(release, Labelled)


def test_flows_and_policy(release: Release) -> None:
    made = flows(release, period=("2015", "2017"))
    assert made.edges.to_pylist() == [
        {"source": f"{ID}city/lima", "target": f"{ID}city/quito", "weight": 1.0, "events": 1}
    ]
    assert (made.basis.unknown_participations, made.basis.dyads_could_become_mutual) == (1, 1)


def test_agreements(release: Release) -> None:
    made = flows(release, events="all")
    assert made.edges.column("weight").to_pylist() == [2.0, 1.0]
    assert made.basis.other_parties_dropped == 1


def test_ranking_has_labels(release: Release) -> None:
    row = rank(release, unknown="both").table.to_pylist()[0]
    assert (row["rank"], row["label"], row["country"], row["peer_exchange"]) == (1, "Lima", "PE", 1.0)
    assert rank(release, country="PE", sdg=None).basis.filters == (("country", "PE"),)


def test_graphs(release: Release) -> None:
    assert exchange_graph(release).nodes[f"{ID}city/lima"]["label"] == "Lima"
    B = affiliation_graph(release)
    assert list(B.edges) == [(f"{ID}city/lima", f"{ID}network/ucci")]
    assert B.nodes[f"{ID}network/ucci"] == {"bipartite": 1, "label": "Union of capitals"}
