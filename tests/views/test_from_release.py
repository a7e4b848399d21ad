"""A release becomes a drawing: each layer with its evidence, and what must be said beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest

from coopgraph.errors import ProjectionError
from coopgraph.namespaces import BASE
from coopgraph.views import credits_of
from coopgraph.views.compose import compose
from coopgraph.views.drawing import Drawing, Link
from coopgraph.views.from_release import drawing_of_release
from coopgraph.views.page import render
from tests.views.conftest import ID, LIST, SmallRelease, city


def link_of(drawing: Drawing, *ends: str) -> Link:
    [found] = [link for link in drawing.links if {link.source, link.target} == set(ends)]
    return found


def exchange(small: SmallRelease, **options: Any) -> Drawing:
    return drawing_of_release(small, layers=["exchange"], **options)


def test_exchange_has_direction_weight_and_evidence(small: SmallRelease) -> None:
    drawing = exchange(small)
    mutual = link_of(drawing, city("madrid"), city("quito"))
    one_way = link_of(drawing, city("madrid"), city("lima"))
    assert (mutual.forward, mutual.backward) == (1, 1)
    assert (one_way.source, one_way.forward, one_way.backward) == (city("lima"), 0, 1)
    [proof] = [drawing.evidence[place] for place in one_way.evidence]
    assert (proof.texts[""], proof.date) == ("course", "2017-05")
    assert [drawing.sources[place].url for place in proof.sources] == ["https://example.org/report"]


def test_measures_and_notes_are_those_of_the_exchange_network(small: SmallRelease) -> None:
    drawing = exchange(small)
    assert drawing.measures[city("madrid")]["peer_exchange"] == pytest.approx(1 / 3)
    notes = {note.key: dict(note.values) for note in drawing.notes}
    assert notes["note_unknown_exclude"] == {"touched": 1, "total": 5}
    assert notes["note_exchange"] == {
        "flowing": 2,
        "events": 2,
        "what": "action_n",
        "cities": 4,
        "joined": 3,
    }


def test_actions_that_give_no_flow_are_not_called_exchanges(small: SmallRelease) -> None:
    small.rows["participations"] = [
        row for row in small.rows["participations"] if row["benefits"] is not True
    ]
    notes = {note.key: dict(note.values) for note in exchange(small).notes}
    assert (notes["note_exchange"]["flowing"], notes["note_exchange"]["events"]) == (0, 1)
    notes = {note.key: dict(note.values) for note in exchange(small, events="agreements").notes}
    assert notes["note_exchange"]["what"] == "agreement_n"


@pytest.mark.parametrize("as_list", [True, False])
def test_evidence_says_whether_it_was_derived(small: SmallRelease, as_list: bool) -> None:
    """The weaker of the two cities' parts counts, and an agreement is as sure as its weakest row."""
    derived, stated = (f"{BASE}concept/certainty/{word}" for word in ("derived", "stated"))
    small.certain = LIST if as_list else pa.string()
    for row in small.rows["participations"]:
        word = derived if row["city"] == city("lima") else stated
        row["certainty"] = [word] if as_list else word
    for row in small.rows["agreements"][:1]:
        row["certainty"] = [derived] if as_list else derived
    drawing = drawing_of_release(small)
    said = {next(iter(proof.texts.values())): proof.certainty for proof in drawing.evidence}
    assert said["visit"] == "stated"
    assert said["course"] == "derived"
    assert said["twins"] == "derived"
    assert said["pact"] == ""
    notes = {note.key: dict(note.values) for note in drawing.notes}
    assert notes["note_derived"] == {"derived": 1, "yes": 4}


def test_the_other_reading_of_unknown_roles(small: SmallRelease) -> None:
    drawing = exchange(small, unknown="both")
    both_ways = link_of(drawing, city("madrid"), city("bogota"))
    assert len(both_ways.evidence) == 1
    assert drawing.notes[0].key == "note_unknown_both"


def test_agreements_of_few_are_links_and_of_many_are_nodes(small: SmallRelease) -> None:
    drawing = drawing_of_release(small, layers=["agreements"])
    treaty = f"{ID}agreement/treaty"
    assert link_of(drawing, city("madrid"), city("lisboa")).layer.endswith("twinning")
    assert {link.source for link in drawing.links if link.target == treaty} | {
        link.target for link in drawing.links if link.source == treaty
    } == {city(slug) for slug in ("madrid", "quito", "lima", "lisboa")}
    kinds = {node.key: node.kind for node in drawing.nodes}
    assert (kinds[treaty], kinds[f"{ID}network/ucci"]) == ("agreement", "network")


