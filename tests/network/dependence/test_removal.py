"""What remains after a removal: worked values, separate runs as oracle, properties, wrong names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coopgraph.errors import MeasureError, ProjectionError
from coopgraph.network import dependence, dependence_of_each, rank

Make = Callable[..., pa.Table]
Rows = list[tuple[str, str, bool | None, bool | None]]
ORGANISER = {"e1": "net/x", "e2": "net/y", "e3": "net/x"}
PROGRAMME = {"e1": "prog/p", "e2": "prog/p", "e4": "prog/q"}


def table_of(rows: Rows) -> pa.Table:
    columns = {
        name: pa.array([row[place] for row in rows], kind)
        for place, (name, kind) in enumerate(
            (
                ("event", pa.string()),
                ("city", pa.string()),
                ("contributes", pa.bool_()),
                ("benefits", pa.bool_()),
            )
        )
    }
    for name, of in (("organiser", ORGANISER), ("programme", PROGRAMME)):
        named = [[of[row[0]]] if row[0] in of else [] for row in rows]
        columns[name] = pa.array(named, pa.list_(pa.string()))
    return pa.table(columns)


def by_city(table: pa.Table, *columns: str) -> dict[str, tuple[Any, ...]]:
    return {row["city"]: tuple(row[name] for name in columns) for row in table.to_pylist()}


def test_without_a_city(four_events: Rows) -> None:
    told = dependence(table_of(four_events), without=["C"])
    scores = by_city(told.table, "before", "after", "rank_before", "rank_after", "partners_after")
    assert set(scores) == {"A", "B"}
    assert scores["A"] == pytest.approx((76 / 90, 8 / 9 / 2, 2, 1, 1), abs=1e-12)  # A to B 2, B to A 5/2
    assert scores["B"] == pytest.approx((17 / 18, 8 / 9 / 2, 1, 1, 1), abs=1e-12)
    assert told.dyads.to_pylist() == [
        {"city": "A", "other": "C", "mutual": True, "removed": True},
        {"city": "B", "other": "C", "mutual": True, "removed": True},
    ]
    assert (told.before.dyads, told.after.dyads) == (3, 1)
    assert told.left_alone == () and told.events.num_rows == 0
    assert "Removed: C (city). With it go all participations of 1 city." in told.sentences()
    assert (
        "same V of 3 cities. A removed city is a place left empty in it. Ranks are among the 2 cities"
        in " ".join(told.sentences())
    )


def test_without_what_a_network_organises(four_events: Rows) -> None:
    told = dependence(table_of(four_events), without=["y"])  # e2: all B and C have
    assert told.removed.events == ("e2",) and told.removed.things == (("net/y", "net/y", ("network",)),)
    assert told.events.to_pylist() == [{"event": "e2", "removed": True}]
    assert told.dyads.to_pylist() == [{"city": "B", "other": "C", "mutual": True, "removed": False}]
    scores = by_city(told.table, "before", "after", "change")
    assert scores["B"][1] == pytest.approx(2 * 3 / 2 / (3 / 2 + 2) / 2)  # A to B 3/2, B to A 2
    assert told.table.column("city").to_pylist() == ["C", "B", "A"]  # each of B and C loses the other
    said = " ".join(told.sentences())
    assert "Lost: 1 of 3 pairs of cities, 1 of them mutual. Every city that had a partner" in said
    assert "1 of 4 events do not state who organises them" in said


def test_several_at_once_and_cities_left_alone(four_events: Rows) -> None:
    rows = [*four_events, ("e5", "D", True, True), ("e5", "C", True, True)]
    told = dependence(table_of(rows), without=["C", "prog/p"])
    assert told.removed.cities == ("C",) and told.removed.events == ("e1", "e2")
    assert told.left_alone == ("D",)
    assert (told.before.components, told.after.components) == (1, 1)
    assert (told.before.largest, told.after.largest) == (4, 2)
    assert told.events.to_pylist() == [
        {"event": "e1", "removed": True},
        {"event": "e2", "removed": True},
        {"event": "e5", "removed": False},
    ]


def test_members_go_with_their_network(four_events: Rows) -> None:
    members = pa.table({"city": ["B", "C"], "network": ["net/x", "net/x"]})
    source = {"participations": table_of(four_events), "memberships": members}
    assert dependence(source, without=["net/x"]).removed.cities == ()
    told = dependence(source, without=["net/x"], members=True)
    assert told.removed.cities == ("B", "C") and told.after.dyads == 0


@pytest.mark.parametrize("city", ["A", "B", "C"])
def test_a_city_removed_is_a_city_outside_v(four_events: Rows, city: str) -> None:
    table = table_of(four_events)
    told = dependence(table, without=[city])
    alone = rank(table, nodes=[*sorted({"A", "B", "C"} - {city}), "nobody"])
    expected = by_city(alone.table, "peer_exchange")
    for name, (after,) in by_city(told.table, "after").items():
        assert after == pytest.approx(expected[name][0], abs=1e-12)
    assert told.after.mutual_share == pytest.approx(alone.mutual_share)


EVENTS = ["e1", "e2", "e3", "e4", "e5"]
ROWS = st.lists(
    st.tuples(
        st.sampled_from(EVENTS),
        st.sampled_from("ABCDEFG"),
        st.sampled_from([True, False, None]),
        st.sampled_from([True, False]),
    ),
    min_size=1,
    max_size=22,
)


@settings(max_examples=10, deadline=None)
@given(rows=ROWS, measure=st.sampled_from(["peer-exchange", "given", "reciprocity", "partners"]))
def test_events_removed_are_events_that_never_were(rows: Rows, measure: str) -> None:
    gone = {event for event, organiser in ORGANISER.items() if organiser == "net/x"}
    nodes = sorted({row[1] for row in rows})
    if not any(row[0] in gone for row in rows):
        return
    told = dependence(table_of(rows), without=["net/x"], measure=measure)
    left = table_of([row for row in rows if row[0] not in gone])
    column = measure.replace("-", "_")
    after = by_city(rank(left, nodes=nodes, measure=measure).table, column, "rank", "partners")
    before = by_city(rank(table_of(rows), measure=measure).table, column, "rank", "partners")
    for side, expected in (("before", before), ("after", after)):
        found = by_city(told.table, side, f"rank_{side}", f"partners_{side}")
        assert {city: pytest.approx(values, abs=1e-12) for city, values in expected.items()} == found


@settings(max_examples=10, deadline=None)
@given(rows=ROWS, of=st.sampled_from(["cities", "networks", "programmes"]))
def test_a_survey_is_each_removal(rows: Rows, of: Any) -> None:
    table = table_of(rows)
    survey = dependence_of_each(table, of=of)
    if of == "cities":
        assert set(survey.table.column("thing").to_pylist()) == {row[1] for row in rows}
    for row in survey.table.to_pylist():
        told = dependence(table, without=[row["thing"]])
        assert row["lost_dyads"] == told.dyads.num_rows
        assert row["lost_mutual"] == sum(told.dyads.column("mutual").to_pylist())
        assert row["left_alone"] == len(told.left_alone)
        assert (row["components"], row["largest"]) == (told.after.components, told.after.largest)
        assert row["score_lost"] == pytest.approx(-sum(told.table.column("change").to_pylist()), abs=1e-9)
        if of == "cities":
            assert all(change <= 0 for change in told.table.column("change").to_pylist())


def test_a_survey_tells_who_holds_it_together() -> None:
    rows: Rows = [(f"e{city}", end, True, True) for city in "ABD" for end in (city, "C")]
    rows += [("ex", "X", True, True), ("ex", "Y", True, False)]
    survey = dependence_of_each(table_of(rows))
    first = survey.table.to_pylist()[0]
    assert (first["thing"], first["events"], first["lost_dyads"], first["left_alone"]) == ("C", 3, 3, 3)
    assert (first["components"], first["largest"], first["score_lost"]) == (1, 2, pytest.approx(3 / 5))
    assert (survey.before.components, survey.before.largest) == (2, 4)
    said = " ".join(survey.sentences())
    assert "Most is lost with C: 3 of 4 pairs (75%), and 3 cities lose their last partner." in said


def test_what_takes_part_in_nothing_changes_nothing(four_events: Rows) -> None:
    cities = pa.table(
        {"city": ["Z"], "country": ["ES"], "label_en": ["Zet"], "label_es": [None], "label_pt": [None]}
    )
    told = dependence({"participations": table_of(four_events), "cities": cities}, without=["zet"])
    assert told.before == told.after and told.dyads.num_rows == 0
    assert set(told.table.column("change").to_pylist()) == {0.0}
    assert "No pair of cities is lost: whoever exchanged something before still does." in told.sentences()


def test_without_everything_nothing_remains(four_events: Rows) -> None:
    told = dependence(table_of(four_events), without=["e1", "e2", "e3", "e4"])
    assert set(told.table.column("after").to_pylist()) == {0.0}
    assert told.left_alone == ("A", "B", "C")
    assert (told.after.dyads, told.after.components, told.after.largest, told.after.mutual_share) == (
        0,
        0,
        0,
        None,
    )
    nobody = dependence(table_of(four_events), without=["A", "B", "C"])
    assert nobody.table.num_rows == 0 and nobody.after.weight == 0


def test_amounts_and_agreements(participations: Make, agreements: Make) -> None:
    rows: Rows = [
        ("e1", "A", True, True),
        ("e1", "B", True, True),
        ("e2", "A", True, True),
        ("e2", "C", True, True),
    ]
    table = participations(
        rows, amount=[10, 20, 5, None], currency=["EUR"] * 4, programme=["p"] * 2 + [None] * 2
    )
    told = dependence(table, without=["p"], measure="given", weight="amount", currency="EUR")
    assert by_city(told.table, "before", "after") == {"A": (15, 5), "B": (20, 0), "C": (0, 0)}
    parties = [
        {"agreement": name, "party": city, "part_of": ["pact"] * (name == "m")}
        for name in "mn"
        for city in "AB"
    ]
    told = dependence({"agreements": agreements(*parties)}, without=["pact"], events="agreements")
    assert told.removed.events == ("m",) and told.dyads.num_rows == 0
    survey = dependence_of_each({"agreements": agreements(*parties)}, of="programmes", events="agreements")
    assert survey.table.column("events").to_pylist() == [1] and survey.unstated == 1
    assert (
        dependence_of_each(
            {"agreements": agreements(*parties)}, of="networks", events="agreements"
        ).table.num_rows
        == 0
    )


def test_names_that_fit_nothing_or_several(four_events: Rows) -> None:
    cities = pa.table(
        {"city": ["A", "c/x", "c/y"], "country": ["ES", "CR", None],
         **{f"label_{tag}": ["Ávila", "San José", "San Jose"] for tag in ("en", "es", "pt")}}
    )  # fmt: skip
    source = {"participations": table_of(four_events), "cities": cities}
    assert dependence(source, without="avila").removed.cities == ("A",)
    with pytest.raises(ProjectionError) as refused:
        dependence(source, without=["san josé", "avilla", "net/z"])
    said = [str(fault) for fault in refused.value.faults]
    assert said[0] == (
        "'san josé' may be San José, CR (c/x); San Jose (c/y). Write the id or the IRI of the one meant."
    )
    assert said[1] == "Nothing here is called 'avilla'. Near it: Ávila, ES (A)."
    assert said[2].startswith("Nothing here is called 'net/z'.")
    with pytest.raises(ProjectionError, match="Nothing is named"):
        dependence(source, without=[])
    with pytest.raises(MeasureError, match="The measure 'fame' is not known"):
        dependence(source, without=["A"], measure="fame")
    with pytest.raises(MeasureError, match="of='countries' is not known"):
        dependence_of_each(source, of="countries")  # type: ignore[arg-type]


def test_large_numbers_are_grouped() -> None:
    rows: Rows = [("e1", f"c{place:04}", place == 0, True) for place in range(1200)]
    said = " ".join(dependence(table_of(rows), without=["c0000"]).sentences())
    assert "Lost: 1,199 of 1,199 pairs" in said and "V: 1,200 cities" in said
    assert "1,199 cities that remain have no partner any more: c0001, " in said
    assert "c0010 and 1,189 more." in said
