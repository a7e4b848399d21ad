"""The documented facts: what the unknown policy touches, against a count straight from the file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from coopgraph.network import flows

pytestmark = pytest.mark.oracle


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> list[dict[str, str]]:
    with (shared_data / "documented" / "participations.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def table(rows: list[dict[str, str]]) -> pa.Table:
    return pa.table(
        {"event": [row["action"] for row in rows]}
        | {name: [row[name] for row in rows] for name in ("city", "contributes", "benefits")}
    )


@pytest.mark.parametrize("unknown", ["exclude", "both"])
def test_what_the_policy_touches(table: pa.Table, rows: list[dict[str, str]], unknown: Any) -> None:
    basis = flows(table, unknown=unknown).basis
    counted = sum("unknown" in (row["contributes"], row["benefits"]) for row in rows)
    assert basis.unknown_participations == counted == 248
    assert (basis.participations, basis.nodes, basis.unknown) == (354, 140, unknown)


def test_dyads_that_could_become_mutual(table: pa.Table) -> None:
    def mutual(unknown: Any) -> set[frozenset[str]]:
        pairs = {(edge["source"], edge["target"]) for edge in flows(table, unknown=unknown).edges.to_pylist()}
        return {frozenset(pair) for pair in pairs if pair[::-1] in pairs}

    assert flows(table).basis.dyads_could_become_mutual == len(mutual("both") - mutual("exclude")) > 0
