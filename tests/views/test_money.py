"""Money: each amount once, at its level, and of how much nothing is stated; unknown is never zero."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.views.money import amounts_of, stating
from coopgraph.views.profiles.reader import Reader


@pytest.fixture(scope="module")
def small() -> Iterator[cg.Release]:
    with cg.open(Path(__file__).with_name("money.ttl")) as release:
        yield release


def test_each_amount_stands_once_at_its_level(small: cg.Release) -> None:
    found = amounts_of(Reader(small, "en"))
    assert {one.money: one.level for one in found} == {
        "urn:m1": "programme",
        "urn:m2": "programme",
        "urn:m3": "action",
        "urn:m4": "action",
        "urn:m5": "agreement",  # of an agreement and its action: one amount
        "urn:m6": "programme",
    }
    (first,) = [one for one in found if one.money == "urn:m1"]
    assert [line.label for line in first.lines] == ["Fair", "Green"] and first.years == "2015–2019"


def test_what_is_not_stated_is_counted(small: cg.Release) -> None:
    assert stating(Reader(small, "en")) == {"action": (1, 2), "agreement": (1, 1), "programme": (1, 1)}


def test_the_bundled_amounts_are_those_of_the_stored_question(built: Path) -> None:
    with cg.open(built) as release:
        reader = Reader(release, "pt")
        asked = {str(row["money"]) for row in release.query("cq-036").dicts()}
        assert {one.money for one in amounts_of(reader)} == asked
        assert stating(reader)["action"] == (2, 95)
