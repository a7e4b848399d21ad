"""`coopgraph forms write [CITY...] -o FOLDER`."""

from __future__ import annotations

from pathlib import Path

import click

from coopgraph.cli.completing import cities as offered
from coopgraph.cli.options import DIRECTORY, find, format_option, lang_option, store_option, workspace_option


@click.command("write")
@click.argument("cities", metavar="[CITY]...", nargs=-1, shell_complete=offered)
@click.option(
    "-o",
    "--output",
    type=DIRECTORY,
    required=True,
    metavar="FOLDER",
    help="The folder to write the forms to; it is made if it is not there.",
)
@workspace_option
@store_option
@lang_option
@format_option("text", "json")
def write_command(
    cities: tuple[str, ...], output: Path, workspace: Path | None, store: bool, lang: str, fmt: str | None
) -> None:
    """Write a form for each city, filled in with what is known about it.

    CITY is a name, an id or an IRI; without any, every city gets a form. A form of the same city in the
    folder is replaced.
    """
    from coopgraph.cli.progress import Told
    from coopgraph.forms.writing import write_forms
    from coopgraph.release import open as open_release

    with open_release(find(None, workspace), store=store) as release:
        files = write_forms(release, output, *cities, lang=lang, on_progress=Told("forms are written"))
    if fmt == "json":
        from coopgraph.cli.output import json_text

        click.echo(json_text({"files": [str(file) for file in files]}), nl=False)
        return
    click.echo(f"Wrote {len(files):,} form{'s' if len(files) != 1 else ''} to {output}.")
    click.echo("When they come back: coopgraph forms diff RETURNED.xlsx ... -o diff.xlsx")
