"""demo: the story is told with computed facts, and a folder that is not a demo is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coopgraph.cli.demo_workspace import MARK, make_workspace
from coopgraph.errors import ConfigError
from tests.cli.conftest import Command


def test_the_story_and_again_as_data(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COOPGRAPH_COMMAND", "python3 run.py")
    done = run("demo")
    assert done.code == 0, done.err
    told = " ".join(done.out.split())
    for said in (
        "248 of 354 participations have an unknown flag",
        "6,600,000 EUR planned",
        "4,759,000 EUR invested",
        "Montevideo (2017)",
        "as it is read): 72.1 %",
        "violations",
        "At least 5 are named",
        "100 agreements, 71 memberships, 21 offices",
        "109 of 195 participations with a yes, and 48 of 103 with a yes to both, are derived",
        "cities both give and receive in one event, 'Brazil-Mozambique",
        "unknown is not a yes, 98.2 % and .995; unknown is a yes, 99.9 % and 1.000",
        "coopgraph-demo/network.html",
        "python3 run.py query -w coopgraph-demo --list",
    ):
        assert said in told, said
    assert max(map(len, done.out.splitlines())) <= 80
    assert (tmp_path / "coopgraph-demo" / "network.html").is_file()

    data = json.loads(run("demo", "--format", "json").out)
    assert data["ranking"]["unknown"] == 248
    assert data["ranking"]["exclude"] != data["ranking"]["both"]
    assert data["read"]["new"] is False
    assert [answer["query"][:6] for answer in data["answers"]] == ["cq-011", "cq-013", "cq-016"]
    beside = {row["measure"]: (int(row["reported"]), row["documented"]) for row in data["answers"][2]["rows"]}
    assert beside["cities adhering to memoranda of integral cooperation"] == (14, 0)


def test_a_folder_that_is_not_a_demo_is_left_alone(run: Command, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    done = run("demo", tmp_path)
    assert done.code == 2
    assert "is not a demo" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_what_its_user_changed_stays(tmp_path: Path) -> None:
    make_workspace(tmp_path / "demo")
    cities = tmp_path / "demo" / "cities.csv"
    cities.write_text(cities.read_text(encoding="utf-8").replace("Quito", "Kitu"), encoding="utf-8")
    make_workspace(tmp_path / "demo")
    assert "Kitu" in cities.read_text(encoding="utf-8")


def test_a_demo_of_another_version_is_brought_up_to_date(tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    make_workspace(demo)
    fresh = (demo / "cities.csv").read_bytes()
    (demo / "cities.csv").write_text("id,name\n")
    made = json.loads((demo / MARK).read_text())
    import hashlib

    made["cities.csv"] = hashlib.sha256(b"id,name\n").hexdigest()  # as the other version had it
    (demo / MARK).write_text(json.dumps(made))
    make_workspace(demo)
    assert (demo / "cities.csv").read_bytes() == fresh
    made["cities.csv"] = "of a third version"
    (demo / MARK).write_text(json.dumps(made))
    with pytest.raises(ConfigError, match=r"you have changed cities\.csv"):
        make_workspace(demo)
