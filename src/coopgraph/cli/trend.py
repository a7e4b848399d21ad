"""`coopgraph trend`: the measures per year or rolling window, and how the network grows."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgraph.cli.completing import cities
from coopgraph.cli.measure_names import MEASURES
from coopgraph.cli.notes import say_beside, sentences_text
from coopgraph.cli.options import (
    FORMATS,
    MeasureName,
    find,
    format_option,
    lang_option,
    output_option,
    plot_option,
    store_option,
    top_option,
    workspace_option,
)
from coopgraph.cli.projection_options import period, projection_options
from coopgraph.cli.words import say

if TYPE_CHECKING:
    from coopgraph.network import Trend
    from coopgraph.release import Release

SHOWN = 5  # cities of a table for people when --top does not say
GROWTH = {
    "window": "years",
    "events": "events",
    "cities": "cities",
    "new_cities": "new",
    "dyads": "pairs",
    "mutual_share": "mutual",
    "mean_peer_exchange": "mean",
    "components": "groups",
    "largest": "largest",
    "going_on": "going on",
    "undated": "undated",
}


@click.command("trend")
@click.argument("cities", nargs=-1, metavar="[CITY...]", shell_complete=cities)
@workspace_option
@store_option
@click.option(
    "--measure",
    type=MeasureName(MEASURES),
    default="peer-exchange",
    show_default=True,
    help="What to follow, and rank by within each window.",
)
@click.option(
    "--window",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="YEARS",
    help="How many years a window has; several make a rolling window.",
)
@click.option(
    "--step",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="YEARS",
    help="How many years after one window the next begins.",
)
@projection_options
@top_option("Only the N cities first over all windows; default: 5 in a table, 8 in a plot, else all.")
@click.option("--growth", is_flag=True, help="The network as a whole, window by window, instead of cities.")
@plot_option("the cities and the network's growth")
@lang_option
@format_option(*FORMATS)
@output_option
def trend_command(
    cities: tuple[str, ...],
    workspace: Path | None,
    store: bool,
    measure: str,
    window: int,
    step: int,
    top: int | None,
    growth: bool,
    plot: Path | None,
    lang: str,
    fmt: str | None,
    output: Path | None,
    **options: Any,
) -> None:
    """Follow cities and their network over time, by the year or by rolling windows.

    CITY is a name in any language, with or without accents, an id or an IRI; without one, the cities that are
    first over all windows. All windows share one set of cities, so that they can be compared. --period
    2010/2020 says which years to begin and end with. What has no date is in no window, and is counted.

    A table has a row for each window, from the first in which a city shown takes part; the other formats
    have one for each window and city, with every measure.
    """
    from coopgraph.cli.output import chosen_format, write_table, write_text
    from coopgraph.network import over_time
    from coopgraph.network.cities import find_city, known_cities
    from coopgraph.network.trend.series import check_cities
    from coopgraph.release.opening import open_release

    chosen = chosen_format(fmt, output, FORMATS)
    first, last = _years(options.pop("period"))
    with open_release(find(None, workspace), store=store) as release:
        known = known_cities(release)
        named = [find_city(known, city) for city in cities]
        trend = over_time(
            release,
            measure=measure,
            window=window,
            step=step,
            first=first,
            last=last,
            language=lang,
            **options,
        )
        check_cities(trend, named)
        if plot:
            _draw(trend, plot, release, named, lang, top)
    shown = named or trend.first_cities(top or (SHOWN if chosen == "table" else None))
    if chosen == "table":
        write_text(growth_text(trend) if growth else trend_text(trend, shown), output)
        return
    rows = trend.growth if growth else trend.of(shown)
    write_table(rows, chosen, output, basis=described(trend))
    say_beside(trend.sentences(), chosen)


def _years(text: str | None) -> tuple[int | None, int | None]:
    """Read the years to begin and end with from --period.

    >>> _years("2010/2020"), _years("2010/"), _years(None)
    ((2010, 2020), (2010, None), (None, None))
    """
    ends = period(text) or (None, None)
    if not all(end is None or re.fullmatch("[0-9]{4}", end) for end in ends):
        raise click.UsageError(f"--period takes whole years here, such as 2010/2020, not '{text}'.")
    first, last = (None if end is None else int(end) for end in ends)
    return first, last


def _draw(trend: Trend, plot: Path, release: Release, named: list[str], lang: str, top: int | None) -> None:
    """Draw a trend to a file, and say so."""
    from coopgraph.views.plot_foot import credits_of
    from coopgraph.views.trend_plot import FIRST, write_trend_plot

    credits = credits_of(release, lang)
    write_trend_plot(trend, plot, cities=named or None, lang=lang, top=top or FIRST, credits=credits)
    say(f"Drew {plot}.")


def trend_text(trend: Trend, cities: list[str]) -> str:
    """Return the measure as a table for people, a row for each window, and what it rests on below."""
    from coopgraph.cli.output import shown, table_text
    from coopgraph.network.trend.cut import cut, sentences

    part = cut(trend, cities)
    series = {city: part.series(city) for city in cities}
    columns = [("years", False), *((trend.label(city), True) for city in cities)]
    rows = [
        [str(window), *(_score(series[city][place], shown) for city in cities)]
        for place, window in enumerate(part.windows)
    ]
    head = f"{trend.measure.replace('_', ' ')}, window by window ('·': takes part in nothing then)\n\n"
    return (
        head
        + table_text(columns, rows)
        + "\n"
        + sentences_text((*sentences(trend, cities), *trend.sentences()))
    )


def _score(point: Any, otherwise: Any) -> str:
    if not point.events:
        return "·"
    return f"{point.score:.3f}" if isinstance(point.score, float) else str(otherwise(point.score))


def growth_text(trend: Trend) -> str:
    """Return the growth of the network as a table for people."""
    from coopgraph.cli.output import shown, table_text

    columns = [(head, name != "window") for name, head in GROWTH.items()]
    shares = ("mutual_share", "mean_peer_exchange")
    rows = [
        [
            f"{row[name]:.3f}" if name in shares and row[name] is not None else shown(row[name])
            for name in GROWTH
        ]
        for row in trend.growth.to_pylist()
    ]
    return table_text(columns, rows) + "\n" + sentences_text(trend.sentences())


def described(trend: Trend) -> dict[str, Any]:
    """Return what a trend rests on as plain data."""
    return {
        "measure": trend.measure,
        "windows": [str(window) for window in trend.windows],
        **asdict(trend.basis),
        "sentences": list(trend.sentences()),
    }
