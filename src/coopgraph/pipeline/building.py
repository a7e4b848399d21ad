"""build(): a workspace to a release, down one page and never back.

In: a folder with a `coopgraph.toml`. Out: a published release, or an error with every fault and nothing
changed.
read -> map -> identify -> trace -> validate -> infer -> publish (docs/decisions/0003-graph-layout.md).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from math import inf
from pathlib import Path

from coopgraph.errors import Fault, ValidationError
from coopgraph.pipeline.draft import Draft, collect
from coopgraph.pipeline.left_out import REPORT, LeftOut
from coopgraph.pipeline.loaded import Loaded, describe, load, tabulate, validate
from coopgraph.pipeline.outcome import Build
from coopgraph.release import publish, staging
from coopgraph.sources.places.sheet import refuse_review, write_review
from coopgraph.sources.workspace import Workspace, load_workspace

Progress = Callable[[str], None]


def build(
    directory: str | os.PathLike[str],
    *,
    settings: Mapping[str, str] | None = None,
    keep_going: bool = False,
    now: date | None = None,
    wait: bool = False,
    on_progress: Progress | None = None,
) -> Build:
    """Build a workspace and publish its release.

    Parameters
    ----------
    settings
        Values of the workspace's parameters, as `--set name=value` gives them.
    keep_going
        Publish without the rows that are wrong: they are left out, counted and told, never silently.
    now
        The day that counts as today for computed states; default: the newest day a source was retrieved.
    wait
        Wait for another build of the same workspace instead of raising StoreError.
    on_progress
        Called with a short sentence before each step.

    Raises
    ------
    ConfigError, SourceError, MappingError, RdfSyntaxError
        The workspace cannot be read; each error lists all faults found.
    ValidationError
        The data break a datatype or a shape; nothing was published.
    StoreError
        Another build is at work, or the release cannot be written.

    Examples
    --------
    >>> import coopgraph as cg
    >>> cg.build("nowhere")
    Traceback (most recent call last):
        ...
    coopgraph.errors.ConfigError: nowhere/coopgraph.toml does not exist. Make a workspace with: ...
    """
    say = on_progress or _silently
    workspace = load_workspace(Path(directory), settings)
    with staging(workspace.directory, wait=inf if wait else 0.0) as staged:
        draft, loaded = _valid(workspace, staged, keep_going, say)
        say("making the tables")
        tables = tabulate(loaded, now)
        draft.left_out.write(loaded.directory, draft.cells)
        say("publishing")
        published = publish(workspace.directory, loaded.directory, describe(draft, loaded, tables))
    return Build(
        release_id=published.id,
        new=published.new,
        directory=published.directory,
        sources=draft.summaries,
        faults=tuple(sorted([*draft.remarks, *loaded.shapes.remarks], key=_place)),
        counts={"statements": loaded.written.triples, **tables.counts},
        left_out=len(draft.left_out.rows),
        report=report if (report := published.directory / REPORT).exists() else None,
    )


def check(
    directory: str | os.PathLike[str],
    *,
    settings: Mapping[str, str] | None = None,
    review: Path | None = None,
    on_progress: Progress | None = None,
) -> Build:
    """Read, map and validate a workspace without publishing; `faults` lists violations and remarks alike.

    Parameters
    ----------
    review
        Where to write the sheet with the names that are of no certain place, to decide them (XLSX or CSV).
    """
    say = on_progress or _silently
    workspace = load_workspace(Path(directory), settings)
    if review is not None:
        refuse_review(review)
    with tempfile.TemporaryDirectory(prefix="coopgraph-check-") as folder:
        draft = collect(workspace, Path(folder), LeftOut(), say)
        shapes = validate(draft, say)
        doubts = draft.placed.doubts if review is not None else []
        if review is not None:
            say(f"writing {review.name}")
            write_review(doubts, review)
    faults = sorted([*draft.faults, *shapes.faults], key=_place)
    counts = {"statements": draft.quads}
    return Build(
        "", False, workspace.directory, draft.summaries, tuple(faults), counts, to_decide=len(doubts)
    )


def _valid(workspace: Workspace, staged: Path, keep_going: bool, say: Progress) -> tuple[Draft, Loaded]:
    """Collect and load until nothing is wrong; with `keep_going` leave the wrong rows out and start again.

    Leaving a row out can make others wrong (a city whose participations remain), so this goes on until a
    round finds nothing; each round leaves out at least one row, so it ends.
    """
    left_out = LeftOut()
    for number in count(1):
        folder = staged / f"round-{number}"
        folder.mkdir()
        draft = collect(workspace, folder, left_out, say)
        loaded = load(draft, folder, say)
        violations = [*draft.violations, *loaded.shapes.violations]
        if not violations:
            return draft, loaded
        rows = draft.rows | loaded.shapes.rows
        if not keep_going or not rows - left_out.rows:
            raise _refused(violations)
        left_out = left_out.with_rows(rows, violations)
    raise AssertionError("count() ended")


def _refused(violations: list[Fault]) -> ValidationError:
    how_many = "One thing is wrong" if len(violations) == 1 else f"{len(violations):,} things are wrong"
    return ValidationError(f"{how_many}; nothing was published.", faults=sorted(violations, key=_place))


def _place(fault: Fault) -> tuple[str, int, str, str]:
    """Sort by file, line and column; what has no place comes first."""
    return (fault.file or "", fault.line or 0, fault.column or "", fault.what)


def _silently(step: str) -> None:
    """Tell nobody."""
