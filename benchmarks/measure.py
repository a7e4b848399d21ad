"""Run contenders side by side, each in a fresh process, in turn (A B A B ...), and compare their medians.

A contender is a script that prints one JSON object: `cpu` (seconds of CPU of the timed part), `peak_mb`, and `check`, a
value that must be equal for all contenders of one comparison: two programs that answer differently are not compared.
"""

from __future__ import annotations

import json
import resource
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
    """A named command; `python` may be an interpreter of another environment."""

    name: str
    script: str
    arguments: tuple[str, ...]
    python: str = sys.executable


@dataclass(frozen=True)
class Timing:
    name: str
    cpu: float
    spread: tuple[float, float]
    peak_mb: float
    check: Any


def compare(contenders: Sequence[Contender], *, runs: int = 5) -> list[Timing]:
    """Return each contender's median CPU seconds and memory; refuse contenders whose answers differ."""
    results: dict[str, list[dict[str, Any]]] = {contender.name: [] for contender in contenders}
    for _ in range(runs):
        for contender in contenders:
            results[contender.name].append(_run(contender))
    timings = [_summary(name, found) for name, found in results.items()]
    answers = {json.dumps(timing.check) for timing in timings}
    if len(answers) > 1:
        raise SystemExit(f"The contenders disagree: { {t.name: t.check for t in timings} }")
    return timings


def process(command: Sequence[str], *, runs: int = 5) -> Timing:
    """Return the median CPU seconds of a whole process, its children included."""
    found = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        found.append({"cpu": cpu, "peak_mb": after.ru_maxrss / 1024, "check": None})
    return _summary(" ".join(command), found)


def timed(work: Callable[[], Any]) -> None:
    """Inside a contender: do the work, print CPU seconds, peak memory and the answer as JSON."""
    start = time.process_time()
    check = work()
    cpu = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": cpu, "peak_mb": peak, "check": check}))


def _run(contender: Contender) -> dict[str, Any]:
    command = [contender.python, str(HERE / contender.script), *contender.arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=HERE)
    if done.returncode:
        raise SystemExit(f"{contender.name} failed:\n{done.stderr}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _summary(name: str, found: Sequence[dict[str, Any]]) -> Timing:
    cpu = [run["cpu"] for run in found]
    return Timing(
        name,
        statistics.median(cpu),
        (min(cpu), max(cpu)),
        max(run["peak_mb"] for run in found),
        found[-1]["check"],
    )
