"""`coopgraph demo [DIR]`: the bundled workspace from files to answers, told as a newcomer can follow it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coopgraph.cli.options import DIRECTORY, format_option

if TYPE_CHECKING:
    pass

COMMAND = "COOPGRAPH_COMMAND"  # set by run.py, so that the commands shown are those that work there


@click.command("demo")
@click.argument("directory", type=DIRECTORY, default="coopgraph-demo", metavar="[DIR]")
@format_option("text", "json")
def demo_command(directory: Path, fmt: str | None) -> None:
    """Build the bundled workspace and show what coopgraph does.

    DIR is made, ./coopgraph-demo by default, with documented facts on cooperation between Ibero-American
    cities: look at its files, change them, and run this again. A folder that is not a demo is left alone.
    """
    from coopgraph.cli import demo_facts
    from coopgraph.cli.demo_text import Story
    from coopgraph.cli.demo_workspace import make_workspace
    from coopgraph.cli.progress import telling
    from coopgraph.pipeline import build
    from coopgraph.release.opening import open_release
    from coopgraph.views.view import show

    with telling(f"Building {directory}") as step:
        make_workspace(directory)
        built = build(directory, on_progress=step)
    with open_release(directory) as release:
        facts = {
            "read": demo_facts.read(built),
            "found": demo_facts.found(built),
            "answers": demo_facts.answers(release),
            "ranking": demo_facts.ranking(release),
            "page": str(show(release).write(directory / "network.html")),
        }
    if fmt == "json":
        from coopgraph.cli.output import json_text

        click.echo(json_text(facts), nl=False)
        return
    story = Story(directory, os.environ.get(COMMAND, "coopgraph"))
    for paragraph in story.told(facts):
        click.echo(paragraph)
