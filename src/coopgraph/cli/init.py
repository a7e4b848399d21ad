"""`coopgraph init DIR`: a workspace to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from coopgraph.cli.options import DIRECTORY, format_option


@click.command("init")
@click.argument("directory", type=DIRECTORY, metavar="DIR")
@click.option("--title", default="Our city cooperation", show_default=True, help="The workspace's title.")
@click.option(
    "--tables",
    type=click.Choice(["xlsx", "csv"]),
    default="xlsx",
    show_default=True,
    help="What its coopgraph.toml reads: the workbook, or the CSV files. Both are written.",
)
@format_option("text", "json")
def init_command(directory: Path, title: str, tables: Literal["xlsx", "csv"], fmt: str | None) -> None:
    """Make a workspace to fill in.

    DIR is a new folder. It gets a workbook (with a sheet that explains every column), the same tables as CSV
    files, the mappings that read them, and a commented coopgraph.toml. It builds as it stands, with a few
    invented rows.
    """
    from coopgraph.release.locate import shell_word
    from coopgraph.sources.starter import write_starter

    files = write_starter(directory, title=title, read=tables)
    if fmt == "json":
        from coopgraph.cli.output import json_text

        click.echo(json_text({"workspace": str(directory), "files": [str(path) for path in files]}), nl=False)
        return
    place = directory / ("cooperation.xlsx" if tables == "xlsx" else "tables")
    click.echo(f"Made {directory} with {len(files)} files.\n")
    click.echo(f"  Fill in      {place}   (the rows there are invented: delete them)")
    click.echo(f"  then check   coopgraph check {shell_word(directory)}")
    click.echo(f"  and build    coopgraph build {shell_word(directory)}")
