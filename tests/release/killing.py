"""Kill a building process at random moments and look at what stands: for any command that builds."""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Callable, Sequence
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


def kill_builds(
    command: Sequence[str],
    workspace: Path,
    *,
    kills: int,
    longest: float,
    seed: int = 1,
    between: Callable[[int], None] = lambda _: None,
) -> Kills:
    """Start a command that builds `workspace`, kill it within `longest` seconds, verify: so many times.

    `between` is called with the number of each round before it, to change the sources. Raises StoreError when
    a kill has broken the release in force.
    """
    chance = random.Random(seed)
    old = new = 0
    for number in range(kills):
        between(number)
        before = current_id(workspace)
        process = subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0, longest))
        process.kill()
        process.wait()
        after = current_id(workspace)
        old, new = (old + 1, new) if before == after else (old, new + 1)
        if after is not None:
            open_release(workspace, verify=True).close()
    return Kills(old, new)
