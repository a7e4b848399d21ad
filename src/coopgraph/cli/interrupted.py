"""Ctrl-C is Ctrl-C, whatever a library makes of it.

In: work that runs through libraries (DuckDB, lxml, the query engine), each of which turns an interrupt of
Python into an error of its own, or drops it. Out: `KeyboardInterrupt`.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self


class Interruptible:
    """While it is open, an error that comes after Ctrl-C is that Ctrl-C.

    >>> try:
    ...     with Interruptible():
    ...         try:
    ...             signal.raise_signal(signal.SIGINT)
    ...         except KeyboardInterrupt:
    ...             raise RuntimeError("Query interrupted") from None
    ... except KeyboardInterrupt:
    ...     print("Interrupted.")
    Interrupted.
    """

    def __init__(self) -> None:
        self._stopped = False
        self._before: Any = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        if self._stopped and kind is not None:
            raise KeyboardInterrupt from None

    def before(self, act: Callable[[str], None]) -> Callable[[str], None]:
        """Return what says each step, unless a Ctrl-C was dropped before it."""

        def say(step: str) -> None:
            if self._stopped:
                raise KeyboardInterrupt
            act(step)

        return say

    def _stop(self, number: int, frame: object) -> None:
        self._stopped = True
        sys.unraisablehook = _silently  # what is half written complains when it is taken apart
        raise KeyboardInterrupt


def _silently(unraisable: object) -> None:
    """Tell nobody."""
