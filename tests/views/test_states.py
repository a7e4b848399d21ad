"""The state of an agreement on a day: worked examples, and what must hold of any dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.views.timeline.states import STATES, Dates, Period, period_on, window

D = date


@pytest.mark.parametrize(
    "dates, day, expected",
    [
        (Dates(), D(2020, 1, 1), Period(("date-not-stated",))),
        (Dates(window("2016-05-31")), D(2016, 5, 30), Period(("not-yet-in-force",), None, D(2016, 5, 30))),
        (Dates(window("2016-05-31")), D(2016, 5, 31), Period(("end-not-stated",), D(2016, 5, 31))),
        (
            Dates(window("2016")), D(2016, 6, 1),
            Period(("not-yet-in-force", "end-not-stated"), D(2016, 1, 1), D(2016, 12, 30)),
        ),
        (
            Dates(window("2016"), window("2019")), D(2018, 1, 1),
            Period(("in-force",), D(2016, 12, 31), D(2019, 1, 1)),
        ),
        (
            Dates(window("2016"), window("2019")), D(2019, 1, 2),
            Period(("in-force", "expired"), D(2019, 1, 2), D(2019, 12, 31)),
        ),
        (Dates(window("2016"), window("2019")), D(2020, 1, 1), Period(("expired",), D(2020, 1, 1))),
        # a year in which it both begins and ends: anything
        (
            Dates(window("2025"), window("2025")), D(2025, 6, 1),
            Period(("in-force", "not-yet-in-force", "expired"), D(2025, 1, 2), D(2025, 12, 30)),
        ),
        (Dates(None, window("2019-06")), D(2019, 7, 1), Period(("expired",), D(2019, 7, 1))),
        (
            Dates(None, window("2019-06")), D(2000, 1, 1),
            Period(("in-force", "not-yet-in-force"), None, D(2019, 6, 1)),
        ),
        (
            Dates(window("1990"), window("1999-06"), renewed=(window("2001-01-01"),)), D(2000, 7, 1),
            Period(("expired",), D(1999, 7, 1), D(2000, 12, 31)),
        ),
        (
            Dates(window("1990"), window("1999-06"), renewed=(window("2001-01-01"),)), D(2001, 1, 1),
            Period(("renewed",), D(2001, 1, 1)),
        ),
        (
            Dates(window("1990"), renewed=(None,)), D(2020, 1, 1),
            Period(("end-not-stated", "renewed"), D(1990, 12, 31)),
        ),
        (
            Dates(window("2005"), replaced=(window("2010"),)), D(2011, 1, 1),
            Period(("replaced",), D(2010, 12, 31)),
        ),
        (
            Dates(window("2000"), window("9999")), D(2020, 1, 1),
            Period(("in-force",), D(2000, 12, 31), D(9999, 1, 1)),
        ),
    ],
)  # fmt: skip
def test_a_state_holds_between_days(dates: Dates, day: date, expected: Period) -> None:
    assert period_on(dates, day) == expected


texts = st.one_of(
    st.integers(1, 9999).map(lambda year: f"{year:04}"),
    st.dates(D(1, 1, 1), D(9999, 12, 31)).map(lambda day: day.isoformat()[:7]),
    st.dates().map(date.isoformat),
    st.just(""),
)
many = st.lists(texts.map(window), max_size=2).map(tuple)


@given(st.builds(Dates, texts.map(window), texts.map(window), many, many), st.dates())
def test_each_precise_reading_is_possible_and_the_period_ends_where_it_says(dates: Dates, day: date) -> None:
    """Every way to make the dates precise gives one of the states, and the days around it others."""
    found = period_on(dates, day)
    assert found.could_be and set(found.could_be) <= set(STATES)
    assert found.since is None or found.since <= day
    assert found.until is None or found.until >= day
    for end in (0, 1):
        precise = Dates(
            _ends(dates.begins, end),
            _ends(dates.ends, end),
            tuple(_ends(days, end) for days in dates.renewed),
            tuple(_ends(days, end) for days in dates.replaced),
        )
        assert set(period_on(precise, day).could_be) <= set(found.could_be)
    for inside in (found.since or day, found.until or day):
        assert period_on(dates, inside) == found
    if found.since:
        assert period_on(dates, found.since - timedelta(1)).could_be != found.could_be
    if found.until:
        assert period_on(dates, found.until + timedelta(1)).could_be != found.could_be


def _ends(days: tuple[date, date] | None, end: int) -> tuple[date, date] | None:
    return (days[end], days[end]) if days else None
