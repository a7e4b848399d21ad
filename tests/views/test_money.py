"""Money: each amount once, currencies and kinds apart, unknown never zero."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.views.money import Purse, groups, purse
from coopgraph.views.profiles.reader import Reader


@pytest.fixture(scope="module")
def small() -> Iterator[cg.Release]:
    with cg.open(Path(__file__).with_name("money.ttl")) as release:
        yield release


@pytest.fixture(scope="module")
def stated(small: cg.Release) -> Purse:
    return purse(Reader(small, "en"))


def told(found: Purse, by: str) -> list[tuple[object, ...]]:
    return [
        (
            one.thing.label if one.thing else one.text,
            one.level,
            one.kind.label if one.kind else "",
            one.currency,
            one.alone,
            one.shared,
        )
        for one in groups(found.amounts, by)
    ]


def test_each_amount_stands_once_at_its_level(stated: Purse) -> None:
    levels = {one.money: one.level for one in stated.amounts}
    assert levels == {
        "urn:m1": "programme",
        "urn:m2": "programme",
        "urn:m3": "action",
        "urn:m4": "action",
        "urn:m5": "agreement",  # of an agreement and its action: one amount
        "urn:m6": "programme",
    }


def test_kinds_and_currencies_are_apart_and_ceilings_left_out(stated: Purse) -> None:
    sums = {(one.kind, one.currency): (one.amounts, one.total) for one in stated.sums}
    assert sums == {
        ("granted", "EUR"): (1, Decimal(70)),
        ("planned", "EUR"): (2, Decimal("1100.50")),
        ("planned", "USD"): (1, Decimal(40)),
        ("spent to date", "EUR"): (1, Decimal(250)),
    }


def test_what_several_lines_share_is_shared_out_to_none(stated: Purse) -> None:
    assert told(stated, "lines") == [
        ("Fair", "programme", "planned", "EUR", Decimal(0), Decimal(1000)),
        ("Fair", "programme", "spent to date", "EUR", Decimal(0), Decimal(250)),
        ("Fair", "programme", "ceiling", "USD", None, None),
        ("Green", "programme", "planned", "EUR", Decimal(0), Decimal(1000)),
        ("Green", "programme", "spent to date", "EUR", Decimal(0), Decimal(250)),
        ("Green", "programme", "ceiling", "USD", None, None),
        ("Green", "agreement", "granted", "EUR", Decimal(70), Decimal(0)),
        ("Green", "action", "planned", "EUR", Decimal("100.50"), Decimal(0)),
        ("Green", "action", "planned", "USD", Decimal(40), Decimal(0)),
    ]


def test_a_programmes_total_and_its_actions_amounts_are_not_added(stated: Purse) -> None:
    rows = [row for row in told(stated, "programmes") if row[2:4] == ("planned", "EUR")]
    assert rows == [
        ("South", "programme", "planned", "EUR", Decimal(1000), Decimal(0)),
        ("South", "action", "planned", "EUR", Decimal("100.50"), Decimal(0)),
    ]


def test_years_and_goals_not_stated_come_last(stated: Purse) -> None:
    years = told(stated, "years")
    assert years[0] == ("2015–2019", "programme", "planned", "EUR", Decimal(1000), Decimal(0))
    assert {row[0] for row in years[1:]} == {""}
    goals = {row[0] for row in told(stated, "goals")}
    assert len(goals) == 3 and told(stated, "goals")[-1][0] == ""


def test_the_rate_of_execution_and_what_is_not_stated(stated: Purse) -> None:
    (rate,) = stated.rates
    assert (rate.planned, rate.spent, rate.percent) == (Decimal(1000), Decimal(250), 25.0)
    assert stated.stated == {"action": (1, 2), "agreement": (1, 1), "programme": (1, 1)}


def test_the_bundled_money_equals_the_stored_queries(built: Path) -> None:
    with cg.open(built) as release:
        found = purse(Reader(release, "pt"))
        sums = [(one.kind, one.currency, one.amounts, one.total) for one in found.sums]
        asked = release.query("cq-035", lang="pt").dicts()
        assert sums == [
            (row["kindLabel"], row["currency"], row["amounts"], Decimal(str(row["total"]))) for row in asked
        ]
        assert {one.money for one in found.amounts} == {
            str(row["money"]) for row in release.query("cq-036").dicts()
        }
    (rate,) = found.rates
    assert (rate.planned, rate.spent, rate.percent) == (Decimal(6600000), Decimal(4759000), 72.1)
    assert found.stated["action"] == (2, 95)
