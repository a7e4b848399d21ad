"""The synthetic workspace: the same seed gives the same tables, and peer exchange tells the roles apart."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

import coopgraph as cg

GROUPS = ("donor", "learner", "peer", "ring")
TABLES = ("cities.csv", "actions.csv", "participations.csv")
Measured = dict[str, list[tuple[float, ...]]]


def generate(root: Path, to: Path, *options: str) -> dict[str, bytes]:
    script = root / "examples" / "roles" / "generate.py"
    subprocess.run([sys.executable, script, "--to", to, *options], check=True)
    return {name: (to / name).read_bytes() for name in TABLES}


def test_the_tables_are_what_the_generator_writes(root: Path, tmp_path: Path) -> None:
    kept = {name: (root / "examples" / "roles" / name).read_bytes() for name in TABLES}
    assert generate(root, tmp_path) == kept
    assert generate(root, tmp_path, "--seed", "2026") == kept
    assert generate(root, tmp_path, "--seed", "7") != kept


def test_it_says_that_it_is_synthetic(root: Path) -> None:
    folder = root / "examples" / "roles"
    assert "Synthetic" in (folder / "coopgraph.toml").read_text(encoding="utf-8")
    with (folder / "cities.csv").open(encoding="utf-8", newline="") as file:
        assert all(row["note"].startswith("synthetic") for row in csv.DictReader(file))


@pytest.fixture(scope="module")
def groups(root: Path) -> dict[str, str]:
    with (root / "examples" / "roles" / "cities.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["group"] for row in csv.DictReader(file)}


def measured(workspace: Path, groups: dict[str, str]) -> Measured:
    """Return given, received, partners, peer exchange and generalised exchange of each city, by group."""
    cg.build(workspace)
    with cg.open(workspace) as release:
        rows = cg.rank(release).table.to_pylist()
    columns = ("given", "received", "partners", "peer_exchange", "generalised_exchange")
    found: Measured = {}
    for row in rows:
        group = groups[row["city"].rpartition("/")[2]]
        found.setdefault(group, []).append(tuple(float(row[column]) for column in columns))
    return found


def golden(root: Path) -> Iterator[tuple[str, int, list[tuple[float, float]]]]:
    """Yield group, number of cities and the ranges of the README's table."""
    for line in (root / "examples" / "roles" / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] in GROUPS:
            yield cells[0], int(cells[1]), ranges(cells[2:])


def ranges(cells: list[str]) -> list[tuple[float, float]]:
    found = [re.fullmatch(r"(-?[\d.]+) to (-?[\d.]+)", cell) for cell in cells]
    return [(float(one[1]), float(one[2])) for one in found if one]


def golden_measures(root: Path) -> dict[str, list[tuple[float, float]]]:
    """Return the table of measures: for each its range in each group."""
    lines = (root / "examples" / "roles" / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("| `")]
    return {row[0].strip().strip("`"): ranges([cell.strip() for cell in row[1:]]) for row in rows}


@pytest.fixture(scope="module")
def table(root: Path) -> pa.Table:
    with (root / "examples" / "roles" / "participations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {"event": "action", "city": "city", "contributes": "contributes", "benefits": "benefits"}
    return pa.table({name: [row[column] for row in rows] for name, column in names.items()})


@pytest.mark.oracle
def test_no_usual_centrality_tells_the_four_apart(
    root: Path, table: pa.Table, groups: dict[str, str]
) -> None:
    made = cg.exchange_graph(table)
    expected = golden_measures(root)
    assert len(expected) == 7
    for name, by_group in expected.items():
        scores = getattr(cg, name)(made)
        of_group = [[scores[city] for city in groups if groups[city] == group] for group in GROUPS]
        found = [(round(min(each), 3), round(max(each), 3)) for each in of_group]
        assert found == by_group, name
    donor, learner, peer, ring = range(4)
    assert overlap(expected["pagerank"], peer, ring)
    assert overlap(expected["core_number"], donor, learner)
    assert overlap(expected["betweenness_centrality"], donor, peer)
    assert overlap(expected["balance"], peer, ring)
    columns = (expected[name] for name in ("peer_exchange_centrality", "generalised_exchange", "balance"))
    signs = list(zip(*columns, strict=True))
    assert [[low > 0 for low, _ in sign] for sign in signs] == [
        [False, False, True], [False, False, False], [True, True, False], [False, True, False]
    ], "each group has a place of its own"  # fmt: skip


def overlap(ranges: list[tuple[float, float]], one: int, other: int) -> bool:
    return ranges[one][0] <= ranges[other][1] and ranges[other][0] <= ranges[one][1]


@pytest.mark.oracle
def test_peer_exchange_tells_the_roles_apart(root: Path, tmp_path: Path, groups: dict[str, str]) -> None:
    workspace = tmp_path / "roles"
    shutil.copytree(root / "examples" / "roles", workspace, ignore=shutil.ignore_patterns(".coopgraph"))
    found = measured(workspace, groups)
    expected = list(golden(root))
    assert [group for group, _, _ in expected] == list(GROUPS)
    for group, size, within in expected:
        cities = found[group]
        assert len(cities) == size
        assert [(round(min(c), 3), round(max(c), 3)) for c in zip(*cities, strict=True)] == within, group
    peer_exchange = {group: [city[3] for city in cities] for group, cities in found.items()}
    assert min(peer_exchange["peer"]) > 0.15
    assert max(peer_exchange["donor"] + peer_exchange["learner"] + peer_exchange["ring"]) == 0
    assert (
        min(city[4] for city in found["ring"])
        > 0
        == max(city[4] for city in found["donor"] + found["learner"])
    )
    assert min(city[2] for city in found["donor"]) > max(city[2] for city in found["peer"]), (
        "partners mislead"
    )
