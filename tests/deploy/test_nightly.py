"""The workflow of examples/nightly, its `run:` steps as plain shell, and the script for cron."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import write_small

INSTALL = 'python -m pip install "$COOPGRAPH"'


@pytest.fixture(scope="module")
def workflow(root: Path) -> dict[str, Any]:
    path = root / "examples" / "nightly" / ".github" / "workflows" / "nightly.yml"
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # `on` stays a text
    return found


def test_it_runs_nightly_with_least_rights(workflow: dict[str, Any]) -> None:
    assert workflow["on"]["schedule"][0]["cron"].split()[2:] == ["*", "*", "*"]
    assert workflow["permissions"] == {"contents": "read"}
    steps = workflow["jobs"]["build"]["steps"]
    assert all(step.get("uses", "x@v4").split("@")[1].startswith("v") for step in steps)
    names = [step.get("name") for step in steps]
    assert names.index("Check the data; anything wrong stops here") < names.index("Build")
    kept = [step["with"]["path"] for step in steps if "cache" in step.get("uses", "")]
    assert len(set(kept)) == 1  # what is saved is what is restored


def programs(folder: Path, root: Path) -> dict[str, str]:
    """Put `coopgraph`, and a `mail` that keeps what it sends, on the path; return the environment."""
    program = folder / "bin"
    program.mkdir(exist_ok=True)
    for name, text in (
        ("coopgraph", f'exec "{sys.executable}" -m coopgraph "$@"'),
        ("mail", f'{{ echo "$@"; cat; }} >> "{folder / "sent"}"'),
    ):
        (program / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (program / name).chmod(0o755)
    path = f"{program}:{os.environ['PATH']}"
    return {**os.environ, "PYTHONPATH": str(root / "src"), "PATH": path}


def night(workflow: dict[str, Any], root: Path, folder: Path) -> tuple[int, str]:
    """Run the steps as the service does, until one fails; return its exit code and all that was said."""
    env = {
        **programs(folder, root),
        **workflow["env"],
        "WORKSPACE": "ws",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }
    shutil.rmtree(folder / "out", ignore_errors=True)  # each night is on a new machine
    for name in ("build.json", "summary.md"):
        (folder / name).unlink(missing_ok=True)
    said = ""
    for step in workflow["jobs"]["build"]["steps"]:
        if "run" in step and step["run"] != INSTALL:
            done = subprocess.run(
                ["bash", "-e", "-c", step["run"]],
                cwd=folder,
                env=env,
                capture_output=True,
                text=True,
                check=False,
            )
            said += done.stdout + done.stderr
            if done.returncode:
                return done.returncode, said
    return 0, said


@pytest.mark.slow
def test_four_nights(workflow: dict[str, Any], root: Path, tmp_path: Path) -> None:
    assert [s["run"] for s in workflow["jobs"]["build"]["steps"] if s.get("name") == "Install"] == [INSTALL]
    shutil.copytree(root / "data", tmp_path / "ws", ignore=shutil.ignore_patterns(".coopgraph"))
    out, releases = tmp_path / "out", tmp_path / "ws" / ".coopgraph" / "releases"
    changes, summary = out / "changes.md", tmp_path / "summary.md"

    code, said = night(workflow, root, tmp_path)
    assert code == 0, said
    assert "The first release" in summary.read_text("utf-8")
    names = {"changes.md", "cooperation.xlsx", "network.gexf", "release.nq.gz", "index.html"}
    assert {path.name for path in out.iterdir()} == names

    money = tmp_path / "ws" / "money.csv"
    money.write_text(money.read_text("utf-8").replace("4759000", "4800000"), "utf-8")
    code, said = night(workflow, root, tmp_path)
    assert code == 0, said
    assert "4759000 \\[seed\\] → 4800000 \\[seed\\]" in changes.read_text("utf-8")
    assert summary.read_text("utf-8") == changes.read_text("utf-8")
    assert {path.name for path in out.iterdir()} == names | {"changes.rdfp"}
    assert len(list(releases.iterdir())) == 2

    code, said = night(workflow, root, tmp_path)
    assert code == 0, said
    assert summary.read_text("utf-8") == "Nothing changed since the release in force was built.\n"
    assert {path.name for path in out.iterdir()} == names

    money.write_text(money.read_text("utf-8").replace("4800000", "a lot"), "utf-8")
    code, said = night(workflow, root, tmp_path)
    assert code == 1
    assert "a lot" in said
    assert not changes.exists()
    assert len(list(releases.iterdir())) == 2


def test_four_nights_of_cron(root: Path, tmp_path: Path) -> None:
    sent, small = tmp_path / "sent", write_small(tmp_path / "small")

    def cron() -> subprocess.CompletedProcess[str]:
        script = root / "examples" / "nightly" / "nightly.sh"
        return subprocess.run(
            ["sh", str(script), str(small), "office@example.org"],
            cwd=tmp_path,
            env=programs(tmp_path, root),
            capture_output=True,
            text=True,
            check=False,
        )

    first = cron()
    assert (first.returncode, first.stdout) == (0, "")
    assert "nothing to compare it with" in first.stderr
    assert not sent.exists()

    cities = small / "cities.csv"
    cities.write_text(cities.read_text("utf-8").replace(",Quito,", ",San Francisco de Quito,"), "utf-8")
    for _ in ("with a change", "without"):
        done = cron()
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        text = sent.read_text("utf-8")
        assert text.startswith("-s What changed office@example.org\n# What changed: ")
        assert text.count("Quito \\[test\\] → San Francisco de Quito") == 1

    table = small / "participations.csv"
    table.write_text(table.read_text("utf-8").replace("unknown,yes", "perhaps,yes"), "utf-8")
    before = (small / "build.json").read_bytes()
    wrong = cron()
    assert wrong.returncode == 1
    assert "perhaps" in wrong.stderr
    assert (small / "build.json").read_bytes() == before  # it was not built
