"""Options that several commands share, and what their texts mean."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from coopgraph.cli.measure_names import CLASSICAL
from coopgraph.languages import LANGUAGES

if TYPE_CHECKING:
    from coopgraph.network import Hypothetical
    from coopgraph.release import Release

Command = TypeVar("Command", bound=Callable[..., Any])

FORMATS = ("table", "csv", "tsv", "json", "parquet")  # of a table of numbers
DIRECTORY = click.Path(path_type=Path, file_okay=False)


class MeasureName(click.Choice[str]):
    """A measure by its name; one that is not known is told with what was likely meant."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        name = value.replace("_", "-")
        if name in self.choices:
            return name
        near = difflib.get_close_matches(name, self.choices, n=3)
        told = f"There is no measure '{value}'."
        hint = f"Did you mean {' or '.join(near)}?" if near else "coopgraph rank --list tells the names."
        if name in CLASSICAL:
            told = f"'{value}' has no closed form, which is needed here."
            hint = f"Use one of {', '.join(self.choices)}."
        raise click.BadParameter(f"{told} {hint}", ctx, param)


workspace_option = click.option(
    "-w",
    "--workspace",
    type=DIRECTORY,
    metavar="DIR",
    help="The workspace; default: here, or the nearest parent with a coopgraph.toml.",
)
store_option = click.option(
    "--store", is_flag=True, help="Ask the store that the workspace publishes to, not the release here."
)
directory_argument = click.argument("directory", type=DIRECTORY, required=False, metavar="[DIR]")
set_option = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Set a {parameter} of the workspace's paths, such as data=../shared. May be repeated.",
)


def in_a_folder(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """Refuse a file in a folder that is not there before any work is done for it."""
    if value is not None and not value.parent.is_dir():
        raise click.UsageError(f"There is no folder {value.parent} to write {value.name} in. Make it first.")
    return value


def day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """Read a day as ISO 8601 writes it."""
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise click.UsageError(f"--now takes a day like 2026-11-22, not '{value}'.") from None


output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=in_a_folder,
    metavar="FILE",
    help="Write to a file instead of stdout; its ending says the format, if --format does not.",
)


lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="The language of labels and questions.",
)


def format_option(*formats: str) -> Callable[[Command], Command]:
    """Offer `--format` with these choices; without it the file's ending decides, or it is the first."""
    return click.option(
        "--format", "fmt", type=click.Choice(formats), help=f"How to write it; default: {formats[0]}."
    )


def find(directory: Path | None, workspace: Path | None = None) -> Path:
    """Return the workspace meant: DIR, or `-w DIR`, or the one around the working directory."""
    from coopgraph.release.locate import find_workspace
    from coopgraph.settings.workspace_file import FILE_NAME

    if directory is not None and workspace is not None and directory != workspace:
        raise click.UsageError(f"Two workspaces were given, {directory} and {workspace}. Give one.")
    given = directory or workspace
    if given is not None and (given / FILE_NAME).is_file():
        return given  # as it was written, so that messages say it so
    return find_workspace(given if given is not None else Path.cwd())


def pairs(texts: Iterable[str], option: str) -> dict[str, str]:
    """Read `name=value` texts.

    >>> pairs(["data=../shared/a=b"], "--set")
    {'data': '../shared/a=b'}
    """
    found: dict[str, str] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise click.UsageError(
                f"{option} takes name=value, for example {option} year=2017, not '{text}'."
            )
        found[name.strip()] = value
    return found


what_if_option = click.option(
    "--what-if",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Lay the hypothetical events of a CSV file over the data (event, city, contributes, benefits, ...); "
    "it is said everywhere, and nothing is stored.",
)


def laid_over(release: Release, what_if: Path | None) -> Release | Hypothetical:
    """Return the release, with the hypothetical events of a file if one is given; say what is new in it."""
    if what_if is None:
        return release
    from coopgraph.cli.words import say
    from coopgraph.network import with_events

    laid = with_events(release, what_if)
    for remark in laid.remarks:
        say(remark)
    return laid


def top_option(what: str) -> Callable[[Command], Command]:
    """Offer `--top`, to show the first of what is said."""
    return click.option("--top", type=click.IntRange(min=1), metavar="N", help=what)


def replicates_option(what: str) -> Callable[[Command], Command]:
    """Offer `--replicates`, for the ranges of what is said."""
    return click.option(
        "--replicates",
        type=click.IntRange(min=0),
        default=1000,
        show_default=True,
        metavar="N",
        help=f"Work out {what} from so many networks that lost a tenth of their events; 0: none.",
    )


def picture(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """Refuse a name that is no picture's, and a folder that is not there, before any work is done."""
    if value is not None and value.suffix.lower() not in (".svg", ".png"):
        raise click.UsageError(f"A plot is drawn as .svg or .png: name it {value.with_suffix('.svg')}.")
    return in_a_folder(context, parameter, value)


def plot_option(what: str) -> Callable[[Command], Command]:
    """Offer `--plot`, to draw what is said."""
    return click.option(
        "--plot",
        type=click.Path(path_type=Path, dir_okay=False),
        callback=picture,
        metavar="FILE",
        help=f"Draw {what} too, as .svg or .png.",
    )
