"""The workflow of examples/nightly: its `run:` steps, in order, as plain shell, two nights and a bad one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

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


def night(workflow: dict[str, Any], root: Path, folder: Path) -> tuple[int, str]:
    """Run the steps as the service does, until one fails; return its exit code and all that was said."""
    program = folder / "bin"
    program.mkdir(exist_ok=True)
    script = program / "coopgraph"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m coopgraph "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    env = {
        **os.environ,
        **workflow["env"],
        "WORKSPACE": "ws",
        "PYTHONPATH": str(root / "src"),
        "PATH": f"{program}:{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }
    said = ""
    for step in workflow["jobs"]["build"]["steps"]:
        if "run" in step and step["run"] != INSTALL:
            done = subprocess.run(
                ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
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


def test_two_nights_and_a_bad_one(workflow: dict[str, Any], root: Path, tmp_path: Path) -> None:
    assert [s["run"] for s in workflow["jobs"]["build"]["steps"] if s.get("name") == "Install"] == [INSTALL]
    shutil.copytree(root / "data", tmp_path / "ws", ignore=shutil.ignore_patterns(".coopgraph"))
    out, releases = tmp_path / "out", tmp_path / "ws" / ".coopgraph" / "releases"

    code, said = night(workflow, root, tmp_path)
    assert code == 0, said
    assert "The first release" in (tmp_path / "summary.md").read_text("utf-8")
    names = {"changes.md", "cooperation.xlsx", "network.gexf", "release.nq.gz", "index.html"}
    assert {path.name for path in out.iterdir()} == names

    money = tmp_path / "ws" / "money.csv"
    money.write_text(money.read_text("utf-8").replace("4759000", "4800000"), "utf-8")
    code, said = night(workflow, root, tmp_path)
    assert code == 0, said
    assert "4759000 \\[seed\\] → 4800000 \\[seed\\]" in (out / "changes.md").read_text("utf-8")
    assert (out / "changes.rdfp").is_file()
    assert len(list(releases.iterdir())) == 2

    money.write_text(money.read_text("utf-8").replace("4800000", "a lot"), "utf-8")
    code, said = night(workflow, root, tmp_path)
    assert code == 1
    assert "a lot" in said
    assert len(list(releases.iterdir())) == 2
