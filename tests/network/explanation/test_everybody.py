"""Every city of the bundled data and of URBACT: its explanation is the score and the rank of the ranking."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest

from coopgraph.network import explain, flows, rank
from coopgraph.network.explanation.events import Event, Taking, terms
from coopgraph.network.explanation.shares import Measure, parts
from coopgraph.network.explanation.standing import place, standing
from coopgraph.network.explanation.tables import terms_of
from coopgraph.network.flows import merged_participations
from coopgraph.network.measures import MEASURES
from coopgraph.network.selection import select

FLAGS = {"yes": True, "no": False, "unknown": None, "": None}


def read(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def table_of(rows: list[tuple[str, str, bool | None, bool | None]]) -> pa.Table:
    names = ("event", "city", "contributes", "benefits")
    return pa.table({name: [row[number] for row in rows] for number, name in enumerate(names)})


def bundled(root: Path) -> pa.Table:
    return table_of(
        [
            (row["action"], row["city"], FLAGS[row["contributes"]], FLAGS[row["benefits"]])
            for row in read(root / "data" / "participations.csv")
        ]
    )


def urbact(shared_data: Path) -> pa.Table:
    folder = shared_data / "urbact"
    kinds = {row["Code_Network"]: row["Type"] for row in read(folder / "UrbactNetworks_complete_V2.csv", ";")}
    return table_of(
        [
            (
                row["Code_Network"],
                row["geonameId"],
                kinds[row["Code_Network"]] != "Transfer" or row["City.Statut"] == "Lead Partner",
                kinds[row["Code_Network"]] != "Transfer" or row["City.Statut"] == "Partner",
            )
            for row in read(folder / "URBACT_Membership_GNidCorr_complete_V2.csv", ";")
        ]
    )


@pytest.fixture(scope="module", params=["bundled", "urbact"])
def table(request: pytest.FixtureRequest, root: Path, shared_data: Path) -> pa.Table:
    return bundled(root) if request.param == "bundled" else urbact(shared_data)


def events_by_city(table: pa.Table) -> dict[str, dict[str, Event]]:
    events: dict[str, dict[str, Taking]] = {}
    for row in merged_participations(table, select()).to_pylist():
        taking = Taking(row["contributes"], row["benefits"], Fraction(1), False)
        events.setdefault(row["event"], {})[row["city"]] = taking
    found: dict[str, dict[str, Event]] = {}
    for event, takings in events.items():
        for city in takings:
            found.setdefault(city, {})[event] = takings
    return found


def test_scores_ranks_and_sums_of_everybody(table: pa.Table) -> None:
    made, events = flows(table), events_by_city(table)
    inside = set(made.nodes)
    for column in MEASURES:
        ranking = rank(table, measure=column)
        stand = standing(made, Measure(column))
        for row in ranking.table.to_pylist():
            city = row["city"]
            expected = row[column]
            near = None if expected is None else pytest.approx(expected, rel=1e-13, abs=1e-12)
            assert stand.scores[city] == near
            assert place(stand, city) == row["rank"]
            shares = parts(stand.measure, stand.dyads[city], stand.others)
            added = {event: terms(takings, city, 2, inside) for event, takings in events[city].items()}
            total = sum(term.part for term in terms_of(shares, added))
            assert total == pytest.approx(expected or 0, rel=1e-13, abs=1e-12)


def test_a_few_of_them_as_a_whole(table: pa.Table) -> None:
    ranking = rank(table)
    for row in ranking.table.to_pylist()[:: max(len(ranking.table) // 5, 1)]:
        found = explain(table, row["city"])
        assert (found.place.rank, found.place.ranked) == (row["rank"], ranking.ranked)
        for name in ("partners", "events", "sources", "terms"):
            total = sum(getattr(found, name).column("part").to_pylist())
            assert total == pytest.approx(row["peer_exchange"], abs=1e-12), name
