"""Say on stderr what is being done: one line that changes on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from coopgraph.cli.words import say


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
