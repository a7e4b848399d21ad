"""Parts of a release: a city and its partners, a network, an agreement; what they keep and what they say."""

from __future__ import annotations

import re
from typing import Any

import networkx as nx
import pytest

from coopgraph.errors import ProjectionError
from coopgraph.views import show
from coopgraph.views.compose import compose
from coopgraph.views.drawing import Drawing
from coopgraph.views.from_release import drawing_of_release
from coopgraph.views.neighbourhood import drawing_of_ego, drawing_of_members
from coopgraph.views.of_agreement import drawing_of_agreement
from coopgraph.views.page import render
from tests.views.conftest import ID, SmallRelease, city


def keys(drawing: Drawing, kind: str = "city") -> set[str]:
    return {node.key.rsplit("/", 1)[-1] for node in drawing.nodes if node.kind == kind}


def ego(small: SmallRelease, who: str, hops: int = 1, **options: Any) -> Drawing:
    return drawing_of_ego(small, city(who), hops, replicates=0, **options)


def test_an_ego_is_a_city_its_partners_and_what_is_between_them(small: SmallRelease) -> None:
    """Madrid exchanges with Quito and Lima; the treaty of four makes Lisboa a partner of Quito."""
    drawing = ego(small, "quito")
    assert keys(drawing) == {"quito", "madrid", "lima", "lisboa"}
    assert keys(drawing, "agreement") == {"treaty"}
    alone = ego(small, "quito", layers=["exchange"], shown=["exchange"])
    assert keys(alone) == {"quito", "madrid"}
    assert [{link.source, link.target} for link in alone.links] == [{city("quito"), city("madrid")}]


def test_two_hops_reach_the_partners_of_partners(small: SmallRelease) -> None:
    assert keys(ego(small, "quito", 2, layers=["exchange"])) == {"quito", "madrid", "lima"}
    with pytest.raises(ProjectionError, match="hops is 0"):
        ego(small, "quito", 0)


def test_a_part_keeps_the_measures_of_the_whole_and_says_so(small: SmallRelease) -> None:
    whole = drawing_of_release(small, replicates=0)
    part = ego(small, "quito", layers=["exchange"])
    assert part.measures[city("madrid")] == whole.measures[city("madrid")]
    assert set(part.measures) == {node.key for node in part.nodes}
    note = part.notes[0]
    assert (note.key, note.values["count"], note.values["total"]) == ("note_ego", 2, 5)
    assert part.whole == {"city": 5}
    assert part.title["es"] == "Quito y sus socias"


def test_a_part_keeps_only_the_evidence_and_sources_it_refers_to(small: SmallRelease) -> None:
    part = ego(small, "lima", layers=["exchange"])
    assert [proof.texts[""] for proof in part.evidence] == ["course"]
    assert [source.title for source in part.sources] == ["A report"]
    used = {place for link in part.links for place in link.evidence}
    assert used == set(range(len(part.evidence)))


def test_a_city_without_any_relation_is_drawn_alone(small: SmallRelease) -> None:
    drawing = ego(small, "bogota", layers=["exchange"])
    assert keys(drawing) == {"bogota"}
    assert drawing.links == ()
    small.rows["participations"] = [
        row for row in small.rows["participations"] if row["city"] != city("bogota")
    ]
    drawing = ego(small, "bogota")
    assert [node.texts["en"] for node in drawing.nodes] == ["Bogota"]
    assert len(compose(drawing).points) == 1


def test_a_network_is_its_members_and_what_is_between_them(small: SmallRelease) -> None:
    drawing = drawing_of_members(small, f"{ID}network/ucci", replicates=0)
    assert keys(drawing) == {"madrid", "quito"}
    assert keys(drawing, "network") == {"ucci"}
    joined = [
        (link.layer.split("/")[-1], *sorted(end.rsplit("/", 1)[-1] for end in (link.source, link.target)))
        for link in drawing.links
    ]
    assert sorted(joined) == [
        ("exchange", "madrid", "quito"),
        ("membership", "madrid", "ucci"),
        ("membership", "quito", "ucci"),
        ("memorandum", "madrid", "ucci"),
        ("twinning", "madrid", "treaty"),
        ("twinning", "quito", "treaty"),
    ]
    assert dict(drawing.notes[0].values)["count"] == 2


