"""A starter workspace: what is in it, that it is twice the same, and that it builds as it stands."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Command


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_twice(run: Command, tmp_path: Path) -> None:
    assert run("init", tmp_path / "a").code == 0
    assert run("init", tmp_path / "b").code == 0
    assert content(tmp_path / "a") == content(tmp_path / "b")


def test_each_table_is_a_sheet_and_a_file_and_is_explained(run: Command, tmp_path: Path) -> None:
    run("init", tmp_path / "a")
    book = openpyxl.load_workbook(tmp_path / "a" / "cooperation.xlsx")
    settings = tomllib.loads((tmp_path / "a" / "coopgraph.toml").read_text(encoding="utf-8"))
    readme = (tmp_path / "a" / "README.md").read_text(encoding="utf-8")
    for name, source in settings["sources"].items():
        sheet = [["" if cell is None else cell for cell in row] for row in book[name].values]
        with (tmp_path / "a" / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert sheet == list(csv.reader(file))
        assert source["path"] == "cooperation.xlsx"
        assert source["sheet"] == name
        assert (tmp_path / "a" / source["mapping"]).is_file()
        assert all(f"`{column}`" in readme for column in sheet[0])


def test_a_title_is_quoted(run: Command, tmp_path: Path) -> None:
    title = 'Red "Mercociudades" \\ $sources Ñandú'
    assert run("init", tmp_path / "a", "--title", title).code == 0
    settings = tomllib.loads((tmp_path / "a" / "coopgraph.toml").read_text(encoding="utf-8"))
    assert settings["workspace"]["title"] == title


def test_nothing_of_the_users_is_overwritten(run: Command, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    done = run("init", tmp_path)
    assert done.code == 2
    assert "is not empty" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_json(run: Command, tmp_path: Path) -> None:
    told = json.loads(run("init", tmp_path / "a", "--format", "json").out)
    assert all(Path(file).is_file() for file in told["files"])


@pytest.mark.parametrize("tables", ["xlsx", "csv"])
def test_it_builds_as_it_stands(run: Command, tmp_path: Path, tables: str) -> None:
    run("init", tmp_path / "mine", "--tables", tables)
    checked = run("check", tmp_path / "mine")
    assert checked.code == 0, checked.out
    assert run("build", tmp_path / "mine").code == 0
    ranking = json.loads(run("rank", tmp_path / "mine", "--format", "json").out)
    # N->R 5/2, R->N 1, N->L = L->N = L->R = 1/2, worked out by hand; n = 3
    scores = {row["label"]: row["peer_exchange"] for row in ranking["rows"]}
    assert scores == pytest.approx({"Northport": 11 / 14, "Lakeside": 1 / 2, "Riverton": 2 / 7})
    assert ranking["basis"]["unknown_participations"] == 1
