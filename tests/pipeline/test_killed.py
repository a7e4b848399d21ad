"""A build killed at any moment leaves a release that is whole: the old one or the new."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import coopgraph as cg

CITIES = "SELECT (COUNT(?c) AS ?n) { ?c a <https://w3id.org/coopgraph/ns#City> }"
BUILD = "import sys, coopgraph as cg; cg.build(sys.argv[1])"


def start(workspace: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", BUILD, str(workspace)], stderr=subprocess.DEVNULL)


def change(workspace: Path, number: int) -> None:
    """Each build has something new to publish."""
    cities = workspace / "cities.csv"
    header, _, *rest = cities.read_text().splitlines()
    cities.write_text("\n".join([header, f"lima,Lima {number},PE", *rest]) + "\n")


def kill_builds(workspace: Path, kills: int, seed: int) -> tuple[int, int]:
    """Kill builds at random moments; return how often the old release stood and how often the new one."""
    moments = random.Random(seed)
    old = new = 0
    current = cg.build(workspace).release_id
    began = time.monotonic()
    change(workspace, 0)
    start(workspace).wait()
    length = time.monotonic() - began
    with cg.open(workspace) as release:
        current = release.manifest.id
    for number in range(1, kills + 1):
        change(workspace, number)
        process = start(workspace)
        time.sleep(moments.uniform(0, length * 1.1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        with cg.open(workspace, verify=True) as release:  # every byte is compared with its digest
            found = release.manifest.id
            assert list(
                release.query("SELECT (COUNT(?c) AS ?n) { ?c a <https://w3id.org/coopgraph/ns#City> }")
            ) == [(3,)]
        old, new = (old + 1, new) if found == current else (old, new + 1)
        current = found
    return old, new


def test_a_killed_build_leaves_a_whole_release(workspace: Path) -> None:
    old, new = kill_builds(workspace, 8, seed=1)
    assert old + new == 8
    assert old, "no build was killed before it published: the test kills too late"
    built = cg.build(workspace)  # the lock of the dead does not stand in the way, and their litter is gone
    assert not list((workspace / ".coopgraph").glob("staging-*"))
    assert built.directory.is_dir()


@pytest.mark.slow
def test_two_hundred_killed_builds_leave_whole_releases(workspace: Path) -> None:
    old, new = kill_builds(workspace, 200, seed=2)
    assert old + new == 200
    assert old and new, "kills must come both before and after publishing"


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
