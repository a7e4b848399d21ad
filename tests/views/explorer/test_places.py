"""The table of positions: everything that is shown, nothing on anything, what nothing joins in rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from coopgraph.errors import StoreError
from coopgraph.network import flows
from coopgraph.release import Release
from coopgraph.views.explorer.places import positions_of, positions_table
from coopgraph.views.strongest import strongest


def test_a_place_and_a_community_for_all_that_is_shown(five: Release, graph: dict[str, Any]) -> None:
    table = positions_table(five.table, flows(five))
    assert table["node"].to_pylist() == graph["nodes"]["iri"]
    assert len({(row["x"], row["y"]) for row in table.to_pylist()}) == 9
    community = dict(zip(graph["nodes"]["label"]["en"], table["community"].to_pylist(), strict=True))
    assert {name for name, number in community.items() if number is None} == {"Bogotá", "Recife", "UCCI"}
    lowest = max(row["y"] for row in table.to_pylist() if row["community"] is not None)
    heights = dict(zip(graph["nodes"]["label"]["en"], table["y"].to_pylist(), strict=True))
    assert heights["UCCI"] == heights["Recife"] > heights["Bogotá"] > lowest  # Bogotá takes part in an action


def test_memberships_place_where_nothing_else_joins(five: Release) -> None:
    def only_members(name: str) -> pa.Table:
        return five.table(name) if name in ("memberships", "cities") else five.table(name).slice(0, 0)

    none = flows({"participations": five.table("participations").slice(0, 0)})
    rows = {row["node"].rsplit("/", 1)[-1]: row for row in positions_table(only_members, none).to_pylist()}
    assert rows["ucci"]["community"] == rows["madrid"]["community"] == 0
    assert rows["lima"]["community"] is None


def test_what_a_build_placed_is_taken_as_it_is(five: Release) -> None:
    stored = positions_table(five.table, flows(five)).slice(0, 2)

    def published(name: str) -> pa.Table:
        return stored if name == "positions" else five.table(name)

    def before(name: str) -> pa.Table:
        return stored.drop_columns(["community"]) if name == "positions" else five.table(name)

    assert positions_of(published, lambda: flows(five)) == stored
    assert positions_of(before, lambda: flows(five)).num_rows == 9
    with pytest.raises(StoreError):
        five.table("positions")


def test_of_many_dyads_the_strongest_of_each_node_are_kept() -> None:
    ends = np.array([0, 0, 0, 1]), np.array([1, 2, 3, 2])
    kept = strongest(
        4, *ends, np.array([5.0, 1.0, 2.0, 4.0]), 3
    )  # 0-1, 0-3 and 1-2 are the first of somebody
    assert kept.tolist() == [0, 2, 3]
    assert strongest(4, *ends, np.array([5.0, 1.0, 2.0, 4.0]), 2).tolist() == [0, 3]
    assert strongest(4, *ends, np.ones(4), 9).tolist() == [0, 1, 2, 3]
    triangle_and_pair = np.array([0, 0, 1, 3]), np.array([1, 2, 2, 4])
    assert strongest(5, *triangle_and_pair, np.array([5.0, 4.0, 3.0, 1.0]), 3).tolist() == [0, 1, 3]
