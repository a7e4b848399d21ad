"""What a build or a check tells: plain data, whatever the face that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coopgraph.errors import Fault


@dataclass(frozen=True)
class SourceSummary:
    """One source as it was read: its files, and how many records and quads came of it."""

    name: str
    file: str
    records: int
    quads: int


@dataclass(frozen=True)
class Build:
    """The outcome of a build, or of a check (`release_id` is then empty and `directory` the workspace).

    `new` is false when the release already existed. `faults` are remarks that do not stop a release, and with
    `keep_going` also what was wrong with the rows left out; `left_out` counts those rows, and `report`
    is the CSV file that has them with their cells. `to_decide` counts the names in the review sheet that
    was asked for.
    """

    release_id: str
    new: bool
    directory: Path
    sources: tuple[SourceSummary, ...]
    faults: tuple[Fault, ...]
    counts: Mapping[str, int]
    left_out: int = 0
    report: Path | None = None
    to_decide: int = 0