def test_memberships_are_there_and_off_at_first(small: SmallRelease) -> None:
    drawing = drawing_of_release(small)
    shown = {layer.key: layer.shown for layer in drawing.layers}
    assert shown["exchange"]
    assert not shown["membership"]
    member = next(link for link in drawing.links if link.layer == "membership")
    assert drawing.evidence[member.evidence[0]].date == "1982"


def test_acronyms_name_networks_and_the_full_name_is_a_fact(small: SmallRelease) -> None:
    [ucci] = [node for node in drawing_of_release(small).nodes if node.kind == "network"]
    assert ucci.texts == {"": "UCCI"}
    assert ("name", "Union of capitals") in ucci.facts


def test_cities_outside_the_exchange_network_are_not_measured(small: SmallRelease) -> None:
    drawing = drawing_of_release(small)
    [lisboa] = [node for node in drawing.nodes if node.key == city("lisboa")]
    assert not lisboa.always
    assert lisboa.key not in drawing.measures


def test_date_title_and_licence_are_the_release_s_own(small: SmallRelease) -> None:
    drawing = drawing_of_release(small)
    assert (drawing.now, drawing.title, drawing.licence) == (
        "2026-11-22",
        {"": "Small"},
        "https://example.org/licence",
    )


def test_the_workspace_s_title_is_in_the_language_it_prefers(small: SmallRelease) -> None:
    small.manifest = replace(small.manifest, workspace={"title": "Small", "languages": ["es", "en"]})
    assert drawing_of_release(small).title == {"es": "Small"}
    assert drawing_of_release(small, title={"en": "One", "es": "Una"}).title == {"en": "One", "es": "Una"}


def test_the_workspace_s_titles_are_in_their_languages(small: SmallRelease) -> None:
    named = {"title": "Small", "titles": {"es": "Pequeño"}, "languages": ["en"]}
    small.manifest = replace(small.manifest, workspace=named)
    assert drawing_of_release(small).title == {"en": "Small", "es": "Pequeño"}
    assert [credits_of(small, lang).title for lang in ("", "en", "es", "pt")] == [
        "Small",
        "Small",
        "Pequeño",
        "Small",
    ]


def test_filters_are_said(small: SmallRelease) -> None:
    assert "note_filters" in {note.key for note in exchange(small, period=("2017", "2018")).notes}


def test_agreements_counted_as_events_have_evidence(small: SmallRelease) -> None:
    drawing = exchange(small, events="agreements")
    twins = link_of(drawing, city("madrid"), city("lisboa"))
    assert {drawing.evidence[place].texts[""] for place in twins.evidence} == {"twins", "treaty"}
    assert drawing.evidence[twins.evidence[0]].date == "1982-10-12"


@pytest.mark.parametrize("options", [{"layers": ["roads"]}, {"shown": ["roads"]}, {"size_by": "height"}])
def test_what_does_not_exist_is_refused_in_words(small: SmallRelease, options: dict[str, Any]) -> None:
    with pytest.raises(ProjectionError, match="Choose"):
        drawing_of_release(small, **options)


def test_ranges_stand_beside_peer_exchange(small: SmallRelease) -> None:
    drawing = drawing_of_release(small)
    assert drawing.columns[:4] == ("peer_exchange", "peer_exchange_range", "rank_range", "top_share")
    for values in drawing.measures.values():
        score, ends, places = (
            values[name] for name in ("peer_exchange", "peer_exchange_range", "rank_range")
        )
        assert isinstance(score, float) and isinstance(ends, tuple) and isinstance(places, tuple)
        assert ends[0] <= ends[1] and places[0] <= places[1]
    [said] = [note for note in drawing.notes if note.key == "note_ranges"]
    assert dict(said.values) == {"replicates": 1000, "keep": 0.9}
    page = render(compose(drawing)).decode()
    assert ">Range of peer exchange</button>" in page and re.search(r'"number">0\.000–\d\.\d{3}</td>', page)
    without = drawing_of_release(small, replicates=0)
    assert "rank_range" not in without.columns
    assert "note_ranges" not in {note.key for note in without.notes}
