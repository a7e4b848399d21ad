"""`coopgraph compare` as a user runs it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from coopgraph.cli import main
from tests.cli.conftest import Command, write_small


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three cities, built, and built again with a role become known and a hostile name; only read."""
    small = write_small(tmp_path_factory.mktemp("twice") / "small")
    assert main(["build", str(small)]) == 0
    table = small / "participations.csv"
    table.write_text(table.read_text("utf-8").replace("unknown,yes", "yes,yes"), "utf-8")
    cities = small / "cities.csv"
    cities.write_text(cities.read_text("utf-8").replace(",Quito,", ",<b>|Quito,"), "utf-8")
    assert main(["build", str(small)]) == 0
    return small


def test_table_says_class_city_and_value(run: Command, twice: Path) -> None:
    done = run("compare", "-w", twice)
    assert done.code == 0
    assert "2 statements added, 2 removed." in done.out
    assert "contributes: unknown [test] → yes [test]" in done.out
    rows = [line.split() for line in done.out.splitlines()]
    assert ["La", "Paz", "0", "→", "1", "1", "→", "0"] in rows


def test_markdown_obeys_no_value(run: Command, twice: Path) -> None:
    done = run("compare", "-w", twice, "--format", "md")
    assert "<b>" not in done.out
    assert "&lt;b\\>\\|Quito" in done.out
    assert "| La Paz |  | 0 → 1 |  | 1 → 0 |  |  |" in done.out


def test_json_csv_and_patch_agree(run: Command, twice: Path, tmp_path: Path) -> None:
    told = json.loads(run("compare", "-w", twice, "--format", "json").out)
    assert (told["data"], told["changed"], told["left_out"]) == ({"added": 2, "removed": 2}, True, 0)
    rows = list(csv.DictReader(io.StringIO(run("compare", "-w", twice, "--format", "csv").out)))
    assert [(row["property"], row["before"][-7:]) for row in rows] == [
        ("skos:prefLabel", "Quito"),
        ("coop:contributes", "unknown"),
    ]
    assert run("compare", "-w", twice, "-o", tmp_path / "changes.rdfp").code == 0
    patch = (tmp_path / "changes.rdfp").read_text("utf-8")
    assert patch.count("\nA ") - patch.count("\nD ") == 0
    assert patch == run("compare", "-w", twice, "--format", "patch").out


def test_exit_code_tells_whether_something_changed(run: Command, twice: Path) -> None:
    for fmt in ("table", "patch", "csv"):
        assert run("compare", "-w", twice, "--exit-code", "--format", fmt).code == 1
        assert run("compare", "current", "current", "-w", twice, "--exit-code", "--format", fmt).code == 0
    done = run("compare", "current", "current", "-w", twice)
    assert (done.code, done.out.count("nothing changed.")) == (0, 1)


def test_trouble_is_not_told_as_a_change(run: Command, small: Path, tmp_path: Path) -> None:
    nothing_built = run("compare", "-w", small, "--exit-code")
    assert (nothing_built.code, nothing_built.out) == (2, "")
    assert run("build", small).code == 0
    first = run("compare", "-w", small, "--exit-code")
    assert (first.code, first.out) == (2, "")
    assert "has no release before the one in force, so there is nothing to compare it with" in first.err
    unwritable = tmp_path / "no" / "folder.md"
    done = run("compare", "current", "current", "-w", small, "--exit-code", "-o", unwritable)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_a_name_of_two_lines_stays_in_one_row(run: Command, small: Path) -> None:
    assert run("build", small).code == 0
    for table, old, new in (
        ("cities.csv", ",Quito,", ',"Quito\nde arriba",'),
        ("participations.csv", "unknown,yes", "yes,yes"),
    ):
        text = (small / table).read_text("utf-8")
        assert old in text
        (small / table).write_text(text.replace(old, new), "utf-8")
    for name in ("Quito", "La Paz", "Lima"):
        text = (small / "cities.csv").read_text("utf-8")
        (small / "cities.csv").write_text(text.replace(f",{name},", f',"{name}\nalta",'), "utf-8")
    assert run("build", small).code == 0
    lines = run("compare", "-w", small).out.splitlines()
    assert any("La Paz alta" in line and "→" in line for line in lines)
    assert not any("\\x0a" in line or line.strip().startswith("alta") for line in lines)


def test_two_workspaces(run: Command, twice: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(twice, other)
    assert run("release", "rollback", "-w", other).code == 0
    done = run("compare", other, twice)
    assert "2 statements added, 2 removed." in done.out


def test_wrong_use_is_said(run: Command, twice: Path) -> None:
    done = run("compare", "nobody", "-w", twice)
    assert done.code == 2
    assert "There is no release 'nobody'. Give current, previous, an id" in done.err
