"""Kill a building process at random moments and look at what stands: for any command that builds."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from coopgraph.release import open as open_release
from coopgraph.release.locate import current_id

SOURCE = Path(__file__).parents[2] / "src"


@dataclass(frozen=True)
class Kills:
    """How many kills left the old release in force, and how many a new one."""

    old: int
    new: int


Killing = Callable[[], object]  # ends a build that has begun, and returns when it has ended


def kill_builds(
    begin: Callable[[], Killing],
    workspace: Path,
    *,
    kills: int,
    longest: float,
    seed: int = 1,
    between: Callable[[int], None] = lambda _: None,
) -> Kills:
    """Begin to build `workspace` in another process, kill it within `longest` seconds, verify: so many times.

    `between` is called with the number of each round before it, to change the sources. Raises StoreError when
    a kill has broken the release in force.
    """
    chance = random.Random(seed)
    old = new = 0
    for number in range(kills):
        between(number)
        before = current_id(workspace)
        kill = begin()
        time.sleep(chance.uniform(0, longest))
        kill()
        after = current_id(workspace)
        old, new = (old + 1, new) if before == after else (old, new + 1)
        if after is not None:
            open_release(workspace, verify=True).close()
    return Kills(old, new)


def begin_command(command: Sequence[str]) -> Killing:
    """Start a command that builds; return what kills it."""
    process = subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def kill() -> None:
        process.kill()
        process.wait()

    return kill


class Forking:
    """Processes that build a workspace, forked from one that has imported what they need."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self._program = program

    def begin(self) -> Killing:
        """Begin to build; return what kills it."""
        self._say("build", "begun")
        return lambda: self._say("kill", "over")

    def build(self) -> None:
        """Build to the end."""
        self._say("build", "begun")
        self._say("wait", "over")

    def _say(self, line: str, answer: str) -> None:
        assert self._program.stdin and self._program.stdout
        self._program.stdin.write(f"{line}\n")
        self._program.stdin.flush()
        assert self._program.stdout.readline() == f"{answer}\n"


@contextmanager
def forking(workspace: Path) -> Iterator[Forking]:
    """Build a workspace for the first time, and be ready to do it again at once."""
    command = [sys.executable, str(Path(__file__).with_name("forking.py")), str(workspace)]
    with subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout and program.stdout.readline() == "ready\n"
        yield Forking(program)
        assert program.stdin
        program.stdin.close()
