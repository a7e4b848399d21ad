"""Agreements as events: peers, payers and payees, renewals, parties that are no cities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from coopgraph.errors import ProjectionError
from coopgraph.network import Flows, flows

Make = Callable[..., pa.Table]
FUNDING = "https://w3id.org/coopgraph/concept/agreement-kind/funding-agreement"


def weights(made: Flows) -> dict[tuple[str, str], float]:
    return {(edge["source"], edge["target"]): edge["weight"] for edge in made.edges.to_pylist()}


def signed(agreement: str, *parties: str, **rest: Any) -> list[dict[str, Any]]:
    return [{"agreement": agreement, "party": party, **rest} for party in parties]


def test_parties_are_peers(agreements: Make) -> None:
    made = flows({"agreements": agreements(*signed("t", "a", "b", "c"))}, events="agreements")
    assert set(weights(made).values()) == {0.5}
    assert made.basis.participations == 3


def test_parties_that_are_no_cities_are_dropped_and_counted(agreements: Make) -> None:
    rows = signed("t", "a") + signed("t", "ucci", party_is_city=False) + signed("u", "a", "b")
    made = flows({"agreements": agreements(*rows)}, events="agreements")
    assert weights(made) == {("a", "b"): 1.0, ("b", "a"): 1.0}
    assert (made.basis.other_parties_dropped, made.basis.without_flow, made.nodes) == (1, 1, ("a", "b"))


def test_funding_runs_from_payer_to_payee(agreements: Make) -> None:
    rows = [
        *signed("f", "madrid", payer=True, payee=False, amount=900, currency="EUR"),
        *signed("f", "quito", payer=False, payee=True, amount=900, currency="EUR"),
        *signed("f", "witness", payer=False, payee=False, amount=900, currency="EUR"),
    ]
    table = {"agreements": agreements(*rows)}
    assert weights(flows(table, events="agreements")) == {("madrid", "quito"): 1.0}
    made = flows(table, events="agreements", weight="amount", currency="EUR")
    assert weights(made) == {("madrid", "quito"): 900.0}
    assert made.nodes == ("madrid", "quito", "witness")


def test_an_amount_is_never_split_among_payers(agreements: Make) -> None:
    rows = signed("f", "a", "b", payer=True, payee=False, amount=900, currency="EUR")
    rows += signed("f", "c", payer=False, payee=True, amount=900, currency="EUR")
    made = flows({"agreements": agreements(*rows)}, events="agreements", weight="amount", currency="EUR")
    assert (weights(made), made.basis.amounts_unknown) == ({}, 2)


@pytest.mark.parametrize("side", [None, False])
def test_funding_without_a_stated_payer_is_unknown(agreements: Make, side: bool | None) -> None:
    rows = signed("f", "a", kind=FUNDING, payer=side, payee=True) + signed(
        "f", "b", kind=FUNDING, payer=side, payee=False
    )
    table = {"agreements": agreements(*rows)}
    assert weights(flows(table, events="agreements")) == {}
    both = flows(table, events="agreements", unknown="both")
    assert weights(both) == {("b", "a"): 1.0}
    assert both.basis.unknown_participations == 2


def test_one_payer_in_two_currencies_is_one_payer(agreements: Make) -> None:
    rows = [
        row
        for amount, currency in ((900, "EUR"), (50, "USD"))
        for row in [
            *signed("f", "a", payer=True, payee=False, amount=amount, currency=currency),
            *signed("f", "b", payer=False, payee=True, amount=amount, currency=currency),
        ]
    ]
    made = flows({"agreements": agreements(*rows)}, events="agreements", weight="amount", currency="USD")
    assert weights(made) == {("a", "b"): 50.0}


def test_a_party_nothing_is_said_of_is_no_city(agreements: Make) -> None:
    rows = signed("t", "a", "b") + signed("t", "x", party_is_city=None)
    made = flows({"agreements": agreements(*rows)}, events="agreements")
    assert (made.nodes, made.basis.other_parties_dropped) == (("a", "b"), 1)


def test_renewals_are_not_counted_again(agreements: Make) -> None:
    rows = [
        *signed("1992", "a", "b", signed="1992"),
        *signed("2009", "a", "b", signed="2009", renews="1992"),
        *signed("2013", "a", "b", signed="2013", renews="2009"),
        *signed("other", "a", "b"),
    ]
    made = flows({"agreements": agreements(*rows)}, events="agreements")
    assert weights(made) == {("a", "b"): 2.0, ("b", "a"): 2.0}
    assert made.basis.renewals_not_counted == 2


def test_a_renewal_stands_where_what_it_renews_is_not_selected(agreements: Make) -> None:
    rows = signed("1992", "a", "b", signed="1992") + signed("2009", "a", "b", signed="2009", renews="1992")
    made = flows({"agreements": agreements(*rows)}, events="agreements", period=("2005", "2010"))
    assert weights(made) == {("a", "b"): 1.0, ("b", "a"): 1.0}
    assert (made.basis.renewals_not_counted, made.basis.end_not_stated_left_out) == (0, 1)


def test_without_an_end_only_the_beginning_is_known(agreements: Make) -> None:
    rows = [
        *signed("old", "a", "b", signed="2010"),
        *signed("ended", "c", "d", start="2010", end="2016-02"),
        *signed("new", "e", "f", signed="2016-05-01"),
        *signed("undated", "g", "h"),
    ]
    made = flows({"agreements": agreements(*rows)}, events="agreements", period=("2016", "2017"))
    assert made.nodes == ("c", "d", "e", "f")
    assert (made.basis.end_not_stated_left_out, made.basis.undated_left_out) == (1, 1)


def test_all_adds_actions_and_agreements(agreements: Make, participations: Make) -> None:
    actions = participations([("e", "a", True, False), ("e", "b", False, True)])
    tables = {"participations": actions, "agreements": agreements(*signed("t", "b", "c"))}
    made = flows(tables, events="all")
    assert weights(made) == {("a", "b"): 1.0, ("b", "c"): 1.0, ("c", "b"): 1.0}
    assert made.basis.selected_events == 2
    assert weights(flows(tables)) == {("a", "b"): 1.0}


def test_all_with_amounts_and_a_period(agreements: Make, participations: Make) -> None:
    actions = participations(
        [("e", "a", True, False), ("e", "b", False, True)],
        amount=[10, None],
        currency=["EUR", None],
        start=["2016"] * 2,
    )
    funding = signed("f", "b", payer=True, payee=False, amount=5, currency="EUR", signed="2016")
    funding += signed("f", "c", payer=False, payee=True, amount=5, currency="EUR", signed="2016")
    tables = {"participations": actions, "agreements": agreements(*funding)}
    made = flows(tables, events="all", weight="amount", currency="EUR", period=("2016", "2016"))
    assert weights(made) == {("a", "b"): 10.0, ("b", "c"): 5.0}


def test_programme_of_an_agreement(agreements: Make) -> None:
    rows = signed("t", "a", "b", part_of=["https://example.org/id/programme/pci"]) + signed("u", "c", "d")
    assert flows({"agreements": agreements(*rows)}, events="agreements", programme="pci").nodes == ("a", "b")


def test_agreements_are_needed_to_count_them(participations: Make) -> None:
    with pytest.raises(ProjectionError, match="There is no table 'agreements'"):
        flows(participations([("e", "a", True, True)]), events="agreements")
