"""Say on stderr what is being done, or how far: one changing line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from coopgraph.cli.words import say

PATIENCE = 2.0  # seconds without a word


@contextmanager
def telling(first: str) -> Iterator[Callable[[str], None]]:
    """Yield a function to call with each next step; the line is gone when all is done."""
    if not sys.stderr.isatty():
        say(first)
        yield say
        return
    from coopgraph.cli.output import console

    with console(stderr=True).status(first) as status:
        yield status.update


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say on a terminal what is being worked out, until it is; pipes and files are told nothing."""
    if not sys.stderr.isatty():
        yield
        return
    with telling(what):
        yield


class Told:
    """Says on stderr how far a long work is, every other second."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._said = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        if done < of and time.monotonic() - self._said > PATIENCE:
            self._said = time.monotonic()
            say(f"{done:,} of {of:,} {self._what}")
