"""Hypothetical events: laid over a source they give what the same events in it would, and are said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from coopgraph.network import explain, flows, over_time, rank, with_events
from coopgraph.network.hypothetical import beside

Make = Callable[..., pa.Table]
MORE: list[Any] = [("new", "A", True, True), ("new", "C", True, None)]
NO_TEXT = pa.nulls(3, pa.string())
CITIES = pa.table(
    {
        "city": ["A", "B", "C"],
        "country": ["ES", "BO", None],
        "label_en": ["Aye", "Bee", "Sé"],
        "label_es": NO_TEXT,
        "label_pt": NO_TEXT,
    }
)


def plan(rows: list[Any], **columns: list[Any]) -> pa.Table:
    names = ("event", "city", "contributes", "benefits")
    return pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)} | columns)


@pytest.fixture
def four(participations: Make, four_events: list[Any]) -> pa.Table:
    return participations(four_events)


@pytest.mark.parametrize("unknown", ["exclude", "both"])
def test_they_count_as_events_of_the_data_would(
    participations: Make, four_events: list[Any], four: pa.Table, unknown: Any
) -> None:
    laid = flows(with_events(four, plan(MORE)), unknown=unknown)
    real = flows(participations([*four_events, *MORE]), unknown=unknown)
    assert (laid.edges, laid.nodes) == (real.edges, real.nodes)
    assert replace(laid.basis, hypothetical=()) == real.basis


def test_nothing_is_stored(four: pa.Table, on_disk: Any) -> None:
    sources = pa.table({"source": ["s"], "title": ["S"], "url": ["https://s"]})
    release = on_disk(participations=four, cities=CITIES, sources=sources)
    stored = {path.name: path.read_bytes() for path in release.directory.iterdir()}
    laid = with_events(release, plan(MORE))
    assert rank(laid).basis.participations == four.num_rows + 2
    assert isinstance(laid["agreements"], Path)
    assert {path.name: path.read_bytes() for path in release.directory.iterdir()} == stored
    assert rank(release).basis.hypothetical == ()


def test_every_result_says_so_first(four: pa.Table) -> None:
    laid = with_events({"participations": four, "cities": CITIES}, plan(MORE))
    said = "Hypothetical: 1 event from table is laid over the data; it is not in it."
    for result in (flows(laid).basis, rank(laid), explain(laid, "A")):
        assert result.sentences()[0] == said
    found = explain(laid, "sé")
    assert "new (hypothetical)" in found.events.column("label").to_pylist()
    assert found.sources.column("source").to_pylist() == [None, "hypothetical:table"]


def test_an_explanation_tells_the_place_without_them(four: pa.Table) -> None:
    found = explain(with_events(four, plan([("new", "A", True, True), ("new", "Z", True, True)])), "A")
    assert found.before == explain(four, "A").place
    assert found.sentences()[3] == "Without what is hypothetical: 0.8444, rank 3 of 3."
    new = explain(with_events(four, plan([("new", "A", True, True), ("new", "Z", True, True)])), "Z")
    assert (new.city, new.before) == ("hypothetical:table/city/Z", None)
    assert "Without what is hypothetical it takes part in nothing" in new.sentences()[3]


def test_new_cities_are_said_with_the_nearest(four: pa.Table) -> None:
    laid = with_events({"participations": four, "cities": CITIES}, plan([("new", "Ayee", True, True)]))
    assert laid.remarks == (
        "table [what-if], row 1, column 'city': The city 'Ayee' is not in the data, and taken as a new one. "
        "Near it: Aye, ES (A).",
    )
    ranking = rank(laid)
    assert "New in V with them, and not in the data: Ayee." in ranking.sentences()[1]
    assert ranking.table.column("label").to_pylist()[-1] == "Ayee (hypothetical)"


def test_two_plans_lie_one_over_the_other(four: pa.Table) -> None:
    twice = with_events(with_events(four, plan(MORE)), plan([("newer", "A", True, True)]))
    (laid,) = flows(twice).basis.hypothetical
    assert (laid.name, laid.events, laid.selected) == ("table", 2, 2)


def test_filters_that_leave_them_out_are_said(four: pa.Table) -> None:
    rows = [*MORE, ("later", "B", True, True), ("later", "A", True, True)]
    laid = with_events(four, plan(rows, start=["2020", None, "2027", None], end=["2020", "", "", ""]))
    said = flows(laid, period=("2026", None)).basis.sentences()[0]
    assert said.endswith("they are not in it. Selected of them: 1.")
    assert flows(laid, period=("2026", None)).nodes == ("A", "B")
    none = flows(laid, period=("2001", "2002")).basis.sentences()[0]
    assert none.endswith("None is selected, so nothing changes.")


def test_a_trend_says_so_too(participations: Make, four_events: list[Any]) -> None:
    dated = participations(four_events, start=["2020"] * len(four_events), end=["2020"] * len(four_events))
    trend = over_time(with_events(dated, plan(MORE, start=["2021", None], end=["2021", None])))
    assert trend.basis.sentences()[0].startswith("Hypothetical: 1 event from table")


def test_amounts_and_filters_of_their_own(participations: Make) -> None:
    rows = [("e", "A", True, False), ("e", "B", False, True)]
    table = participations(rows, amount=[5, None], currency=["EUR", None])
    more = plan(
        [("f", "B", True, False), ("f", "A", False, True)],
        amount=["12.50", ""],
        currency=["EUR", ""],
        sdgs=["11.3; 17", ""],
        programme=["p", None],
    )
    laid = with_events(table, more)
    made = flows(laid, weight="amount", currency="EUR")
    assert made.edges.column("weight").to_pylist() == [5.0, 12.5]
    assert flows(laid, sdg=17, programme="p").basis.selected_events == 1


def test_tables_of_words_numbers_and_codes(four_events: list[Any]) -> None:
    words = {True: "yes", False: "no"}
    table = plan([(*row[:2], words[row[2]], words[row[3]]) for row in four_events])
    table = table.append_column("amount", pa.array([1] * len(table)))
    table = table.append_column("currency", pa.array(["EUR"] * len(table)).dictionary_encode())
    table = table.append_column("sdgs", pa.nulls(len(table)))
    laid = with_events(table, plan(MORE, amount=["1.5", "2"], currency=["EUR", "EUR"], sdgs=["11", "11"]))
    assert flows(laid, unknown="both").basis.unknown_participations == 1
    assert flows(laid, weight="amount", currency="EUR", sdg=11).edges.column("weight").to_pylist() == [2.0]
    both = flows(laid, weight="amount", currency="EUR", sdg=11, unknown="both")
    assert both.edges.column("weight").to_pylist() == [1.5, 2.0]


def test_a_ranking_beside_the_one_before(four: pa.Table) -> None:
    before = rank(four)
    ranking = beside(before, rank(with_events(four, plan([("n", "A", True, True), ("n", "Z", True, True)]))))
    rows = {row["city"]: row for row in ranking.table.to_pylist()}
    was = {row["city"]: row for row in before.table.to_pylist()}
    assert ranking.table.column_names[:7] == [
        *("rank", "city", "label", "country"),
        *("rank_before", "score_before", "score_change"),
    ]
    assert (rows["B"]["rank_before"], rows["B"]["score_before"]) == (
        was["B"]["rank"],
        was["B"]["peer_exchange"],
    )
    assert rows["B"]["score_change"] == pytest.approx(rows["B"]["peer_exchange"] - was["B"]["peer_exchange"])
    new = rows["hypothetical:table/city/Z"]
    assert (new["rank_before"], new["score_before"], new["score_change"]) == (None, None, None)


def test_a_file_says_where_it_comes_from(four: pa.Table, tmp_path: Path) -> None:
    file = tmp_path / "my plan.csv"
    file.write_text("\ufeffevent;city;contributes;benefits\nnew;A;yes;yes\n\nnew;C;YES;\n", encoding="utf-8")
    laid = with_events(four, file)
    assert flows(laid).basis.sentences()[0].startswith("Hypothetical: 1 event from my plan.csv")
    assert flows(laid, unknown="both").edges == flows(with_events(four, plan(MORE)), unknown="both").edges
