"""The `coopgraph` command: the shell's face of the package, with no logic of its own.

In: arguments. Out: text, tables or files, and an exit code: 0 fine, 1 something wrong in the data, 2 wrong
use. Each command is a module here, imported only when it is called.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]

SELDOM = (200_000, 20, 20)
"""Thresholds of gc: looking for cycles often costs a short process a tenth of its time."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    >>> main(["release", "--help"])
    Usage: coopgraph release [OPTIONS] COMMAND [ARGS]...
    ...
    0
    """
    try:
        return _run(arguments)
    except KeyboardInterrupt:  # while something is imported, or while the first Ctrl-C is told
        sys.stderr.write("Interrupted.\n")
        return 130


def _run(arguments: Sequence[str] | None) -> int:
    import gc

    from coopgraph.cli.app import coopgraph
    from coopgraph.cli.words import exit_code

    if arguments is None:  # a short process of its own
        gc.set_threshold(*SELDOM)

    return exit_code(lambda: coopgraph.main(arguments, prog_name="coopgraph", standalone_mode=False))
