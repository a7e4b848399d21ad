"""Shortest ways on the globe: as long as the haversine formula says, and cut where the map ends."""

from __future__ import annotations

import itertools
from math import asin, cos, degrees, radians, sin, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coopgraph.exports.network.lines import Point, great_circle
from coopgraph.exports.network.model import united

places = st.tuples(
    st.floats(-180, 180, allow_nan=False).map(lambda x: round(x, 3)),
    st.floats(-85, 85, allow_nan=False).map(lambda y: round(y, 3)),
)


def _apart(a: Point, b: Point) -> float:
    """Return degrees of arc by the haversine formula."""
    dy, dx = radians(b[1] - a[1]), radians(b[0] - a[0])
    h = sin(dy / 2) ** 2 + cos(radians(a[1])) * cos(radians(b[1])) * sin(dx / 2) ** 2
    return degrees(2 * asin(min(1.0, sqrt(h))))


@given(places, places)
def test_the_parts_are_the_shortest_way(a: Point, b: Point) -> None:
    assume(0.01 < _apart(a, b) < 179)
    parts = great_circle(a, b)
    assert (parts[0][0], parts[-1][-1]) == (a, b)
    steps = [(p, q) for part in parts for p, q in itertools.pairwise(part)]
    assert sum(_apart(p, q) for p, q in steps) == pytest.approx(_apart(a, b), abs=0.05)
    assert all(_apart(p, q) <= 5.001 for p, q in steps)
    for left, right in itertools.pairwise(parts):
        assert {left[-1][0], right[0][0]} == {-180.0, 180.0} and left[-1][1] == right[0][1]
    assert all(abs(q[0] - p[0]) <= 180 for p, q in steps)


def test_known_places() -> None:
    lisbon, wellington, lima = (-9.1, 38.7), (174.8, -41.3), (-77.0, -12.0)
    assert len(great_circle(lisbon, lima)) == 1
    west, east = great_circle(wellington, lima)
    assert west[0] == wellington and west[-1][0] == 180.0 and east[0][0] == -180.0 and east[-1] == lima
    assert great_circle(lima, lima) == [[lima, lima]]


@given(
    st.lists(st.tuples(st.sampled_from(["", "2010", "2012", "2014"]), st.sampled_from(["", "2015", "2017"])))
)
def test_united_spans_cover_what_the_spans_cover(spans: list[tuple[str, str]]) -> None:
    def covers(within: list[tuple[str, str]], year: str) -> bool:
        return any(start <= year and (not end or year <= end) for start, end in within)

    found = united(spans)
    for year in ("2009", "2011", "2013", "2015", "2016", "2018"):
        assert covers(spans, year) == covers(list(found), year)
    assert all(a[1] and a[1] < b[0] for a, b in itertools.pairwise(found))
