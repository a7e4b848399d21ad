"""Scores that compare within groups only are ranked within the largest."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from coopgraph.errors import MeasureError
from coopgraph.network import leave_one_source_out, rank
from coopgraph.views.plot import write_ranking_plot


def network() -> pa.Table:
    """A and B, C, D (a star both ways) beside E and F, who exchange much; G only receives."""
    events = [("ab", "AB"), ("ac", "AC"), ("ad", "AD"), *((f"ef{n}", "EF") for n in range(5))]
    rows = [{"event": event, "city": city, "contributes": True, "benefits": True}
            for event, cities in events for city in cities]  # fmt: skip
    gift = [("gift", "A", True, False), ("gift", "G", False, True)]
    return pa.Table.from_pylist(
        [*rows, *(dict(zip(("event", "city", "contributes", "benefits"), row, strict=True)) for row in gift)]
    )


def test_only_the_largest_group_is_ranked() -> None:
    ranking = rank(network(), measure="eigenvector")
    told = ranking.table.select(["city", "rank", "group"]).to_pylist()
    assert [tuple(row.values()) for row in told] == [
        ("A", 1, 1), ("B", 2, 1), ("C", 2, 1), ("D", 2, 1), ("E", None, 2), ("F", None, 2), ("G", None, None)
    ]  # fmt: skip
    assert ranking.table["eigenvector"][4].as_py() > 0
    assert (ranking.ranked, ranking.undefined) == (7, 3)
    said = " ".join(ranking.sentences())
    assert "2 groups of cities reach each other along the flows" in said
    assert "the 4 cities of group 1, the largest, are ranked" in said
    assert "3 of the 4 cities ranked share their rank with another." in said


def test_one_group_says_nothing_of_groups() -> None:
    ranking = rank(network().slice(0, 6), measure="eigenvector")
    assert ranking.table["group"].to_pylist() == [1] * 4
    assert "groups of cities" not in " ".join(ranking.sentences())


def test_rank_one_of_constraint_is_the_most_bound(tmp_path: Path) -> None:
    ranking = rank(network(), measure="constraint")
    assert "rank 1 is the most bound" in " ".join(ranking.sentences())
    drawn = write_ranking_plot(ranking, tmp_path / "plot.svg").read_text("utf-8")
    assert "rank 1 is the most bound" in " ".join(drawn.split())


@pytest.mark.parametrize(
    ("measure", "told"),
    [
        ("betweeness", "'betweeness' is not known. Did you mean 'betweenness'? Use one of peer-exchange,"),
        ("zzz", "'zzz' is not known. Use one of peer-exchange,"),
    ],
)
def test_a_measure_that_is_not_known_is_told_with_the_nearest(measure: str, told: str) -> None:
    with pytest.raises(MeasureError) as caught:
        rank(network(), measure=measure)
    assert told in str(caught.value)


def test_a_measure_without_a_closed_form_is_told_so() -> None:
    with pytest.raises(MeasureError, match="'betweenness' has no closed form, which is needed here"):
        leave_one_source_out(network(), measure="betweenness")
