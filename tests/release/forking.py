"""A program that has imported all that a build imports, and forks builds: `forking.py WORKSPACE`.

In: lines on standard input: `build`, then `kill` or `wait`. Out: a line when it is ready (it has built once,
in a process of its own, to learn what is imported), when a build has begun, and when it is over.

A fork is a process like another, with its own threads, files and lock; only its imports, which touch no
workspace and are the same each time, are done once.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from importlib import import_module

import coopgraph as cg


def main(workspace: str) -> None:
    """Fork a build for each line that asks for one, and kill it or wait for it, as the next line says."""
    for name in imported_by_build(workspace):
        import_module(name)
    gc.freeze()
    say("ready")
    while sys.stdin.readline():
        child = os.fork()
        if not child:
            cg.build(workspace)
            os._exit(0)
        say("begun")
        if sys.stdin.readline() == "kill\n":
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        say("over")


def imported_by_build(workspace: str) -> list[str]:
    """Build in another process; return the modules it has afterwards, in the order it imported them."""
    reading, writing = os.pipe()
    if not os.fork():
        cg.build(workspace)
        with os.fdopen(writing, "w") as told:
            told.write("\n".join(sys.modules))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        return told.read().splitlines()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
