"""`coopgraph report YEAR`: the year book of a network, as HTML and as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from coopgraph.cli.completing import releases_or_folders
from coopgraph.cli.options import DIRECTORY, find, format_option, lang_option, store_option, workspace_option
from coopgraph.cli.words import say


class _Year(click.IntRange):
    """A year from 1 to 9999."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value} is no year: write a year such as 2018.", param, ctx)


@click.command("report")
@click.argument("year", type=_Year(1, 9999), required=False)
@workspace_option
@store_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE|FOLDER",
    help="Write to a file that ends in .html or .pdf, or both into a folder; default: both, here.",
)
@click.option(
    "--against",
    metavar="RELEASE",
    shell_complete=releases_or_folders,
    help="Tell too what changed in the data since an earlier release: `previous`, an id, or a folder.",
)
@click.option(
    "--templates",
    type=DIRECTORY,
    metavar="DIR",
    help="Lay the book out by the templates in this folder; what it does not hold is taken from our own.",
)
@click.option(
    "--write-templates",
    type=DIRECTORY,
    metavar="DIR",
    help="Copy the templates into this folder, for a designer to change, and do no more.",
)
@lang_option
@format_option("html", "pdf")
def report_command(
    year: int | None,
    workspace: Path | None,
    store: bool,
    output: Path | None,
    against: str | None,
    templates: Path | None,
    write_templates: Path | None,
    lang: str,
    fmt: str | None,
) -> None:
    """Write the year book of a network, as a page and as a PDF to print.

    It holds what sources date in YEAR: figures, actions, agreements, a map, the network, who exchanges as an
    equal, goals, money, what changed since the year before, how good the data are, and the sources cited.
    What has no date is in no year, and is counted. The page needs no network; the PDF is tagged for screen
    readers and has its fonts within. The same release gives the same bytes.

    The PDF needs the extra `pdf`, and Pango from the system; without them the page is written all the same.
    """
    if write_templates is not None:
        from coopgraph.yearbook.layout import write_templates as copied

        say(f"Copied the templates into {copied(write_templates)}.")
        return
    if year is None:
        raise click.UsageError("Which year? For example: coopgraph report 2018.")
    from coopgraph.cli.progress import telling
    from coopgraph.release.opening import open_release
    from coopgraph.yearbook.report import report, targets

    place, target = find(None, workspace), _target(output, fmt, year, lang)
    targets(target, year, lang)  # refuses an ending before anything is said to be made
    with (
        telling(f"Making the year book of {year}"),
        open_release(place, store=store) as opened,
    ):
        files = report(opened, year, target, lang=lang, templates=templates, against=against)
    for file in files:
        say(f"Wrote {file}.")


def _target(output: Path | None, fmt: str | None, year: int, lang: str) -> Path:
    """Return the file or folder to write; `--format` chooses one of the two files of a folder."""
    target = Path() if output is None else output
    if fmt is not None and target.is_dir():
        return target / f"yearbook-{year}-{lang}.{fmt}"
    if fmt is not None and target.suffix.lower() != f".{fmt}":
        raise click.UsageError(f"{target} and --format {fmt} do not go together. Leave one of them out.")
    if not target.is_dir() and not target.parent.is_dir():
        raise click.UsageError(
            f"There is no folder {target.parent} to write {target.name} in. Make it first."
        )
    return target
