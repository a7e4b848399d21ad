"""One build at a time: a lock that says who holds it and that a dead process cannot keep.

In: the lock's path. Out: the lock, held until the context ends. Where the system has `flock` the kernel holds
it and lets go when the process dies, however it dies. Elsewhere (Windows) the file itself is the lock, and
one left by a process that is no longer there is removed.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from coopgraph.errors import StoreError

_POLL: Final = 0.1
_ON_WINDOWS: Final = os.name == "nt"


@contextmanager
def held(path: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock, waiting up to `wait` seconds for another to let go; then StoreError says who has it."""
    claim = _claim_by_flock if _flock() is not None else _claim_by_file
    deadline = time.monotonic() + wait
    while (let_go := claim(path)) is None:
        if time.monotonic() >= deadline:
            raise StoreError(f"{_holder(path)} Wait for it to end, or use --wait.")
        time.sleep(_POLL)
    try:
        yield
    finally:
        let_go()


def _flock() -> Any:
    try:
        import fcntl
    except ImportError:
        return None
    return fcntl


def _who() -> str:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since}) + "\n"


def _claim_by_flock(path: Path) -> Callable[[], None] | None:
    """The file stays when the lock is free; only the kernel's lock on it counts."""
    fcntl = _flock()
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    os.ftruncate(handle, 0)
    os.write(handle, _who().encode())

    def let_go() -> None:
        os.ftruncate(handle, 0)
        os.close(handle)

    return let_go


def _claim_by_file(path: Path) -> Callable[[], None] | None:
    """The file is the lock: it can be made once only."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        _remove_if_stale(path)
        return None
    os.write(handle, _who().encode())
    os.close(handle)

    def let_go() -> None:
        path.unlink(missing_ok=True)

    return let_go


def _remove_if_stale(path: Path) -> None:
    """Take away a lock whose process has died on this machine; renamed first, so that only one can do it."""
    said = _read(path)
    if not said or said.get("host") != socket.gethostname() or is_alive(int(said.get("pid", 0))):
        return
    stale = path.with_name(f"{path.name}.stale-{os.getpid()}")
    with suppress(OSError):
        path.rename(stale)
        stale.unlink()


def is_alive(pid: int) -> bool:
    """Whether a process of this machine is there. On Windows a signal would end it: it is opened instead."""
    if pid <= 0:
        return False
    if _ON_WINDOWS:
        return _opens_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _opens_on_windows(pid: int) -> bool:
    import ctypes

    kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]  # there on Windows alone
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return False
    kernel.CloseHandle(handle)
    return True


def _read(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _holder(path: Path) -> str:
    said = _read(path)
    if not said:
        return f"Another build holds {path}. If none is at work, delete {path}."
    who = f"process {said.get('pid')} on {said.get('host')} since {said.get('since')}"
    return f"Another build is at work: {who}."
