"""Search: exact before what begins so, before words, before the rest; accents and capitals never matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.release import Release
from coopgraph.views.explorer.search import Index, Thing, find, fold, index_from, index_of


def index(*names: tuple[str, str, int]) -> Index:
    """Names with their kind and weight; those of one weight in the order given, as their IRIs are."""
    things = [
        (name, Thing(f"urn:{i}", kind, (name,) * 3, weight)) for i, (name, kind, weight) in enumerate(names)
    ]
    things.sort(key=lambda pair: (-pair[1].weight, pair[1].iri))
    return index_from((thing, name) for name, thing in things)


def told(found: Index, asked: str, **how: object) -> list[str]:
    return [hit.name for hit in find(found, asked, **how).hits]  # type: ignore[arg-type]


def test_exact_then_prefix_then_word_then_anywhere_and_the_weightier_first() -> None:
    names = index(
        ("Villalima", "city", 9), ("Nueva Lima", "city", 8), ("Limache", "city", 7), ("Lima", "city", 1),
        ("Limay", "city", 8),
    )  # fmt: skip
    assert told(names, "lima") == ["Lima", "Limay", "Limache", "Nueva Lima", "Villalima"]
    assert told(names, "lima", limit=2) == ["Lima", "Limay"]


def test_one_kind_alone_and_each_thing_once() -> None:
    names = index(("Lima", "city", 1), ("Lima lima", "action", 5))
    assert told(names, "lima", kind="action") == ["Lima lima"]
    assert told(names, "lima") == ["Lima", "Lima lima"]
    assert told(names, "  ") == told(names, "-") == []


@pytest.mark.parametrize(
    "asked, name",
    [("são paulo", "Sao Paulo"), ("SAO", "São Paulo"), ("lodz", "Łódź"), ("a-coruna", "A Coruña")],
)
def test_accents_capitals_and_punctuation_do_not_matter(asked: str, name: str) -> None:
    assert told(index((name, "city", 0)), asked) == [name]


def test_everything_in_a_release_by_any_of_its_names(five: Release) -> None:
    names = index_of(five)
    by = {
        asked: (hit.thing.iri.rsplit("/id/", 1)[-1], hit.thing.kind, hit.thing.labels)
        for asked in ("union de cap", "villa y", "a fund", "a visit", "south", "bogota", "treaty", "a report")
        for hit in find(names, asked, limit=1).hits
    }
    assert by["union de cap"] == ("network/ucci", "network", ("UCCI",) * 3)
    assert by["villa y"] == ("city/madrid", "city", ("Madrid",) * 3)
    assert by["south"] == ("programme/south", "programme", ("South", "Sur", "South"))
    kinds = [by[asked][1] for asked in ("a fund", "a visit", "bogota", "treaty", "a report")]
    assert kinds == ["organisation", "action", "city", "agreement", "source"]
    assert [hit.thing.kind for hit in find(names, "igualdad de genero", limit=50).hits][-1] in (
        "target",
        "concept",
    )


def test_madrid_is_recorded_most(five: Release) -> None:
    """Two actions, three agreements, one membership."""
    first = index_of(five)[""].things[0]
    assert (first.iri.rsplit("/", 1)[-1], first.weight) == ("madrid", 6)


@given(st.lists(st.text("ab ", max_size=6), max_size=12), st.text("ab ", min_size=1, max_size=3))
def test_finds_what_a_plain_look_at_each_name_finds(names: list[str], asked: str) -> None:
    made = index(*((name, "city", 0) for name in names))
    expected = {f"urn:{i}" for i, name in enumerate(names) if fold(asked) and fold(asked) in fold(name)}
    assert {hit.thing.iri for hit in find(made, asked, limit=99).hits} == expected
    found = find(made, asked, limit=2)
    assert len(found.hits) + (found.more or 0) == len(expected)


def test_more_than_a_thousand_are_not_counted() -> None:
    names = index(*((f"Lima {i}", "city", 0) for i in range(1100)))
    assert find(names, "lima", limit=10).more is None
    assert find(names, "lima", limit=100).more == 1000
