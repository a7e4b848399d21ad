"""One build at a time; a lock says who holds it; a dead process holds none."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from coopgraph.errors import StoreError
from coopgraph.release import lock

HOLDER = """
import sys, time
from pathlib import Path
from coopgraph.release import lock
if sys.argv[2] == "file":
    lock._flock = lambda: None
with lock.held(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture(params=["flock", "file"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of locking; without `fcntl` (Windows) the file itself is the lock."""
    if request.param == "file":
        monkeypatch.setattr(lock, "_flock", lambda: None)
    elif os.name == "nt":
        pytest.skip("Windows has no flock")
    return str(request.param)


@pytest.fixture
def holder(tmp_path: Path, way: str, root: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "lock"), way],
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_the_second_is_told_who_holds_it(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    words = f"process {holder.pid} on {socket.gethostname()} since 20"
    with pytest.raises(StoreError, match=words), lock.held(tmp_path / "lock"):
        pass


def test_a_killed_holder_holds_no_more(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    with lock.held(tmp_path / "lock", wait=2):
        pass


def test_waiting(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    threading.Timer(0.4, holder.kill).start()
    reaper = threading.Thread(target=holder.wait)
    reaper.start()
    begun = time.monotonic()
    with lock.held(tmp_path / "lock", wait=10):
        assert 0.2 < time.monotonic() - begun < 5
    reaper.join()


def test_again_and_again(tmp_path: Path, way: str) -> None:
    for _ in range(3):
        with lock.held(tmp_path / "lock"):
            said = json.loads((tmp_path / "lock").read_text(encoding="utf-8"))
            assert said["pid"] == os.getpid()
            with pytest.raises(StoreError, match=str(os.getpid())), lock.held(tmp_path / "lock"):
                pass


def test_a_lock_of_another_machine_is_respected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_flock", lambda: None)
    said = {"pid": 1, "host": "elsewhere", "since": "2026-01-01"}
    (tmp_path / "lock").write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(StoreError, match="on elsewhere"), lock.held(tmp_path / "lock"):
        pass
    assert (tmp_path / "lock").is_file()


def test_a_lock_without_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process killed between making the file and writing into it."""
    monkeypatch.setattr(lock, "_flock", lambda: None)
    (tmp_path / "lock").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match=r"delete .*lock"), lock.held(tmp_path / "lock"):
        pass


def test_who_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lock.is_alive(os.getpid())
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert not lock.is_alive(process.pid)
    assert not lock.is_alive(0)
    monkeypatch.setattr(lock, "_ON_WINDOWS", True)
    monkeypatch.setattr(lock, "_opens_on_windows", lambda pid: pid == 7)
    monkeypatch.setattr(os, "kill", lambda *_: pytest.fail("a signal ends a process on Windows"))
    assert lock.is_alive(7)
    assert not lock.is_alive(8)
