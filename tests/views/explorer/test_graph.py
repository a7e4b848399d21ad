"""The explorer's graph: every number worked out by hand from five.ttl."""

from __future__ import annotations

import json
from typing import Any

import pytest

from coopgraph.release import Release
from coopgraph.views.explorer import graph as module
from coopgraph.views.explorer.graph import as_json, graph_of

TWINNING, FUNDING = "twinning", "funding agreement"


def node(graph: dict[str, Any], name: str) -> int:
    found: int = graph["nodes"]["label"]["en"].index(name)
    return found


def links(graph: dict[str, Any], layer: str) -> dict[tuple[str, str], dict[str, Any]]:
    names = graph["nodes"]["label"]["en"]
    return {
        (names[row["source"]], names[row["target"]]): row
        for row in (
            dict(zip(graph["links"], each, strict=True))
            for each in zip(*graph["links"].values(), strict=True)
        )
        if graph["layers"][row["layer"]]["label"]["en"] == layer
    }


def given(graph: dict[str, Any], row: dict[str, Any]) -> dict[str, tuple[float, float]]:
    names = graph["events"]["label"]["en"]
    return {names[e]: (f, b) for e, f, b in zip(row["events"], row["forward"], row["backward"], strict=True)}


def test_an_event_of_two_beneficiaries_gives_each_of_them_half(graph: dict[str, Any]) -> None:
    exchange = links(graph, "Exchange")
    assert set(exchange) == {("Lima", "Madrid"), ("Madrid", "Quito")}
    assert given(graph, exchange["Lima", "Madrid"]) == {"A course": (0, 0.5)}
    assert given(graph, exchange["Madrid", "Quito"]) == {"A course": (0.5, 0), "A visit": (1, 1)}


def test_agreements_join_their_parties_and_one_of_four_is_a_node(graph: dict[str, Any]) -> None:
    assert set(links(graph, FUNDING)) == {("Madrid", "A fund")}
    spokes = {("Treaty", city) for city in ("Lima", "Lisbon", "Madrid", "Quito")}
    assert set(links(graph, TWINNING)) == {("Lisbon", "Madrid")} | spokes
    assert set(links(graph, "Membership")) == {("Madrid", "UCCI")}
    assert [layer["shown"] for layer in graph["layers"]] == [True, True, True, False]


def test_every_node_with_its_kind_names_and_country(graph: dict[str, Any]) -> None:
    nodes = graph["nodes"]
    kinds = {nodes["label"]["en"][i]: graph["kinds"][kind] for i, kind in enumerate(nodes["kind"])}
    cities = ("Bogotá", "Lima", "Lisbon", "Madrid", "Quito", "Recife")
    others = {"UCCI": "network", "A fund": "organisation", "Treaty": "agreement"}
    assert kinds == dict.fromkeys(cities, "city") | others
    assert nodes["iri"] == sorted(nodes["iri"])
    assert nodes["label"]["pt"][node(graph, "Lisbon")] == "Lisboa"
    assert nodes["names"][node(graph, "UCCI")] == ["Union of capitals", "Unión de capitales"]
    assert nodes["names"][node(graph, "Madrid")] == ["Villa y Corte"]
    assert (nodes["lat"][node(graph, "Lisbon")], nodes["population"][node(graph, "Lisbon")]) == (38.7, 545000)
    assert nodes["lat"][node(graph, "Lima")] is None
    assert [country["code"] for country in graph["countries"]] == ["BR", "CO", "EC", "ES", "PE", "PT"]
    assert graph["countries"][3]["label"] == {"en": "Spain", "es": "España", "pt": "Espanha"}


def test_measures_are_those_of_the_exchange_network(graph: dict[str, Any]) -> None:
    """Madrid and Quito: 2 min(1.5, 1) / 2.5 = 0.8 of theirs comes back, over three others in V."""
    measures = graph["nodes"]["measures"]
    madrid, recife = node(graph, "Madrid"), node(graph, "Recife")
    assert measures["peer_exchange"][madrid] == pytest.approx(0.8 / 3)
    assert (measures["given"][madrid], measures["received"][madrid]) == (2.0, 1.0)
    assert {values[recife] for values in measures.values()} == {None}


