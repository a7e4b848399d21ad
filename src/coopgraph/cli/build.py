"""`coopgraph build [DIR]`: read a workspace and publish a release."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgraph.cli.options import day, directory_argument, find, format_option, pairs, set_option
from coopgraph.cli.words import Stopped, grouped, say

if TYPE_CHECKING:
    from coopgraph.pipeline import Build


@click.command("build")
@directory_argument
@set_option
@click.option(
    "--keep-going",
    is_flag=True,
    help="Publish without the rows that are wrong; they are counted and reported.",
)
@click.option(
    "--now",
    callback=day,
    metavar="DATE",
    help="The day that counts as today in the release; default: the newest day a source was read.",
)
@click.option("--wait", is_flag=True, help="Wait while another build is at work here, instead of saying so.")
@format_option("text", "json")
def build_command(
    directory: Path | None,
    settings: tuple[str, ...],
    keep_going: bool,
    now: date | None,
    wait: bool,
    fmt: str | None,
) -> None:
    """Read a workspace and publish a release.

    DIR is the workspace; default: here, or the nearest parent with a coopgraph.toml. Nothing is published
    when anything is wrong, and the release in force stays what it was.
    """
    from coopgraph.cli.progress import telling
    from coopgraph.pipeline import build

    workspace = find(directory)
    try:
        with telling(f"Reading {workspace}") as step:
            built = build(
                workspace,
                settings=pairs(settings, "--set"),
                keep_going=keep_going,
                now=now,
                wait=wait,
                on_progress=step,
            )
    except KeyboardInterrupt:
        raise Stopped("Interrupted. Nothing was published; what stood before still stands.") from None
    if fmt == "json":
        from coopgraph.cli.output import json_text

        click.echo(json_text(described(built)), nl=False)
        return
    click.echo(sources_text(built))
    say_published(built, workspace)


def say_published(built: Build, workspace: Path) -> None:
    """Say what was published, what to look at, and how to go on."""
    from coopgraph.release.locate import shell_word

    place = shell_word(workspace)
    if built.new:
        click.echo(f"Published release {built.release_id} in {built.directory}")
    else:
        click.echo(f"Release {built.release_id} says the same already; nothing new was published.")
    click.echo("  " + counts_text(built.counts))
    if built.left_out:
        say(f"{built.left_out:,} rows were left out because something in them is wrong: {built.report}")
    if built.faults:
        say(f"{len(built.faults):,} remarks:")
        for remark in grouped(built.faults)[:5]:
            say(f"  {remark}")
        say(f"Each of them: coopgraph check {place}")
    click.echo(f"Go on with: coopgraph query -w {place} --list")


def sources_text(built: Build) -> str:
    """Return a table of what was read."""
    from coopgraph.cli.output import table_text

    columns = [("source", False), ("file", False), ("records", True), ("quads", True)]
    rows = [
        [source.name, source.file, f"{source.records:,}", f"{source.quads:,}"] for source in built.sources
    ]
    return table_text(columns, rows)


def counts_text(counts: Mapping[str, int]) -> str:
    """Return counts as one line.

    >>> counts_text({"quads": 12345, "cities": 3})
    '12,345 quads · 3 cities'
    """
    return " · ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items())


def described(built: Build) -> dict[str, Any]:
    """Return a build as plain data."""
    return {
        "release": built.release_id,
        "new": built.new,
        "directory": str(built.directory),
        "left_out": built.left_out,
        "counts": dict(built.counts),
        "sources": [
            {"name": s.name, "file": s.file, "records": s.records, "quads": s.quads} for s in built.sources
        ],
        "faults": [vars(fault).copy() for fault in built.faults],
    }
