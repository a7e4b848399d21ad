"""All faults of a what-if file at once, its words in three languages, and whose score it moves."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from coopgraph.errors import SourceError
from coopgraph.network import rank, with_events
from coopgraph.network.hypothetical.compared import beside, moved

BASE = pa.table(
    {
        "event": ["visit"] * 2,
        "city": ["Lima", "Quito"],
        "contributes": [True, False],
        "benefits": [False, True],
    }
)


def test_faults_of_every_kind_are_told_at_once(tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text(
        "event,city,contributes,benefits,colour,start\nX,Quito,maybe,yes,red,2027\n"
        "X,Quito,yes,yes,red,2027\n,Lima,no,no,red,20x\nX,Lima\n"
    )
    with pytest.raises(SourceError) as caught:
        with_events(BASE, plan)
    told = " ".join(map(str, caught.value.faults))
    for part in (
        "'colour' is not known",
        "has 'maybe'",
        "in 'X' already",
        "'event' is empty",
        "'20x'",
        "2 cells",
    ):
        assert part in told


def test_a_header_alone_is_told(tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("event,city,contributes,benefits\n")
    with pytest.raises(SourceError, match="no row below its header"):
        with_events(BASE, plan)


def test_answers_in_three_languages_and_whose_score_moves() -> None:
    plan = pa.table(
        {
            "event": ["X"] * 4,
            "city": ["Quito", "Lima", "Faro", "Braga"],
            "contributes": ["sí", "não", "desconocido", "desconhecido"],
            "benefits": ["no", "Sim", "nao", "no"],
        }
    )
    laid = with_events(BASE, plan)
    rows = laid["participations"].slice(2).to_pylist()  # type: ignore[union-attr]
    assert [row["contributes"] for row in rows] == [True, False, None, None]
    assert [row["benefits"] for row in rows] == [False, True, False, False]
    rows = moved(beside(rank(BASE), rank(laid)))
    assert [(row["label"], row["score_before"], row["peer_exchange"]) for row in rows[:2]] == [
        ("Lima", 0.0, pytest.approx(1 / 3)),
        ("Quito", 0.0, pytest.approx(1 / 3)),
    ]