def test_what_is_known_of_each_event(graph: dict[str, Any]) -> None:
    events = graph["events"]
    rows = [
        dict(zip(events, each, strict=True))
        for each in zip(
            *(column["en"] if name == "label" else column for name, column in events.items()), strict=True
        )
    ]
    told = {row["label"]: row for row in rows}
    course, visit = told["A course"], told["A visit"]
    assert (course["date"], course["from"], course["to"]) == ("2018–2019-02", "2018-01-01", "2019-02-28")
    assert (visit["from"], visit["to"]) == ("2017-05-01", None)
    assert (visit["goals"], visit["lines"], visit["certainty"]) == ([5, 11], [0], "derived")
    assert graph["lines"][0]["label"]["es"] == "igualdad de género"
    assert graph["programmes"][course["programmes"][0]]["label"]["es"] == "Sur"
    assert (told["Treaty"]["from"], told["Membership"]["from"]) == (None, "1982-01-01")


def test_each_event_says_how_sure_it_is_and_grant_says_nothing(graph: dict[str, Any]) -> None:
    events = graph["events"]
    sure = dict(zip(events["label"]["en"], events["certainty"], strict=True))
    told = {name: sure[name] for name in ("Twins", "Treaty", "Membership", "Grant")}
    assert told == {"Twins": "stated", "Treaty": "derived", "Membership": "stated", "Grant": ""}


def test_tables_of_an_older_release_need_not_say_how_sure_they_are(
    five: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = type(five).table

    def older(release: Release, name: str) -> Any:
        found = table(release, name)
        dated = name in ("agreements", "memberships")
        return found.drop_columns(["certainty"]) if dated else found

    monkeypatch.setattr(type(five), "table", older)
    events = graph_of(five)["events"]
    sure = dict(zip(events["label"]["en"], events["certainty"], strict=True))
    assert (sure["Twins"], sure["Membership"], sure["A visit"]) == ("", "", "derived")


def test_the_amount_of_an_event_is_the_largest_stated_and_of_two_currencies_none(
    graph: dict[str, Any],
) -> None:
    events = graph["events"]
    amounts = dict(
        zip(events["label"]["en"], zip(events["amount"], events["currency"], strict=True), strict=True)
    )
    assert amounts["A course"] == (700.5, "EUR")
    assert amounts["Grant"] == (None, "")


def test_a_community_is_held_by_its_disc_and_led_by_no_agreement(graph: dict[str, Any]) -> None:
    nodes = graph["nodes"]
    for number, disc in enumerate(graph["communities"]):
        members = [i for i, c in enumerate(nodes["community"]) if c == number]
        assert disc["members"] == len(members)
        assert set(disc["names"]) <= {i for i in members if graph["kinds"][nodes["kind"][i]] != "agreement"}
        for i in members:
            assert (nodes["x"][i] - disc["x"]) ** 2 + (nodes["y"][i] - disc["y"]) ** 2 <= (
                disc["r"] + 1e-3
            ) ** 2


def test_same_release_same_bytes(five: Release) -> None:
    first = as_json(graph_of(five))
    assert first == as_json(graph_of(five))
    assert json.loads(first)["now"] == "2026-11-22"


def test_of_too_many_links_the_strongest_are_kept_and_it_is_said(
    five: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_LINKS", 1)
    cut = graph_of(five)
    assert set(links(cut, "Exchange")) == {("Madrid", "Quito")}
    assert cut["notes"][0]["text"]["en"].startswith("Only 1 of 2 exchange links")
    assert cut["nodes"]["measures"] == graph_of(five)["nodes"]["measures"]
    monkeypatch.undo()
    assert not [note for note in graph_of(five)["notes"] if note["text"]["en"].startswith("Only")]
