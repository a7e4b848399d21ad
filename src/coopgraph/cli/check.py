"""`coopgraph check [DIR]`: everything that is wrong in a workspace, and nothing published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from coopgraph.cli.one_sided import FORMATS, write_one_sided
from coopgraph.cli.options import (
    directory_argument,
    find,
    format_option,
    output_option,
    pairs,
    set_option,
    workspace_option,
)
from coopgraph.cli.output import write_text
from coopgraph.errors import CoopgraphError, Fault

ORDER = ("violation", "warning", "info")


@click.command("check")
@directory_argument
@workspace_option
@set_option
@click.option(
    "--review",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the names of no certain place into a sheet to decide them: .xlsx or .csv.",
)
@click.option(
    "--one-sided",
    "sides",
    is_flag=True,
    help="List what only one side says (twinnings, agreements), and what the two sides date differently, "
    "in the release in force.",
)
@format_option("text", *FORMATS)
@output_option
def check_command(
    directory: Path | None,
    workspace: Path | None,
    settings: tuple[str, ...],
    review: Path | None,
    sides: bool,
    fmt: str | None,
    output: Path | None,
) -> int:
    """Say everything that is wrong in a workspace, and publish nothing.

    Each fault names file, line and column, what is wrong, and what to do. The exit code is 1 when there are
    violations, 0 when there are none; warnings and remarks do not stop a release.

    \b
      coopgraph check --one-sided -o one-sided.xlsx
    """
    from coopgraph.cli.progress import telling
    from coopgraph.cli.words import say
    from coopgraph.pipeline import check

    place = find(directory, workspace)
    if sides:
        write_one_sided(place, fmt, output)
        return 0
    if fmt not in (None, "text", "json"):
        raise click.UsageError("Faults are written as text or json; the other formats go with --one-sided.")
    message, faults = "", tuple[Fault, ...]()
    try:
        with telling(f"Checking {place}") as step:
            told = check(place, settings=pairs(settings, "--set"), review=review, on_progress=step)
            faults = told.faults
        if review is not None:
            names = "1 name" if told.to_decide == 1 else f"{told.to_decide:,} names"
            how = f'under [workspace] in coopgraph.toml, judgements = ["{review.name}"]'
            say(f"{review}: {names} to decide. To have it read: {how}.")
    except CoopgraphError as error:
        if not error.faults:
            raise
        message, faults = error.message, error.faults
    wrong = bool(message) or any(fault.severity == "violation" for fault in faults)
    write_text(json_report(faults, wrong) if fmt == "json" else text_report(faults, message), output)
    return 1 if wrong else 0


def json_report(faults: Sequence[Fault], wrong: bool) -> str:
    """Return every fault as plain data."""
    from coopgraph.cli.output import json_text

    return json_text(
        {"ok": not wrong, "counts": counted(faults), "faults": [vars(fault).copy() for fault in faults]}
    )


def text_report(faults: Sequence[Fault], message: str = "") -> str:
    """Return every fault as a sentence, the gravest first.

    >>> print(text_report([Fault("a.csv", 2, "start", "has '200l', expected a date.")]), end="")
    violation  a.csv, line 2: column 'start' has '200l', expected a date.
    1 violation.
    """
    ordered = sorted(faults, key=lambda fault: ORDER.index(fault.severity))
    lines = [message] if message else []
    lines += [f"{fault.severity:<9}  {fault}" for fault in ordered]
    told = [
        f"{count:,} {name}{'' if count == 1 else 's'}" for name, count in counted(faults).items() if count
    ]
    return "\n".join([*lines, f"{', '.join(told)}." if told else "Nothing is wrong."]) + "\n"


def counted(faults: Sequence[Fault]) -> dict[str, int]:
    """Count the faults by severity, the gravest first."""
    counts = Counter(fault.severity for fault in faults)
    return {severity: counts[severity] for severity in ORDER}
