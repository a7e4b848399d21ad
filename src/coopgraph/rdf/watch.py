"""The clock of a worker: its process is ended when the time of a query is over, by the wall or the processor.

In: a process, seconds. Out: the process killed, and known to have been late. On Linux the processor time of
another process can be read, so that a query on a busy machine is not taken for a slow one; elsewhere the wall
clock counts for both.
"""

from __future__ import annotations

import math
import subprocess
import sys
import threading
import time
from typing import Final

_LEAST: Final = 0.02


class Watch:
    """One thread that looks after one worker: to start another for each query would cost more than most."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._until = self._worked = 0.0
        self._processor = math.inf
        self._wakes = math.inf  # when the thread looks again by itself
        self._closed = False
        self.late = False
        self.spent = 0.0  # processor seconds of the last query

    def begin(self, process: subprocess.Popen[bytes], seconds: float, processor: float | None) -> None:
        """Kill a process after `seconds`, or `processor` seconds of its work, unless `end` comes first."""
        now = time.monotonic()
        with self._changed:
            self._process, self._until = process, now + seconds
            self._processor = math.inf if processor is None else processor
            self._worked = worked(process.pid)
            self.late, self.spent, self._closed = False, 0.0, False
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="query-clock", daemon=True)
                self._thread.start()
            if now + min(seconds, self._processor) < self._wakes:
                self._changed.notify()

    def end(self) -> None:
        """Stop looking; `spent` says how long the process worked."""
        with self._changed:
            if self._process is not None:
                self._left(self._process)
            self._process = None

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._closed, self._thread = True, None
            self._changed.notify()

    def _look(self) -> None:
        with self._changed:
            while not self._closed:
                if self._process is None:
                    self._wakes = math.inf
                    self._changed.wait()
                    continue
                left = self._left(self._process)
                if left <= 0:
                    self.late = True
                    self._process.kill()
                    self._process = None
                    continue
                self._wakes = time.monotonic() + max(left, _LEAST)
                self._changed.wait(max(left, _LEAST))

    def _left(self, process: subprocess.Popen[bytes]) -> float:
        self.spent = max(worked(process.pid) - self._worked, self.spent)
        return min(self._until - time.monotonic(), self._processor - self.spent)


def worked(pid: int) -> float:
    """Processor seconds of a process until now; of the wall clock where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return time.monotonic()
    try:
        return time.clock_gettime((~pid << 3) | 2)  # the kernel's name for the clock of a process
    except OSError:  # it is gone
        return 0.0
