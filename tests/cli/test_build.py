"""build, check and release: what is published, what is refused, and what is said."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command


def test_build_publishes_once(run: Command, small: Path) -> None:
    first = run("build", small, "--format", "json")
    assert first.code == 0, first.err
    told = json.loads(first.out)
    assert told["new"] is True
    assert [(s["name"], s["records"]) for s in told["sources"]] == [
        ("cities", 3),
        ("actions", 2),
        ("participations", 5),
    ]
    assert (small / ".coopgraph" / "current").read_text().strip() == told["release"]
    again = json.loads(run("build", small, "--format", "json").out)
    assert (again["release"], again["new"]) == (told["release"], False)


def test_build_says_what_was_read_and_how_to_go_on(run: Command, small: Path) -> None:
    done = run("build", small)
    assert "participations.csv" in done.out
    assert f"coopgraph query -w {small}" in done.out
    assert "\x1b" not in done.out + done.err


def test_what_is_wrong_is_told_with_file_line_and_column(run: Command, small: Path) -> None:
    run("build", small)
    before = (small / ".coopgraph" / "current").read_text()
    (small / "actions.csv").write_text("id,title,start\nvisit,Visit,200l\nworkshop,Workshop,2018\n")
    built = run("build", small)
    assert built.code == 1
    assert built.out == ""
    assert "actions.csv, line 2: column 'start' has '200l'" in built.err
    assert (small / ".coopgraph" / "current").read_text() == before
    checked = run("check", small)
    assert checked.code == 1
    assert "violation  actions.csv, line 2: column 'start' has '200l'" in checked.out
    told = json.loads(run("check", small, "--format", "json").out)
    assert (told["ok"], told["counts"]["violation"]) == (False, 1)
    assert {"file": "actions.csv", "line": 2, "column": "start"}.items() <= told["faults"][0].items()


def test_keep_going_leaves_the_wrong_row_out_and_says_so(run: Command, small: Path) -> None:
    (small / "actions.csv").write_text("id,title,start\nvisit,Visit,200l\nworkshop,Workshop,2018\n")
    kept = run("build", small, "--keep-going")
    assert kept.code == 0, kept.err
    assert "line 2" in kept.err


def test_check_publishes_nothing(run: Command, small: Path) -> None:
    done = run("check", small)
    assert done.code == 0, done.out
    assert not (small / ".coopgraph" / "current").exists()


def test_now_is_a_day(run: Command, small: Path) -> None:
    assert run("build", small, "--now", "2020-01-31").code == 0
    wrong = run("build", small, "--now", "yesterday")
    assert wrong.code == 2
    assert "'yesterday'" in wrong.err


def test_parameters_of_paths(run: Command, small: Path, tmp_path: Path) -> None:
    settings = (small / "coopgraph.toml").read_text()
    (small / "coopgraph.toml").write_text(
        settings.replace('path = "cities.csv"', 'path = "{place}/cities.csv"')
    )
    (tmp_path / "else where").mkdir()
    (small / "cities.csv").rename(tmp_path / "else where" / "cities.csv")
    unset = run("build", small)
    assert unset.code == 2
    assert "place" in unset.err
    assert run("build", small, "--set", f"place={tmp_path / 'else where'}").code == 0


def test_list_rollback_and_prune(run: Command, small: Path) -> None:
    assert (
        "small has no release yet. Build one with `coopgraph build "
        in run("release", "list", "-w", small).out
    )
    first = json.loads(run("build", small, "--format", "json").out)["release"]
    (small / "cities.csv").write_text("id,name,country\nlima,Lima,PE\nquito,Quito,EC\nla-paz,Chuquiago,BO\n")
    second = json.loads(run("build", small, "--format", "json").out)["release"]
    listed = json.loads(run("release", "list", "-w", small, "--format", "json").out)
    assert [(r["release"], r["in_force"]) for r in listed] == [(second, True), (first, False)]
    assert run("release", "rollback", "-w", small).out == f"In force now: {first}\n"
    assert run("query", "-w", small, "ASK { ?c skos:prefLabel 'La Paz'@en }").out == "yes\n"
    assert run("release", "rollback", second[:6], "-w", small).out == f"In force now: {second}\n"
    assert run("release", "prune", "--keep", "1", "-w", small).out == f"Deleted: {first}\n"
    assert run("release", "rollback", "-w", small).code == 1
    assert second in run("release", "list", "-w", small).out


def test_what_is_counted_are_things(run: Command, built: Path) -> None:
    rows = {
        name: len((built / f"{name}.csv").read_text(encoding="utf-8").splitlines()) - 1
        for name in ("agreements", "memberships", "network_roles", "participations", "cities")
    }
    rows["offices"] = rows.pop("network_roles")
    told = json.loads(run("build", built, "--format", "json").out)["counts"]
    assert {name: told[name] for name in rows} == rows
    line = f"{rows['agreements']} agreements · {rows['memberships']} memberships · {rows['offices']} offices"
    assert line in run("build", built).out
    manifest = json.loads(next((built / ".coopgraph").glob("releases/*/manifest.json")).read_text())
    assert manifest["counts"]["things"].items() <= told.items()
    assert manifest["counts"]["table_rows"]["agreements"] > rows["agreements"]
