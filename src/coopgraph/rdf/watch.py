"""The clock of one query: its process is ended when the time is over, by the wall or by the processor.

In: a process, seconds. Out: the process killed, and known to have been late. On Linux the processor time of
another process can be read, so that a query on a busy machine is not taken for a slow one; elsewhere the wall
clock counts for both.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import Final

_LEAST: Final = 0.02


class Watch:
    """Kill a process after `seconds`, or once it has worked for `processor` seconds; cancel it when done."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float, processor: float | None) -> None:
        self._process = process
        self._processor = processor
        self._worked = worked(process.pid)
        self._until = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._done = False
        self.late = False
        self.spent = 0.0
        self._arm(seconds if processor is None else min(seconds, processor))

    def cancel(self) -> None:
        """Stop looking; `spent` says how long the process worked."""
        with self._lock:
            self._done = True
            self._timer.cancel()
        self.spent = max(worked(self._process.pid) - self._worked, self.spent)

    def _arm(self, seconds: float) -> None:
        self._timer = threading.Timer(max(seconds, _LEAST), self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        with self._lock:
            if self._done:
                return
            left = self._until - time.monotonic()
            self.spent = max(worked(self._process.pid) - self._worked, self.spent)
            if self._processor is not None:
                left = min(left, self._processor - self.spent)
            if left > 0:
                self._arm(left)
                return
            self.late = True
            self._process.kill()


def worked(pid: int) -> float:
    """Processor seconds of a process until now; of the wall clock where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return time.monotonic()
    try:
        return time.clock_gettime((~pid << 3) | 2)  # the kernel's name for the clock of a process
    except OSError:  # it is gone
        return 0.0
