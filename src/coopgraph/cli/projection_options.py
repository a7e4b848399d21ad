"""Options that say what is projected, and from which participations: those of `coopgraph.flows`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

import click

from coopgraph.cli.options import Command, day

if TYPE_CHECKING:
    from coopgraph.network.selection import Options


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
