"""What is said to have changed, counted by hand; and which releases are meant."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from decimal import Decimal
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.errors import ConfigError, StoreError
from coopgraph.release.compare.comparison import Comparison, Count, Delta
from coopgraph.release.compare.rows import COLUMNS, rows
from tests.release.compare.conftest import HEAD, NEW, OLD, Build

C = "https://w3id.org/coopgraph/id/city/"


@pytest.fixture
def found(two: Path) -> Comparison:
    return cg.compare(workspace=two)


def test_statements_are_counted_by_what_they_are_of(found: Comparison) -> None:
    # 4 values and 2 of the source changed, 3 of a participation and a second source for Quito came
    assert found.data == Delta(added=10, removed=6)
    assert found.ontology == Delta()
    assert found.provenance == Delta(1, 1)
    assert found.changed


def test_things_are_counted_by_class(found: Comparison) -> None:
    counted = {each.label: (each.added, each.removed, each.changed) for each in found.classes}
    assert counted == {
        "city": (0, 0, 2),
        "coop:Action": (0, 0, 1),
        "coop:Money": (0, 0, 1),
        "coop:Participation": (1, 0, 1),
        "coop:Source": (1, 1, 0),
    }


def test_values_stand_side_by_side_with_their_graphs(found: Comparison) -> None:
    lima = next(thing for thing in found.things if thing.thing == f"{C}lima")
    (value,) = lima.values  # the English label is no part of it
    assert [(one.term, one.text, one.graphs) for one in (*value.before, *value.after)] == [
        ('"Lima"@es', "Lima", ("https://w3id.org/coopgraph/graph/one",)),
        ('"Ciudad de Lima"@es', "Ciudad de Lima", ("https://w3id.org/coopgraph/graph/one",)),
    ]


def test_one_source_more_for_a_value_is_told(found: Comparison) -> None:
    quito = next(thing for thing in found.things if thing.thing == f"{C}quito")
    (value,) = quito.values
    assert [one.graphs for one in value.before] == [("https://w3id.org/coopgraph/graph/one",)]
    assert value.before[0].term == value.after[0].term == '"Quito"'
    assert [len(one.graphs) for one in value.after] == [2]


def test_a_concept_is_said_by_its_label(found: Comparison) -> None:
    role = next(thing for thing in found.things if thing.thing.endswith("participation/lima"))
    assert role.label == "Lima · Visit"
    assert [value.after[0].text for value in role.values] == ["yes"]


def test_cities_by_what_they_do_and_money_by_currency(found: Comparison) -> None:
    by_name = {city.label: city for city in found.cities}
    lima, quito = by_name["Lima"], by_name["Quito"]
    assert (lima.participations, lima.given, lima.unknown) == (Count(), Count(0, 1, 1, 0), Count(1, 0, 0, 1))
    assert quito.participations == Count(1, 2, 1, 0)
    (paid,) = lima.money  # the dollars are as they were
    assert (paid.what, paid.currency, paid.before, paid.after) == (
        "paid",
        "EUR",
        Decimal("10.50"),
        Decimal("12.00"),
    )


def test_sources_that_came_and_went(found: Comparison) -> None:
    assert [(one.how, one.source.rsplit("/", 1)[-1], one.title, one.url) for one in found.sources] == [
        ("added", "new", "Old book", None),
        ("removed", "old", "Old book", None),
    ]


def test_what_is_not_told_in_full_is_counted(two: Path) -> None:
    found = cg.compare(workspace=two, most=0)
    assert (found.things, found.left_out) == ((), 8)
    assert found.classes == cg.compare(workspace=two).classes


def test_turned_round_it_says_the_opposite(two: Path, found: Comparison) -> None:
    back = cg.compare("current", "previous", workspace=two)
    assert back.data == Delta(found.data.removed, found.data.added)
    assert {(t.thing, t.how) for t in back.things if t.how == "removed"} == {
        (t.thing, "removed") for t in found.things if t.how == "added"
    }


def test_rows_that_moved_alone_are_no_change(build: Build, tmp_path: Path) -> None:
    build(HEAD + OLD)
    build(HEAD + OLD.replace("#row=2", "#row=5"))
    found = cg.compare(workspace=tmp_path)
    assert (found.changed, found.provenance, found.things, found.cities) == (False, Delta(1, 1), (), ())


def test_the_ontology_is_counted_apart(build: Build, tmp_path: Path) -> None:
    build(HEAD + OLD)
    build(HEAD + OLD.replace('"city"@en', '"town"@en'))
    found = cg.compare(workspace=tmp_path)
    assert (found.ontology, found.data, found.things) == (Delta(1, 1), Delta(), ())
    assert found.changed


def test_a_release_does_not_differ_from_itself(two: Path) -> None:
    found = cg.compare("current", "current", workspace=two)
    assert (found.changed, found.data, found.provenance, found.classes) == (False, Delta(), Delta(), ())


def test_comparison_is_frozen(found: Comparison) -> None:
    with pytest.raises(FrozenInstanceError):
        found.things = ()  # type: ignore[misc]


def test_releases_by_id_folder_and_open(two: Path, found: Comparison) -> None:
    folder = two / ".coopgraph" / "releases" / found.before.id
    with cg.open(two) as current:
        assert cg.compare(folder, current) == found
        assert current.label(f"{C}quito") == "Quito"  # it is still open
    assert cg.compare(found.before.id[:6], found.after.id, workspace=two) == found


def test_wrong_names_are_told(two: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"No release begins with '0{16}'"):
        cg.compare("0" * 16, workspace=two)
    with pytest.raises(ConfigError, match="There is no release 'yesterday'"):
        cg.compare("yesterday", workspace=two)
    with pytest.raises(StoreError, match="has no release yet"):
        cg.compare(workspace=tmp_path / "nowhere")


def test_the_first_release_has_none_before(build: Build, tmp_path: Path) -> None:
    build(HEAD + OLD)
    with pytest.raises(StoreError, match="no release before the one in force"):
        cg.compare(workspace=tmp_path)


def test_rows_put_old_beside_new(two: Path) -> None:
    first, second = (cg.open(_directory(two, side)) for side in (0, 1))
    with first, second:
        told = [dict(zip(COLUMNS, row, strict=True)) for row in rows(first, second)]
    start = next(row for row in told if row["property"] == "schema:startDate")
    assert (start["before"], start["after"], start["class"]) == ("2016", "2017", "coop:Action")
    came = [row for row in told if row["change"] == "added" and row["class"] == "coop:Participation"]
    assert {row["before"] for row in came} == {""}
    assert len(came) == 3


def _directory(workspace: Path, side: int) -> Path:
    found = cg.compare(workspace=workspace)
    return workspace / ".coopgraph" / "releases" / (found.before.id, found.after.id)[side]


def test_new_holds_what_was_meant() -> None:
    assert NEW.count("Ciudad de Lima") == NEW.count("source\\/new") == 1
