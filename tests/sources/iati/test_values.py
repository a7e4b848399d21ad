"""Dates, amounts and goals: what is read, what is left out, and that no number is ever changed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.sources.iati.lists import OWN, countries, read_code_lists
from coopgraph.sources.iati.money import BUDGET_KINDS, KINDS
from coopgraph.sources.iati.values import amount, day, goal, target

NUMBERS = st.decimals(-(10**15), 10**15, places=2, allow_nan=False)


@given(NUMBERS)
def test_a_plain_number_is_itself(number: Decimal) -> None:
    assert Decimal(amount(f"{number:f}").value) == number


@given(NUMBERS)
def test_thousands_separators_change_nothing_where_they_are_taken_away(number: Decimal) -> None:
    for written in (f"{number:,}", f"{number:,}".replace(",", " ")):
        assert Decimal(amount(written).value) == number


@given(st.text(alphabet="0123456789.,-+ eE'", max_size=20))
def test_what_is_read_is_a_decimal_or_nothing(text: str) -> None:
    value = amount(text).value
    assert value == "" or re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", value)


@pytest.mark.parametrize(
    ("text", "value", "how"),
    [
        ("1,234", "", "unread"),
        ("1.234", "1.234", "plain"),
        ("1.234.567", "1234567", "grouped"),
        ("1.234,50", "1234.50", "grouped"),
        ("1'234'567", "1234567", "grouped"),
        ("12,34", "", "unread"),
        ("1e3", "1000", "exponent"),
        ("1e99", "", "unread"),
        ("9" * 17, "", "unread"),
        ("0." + "1" * 40, "", "unread"),
        ("٣", "", "unread"),
        ("NaN", "", "unread"),
        ("$5", "", "unread"),
        (" ", "", "empty"),
    ],
)
def test_amounts(text: str, value: str, how: str) -> None:
    assert (amount(text).value, amount(text).how) == (value, how)


@pytest.mark.parametrize("text", ["0", "-0", "0.00", "+0.0"])
def test_zero_is_not_below_zero(text: str) -> None:
    assert amount(text).is_zero
    assert not amount(text).is_negative


@given(st.dates())
def test_every_day_is_itself_with_a_time_or_without(when: date) -> None:
    text = when.isoformat()
    assert {day(text), day(f"{text}T12:30:00Z"), day(f" {text}Z ")} == {text}


@pytest.mark.parametrize(
    "text", ["", "2024-13-01", "2023-02-29", "0000-01-01", "24-01-01", "2024/01/01", "now"]
)
def test_what_is_no_day_is_left_out(text: str) -> None:
    assert day(text) == ""


def test_goals_are_from_1_to_17() -> None:
    assert [number for number in range(100) if goal(str(number))] == list(range(1, 18))
    assert (target("17.19"), target("0.1"), target("11.b")) == (("17.19", ""), ("", ""), ("11.b", ""))


SCHEMES = {
    "ActivityStatus": "activity-status",
    "OrganisationRole": "organisation-role",
    "OrganisationType": "organisation-type",
    "TransactionType": "transaction-type",
}


@pytest.mark.parametrize("name", SCHEMES)
def test_our_codes_are_those_of_our_schemes_and_of_iati(name: str, root: Path, shared_data: Path) -> None:
    text = (root / "ontology" / "schemes" / f"{SCHEMES[name]}.ttl").read_text(encoding="utf-8")
    assert set(re.findall(r'skos:notation "(\d+)"', text)) == OWN[name]
    assert set(read_code_lists(shared_data / "iati_codelists").given[name]) == OWN[name]


@pytest.mark.parametrize("name", ["ActivityDateType", "CollaborationType", "RelatedActivityType"])
def test_codes_without_a_scheme_are_iatis(name: str, shared_data: Path) -> None:
    assert set(read_code_lists(shared_data / "iati_codelists").given[name]) == OWN[name]


def test_every_kind_of_amount_is_a_concept(root: Path) -> None:
    text = (root / "ontology" / "schemes" / "money-kind.ttl").read_text(encoding="utf-8")
    assert set(KINDS) == OWN["TransactionType"]
    assert {*KINDS.values(), *BUDGET_KINDS.values()} <= set(re.findall(r'skos:notation "([a-z-]+)"', text))


def test_countries_are_those_of_the_ontology() -> None:
    assert len(countries()) == 249
