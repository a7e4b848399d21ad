"""Exchange with its times: worked by hand, and streamed in parts of any size."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from coopgraph.network import dated
from coopgraph.network.dated import Exchanged, dated_exchange
from coopgraph.network.flows import flows

DAYS = {
    "open": (date(2016, 1, 1), None),
    "closed": (date(2012, 3, 1), date(2012, 4, 1)),
    "ended": (None, date(2010, 12, 31)),
    "undated": (None, None),
    "beside": (date(2012, 3, 1), date(2012, 4, 1)),
}


def _table() -> pa.Table:
    """Lima gives to Quito in every event; Quito gives back in one."""
    rows = [
        {
            "event": event, "city": city, "contributes": city == "Lima" or event == "closed",
            "benefits": city == "Quito" or event == "closed", "start_from": start, "end_to": end,
        }
        for event, (start, end) in DAYS.items()
        for city in ("Lima", "Quito")
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, pa.schema({
        "event": pa.string(), "city": pa.string(), "contributes": pa.bool_(), "benefits": pa.bool_(),
        "start_from": pa.date32(), "end_to": pa.date32(),
    }))  # fmt: skip


@pytest.mark.parametrize("rows", [1, 20_000])
def test_an_edge_has_the_times_of_its_events(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    monkeypatch.setattr(dated, "ROWS", rows)
    with dated_exchange(_table()) as made:
        there, back = made.edges
    spells = ("/2010-12-31", "2012-03-01/2012-04-01", "2016-01-01/")
    assert there == Exchanged("Lima", "Quito", 5.0, 5, 1, spells)
    assert back == Exchanged("Quito", "Lima", 1.0, 1, 0, ("2012-03-01/2012-04-01",))


def test_edges_and_measures_are_those_of_flows() -> None:
    table = _table()
    with dated_exchange(table, weight="events") as made:
        edges = [edge[:4] for edge in made.edges]
        measures = made.measures.select(["city", "given", "received", "partners"]).to_pylist()
    ours = flows(table, weight="events").edges.to_pylist()
    assert edges == [tuple(row.values()) for row in ours]
    assert measures == [
        {"city": "Lima", "given": 5.0, "received": 1.0, "partners": 1},
        {"city": "Quito", "given": 1.0, "received": 5.0, "partners": 1},
    ]
