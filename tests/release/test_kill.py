"""A build killed at any moment leaves a whole release in force, and the next build works."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from coopgraph.release import manage
from coopgraph.release import open as open_release
from coopgraph.release.locate import current_id
from tests.release.killing import SOURCE, Kills, begin_command, kill_builds
from tests.release.small_build import build

PROGRAM = Path(__file__).with_name("small_build.py")


def time_to_publish(command: list[str], workspace: Path) -> float:
    """Seconds until the program has published for the first time, on this machine and at its load."""
    began = time.monotonic()
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(SOURCE)})
    while current_id(workspace) is None:
        assert process.poll() is None, "the program ended before it published"
        time.sleep(0.01)
    process.kill()
    process.wait()
    return time.monotonic() - began


def after_kills(workspace: Path, kills: int) -> Kills:
    """Kill so many builds, then build once more in peace."""
    command = [sys.executable, str(PROGRAM), str(workspace)]
    longest = 2 * time_to_publish(command, workspace)
    found = kill_builds(lambda: begin_command(command), workspace, kills=kills, longest=longest)
    build(workspace, 1_000_000)
    assert manage.prune(workspace, keep=1)
    left = sorted(path.name for path in (workspace / ".coopgraph").iterdir())
    assert left == ["current", "lock", "releases"], "what killed builds left is swept"
    with open_release(workspace, verify=True) as release:
        assert set(release.table("numbers").column("number").to_pylist()) == {1_000_000}
        assert [row[0] for row in release.query("SELECT DISTINCT ?n { ?s ?p ?n }")] == ["1000000"]
    return found


def test_twenty_kills(tmp_path: Path) -> None:
    found = after_kills(tmp_path, 20)
    assert found.old + found.new == 20
    assert found.old and found.new, "some before, some after publishing"
