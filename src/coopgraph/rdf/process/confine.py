"""What the process gives up before it sees a query: the network, memory and time without end, its turn.

In: limits. Out: whether the system granted each. Linux grants all of it, macOS has no limit on memory that
holds, Windows none of it: there the caller limits time, rows and bytes. Standard: POSIX resource limits.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000


def leave_network() -> bool:
    """Give up the network for good, where the system lets an ordinary process do so."""
    flags = (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET)
    unshare = getattr(os, "unshare", None) or _unshare_of_libc()
    return unshare is not None and any(_succeeds(unshare, flag) for flag in flags)


def _succeeds(unshare: Callable[[int], object], flags: int) -> bool:
    try:
        return not unshare(flags)
    except OSError:
        return False


def _unshare_of_libc() -> Callable[[int], object] | None:
    """`unshare` for Python 3.11, which has no `os.unshare`."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    try:
        return ctypes.CDLL(None).unshare
    except (OSError, AttributeError):
        return None


def give_way(nice: int) -> None:
    """Let other processes go first; Linux schedules sessions apart, so the session is told as well."""
    if nice and hasattr(os, "nice"):
        os.nice(nice)
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(nice), encoding="ascii")


def limit_memory(size: int) -> bool:
    """Let the system refuse memory beyond `size`; False where it cannot."""
    try:
        import resource
    except ImportError:
        return False
    try:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        return False
    return True


def limit_time(seconds: float) -> bool:
    """Let the system end this process after so much more processor time; False where it cannot."""
    try:
        import resource
    except ImportError:
        return False
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))
    return True
