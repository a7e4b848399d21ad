"""Derived roles are counted, and can be read as unknown; parts of a counted whole are counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from coopgraph.errors import ProjectionError
from coopgraph.network import flows, rank
from coopgraph.network.flows import merged_participations
from coopgraph.network.selection import select

Make = Callable[..., pa.Table]
ROWS: list[Any] = [
    ("a", "Lima", True, True),
    ("a", "Quito", True, True),
    ("b", "Lima", True, False),
    ("b", "Quito", False, True),
    ("b", "La Paz", None, None),
]
CERTAINTY = ["derived", "stated", "derived", None, "derived"]


def with_column(table: pa.Table, name: str, values: list[Any]) -> pa.Table:
    return table.append_column(name, pa.array(values))


def test_how_many_of_the_yes_are_derived(participations: Make) -> None:
    basis = flows(with_column(participations(ROWS), "certainty", CERTAINTY)).basis
    assert (basis.yes_participations, basis.yes_derived) == (4, 2)
    assert (basis.both_yes_participations, basis.both_yes_derived) == (2, 1)
    assert basis.derived_participations == 3
    assert basis.sentences()[3] == (
        "Derived roles: 2 of 4 participations with a yes, and 1 of 2 with a yes to both, are derived: a "
        "reading or a rule, not what a source states. Here they count (certainty=any); certainty=stated "
        "reads them as unknown."
    )


def test_where_all_are_derived_it_says_all(participations: Make) -> None:
    table = with_column(participations(ROWS), "certainty", ["derived"] * 5)
    said = rank(table).sentences()
    assert any("All 4 participations with a yes are derived: a reading or a rule" in line for line in said)


@pytest.mark.parametrize("certainty", [["stated"] * 5, [None] * 5])
def test_nothing_is_said_where_nothing_is_derived(participations: Make, certainty: list[str | None]) -> None:
    for table in (participations(ROWS), with_column(participations(ROWS), "certainty", certainty)):
        assert not any("erived" in line for line in flows(table).basis.sentences())


def test_derived_roles_can_be_read_as_unknown(participations: Make) -> None:
    table = with_column(participations(ROWS), "certainty", CERTAINTY)
    stated = flows(table, certainty="stated")
    assert stated.edges.num_rows == 0  # of each event only one side is stated
    assert (stated.basis.unknown_participations, stated.basis.yes_derived) == (3, 0)
    assert "3 of 5 participations are derived" in stated.basis.sentences()[3]
    assert stated.nodes == flows(table).nodes
    # an unknown is then a yes, a derived no too
    assert flows(table, certainty="stated", unknown="both").edges.num_rows == 5
    flags = merged_participations(table, select(certainty="stated")).to_pylist()
    assert [(row["contributes"], row["benefits"]) for row in flags] == [
        (1, 1),
        (2, 2),
        (1, 1),
        (1, 1),
        (0, 2),
    ]


def test_one_derived_row_makes_the_merged_one_derived(participations: Make) -> None:
    rows = [("a", "Lima", True, True), ("a", "Lima", True, True), ("a", "Quito", True, True)]
    table = with_column(participations(rows), "certainty", ["stated", "derived", "stated"])
    assert flows(table).basis.yes_derived == 1
    assert flows(table, certainty="stated").edges.num_rows == 0


def test_certainty_must_be_there_to_be_asked_for(participations: Make) -> None:
    with pytest.raises(ProjectionError, match="certainty"):
        flows(participations(ROWS), certainty="stated")
    with pytest.raises(ProjectionError, match="Agreements state no certainty of roles"):
        flows(participations(ROWS), certainty="stated", events="all")
    with pytest.raises(ProjectionError, match="'sure' is not known"):
        flows(participations(ROWS), certainty="sure")  # type: ignore[arg-type]  # what a user may write


def test_parts_of_another_event_that_is_counted_are_counted(participations: Make) -> None:
    part_of = [["b", "elsewhere"], ["b", "elsewhere"], [], [], []]
    basis = flows(with_column(participations(ROWS), "part_of", part_of)).basis
    assert basis.parts_counted_too == 1
    assert "1 event is part of another that is counted too." in basis.sentences()
    alone = flows(with_column(participations(ROWS), "part_of", [["elsewhere"], *[[]] * 4])).basis
    assert alone.parts_counted_too == flows(participations(ROWS)).basis.parts_counted_too == 0


def test_parts_that_are_agreements(agreements: Make) -> None:
    table = agreements(
        {"agreement": "frame", "party": "Lima"},
        {"agreement": "frame", "party": "Quito"},
        {"agreement": "annex", "party": "Lima", "part_of": ["frame"]},
        {"agreement": "annex", "party": "Quito", "part_of": ["frame"]},
    )
    assert flows({"agreements": table}, events="agreements").basis.parts_counted_too == 1


def test_organiser_selects_events(participations: Make) -> None:
    ucci = "https://example.org/id/network/ucci"
    table = with_column(participations(ROWS), "organiser", [[ucci], [ucci], [], [], []])
    made = flows(table, organiser="ucci")
    assert made.nodes == ("Lima", "Quito")
    assert made.basis.filters == (("organiser", "ucci"),)
