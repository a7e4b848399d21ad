"""A score taken apart: the definition's events by hand, in fractions, and what would change a score."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest

from coopgraph.errors import MeasureError, ProjectionError
from coopgraph.network import explain, rank

Make = Callable[..., pa.Table]
ALONE = ("e5", "D", None, None)
F = Fraction


def column(table: pa.Table, key: str, value: str) -> dict[Any, Any]:
    return dict(zip(*(table.column(name).to_pylist() for name in (key, value)), strict=True))


def near(expected: dict[Any, Fraction]) -> Any:
    return pytest.approx({key: float(value) for key, value in expected.items()}, abs=1e-15)


@pytest.fixture
def five(participations: Make, four_events: list[Any]) -> pa.Table:
    return participations([*four_events, ALONE])


def test_the_parts_of_the_definitions_example(five: pa.Table) -> None:
    found = explain(five, "A")
    assert (found.place.score, found.place.rank, found.place.ranked) == (round(76 / 135, 12), 3, 4)
    assert column(found.partners, "partner", "part") == near({"B": F(8, 27), "C": F(4, 15)})
    assert column(found.events, "event", "part") == near(
        {"e1": F(20, 135), "e2": F(28, 135), "e3": F(28, 135), "e4": F(0)}
    )
    assert found.events.column("event").to_pylist() == ["e2", "e3", "e1", "e4"]
    assert column(found.events, "event", "given") == {"e1": 1, "e2": 1, "e3": 1, "e4": 0}
    assert column(found.events, "event", "received") == {"e1": 1, "e2": 1, "e3": 0, "e4": 2}


def test_two_equal_directions_decide_half_each(participations: Make) -> None:
    rows = [("give", "a", True, False), ("give", "b", False, True), ("get", "b", True, False),
            ("get", "a", False, True), ("both", "a", True, True), ("both", "b", True, True)]  # fmt: skip
    found = explain(participations(rows), "a")
    assert column(found.events, "event", "part") == near({"give": F(1, 4), "get": F(1, 4), "both": F(1, 2)})


def test_sources_share_each_event_equally_and_nobody_is_said(four_events: list[Any]) -> None:
    sources = {"e1": ["s1"], "e2": ["s1", "s2"], "e3": [], "e4": ["s2"]}
    names = ("event", "city", "contributes", "benefits")
    table = pa.table({name: [row[place] for row in four_events] for place, name in enumerate(names)})
    stated = pa.array([sources[row[0]] for row in four_events], pa.list_(pa.string()))
    titles = pa.table({"source": ["s1", "s2"], "title": ["One", "Two"], "url": ["https://one", None]})
    found = explain(
        {"participations": table.append_column("source", stated), "sources": titles}, "A", nodes="ABCD"
    )
    assert column(found.sources, "source", "part") == near(
        {"s1": F(34, 135), "s2": F(14, 135), None: F(28, 135)}
    )
    assert column(found.sources, "source", "events") == {"s1": 2, "s2": 2, None: 1}
    assert column(found.sources, "source", "title") == {"s1": "One", "s2": "Two", None: None}


def test_a_source_may_be_one_text(participations: Make, four_events: list[Any]) -> None:
    table = participations(four_events).append_column("source", pa.array(["s"] * len(four_events)))
    found = explain(table, "A")
    assert found.sources.select(["source", "events"]).to_pylist() == [{"source": "s", "events": 4}]


def test_what_would_raise_it_most(five: pa.Table) -> None:
    found = explain(five, "A").changes.to_pylist()
    assert [(row["change"], row["partner"]) for row in found] == [
        ("both", None),
        ("gives", "C"),
        ("gives", "B"),
    ]
    assert [row["gain"] for row in found] == pytest.approx([1 / 3, 2 / 105, 2 / 297], abs=1e-12)
    assert [row["rank"] for row in found] == [1, 3, 3]


@pytest.mark.parametrize(("place", "partner"), [(0, "D"), (1, "C"), (2, "B")])
def test_a_change_is_what_ranking_finds_with_that_event(
    participations: Make, four_events: list[Any], place: int, partner: str
) -> None:
    flags = {"both": [(True, True)] * 2, "gives": [(True, False), (False, True)]}
    change = explain(participations([*four_events, ALONE]), "A").changes.to_pylist()[place]
    own, theirs = flags[change["change"]]
    more = [*four_events, ALONE, ("new", "A", *own), ("new", partner, *theirs)]
    (row,) = [row for row in rank(participations(more)).table.to_pylist() if row["city"] == "A"]
    assert (change["score"], change["rank"]) == (pytest.approx(row["peer_exchange"], abs=1e-12), row["rank"])


def test_an_unknown_role_that_would_change_it(participations: Make) -> None:
    found = explain(participations([("e", "a", True, True), ("e", "b", True, None)]), "a")
    assert (found.place.score, found.other_place.score) == (0, 1)
    (row,) = found.unknown.to_pylist()
    assert (row["event"], row["city"], row["city_label"], row["roles"]) == ("e", "b", "b", "benefits")
    assert (row["score"], row["change"]) == (1, 1)


def test_roles_that_change_it_only_together(participations: Make) -> None:
    found = explain(participations([("e", "a", None, None), ("e", "b", None, None)]), "a")
    assert [(row["city"], row["roles"], row["change"]) for row in found.unknown.to_pylist()] == [
        (None, "all unknown roles", 1.0)
    ]


def test_under_both_unknown_roles_are_read_as_no(participations: Make) -> None:
    table = participations([("e", "a", True, True), ("e", "b", True, None)])
    found = explain(table, "a", unknown="both")
    assert (found.place.score, found.other_place.score) == (1, 0)
    assert [(row["city"], row["change"]) for row in found.unknown.to_pylist()] == [("b", -1.0)]
    assert "read as not a yes" in " ".join(found.sentences())


def test_a_large_event_is_read_as_a_whole(participations: Make) -> None:
    rows = [("e", f"c{place:03}", None, True) for place in range(201)]
    found = explain(participations(rows), "c000")
    assert found.unknown.column("city").to_pylist() == [None]
    assert "In events of more than 200 cities" in " ".join(found.sentences())


def test_a_city_without_exchange(participations: Make, five: pa.Table) -> None:
    found = explain(five, "D")
    assert (found.place.score, found.place.rank, len(found.partners), len(found.events)) == (0, 4, 0, 0)
    assert [row["partner"] for row in found.changes.to_pylist()] == [None]
    assert "there is nothing to take apart" in found.sentences()[1]
    undefined = explain(five, "D", measure="reciprocity")
    assert (undefined.place.score, undefined.place.rank) == (None, None)
    assert undefined.sentences()[0].startswith("D: reciprocity undefined, because nothing passes")
    lonely = explain(participations([("e", "a", True, True)]), "a")
    assert "No event more of the city and one other alone would raise it." in lonely.sentences()


def test_derived_roles_are_told(four_events: list[Any]) -> None:
    names = ("event", "city", "contributes", "benefits")
    table = pa.table({name: [row[place] for row in four_events] for place, name in enumerate(names)})
    certain = ["derived" if row[:2] == ("e1", "B") else "stated" for row in four_events]
    found = explain(table.append_column("certainty", pa.array(certain)), "A", nodes="ABCD")
    assert column(found.events, "event", "derived") == {"e1": True, "e2": False, "e3": False, "e4": False}
    assert "Derived roles: 0.1481 of the score comes from 1 event in which" in " ".join(found.sentences())


def test_amounts(participations: Make) -> None:
    rows = [("e", "a", True, True), ("e", "b", True, True), ("f", "a", True, False), ("f", "c", False, True)]
    table = participations(rows, amount=[100, 50, 30, None], currency=["EUR", "EUR", "EUR", None])
    found = explain(table, "a", weight="amount", currency="EUR")
    assert column(found.partners, "partner", "part") == near({"b": F(1, 3), "c": F(0)})
    assert len(found.changes) == 0
    assert "an amount has no natural unit" in " ".join(found.sentences())
    given = explain(table, "a", measure="given", weight="amount", currency="EUR")
    assert column(given.events, "event", "part") == {"e": 100, "f": 30}


def test_agreements_and_their_sources(agreements: Make) -> None:
    rows = [{"agreement": "x", "kind": "memorandum", "party": city} for city in ("a", "b")]
    table = agreements(*rows).append_column("source", pa.array([["s"], []], pa.list_(pa.string())))
    found = explain({"agreements": table}, "a", events="agreements")
    assert (found.place.score, found.sources.to_pylist()[0]["source"]) == (1, "s")


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("betweenness", "'betweenness' depends on the network beyond a city's own exchanges"),
        ("PageRank", "so no partner has a part of its own in it"),
        ("pec", "The measure 'pec' is not known. Use one of peer-exchange, "),
    ],
)
def test_what_cannot_be_taken_apart_is_refused(five: pa.Table, measure: str, words: str) -> None:
    with pytest.raises(MeasureError, match=words):
        explain(five, "A", measure=measure)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"prior": -1.0}, "prior=-1.0 is negative"),
        ({"prior": 1.0, "measure": "given"}, "prior=1 has no use for 'given'"),
        ({"language": "fr"}, "no labels in 'fr'"),
    ],
)
def test_refused_options(five: pa.Table, options: Any, words: str) -> None:
    with pytest.raises(MeasureError, match=words):
        explain(five, "A", **options)


def test_a_participant_outside_v_is_named_by_its_iri(participations: Make) -> None:
    rows = [("e", "a", True, True), ("e", "b", True, True), ("e", "c", True, None)]
    found = explain(participations(rows), "a", nodes=(city for city in "ab"), measure="given")
    assert [(row["city"], row["city_label"], row["change"]) for row in found.unknown.to_pylist()] == [
        ("c", "c", -0.5)
    ]


def test_a_city_outside_what_is_selected(five: pa.Table) -> None:
    nothing = pa.nulls(2, pa.string())
    labels = {"label_en": ["Aye", "Zed"], "label_es": nothing, "label_pt": nothing}
    cities = pa.table({"city": ["A", "Z"], "country": ["ES", "BO"], **labels})
    with pytest.raises(ProjectionError, match=r"Zed, BO \(Z\) takes part in nothing that is selected"):
        explain({"participations": five, "cities": cities}, "zed")
