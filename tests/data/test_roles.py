"""The synthetic workspace: the same seed gives the same tables, and peer exchange tells the roles apart."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import coopgraph as cg

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
        ranges = [re.fullmatch(r"([\d.]+) to ([\d.]+)", cell) for cell in cells[2:]]
        if line.startswith("|") and all(ranges):
            yield cells[0], int(cells[1]), [(float(r[1]), float(r[2])) for r in ranges if r]


@pytest.mark.oracle
def test_peer_exchange_tells_the_roles_apart(root: Path, tmp_path: Path, groups: dict[str, str]) -> None:
    workspace = tmp_path / "roles"
    shutil.copytree(root / "examples" / "roles", workspace, ignore=shutil.ignore_patterns(".coopgraph"))
    found = measured(workspace, groups)
    expected = list(golden(root))
    assert [group for group, _, _ in expected] == ["donor", "learner", "peer", "ring"]
    for group, size, ranges in expected:
        cities = found[group]
        assert len(cities) == size
        assert [(round(min(c), 3), round(max(c), 3)) for c in zip(*cities, strict=True)] == ranges, group
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