def test_more_nodes_than_a_page_holds_are_cut_in_a_part_too(small: SmallRelease) -> None:
    composition = compose(ego(small, "quito"), top=2)
    assert len(composition.drawing.nodes) == 2
    assert composition.drawing.notes[0].key == "note_cut"
    assert composition.left_out == 3
    assert re.search(r'"left_out": ?3', render(composition).decode())


@pytest.fixture
def renewed(small: SmallRelease) -> SmallRelease:
    """The twinning was renewed twice and is part of the pact; the visit took place under it."""
    rows = small.rows["agreements"]
    twins = [row for row in rows if row["agreement"].endswith("/twins")]
    for row in twins:
        row["part_of"] = [f"{ID}agreement/pact"]
    for name, renews in (("twins-2", "twins"), ("twins-3", "twins-2")):
        rows.extend(
            {
                **row,
                "agreement": f"{ID}agreement/{name}",
                "part_of": [],
                "renews": [f"{ID}agreement/{renews}"],
            }
            for row in twins
        )
    small.answers["underAgreement"] = [{"action": f"{ID}action/visit"}]
    return small


def test_an_agreement_is_its_parties_its_renewals_and_its_actions(renewed: SmallRelease) -> None:
    drawing = drawing_of_agreement(renewed, f"{ID}agreement/twins")
    found = {
        (link.layer, link.source.rsplit("/", 1)[-1], link.target.rsplit("/", 1)[-1]) for link in drawing.links
    }
    assert found == {
        ("party", "twins", "madrid"),
        ("party", "twins", "lisboa"),
        ("renews", "twins-2", "twins"),
        ("renews", "twins-3", "twins-2"),
        ("part", "twins", "pact"),
        ("under", "visit", "twins"),
        ("took", "visit", "madrid"),
        ("took", "visit", "quito"),
    }
    assert {layer.key for layer in drawing.layers if layer.arrow} == {"renews", "part", "under"}
    twins = next(node for node in drawing.nodes if node.key.endswith("/twins"))
    assert ("signed", "1982-10-12") in twins.facts
    assert drawing.measures[twins.key]["links"] == 5


def test_an_agreement_leads_to_its_sources(renewed: SmallRelease) -> None:
    drawing = drawing_of_agreement(renewed, f"{ID}agreement/twins")
    party = next(link for link in drawing.links if link.layer == "party")
    [proof] = [drawing.evidence[place] for place in party.evidence]
    assert (proof.texts[""], proof.date) == ("twins", "1982-10-12")
    assert [drawing.sources[place].title for place in proof.sources] == ["A report"]


def test_renewals_in_a_circle_end(renewed: SmallRelease) -> None:
    for row in renewed.rows["agreements"]:
        if row["agreement"].endswith("/twins"):
            row["renews"] = [f"{ID}agreement/twins-3"]
    drawing = drawing_of_agreement(renewed, f"{ID}agreement/twins")
    assert sum(link.layer == "renews" for link in drawing.links) == 3


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"ego": "Lima", "of": "UCCI"}, "ego and of are given at once"),
        ({"hops": 2}, "hops is 2 without a city"),
        ({"params": {"city": "lima"}}, "params are given without a query"),
        ({"top": 0}, "top is 0"),
    ],
)
def test_what_does_not_go_together_is_refused(small: SmallRelease, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(ProjectionError, match=said):
        show(small, **asked)


def test_what_is_no_release_and_what_means_nothing_is_told() -> None:
    G = nx.DiGraph([("a", "b")])
    with pytest.raises(ProjectionError, match="A DiGraph was given"):
        show(G, ego="a")
    with pytest.raises(ProjectionError, match="A int was given"):
        show(42)  # type: ignore[arg-type]  # the wrong kind of thing is what is tested
    with pytest.raises(
        ProjectionError, match=r"unknown: that means nothing .* It takes title, weight, size_by"
    ):
        show(G, unknown="both")
