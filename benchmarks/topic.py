"""What every topic is given and gives: a context in, rows of a table and verdicts out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from measure import Timing


@dataclass(frozen=True)
class Context:
    """Where to work, with which interpreter, and how often."""

    work: Path
    python: str
    runs: int


@dataclass(frozen=True)
class Verdict:
    """One number held against one target."""

    target: str
    case: str
    value: float
    limit: float
    better: Literal["less", "more"]

    @property
    def met(self) -> bool:
        return self.value <= self.limit if self.better == "less" else self.value >= self.limit


Row = dict[str, Any]
Found = tuple[list[Row], list[Verdict]]


def cpu_of(name: str, timing: Timing) -> Row:
    """The CPU columns of a timing, named after its contender where a row has several."""
    label = f"{name} CPU s".strip()
    return {label: timing.cpu, f"{label}, least to most": f"{timing.spread[0]:.2f} to {timing.spread[1]:.2f}"}
