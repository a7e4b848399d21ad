"""Missing-data ranges: the draw, each replicate beside `rank`, and all kept sets of a few events."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from itertools import product
from math import ceil
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, given, settings

import coopgraph as cg
from coopgraph.errors import MeasureError
from coopgraph.network.flows import contributions
from coopgraph.network.measures import MEASURES
from coopgraph.network.sensitivity.draws import draws, keys
from coopgraph.network.sensitivity.loss import Loss
from coopgraph.network.sensitivity.ranges import UNRANKED, _table, ranges, ranked, replicates
from coopgraph.network.sensitivity.resampled import resampled

Make = Callable[..., pa.Table]
VISIT, SAO = "https://example.org/id/action/visit", "https://example.org/id/action/são-paulo"


def test_the_generator_is_splitmix64() -> None:
    """The first outputs from state 1234567, as published with the reference code."""
    published = (6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431)
    state = np.array([1234567], dtype=np.uint64)
    assert draws(state, 0, 4).ravel().tolist() == [(number >> 11) / 2**53 for number in published]


def test_the_keys_any_engine_must_find() -> None:
    found = [f"{key:016x}" for seed in (0, 7) for key in keys([VISIT, SAO], seed).tolist()]
    assert found == ["971bb7e0f8a61d76", "35014d54000ab9fa", "400528c01b0bcbb4", "f9bd0678bcf0373a"]


def test_a_draw_depends_on_nothing_else() -> None:
    whole = draws(keys([VISIT, SAO], 0), 0, 50)
    assert (draws(keys([SAO], 0), 20, 30) == whole[1:, 20:30]).all()
    many = draws(keys([f"{VISIT}/{number}" for number in range(200)], 3), 0, 1000)
    assert abs((many < 0.9).mean() - 0.9) < 0.002
    assert abs(np.corrcoef(many[0], many[1])[0, 1]) < 0.1


def synthetic(participations: Make, **columns: Any) -> pa.Table:
    """Forty events among thirty cities, roles of every kind."""
    random = np.random.default_rng(5)
    rows = [
        (f"https://example.org/e{event}", f"https://example.org/c{city}", gives, gets)
        for event in range(40)
        for city, gives, gets in zip(
            random.choice(30, random.integers(1, 7), replace=False),
            random.choice(np.array([True, False, None]), 7),
            random.choice(np.array([True, True, False, None]), 7),
            strict=False,
        )
    ]
    money = [Decimal(int(cents)) / 100 for cents in random.integers(50, 900_000, len(rows))]
    return participations(rows, amount=money, currency=["EUR"] * len(rows))


@pytest.mark.parametrize("options", [{}, {"unknown": "both"}, {"weight": "amount", "currency": "EUR"}])
def test_each_replicate_is_what_rank_says_of_its_events(participations: Make, options: Any) -> None:
    """Every measure to 1e-12, and the ranks by one measure after the other."""
    table = synthetic(participations)
    made = contributions(table, **options)
    network = resampled(made)
    named = keys(network.events, 11)
    drawn = {measure: replicates(network, measure, named, 0.7, 0, 20) for measure in MEASURES}
    events = sorted(set(table["event"].to_pylist()))
    kept = draws(keys(events, 11), 0, 20) < 0.7
    for number in range(20):
        by = MEASURES[number % len(MEASURES)]
        those = pa.array([event for event, there in zip(events, kept[:, number], strict=True) if there])
        part = table.filter(pc.is_in(table["event"], those))
        found = cg.rank(part, measure=by, nodes=made.flows.nodes, **options)
        ranking = found.table.sort_by("city")
        for measure in MEASURES:
            expected = ranking[measure].to_numpy().astype(float)
            np.testing.assert_allclose(drawn[measure][:, number], expected, rtol=1e-13, atol=1e-12)
        places = [UNRANKED if place is None else place for place in ranking["rank"].to_pylist()]
        assert ranked(drawn[by][:, [number]]).ravel().tolist() == places, by


def test_ranges_beside_every_kept_set_of_a_few_events(participations: Make, four_events: list[Any]) -> None:
    """The exact distribution: 2^4 kept sets, each with probability 0.8^k 0.2^(4-k)."""
    table = participations(four_events)
    cities, events = ["A", "B", "C"], ["e1", "e2", "e3", "e4"]
    measures = ("peer_exchange", "given", "generalised_exchange", "balance")
    chances: dict[tuple[str, str], list[tuple[float | None, float]]] = {
        each: [] for each in product(measures, cities)
    }
    for there in product((True, False), repeat=4):
        those = pa.array([event for event, stays in zip(events, there, strict=True) if stays], pa.string())
        part = table.filter(pc.is_in(table["event"], those))
        found = {row["city"]: row for row in cg.rank(part, nodes=cities).table.to_pylist()}
        for measure, city in chances:
            chance = 0.8 ** sum(there) * 0.2 ** (4 - sum(there))
            chances[measure, city].append((found[city][measure], chance))
    made = ranges(table, measure=measures, keep=0.8, replicates=20_000).table.to_pylist()
    assert len(made) == len(chances)
    for row in made:
        of_row = chances[row["measure"], row["city"]]
        known = sorted((score, chance) for score, chance in of_row if score is not None)
        defined = sum(chance for _, chance in known)
        assert row["defined_share"] == pytest.approx(defined, abs=0.01)
        for name, share in (("score_low", 0.05), ("score_high", 0.95)):
            near = [quantile(known, (share + off) * defined) for off in (-0.008, 0, 0.008)]
            assert min(abs(row[name] - value) for value in near) < 1e-12


def quantile(known: list[tuple[float, float]], share: float) -> float:
    """The smallest value reached with at least this chance."""
    so_far = 0.0
    for value, chance in known:
        so_far += chance
        if so_far >= share:
            return value
    return known[-1][0]


def test_a_tenth_of_one_event_is_one_event_or_none(participations: Make) -> None:
    table = participations([("e", "a", True, True), ("e", "b", True, True), ("f", "c", True, True)])
    row = ranges(table, replicates=1000).table.to_pylist()[0]
    share = float((draws(keys(["e"], 0), 0, 1000) < 0.9).mean())
    assert row["city"] == "a" and 0.87 < share < 0.93
    assert (row["score_low"], row["score_high"]) == (0.0, 0.5)
    assert (row["rank_low"], row["rank_high"], row["top_share"], row["defined_share"]) == (1, 1, 1.0, 1.0)
    undefined = ranges(table, measure="reciprocity").table.to_pylist()
    assert undefined[0]["defined_share"] == undefined[0]["top_share"] == share
    assert (undefined[0]["score_low"], undefined[0]["rank_high"]) == (1.0, 1)
    assert undefined[2] == {
        **dict.fromkeys(undefined[2], None),
        "measure": "reciprocity",
        "city": "c",
        "top_share": 0.0,
        "defined_share": 0.0,
    }


def test_percentiles_are_values_that_were_reached() -> None:
    """Of 20 values the 1st and the 19th; of 19 defined ones (0.95 and 18.05) the 1st and the 19th."""
    scores = np.array([np.arange(20.0), [np.nan, *np.arange(19.0)]])
    table = _table(scores, ranked(scores), Loss(replicates=20))
    assert table["score_low"].to_pylist() == [0.0, 0.0]
    assert table["score_high"].to_pylist() == [18.0, 18.0]
    assert ceil(0.95 * 20) == 19 == ceil(0.95 * 19)


def test_nothing_lost_is_the_ranking_itself(participations: Make, four_events: list[Any]) -> None:
    table = participations([*four_events, ("e5", "D", None, None)])
    whole = {row["city"]: row for row in cg.rank(table).table.to_pylist()}
    for row in ranges(table, keep=1, replicates=3, first=2).table.to_pylist():
        beside = whole[row["city"]]
        assert row["score_low"] == row["score_high"] == beside["peer_exchange"]
        assert row["rank_low"] == row["rank_high"] == beside["rank"]
        assert row["top_share"] == (beside["rank"] <= 2)


def test_chunks_and_the_order_of_rows_change_nothing(
    participations: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = synthetic(participations)
    whole = ranges(table, measure=MEASURES, replicates=50).table
    assert len(whole) == len(MEASURES) * len(set(table["city"].to_pylist()))
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(import_module("coopgraph.network.sensitivity.ranges"), "MEMORY", 0)
    turned = table.take(pa.array(range(len(table) - 1, -1, -1)))
    said = lambda done, count: told.append((done, count))  # noqa: E731
    again = ranges(turned, measure=MEASURES, replicates=50, progress=said).table
    assert again == whole
    assert told[:2] == [(1, 50), (2, 50)] and len(told) == 50 * len(MEASURES)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from("efgh"),
            st.sampled_from("abcd"),
            st.sampled_from((True, False, None)),
            st.booleans(),
        ),
        max_size=16,
    )
)
def test_lost_events_never_add_partners_or_gifts(
    participations: Make, rows: list[tuple[str, str, bool | None, bool]]
) -> None:
    table = participations(rows)
    whole = {row["city"]: row for row in cg.rank(table).table.to_pylist()}
    made = ranges(table, measure=("given", "received", "partners"), replicates=20).table.to_pylist()
    assert len(made) == 3 * len(whole)
    for row in made:
        assert row["score_low"] <= row["score_high"] <= whole[row["city"]][row["measure"]] + 1e-12


def test_equal_sums_in_another_order_share_a_rank() -> None:
    assert ranked(np.array([[0.1 + 0.2 + 0.3], [0.3 + 0.2 + 0.1]])).ravel().tolist() == [1, 1]
    many = np.array([[1e6 / 3 * 3], [sum([1e6 / 3] * 3)], [1e6 + 1e-6], [np.nan]])
    assert ranked(many).ravel().tolist() == [2, 2, 1, UNRANKED]


def test_without_any_event(participations: Make) -> None:
    assert len(ranges(participations([])).table) == 0
    alone = ranges(participations([("e", "a", True, True)]), measure="balance").table.to_pylist()
    assert alone[0]["score_low"] is None and alone[0]["top_share"] == 0.0


def test_every_wrong_option_is_named() -> None:
    with pytest.raises(MeasureError) as refused:
        ranges(pa.table({}), measure="betweenness", keep=0, replicates=0, seed=-1, first=0)
    assert len(refused.value.faults) == 5


def test_what_a_range_is_is_said() -> None:
    said = Loss(keep=0.8, replicates=5000, seed=3, first=5).sentence()
    for words in ("0.8", "5,000", "seed 3", "no confidence intervals", "lean downward", "first 5"):
        assert words in said


def test_hashes_that_meet_change_nothing(participations: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    table = synthetic(participations)
    monkeypatch.setattr("coopgraph.network.sensitivity.draws.mixed", lambda numbers: numbers * np.uint64(0))
    alike = resampled(contributions(table))
    assert len(alike.flows.starts) == len(contributions(table).flows.edges) + 2
    monkeypatch.undo()
    fewer = resampled(contributions(table))
    assert len(fewer.flows.starts) < len(alike.flows.starts)
    named = keys(fewer.events, 0)
    for measure in MEASURES:
        one, other = (replicates(network, measure, named, 0.9, 0, 20) for network in (alike, fewer))
        np.testing.assert_allclose(one, other, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("pays", [0, 10**9])
def test_with_and_without_scipy_it_is_the_same(
    participations: Make, monkeypatch: pytest.MonkeyPatch, pays: int
) -> None:
    network = resampled(contributions(synthetic(participations)))
    named = keys(network.events, 0)
    plain = {measure: replicates(network, measure, named, 0.9, 0, 20) for measure in MEASURES}
    monkeypatch.setattr("coopgraph.network.sensitivity.resampled.SCIPY_PAYS", pays)
    for measure, expected in plain.items():
        found = replicates(network, measure, named, 0.9, 0, 20)
        np.testing.assert_allclose(found, expected, rtol=1e-13, atol=1e-13)
