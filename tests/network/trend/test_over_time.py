"""Measures over time: worked windows, equality with separate rankings, growth, and what cannot be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.errors import MeasureError, ProjectionError
from coopgraph.network import Trend, over_time, rank
from coopgraph.network.measures import MEASURES

Make = Callable[..., pa.Table]
Rows = list[tuple[str, str, bool | None, bool | None]]
DATES = {
    "e1": ("2016", "2016"),
    "e2": ("2016-11", "2017-02-01"),
    "e3": ("2017", "2017"),
    "e4": ("2018", None),
}


def dated(
    make: Make, rows: Rows, dates: Mapping[str, tuple[str | None, str | None]], **columns: list[Any]
) -> pa.Table:
    start, end = ([dates.get(row[0], (None, None))[side] for row in rows] for side in (0, 1))
    return make(rows, start=start, end=end, **columns)


def scores(trend: Trend, column: str) -> dict[tuple[str, str], Any]:
    return {(row["window"], row["city"]): row[column] for row in trend.table.to_pylist()}


def equal_to_separate_rankings(trend: Trend, table: Any, nodes: list[str], **options: Any) -> None:
    rows = trend.table.to_pylist()
    for window, row in zip(trend.windows, trend.growth.to_pylist(), strict=True):
        period = (f"{window.first:04}", f"{window.last:04}")
        alone = rank(table, nodes=nodes, period=period, measure=trend.measure, **options)
        here = [{k: r[k] for k in alone.table.column_names} for r in rows if r["window"] == str(window)]
        for mine, theirs in zip(here, alone.table.to_pylist(), strict=True):
            assert mine == pytest.approx(theirs, abs=1e-12)
        said = alone.basis
        assert (row["events"], row["participations"]) == (said.selected_events, said.participations)
        assert row["undated"] == said.undated_left_out
        assert row["mutual_share"] == pytest.approx(alone.mutual_share)


def test_three_years_of_the_definition(participations: Make, four_events: Rows) -> None:
    trend = over_time(dated(participations, four_events, DATES))
    assert [str(window) for window in trend.windows] == ["2016", "2017", "2018"]
    exchange = scores(trend, "peer_exchange")
    assert [exchange["2016", city] for city in "ABC"] == [1, 1, 1]
    assert [exchange["2017", city] for city in "ABC"] == pytest.approx([2 / 3, 5 / 6, 5 / 6], abs=1e-12)
    assert [exchange["2018", city] for city in "ABC"] == [0, 0, 0]
    assert [scores(trend, "events")["2016", city] for city in "ABC"] == [2, 2, 1]
    assert [scores(trend, "given")["2018", city] for city in "ABC"] == [0, 1, 1]
    assert [row["city"] for row in trend.table.to_pylist() if row["window"] == "2017"] == ["B", "C", "A"]


def test_v_is_every_city_of_any_window(participations: Make, four_events: Rows) -> None:
    rows = [*four_events, ("e5", "D", True, True), ("e5", "A", True, True), ("old", "Z", True, True)]
    dates = DATES | {"e5": ("2018", "2018"), "old": ("1999", "1999")}
    trend = over_time(dated(participations, rows, dates), first=2016)
    assert trend.basis.nodes == 4
    assert scores(trend, "peer_exchange")["2016", "A"] == pytest.approx(2 / 3)  # of three others, two
    assert scores(trend, "peer_exchange")["2016", "D"] == 0
    assert scores(trend, "reciprocity")["2016", "D"] is None
    assert scores(trend, "events")["2016", "D"] == 0
    assert trend.growth.column("new_cities").to_pylist() == [3, 0, 1]


def test_growth(participations: Make, four_events: Rows) -> None:
    rows = [*four_events, ("x", "D", True, True), ("x", "E", True, True), ("?", "F", True, True)]
    growth = over_time(dated(participations, rows, DATES | {"x": ("2018", "2019")})).growth.to_pydict()
    assert growth["window"] == ["2016", "2017", "2018", "2019"]
    assert growth["events"] == [2, 2, 2, 2]
    assert growth["participations"] == [5, 6, 5, 5]
    assert growth["cities"] == [3, 3, 5, 5]
    assert growth["new_cities"] == [3, 0, 2, 0]
    assert growth["dyads"] == [3, 3, 3, 3]
    assert growth["mutual_dyads"] == [3, 3, 1, 1]
    assert growth["mutual_share"] == [1, 1, 0.5, 0.5]
    assert growth["weight"] == pytest.approx([5, 4, 4, 4])
    assert growth["components"] == [1, 1, 2, 2]
    assert growth["largest"] == [3, 3, 3, 3]
    assert growth["going_on"] == [0, 0, 0, 1]
    assert growth["undated"] == [1, 1, 1, 1]
    assert growth["undated_share"] == pytest.approx([1 / 3] * 4)
    assert growth["mean_peer_exchange"] == pytest.approx([0.3, 7 / 30, 0.1, 0.1])


def test_what_is_undated_or_has_no_end_is_said(participations: Make, four_events: Rows) -> None:
    rows = [*four_events, ("?", "A", True, True), ("x", "A", True, True)]
    said = " ".join(over_time(dated(participations, rows, DATES | {"x": ("2019", "2020")})).sentences())
    assert "5 windows of one year, one each year: 2016 to 2020." in said
    assert "Undated: 1 of 6 events (17%)" in said
    assert "up to 1 of a window's events began before it and state no end" in said


def test_rolling_windows_and_a_step_that_leaves_a_year_over(participations: Make, four_events: Rows) -> None:
    table = dated(participations, four_events, DATES)
    assert [str(window) for window in over_time(table, window=2).windows] == ["2016/2017", "2017/2018"]
    trend = over_time(table, window=2, step=2)
    assert [str(window) for window in trend.windows] == ["2016/2017"]
    assert "2018 no window reaches: step and length leave it over." in trend.sentences()
    assert scores(trend, "events")["2016/2017", "A"] == 3


def test_equals_separate_rankings_of_agreements_and_renewals(agreements: Make) -> None:
    def signed(name: str, *parties: str, **stated: Any) -> list[dict[str, Any]]:
        return [{"agreement": name, "party": party, "kind": "memorandum", **stated} for party in parties]

    table = agreements(
        *signed("a", "A", "B", signed="2010", end="2013"),
        *signed("b", "A", "B", start="2013-05", end="2015", renews="a"),
        *signed("c", "B", "C", signed="2011-05-31"),
        *signed("d", "C", "D", end="2014"),
        *signed("e", "D", "E"),
    )
    trend = over_time({"agreements": table}, events="agreements", window=2, measure="reciprocity")
    equal_to_separate_rankings(trend, {"agreements": table}, list("ABCD"), events="agreements")
    assert trend.growth.column("events").to_pylist() == [2, 2, 1, 2, 2]
    assert trend.basis.nodes == 4


YEARS = st.sampled_from([None, "2010", "2011-05", "2012-01-31", "2014"])
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["e1", "e2", "e3", "e4"]),
        st.sampled_from("ABCDE"),
        st.sampled_from([True, False, None]),
        st.sampled_from([True, False, None]),
    ),
    min_size=1,
    max_size=16,
)


@settings(max_examples=12, deadline=None)
@given(
    rows=ROWS,
    dates=st.tuples(*(st.tuples(YEARS, YEARS) for _ in range(4))),
    window=st.integers(1, 3),
    unknown=st.sampled_from(["exclude", "both"]),
    measure=st.sampled_from(MEASURES),
)
def test_equals_separate_rankings(
    rows: Rows, dates: tuple[tuple[str | None, str | None], ...], window: int, unknown: Any, measure: str
) -> None:
    of = {f"e{place}": pair for place, pair in enumerate(dates, 1)}
    columns = {
        name: pa.array([row[place] for row in rows], kind)
        for place, (name, kind) in enumerate(
            {
                "event": pa.string(),
                "city": pa.string(),
                "contributes": pa.bool_(),
                "benefits": pa.bool_(),
            }.items()
        )
    }
    for side, name in enumerate(("start", "end")):
        columns[name] = pa.array([of[row[0]][side] for row in rows], pa.string())
    table = pa.table(columns)
    trend = (
        over_time(
            table, first=2010, last=2014, window=window, unknown=unknown, measure=measure, nodes=list("ABCDE")
        )
        if any(day for row in rows for day in of[row[0]])
        else None
    )
    if trend is not None:
        equal_to_separate_rankings(trend, table, list("ABCDE"), unknown=unknown)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"window": 0}, "window=0 is no number of years. Give 1 or more."),
        ({"step": -1}, "step=-1 is no number of years."),
        ({"first": 2018, "last": 2016}, "2018 to 2016 ends before it begins."),
        ({"window": 9}, "A window of 9 years is longer than 2016 to 2018, 3 years."),
        ({"first": 1016}, "1016 to 2018 are 1003 windows, more than 400."),
        ({"period": ("2016", "2017")}, "Give the years by first and last."),
        ({"country": "ESP"}, "'ESP' is no country."),
    ],
)
def test_windows_that_cannot_be(
    participations: Make, four_events: Rows, options: dict[str, Any], said: str
) -> None:
    with pytest.raises(ProjectionError) as refused:
        over_time(dated(participations, four_events, DATES), **options)
    assert said in str(refused.value)


def test_no_date_and_dates_that_are_none(participations: Make, four_events: Rows) -> None:
    with pytest.raises(ProjectionError, match="None of the selected events states when it was"):
        over_time(participations(four_events))
    with pytest.raises(ProjectionError, match=r"'n\.d\.' is no date\. Write 2017"):
        over_time(dated(participations, four_events, DATES | {"e1": ("n.d.", None)}))
    with pytest.raises(ProjectionError, match="column 'start' is missing"):
        over_time(participations(four_events).drop_columns(["start", "end"]))


def test_an_unknown_measure(participations: Make, four_events: Rows) -> None:
    with pytest.raises(MeasureError, match="The measure 'fame' is not known"):
        over_time(dated(participations, four_events, DATES), measure="fame")


def test_the_first_cities_and_their_series(participations: Make, four_events: Rows) -> None:
    trend = over_time(dated(participations, four_events, DATES), measure="reciprocity")
    assert trend.first_cities(2) == ["B", "C"]
    assert [point.score for point in trend.series("A")] == pytest.approx([1, 2 / 3, 0])
    assert trend.series("Nowhere") == ()
    assert trend.of(["B"]).column("city").to_pylist() == ["B"] * 3


def test_rows_in_another_order_give_the_same(participations: Make, four_events: Rows) -> None:
    there = over_time(dated(participations, four_events, DATES))
    back = over_time(dated(participations, four_events[::-1], DATES))
    assert there.table.equals(back.table) and there.growth.equals(back.growth)
