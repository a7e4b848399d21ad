"""URBACT, real peer exchange: flows and measures against an independent count straight from the files."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest

from coopgraph.network import Ranking, exchange_graph, flows, peer_exchange_centrality, rank
from coopgraph.network.measures import MEASURES

pytestmark = pytest.mark.oracle
Weights = dict[tuple[str, str], Fraction]


def read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> list[tuple[str, str, bool, bool]]:
    """In a transfer network the lead gives and the partners receive; elsewhere everybody does both."""
    folder = shared_data / "urbact"
    kinds = {row["Code_Network"]: row["Type"] for row in read(folder / "UrbactNetworks_complete_V2.csv")}
    return [
        (
            row["Code_Network"],
            row["geonameId"],
            kinds[row["Code_Network"]] != "Transfer" or row["City.Statut"] == "Lead Partner",
            kinds[row["Code_Network"]] != "Transfer" or row["City.Statut"] == "Partner",
        )
        for row in read(folder / "URBACT_Membership_GNidCorr_complete_V2.csv")
    ]


@pytest.fixture(scope="module")
def table(rows: list[tuple[str, str, bool, bool]]) -> pa.Table:
    names = ("event", "city", "contributes", "benefits")
    return pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)})


@pytest.fixture(scope="module")
def ranking(table: pa.Table) -> Ranking:
    return rank(table)


def counted(rows: list[tuple[str, str, bool, bool]]) -> Weights:
    """The formula word by word, in fractions."""
    givers: dict[str, set[str]] = defaultdict(set)
    getters: dict[str, set[str]] = defaultdict(set)
    for event, city, contributes, benefits in rows:
        if contributes:
            givers[event].add(city)
        if benefits:
            getters[event].add(city)
    weights: Weights = defaultdict(Fraction)
    for event, cities in givers.items():
        for city in cities:
            others = getters[event] - {city}
            for other in others:
                weights[city, other] += Fraction(1, len(others))
    return weights


def test_every_weight_is_the_fraction_it_should_be(
    rows: list[tuple[str, str, bool, bool]], table: pa.Table
) -> None:
    expected = counted(rows)
    found = {(edge["source"], edge["target"]): edge["weight"] for edge in flows(table).edges.to_pylist()}
    assert found == pytest.approx({pair: float(weight) for pair, weight in expected.items()}, rel=1e-15)


def test_size_as_published(ranking: Ranking) -> None:
    basis = ranking.basis
    assert (basis.selected_events, basis.participations, basis.merged_rows, basis.nodes) == (
        172,
        1509,
        1,
        591,
    )
    assert basis.unknown_participations == 0


def test_nearly_all_are_peers_and_it_says_so(ranking: Ranking) -> None:
    assert ranking.mutual_share == pytest.approx(0.988, abs=5e-4)
    assert ranking.pearson == pytest.approx(0.998, abs=5e-4)
    assert "98.8% of directed edges are mutual" in ranking.caveat()
    assert "0.998" in ranking.caveat()


def test_scores_equal_an_independent_computation(
    rows: list[tuple[str, str, bool, bool]], ranking: Ranking
) -> None:
    weights = counted(rows)
    cities = sorted({row[1] for row in rows})
    scores = dict.fromkeys(cities, Fraction(0))
    for (city, other), weight in weights.items():
        back = weights.get((other, city), Fraction(0))
        scores[city] += 2 * min(weight, back) / (weight + back) / (len(cities) - 1)
    found = {row["city"]: row["peer_exchange"] for row in ranking.table.to_pylist()}
    assert found == pytest.approx({city: float(score) for city, score in scores.items()}, abs=1e-12)


def test_the_ranking_is_that_of_a_script_of_csv_and_dicts(
    root: Path, shared_data: Path, ranking: Ranking
) -> None:
    script = root / "tests" / "oracles" / "urbact_by_hand.py"
    assert "coopgraph" not in script.read_text(encoding="utf-8")
    command = [sys.executable, "-I", str(script), str(shared_data / "urbact")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    expected = list(csv.DictReader(done.stdout.splitlines()))
    found = ranking.table.drop_columns(["label", "country"]).to_pylist()
    assert set(MEASURES) < set(expected[0]), "every column is recomputed"
    assert [(row["rank"], row["city"]) for row in found] == [
        (int(row["rank"]), row["city"]) for row in expected
    ]
    for ours, theirs in zip(found, expected, strict=True):
        for name in MEASURES:
            assert ours[name] == pytest.approx(float(theirs[name]), abs=1e-12), (ours["city"], name)


def test_both_policies_are_one_where_no_role_is_unknown(table: pa.Table, ranking: Ranking) -> None:
    assert rank(table, unknown="both").table.equals(ranking.table)


def test_plain_python_and_columns_agree(table: pa.Table, ranking: Ranking) -> None:
    k1 = peer_exchange_centrality(exchange_graph(table), prior=1)
    found = {row["city"]: row["peer_exchange_k1"] for row in ranking.table.to_pylist()}
    assert found == pytest.approx(k1, abs=1e-12)
