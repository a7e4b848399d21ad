"""Run contenders side by side, each in a fresh process, in turn (A B A B ...), and compare their medians.

A contender is a script that prints one JSON object: `cpu` (seconds of CPU of the timed part, all threads),
`peak_mb` (of the whole process), and `check`, a value that must be equal for all contenders of one
comparison: two programs that answer differently are not compared.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Contender:
    """A script of this folder with its arguments; `python` may be an interpreter of another environment."""

    name: str
    script: str
    arguments: tuple[str, ...]
    python: str = sys.executable


@dataclass(frozen=True)
class Timing:
    """Median CPU seconds, their least and most, peak memory, what was answered, and all of the last run."""

    name: str
    cpu: float
    spread: tuple[float, float]
    peak_mb: float
    check: Any
    last: dict[str, Any]


def compare(contenders: Sequence[Contender], *, runs: int) -> dict[str, Timing]:
    """Return each contender's timing by name; refuse contenders whose answers differ."""
    results: dict[str, list[dict[str, Any]]] = {contender.name: [] for contender in contenders}
    for _ in range(runs):
        for contender in contenders:
            results[contender.name].append(run(contender))
    timings = {name: summary(name, found) for name, found in results.items()}
    if len({json.dumps(timing.check) for timing in timings.values()}) > 1:
        answers = {name: timing.check for name, timing in timings.items()}
        raise SystemExit(f"The contenders disagree: {answers}")
    return timings


def run(contender: Contender) -> dict[str, Any]:
    """Run one contender once and return what it printed."""
    command = [contender.python, str(HERE / contender.script), *contender.arguments]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent / "src")}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(f"{contender.script} {' '.join(contender.arguments)} failed:\n{done.stderr}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def process(name: str, command: Sequence[str], *, runs: int, cwd: Path | None = None) -> Timing:
    """Return the median CPU seconds of whole processes, their children included."""
    import resource

    found = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=cwd)
        if done.returncode:
            raise SystemExit(f"{name} failed:\n{done.stdout}{done.stderr}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        found.append({"cpu": cpu, "peak_mb": 0.0, "check": None})
    return summary(name, found)


def timed(work: Callable[[], Any]) -> None:
    """Inside a contender: do the work, print CPU seconds, peak memory and the answer as JSON."""
    start = time.process_time()
    check = work()
    print(json.dumps({"cpu": time.process_time() - start, "peak_mb": peak_mb(), "check": check}))


def peak_mb() -> float:
    """The most memory this process has had so far, in MB."""
    import resource

    unit = 1024 if sys.platform == "darwin" else 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / unit


def summary(name: str, found: Sequence[dict[str, Any]]) -> Timing:
    """Several runs of one contender as one timing."""
    cpu = [one["cpu"] for one in found]
    peak = max(one["peak_mb"] for one in found)
    return Timing(name, statistics.median(cpu), (min(cpu), max(cpu)), peak, found[-1]["check"], found[-1])
