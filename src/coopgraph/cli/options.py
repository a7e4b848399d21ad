"""Options that several commands share, and what their texts mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from coopgraph.network import Hypothetical
    from coopgraph.network.selection import Options
    from coopgraph.release import Release

Command = TypeVar("Command", bound=Callable[..., Any])

DIRECTORY = click.Path(path_type=Path, file_okay=False)

workspace_option = click.option(
    "-w",
    "--workspace",
    type=DIRECTORY,
    metavar="DIR",
    help="The workspace; default: here, or the nearest parent with a coopgraph.toml.",
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
    type=click.Choice(["en", "es", "pt"]),
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


def period(text: str | None) -> tuple[str | None, str | None] | None:
    """Read an interval as ISO 8601 writes it, open at either side if need be.

    >>> period("2016/2018"), period("2016/"), period("2016")
    (('2016', '2018'), ('2016', None), ('2016', '2016'))
    """
    if text is None:
        return None
    start, slash, end = text.partition("/")
    if not (start or end):
        raise click.UsageError("--period takes START/END, for example 2016/2018, 2016-05/ or 2017.")
    return (start or None, (end or None) if slash else start)


PROJECTION: Sequence[Callable[[Any], Any]] = (
    click.option(
        "--events",
        type=click.Choice(["actions", "agreements", "all"]),
        default="actions",
        show_default=True,
        help="What counts as exchange: taking part in actions, signing agreements, or both.",
    ),
    click.option(
        "--unknown",
        type=click.Choice(["exclude", "both"]),
        default="exclude",
        show_default=True,
        help="Who contributed or benefited is often not stated: count that as not a yes, or as a yes.",
    ),
    click.option(
        "--certainty",
        type=click.Choice(["any", "stated"]),
        default="any",
        show_default=True,
        help="stated: roles that are derived, not stated by a source, are read as unknown.",
    ),
    click.option(
        "--weight",
        type=click.Choice(["count", "amount", "newman", "events"]),
        default="count",
        show_default=True,
        help="What an exchange weighs: one for each event, shared among those who benefit; its amount of "
        "money; 1/(n-1) between any two of n participants whatever their roles; one for each beneficiary.",
    ),
    click.option("--currency", metavar="CODE", help="The currency for --weight amount, such as EUR."),
    click.option(
        "--half-life",
        type=click.FloatRange(min=0, min_open=True),
        metavar="YEARS",
        help="What an event adds halves for each so many years since its end; undated events are left out.",
    ),
    click.option(
        "--now", callback=day, metavar="DAY", help="Until when events age; default: the release's day."
    ),
    click.option(
        "--largest-event",
        type=click.IntRange(min=2),
        metavar="N",
        help="Leave out events of more than N cities, counted; default: none.",
    ),
    click.option(
        "--period", metavar="START/END", help="Only what overlaps this time, such as 2016/2018 or 2017."
    ),
    click.option("--sdg", metavar="GOAL", help="Only what serves this goal or target, such as 11 or 11.3."),
    click.option(
        "--strategic-line", metavar="LINE", help="Only this strategic line, such as gender-equality."
    ),
    click.option("--programme", metavar="PROGRAMME", help="Only this programme, by its id or IRI."),
    click.option(
        "--organiser", metavar="WHO", help="Only what this network or organisation organises, by id or IRI."
    ),
    click.option(
        "--country",
        metavar="CODE",
        help="Only events in which a city of this country takes part, such as ES.",
    ),
    click.option(
        "--engine",
        metavar="ENGINE",
        help="duckdb, spark (this machine), spark://HOST:PORT or spark:local[2]; default: what "
        "coopgraph.toml says, else duckdb.",
    ),
    click.option(
        "--memory", metavar="SIZE", help="What the engine may use, such as 2GB; DuckDB spills beyond it."
    ),
)


def projection_options(command: Command) -> Command:
    """Add every option that says what is projected, and from which participations."""
    for option in reversed(PROJECTION):
        command = option(command)
    return command


def projection(options: dict[str, Any]) -> Options:
    """Return a command's projection options as `coopgraph.flows` wants them."""
    return cast("Options", {**options, "period": period(options["period"])})


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
