"""Names of places on the command line: a sheet to decide them, and a larger gazetteer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from coopgraph.sources.places.gazetteer import load_gazetteer
from tests.sources.places.test_geonames import CITIES

from .conftest import Command

TOML = """\
[workspace]
title = "Members"
[sources.members]
path = "members.csv"
mapping = "members.yml"
[[sources.members.place]]
name = "name"
"""
MAPPING = "mappings:\n  city:\n    s: id:city/$(city)\n    po:\n      - [a, coop:City]\n"


@pytest.fixture
def members(tmp_path: Path) -> Path:
    for name, text in (
        ("coopgraph.toml", TOML),
        ("members.yml", MAPPING),
        ("members.csv", "name\nCórdoba\nTampere\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_check_writes_a_sheet_of_what_is_uncertain(run: Command, members: Path) -> None:
    sheet = members / "review.xlsx"
    done = run("check", members, "--review", sheet)
    assert done.code == 1, "the city has no name"
    assert f"{sheet}: 1 name to decide" in done.err
    assert 'under [workspace] in coopgraph.toml, judgements = ["review.xlsx"]' in done.err
    assert [row[0].value for row in load_workbook(sheet)["Review"].iter_rows(min_row=2)] == [
        "name-zz-cordoba"
    ]
    again = run("check", members, "--review", sheet)
    assert again.code == 2
    assert "is there already and may hold decisions" in again.err


def test_gazetteer_is_made_of_files_and_said(run: Command, tmp_path: Path) -> None:
    (tmp_path / "PT.txt").write_text(CITIES, encoding="utf-8")
    made = tmp_path / "big.parquet"
    done = run("gazetteer", "build", tmp_path / "PT.txt", "-o", made, "--format", "json")
    assert done.code == 0
    assert json.loads(done.out) == {"gazetteer": str(made), "places": 1, "bytes": made.stat().st_size}
    assert load_gazetteer(made).title == "GeoNames (PT.txt)"
    refused = run("gazetteer", "build", tmp_path / "no.zip", "-o", tmp_path / "none.parquet")
    assert refused.code == 1
    assert "no.zip: is none of GeoNames' files." in refused.err
    assert not (tmp_path / "none.parquet").exists()
