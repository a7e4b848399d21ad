"""What is placed for small drawings: egos, maps, dots on an axis."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.views.equal_earth import equal_earth
from coopgraph.views.profiles.dots import dots
from coopgraph.views.profiles.ego import MOST, ego
from coopgraph.views.profiles.profile import Partner, Reference
from coopgraph.views.profiles.small_map import WIDTH, small_map


def partner(name: str, agreements: int = 1, actions: int = 0) -> Partner:
    return Partner(Reference(f"urn:{name}", name, "", "city"), agreements, actions)


def test_what_passes_decides_who_is_drawn_and_how() -> None:
    many = [partner(f"p{i:02}", agreements=9) for i in range(20)]
    placed = ego([*many, partner("mutual"), partner("gift")], {"urn:mutual": (1, 2), "urn:gift": (0, 1)})
    assert len(placed.spokes) == MOST == 18 and placed.left_out == 4
    assert [(spoke.name, spoke.way) for spoke in placed.spokes[:3]] == [
        ("mutual", "both"),
        ("gift", "received"),
        ("p00", "shared"),
    ]


@given(st.integers(1, 30))
def test_names_of_an_ego_stand_apart(count: int) -> None:
    placed = ego([partner(f"a long name of a city {i}") for i in range(count)], {})
    for side in (True, False):
        heights = sorted(spoke.y for spoke in placed.spokes if spoke.right is side)
        assert all(below - above >= 20 for above, below in pairwise(heights))
    assert all(0 < spoke.y < placed.height and len(spoke.name) <= 21 for spoke in placed.spokes)


PLACES = st.lists(st.tuples(st.floats(-170, 170), st.floats(-60, 70)), min_size=1, max_size=25)


@given(PLACES)
def test_a_map_holds_every_city_and_no_name_covers_another(places: list[tuple[float, float]]) -> None:
    cities = [(Reference(f"urn:{i:02}", f"City number {i}", "", "city"), *at) for i, at in enumerate(places)]
    placed = small_map(cities, [])
    assert placed is not None and len(placed.pins) == len(places) and placed.height <= WIDTH
    assert all(0 <= pin.x <= placed.width and 0 <= pin.y <= placed.height for pin in placed.pins)
    boxes = []
    for pin in placed.pins:
        if pin.name:
            size = len(pin.name) * 6.4
            left = pin.text_x - {"start": 0, "end": size, "middle": size / 2}[pin.anchor]
            boxes.append((left, pin.text_y - 11, left + size, pin.text_y + 3))
    for (l1, t1, r1, b1), (l2, t2, r2, b2) in combinations(boxes, 2):
        assert r1 <= l2 + 0.2 or r2 <= l1 + 0.2 or b1 <= t2 + 0.2 or b2 <= t1 + 0.2


@pytest.mark.parametrize(
    ("long", "lat", "x", "y"),
    [  # as geoEqualEarth of d3-geo 3.1 places them, which draws the explorer's map; there y grows downwards
        (-77.04, -12.05, -1.1462244191707065, -0.24316693069287879),
        (45, 60, 0.5097650218928899, 1.0883008355053194),
        (-120, -35, -1.6464593308296016, -0.6853349163541546),
        (180, 0, 2.7066299836960748, 0),
        (0, 90, 0, 1.3173627591574133),
    ],
)
def test_places_stand_where_the_explorers_map_has_them(long: float, lat: float, x: float, y: float) -> None:
    assert equal_earth(long, lat) == pytest.approx((x, y), abs=1e-9)


@given(st.floats(-170, 170), st.floats(-85, 85))
def test_areas_keep_their_size(long: float, lat: float) -> None:
    """A small square of the globe is as large on the map as on the globe, wherever it lies."""
    half = 0.05
    corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
    on_map = [equal_earth(long + dx, lat + dy) for dx, dy in corners]
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*on_map, on_map[0]])) / 2
    globe = radians(2 * half) * (sin(radians(lat + half)) - sin(radians(lat - half)))
    assert area == pytest.approx(globe, rel=1e-4)


def test_no_place_no_map() -> None:
    assert small_map([], []) is None


def test_land_outside_the_map_is_left_out() -> None:
    lima = (Reference("urn:lima", "Lima", "", "city"), -77.0, -12.0)
    near, far = [(-80.0, -15.0), (-70.0, -15.0), (-70.0, -5.0)], [(100.0, 50.0), (110.0, 50.0), (110.0, 60.0)]
    placed = small_map([lima], [near, far])
    assert placed is not None and placed.land.count("M") == 1


def test_dots_stand_on_the_axis() -> None:
    rows: list[dict[str, float | None]] = [
        {"balance": 0.5, "score_low": -1.0, "score_high": 1.0},
        {"balance": None, "score_low": None, "score_high": None},
        {"balance": 0.0, "score_low": None, "score_high": None},
    ]
    placed = dots(rows, "balance")
    assert [value for value, _ in placed.ticks] == [-1.0, -0.5, 0.0, 0.5, 1.0]
    first, second = placed.rows
    assert (first.low, first.high) == (placed.left, placed.right)
    assert first.x == placed.left + 0.75 * (placed.right - placed.left) and second.low is None
    assert second.x == pytest.approx((placed.left + placed.right) / 2)
