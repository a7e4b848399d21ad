"""A build killed at any moment leaves a release that is whole: the old one or the new."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import coopgraph as cg
from tests.release.killing import Kills, forking, kill_builds

BUILD = "import sys, coopgraph as cg; cg.build(sys.argv[1])"


def start(workspace: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", BUILD, str(workspace)], stderr=subprocess.DEVNULL)


def change(workspace: Path, number: int) -> None:
    """Each build has something new to publish."""
    cities = workspace / "cities.csv"
    header, _, *rest = cities.read_text().splitlines()
    cities.write_text("\n".join([header, f"lima,Lima {number},PE", *rest]) + "\n")


def kill_real_builds(workspace: Path, kills: int, seed: int) -> Kills:
    """Kill builds of a workspace that changes each time; then build in peace and sweep what they left."""
    with forking(workspace) as processes:
        change(workspace, kills)
        began = time.monotonic()
        processes.build()
        longest = 1.1 * (time.monotonic() - began)
        found = kill_builds(
            processes.begin,
            workspace,
            kills=kills,
            longest=longest,
            seed=seed,
            between=lambda number: change(workspace, number),
        )
    change(workspace, kills + 1)
    assert cg.build(workspace).new
    left = {path.name for path in (workspace / ".coopgraph").iterdir()}
    assert left == {"current", "lock", "releases"}
    return found


def test_a_killed_build_leaves_a_whole_release(workspace: Path) -> None:
    found = kill_real_builds(workspace, 8, seed=1)
    assert found.old + found.new == 8
    assert found.old, "no build was killed before it published: the kills come too late"


@pytest.mark.slow
def test_two_hundred_killed_builds_leave_whole_releases(workspace: Path) -> None:
    found = kill_real_builds(workspace, 200, seed=2)
    assert found.old + found.new == 200
    assert found.old and found.new, "kills must come both before and after publishing"


def test_a_second_build_says_who_is_at_work_or_waits(workspace: Path) -> None:
    cg.build(workspace)
    change(workspace, 1)
    first = start(workspace)
    try:
        lock = workspace / ".coopgraph/lock"
        while not (lock.exists() and str(first.pid) in lock.read_text()):
            assert first.poll() is None, "the first build was over before the second began"
            time.sleep(0.01)
        os.kill(first.pid, signal.SIGSTOP)  # it holds the lock and stays
        with pytest.raises(cg.StoreError, match=rf"{first.pid}"):
            cg.build(workspace)
        os.kill(first.pid, signal.SIGCONT)
        assert not cg.build(workspace, wait=True).new  # it waited, and the first had published the same
    finally:
        first.kill()
        first.wait()
