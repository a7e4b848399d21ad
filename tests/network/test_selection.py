"""The filters of flows: each selects events, and says what it left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from coopgraph.errors import ProjectionError
from coopgraph.network import flows

Make = Callable[..., pa.Table]
LINE = "https://w3id.org/coopgraph/concept/strategic-line/"


def pair(event: str) -> list[Any]:
    return [(event, f"{event}1", True, True), (event, f"{event}2", True, True)]


def selected(table: Any, **options: Any) -> str:
    """The events that gave an edge: each test's events have cities of their own."""
    return "".join(sorted({edge["source"][0] for edge in flows(table, **options).edges.to_pylist()}))


def dated(make: Make, **dates: tuple[str | None, str | None]) -> pa.Table:
    rows = [row for event in dates for row in pair(event)]
    ends = [stated for event in dates for stated in [dates[event]] * 2]
    return make(rows, start=[start for start, _ in ends], end=[end for _, end in ends])


DATES: dict[str, tuple[str | None, str | None]] = {
    "a": ("2014", "2015"),
    "b": ("2015", "2016"),
    "c": ("2016-05", None),
    "d": ("2018-03-01", "2018-03-02"),
    "e": (None, "2017"),
    "f": (None, "2020"),
    "g": (None, None),
    "h": ("", ""),
}


@pytest.mark.parametrize(
    ("period", "events", "undated"),
    [
        (("2016", "2017"), "bce", 3),
        ((date(2016, 1, 1), date(2016, 4, 30)), "b", 4),
        (("2018-03-02", "2018-03-02"), "cd", 3),
        (("2018-03-03", None), "cf", 2),
        ((None, "2014"), "a", 4),
        ((None, None), "abcdef", 2),
    ],
)
def test_period_overlaps(participations: Make, period: Any, events: str, undated: int) -> None:
    table = dated(participations, **DATES)
    assert selected(table, period=period) == events
    assert flows(table, period=period).basis.undated_left_out == undated


def test_undated_events_stay_without_a_period(participations: Make) -> None:
    table = dated(participations, **DATES)
    assert selected(table) == "abcdefgh"
    assert flows(table).basis.undated_left_out == 0


@pytest.mark.parametrize(
    ("sdg", "events"),
    [
        ("11", "ab"),
        (11, "ab"),
        ("1", "d"),
        ("11.3", "b"),
        ("http://metadata.un.org/sdg/17", "c"),
        (["sdg:17", "11.A"], "ac"),
    ],
)
def test_a_goal_is_met_by_its_targets(participations: Make, sdg: Any, events: str) -> None:
    stated = {"a": ["11.a", "11"], "b": ["11.3"], "c": ["17"], "d": ["1"], "e": [], "f": None}
    rows = [row for event in stated for row in pair(event)]
    iris = [codes and [f"http://metadata.un.org/sdg/{code}" for code in codes] for codes in stated.values()]
    table = participations(rows, sdgs=[codes for codes in iris for _ in range(2)])
    assert selected(table, sdg=sdg) == events


@pytest.mark.parametrize("wanted", ["gender-equality", f"{LINE}gender-equality", ["gender-equality"] * 2])
def test_strategic_line_by_iri_or_last_part(participations: Make, wanted: Any) -> None:
    lines = [[f"{LINE}gender-equality"], None, [f"{LINE}institutional-strengthening"]]
    rows = [row for event in "abc" for row in pair(event)]
    table = participations(rows, strategic_line=[line for line in lines for _ in range(2)])
    assert selected(table, strategic_line=wanted) == "a"


def test_programme_as_text_or_list(participations: Make) -> None:
    programmes = ["https://example.org/id/programme/iuc", None, "https://example.org/id/programme/not-iuc"]
    rows = [row for event in "abc" for row in pair(event)]
    table = participations(rows, programme=[programme for programme in programmes for _ in range(2)])
    assert selected(table, programme="iuc") == "a"
    lists = pa.array([one and [one] for one in table.column("programme").to_pylist()], pa.list_(pa.string()))
    position = table.column_names.index("programme")
    assert selected(table.set_column(position, "programme", lists), programme="iuc") == "a"


def test_country_selects_whole_events(participations: Make) -> None:
    rows = [*pair("a"), *pair("b"), ("a", "b1", True, True)]
    cities = pa.table({"city": ["a1", "a2", "b1", "b2"], "country": ["ES", "PT", "BO", "BO"]})
    made = flows({"participations": participations(rows), "cities": cities}, country="es")
    assert made.nodes == ("a1", "a2", "b1")
    assert made.basis.filters == (("country", "ES"),)
    assert made.edges.column("weight").to_pylist() == [0.5] * 6


def test_filters_are_named_in_the_basis(participations: Make) -> None:
    said = flows(participations(pair("a"), sdgs=[None, None]), sdg=["11", "17"], period=("2016", None)).basis
    assert said.filters == (("period", "2016-01-01 to now"), ("sdg", "11 or 17"))
    nothing, selected_first, *_ = said.sentences()
    assert nothing == (
        "Nothing in the data matches period 2016-01-01 to now and sdg 11 or 17: no event is selected."
    )
    assert selected_first.startswith("Selected: actions, period 2016-01-01 to now, sdg 11 or 17;")


def test_values_no_goal_or_country_can_have_are_refused_together(participations: Make) -> None:
    with pytest.raises(ProjectionError) as refused:
        flows(participations(pair("a")), sdg=[18, "11.3", "x"], country=["Spain", "ES"])
    assert [str(fault) for fault in refused.value.faults] == [
        "'18' is no SDG. Write a goal from 1 to 17, or a target like 11.3 or 11.a.",
        "'x' is no SDG. Write a goal from 1 to 17, or a target like 11.3 or 11.a.",
        "'Spain' is no country. Write an ISO code of two letters, like ES.",
    ]
