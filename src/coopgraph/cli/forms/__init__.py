"""`coopgraph forms write | diff | accept | forget`: what cities say of themselves."""

from __future__ import annotations

from typing import Final

import click

from coopgraph.cli.app import Commands

STEPS: Final[dict[str, str]] = {
    "write": "Write a form for each city, filled in with what is known about it.",
    "diff": "Say what returned forms add, change, contest and strike out.",
    "accept": "Take what was accepted in a diff into the workspace, as a source of its own.",
    "forget": "Say where a person's name or address stands, and take it out of the contacts.",
}


@click.command(
    "forms",
    cls=Commands,
    listed=STEPS,
    room="coopgraph.cli.forms",
    context_settings={"help_option_names": ["-h", "--help"]},
)
def forms_command() -> None:
    """Mail out forms filled in with what is known, and take in what cities answer.

    Nothing that other sources say is overwritten: a city's word stands beside theirs, with the city's office
    as its source.

    \b
      coopgraph forms write -o forms --lang es
      coopgraph forms diff returned/*.xlsx -o diff.xlsx
      coopgraph forms accept diff.xlsx
      coopgraph build
    """
