"""`coopgraph rank`: cities by peer exchange or another measure, and what the numbers rest on."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgraph.cli.measure_names import CLASSICAL, MEASURES
from coopgraph.cli.notes import say_beside
from coopgraph.cli.options import (
    FORMATS,
    MeasureName,
    directory_argument,
    find,
    format_option,
    laid_over,
    lang_option,
    output_option,
    plot_option,
    replicates_option,
    store_option,
    top_option,
    what_if_option,
    workspace_option,
)
from coopgraph.cli.progress import Told
from coopgraph.cli.projection_options import projection, projection_options
from coopgraph.cli.words import say

if TYPE_CHECKING:
    from coopgraph.network import Ranking
    from coopgraph.release import Release


@click.command("rank")
@directory_argument
@workspace_option
@store_option
@click.option(
    "--measure",
    type=MeasureName((*MEASURES, *CLASSICAL)),
    metavar="NAME",
    default="peer-exchange",
    show_default=True,
    help="What to rank by; --list tells the names.",
)
@click.option("--list", "listed", is_flag=True, help="List the measures, each in a sentence.")
@click.option(
    "--network",
    "whole",
    is_flag=True,
    help="Tell of the whole network instead: its parts, reciprocity beside chance, communities.",
)
@click.option(
    "--prior",
    type=click.FloatRange(min=0),
    metavar="K",
    help="Rank by peer exchange with this k, in the unit of the weights, instead of k=0.",
)
@projection_options
@what_if_option
@top_option("Only the first N; default: 20 in a table, 30 in a plot, else all.")
@replicates_option("ranges")
@click.option(
    "--keep",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.9,
    show_default=True,
    metavar="P",
    help="With what probability each of them keeps an event.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**64 - 1),
    default=0,
    show_default=True,
    metavar="N",
    help="The seed of the draw.",
)
@click.option(
    "--leave-one-out",
    is_flag=True,
    help="Rank again without each source in turn, and say what rests on one source alone.",
)
@plot_option("the ranking with its ranges")
@lang_option
@format_option(*FORMATS)
@output_option
def rank_command(
    directory: Path | None,
    workspace: Path | None,
    store: bool,
    measure: str,
    listed: bool,
    whole: bool,
    prior: float | None,
    what_if: Path | None,
    top: int | None,
    replicates: int,
    keep: float,
    seed: int,
    leave_one_out: bool,
    plot: Path | None,
    lang: str,
    fmt: str | None,
    output: Path | None,
    **options: Any,
) -> None:
    """Rank cities by peer exchange and the measures beside it.

    Peer exchange is how mutual a city's exchange is, over all the partners it could have: 0 where nothing is
    reciprocated, 1 where it is balanced with all others. k=0 counts every mutual pair alike; k=1 discounts
    token exchanges.

    The range beside a score tells where it would lie, from the 5th to the 95th percentile, had a tenth of the
    events gone unrecorded; so does the range of ranks, and top tells in what share of these cases the city is
    among the first ten (or --top). It is no confidence interval, and leans downward. Classical measures, from
    betweenness on, have no ranges.

    --lang is the language of the cities' names and of the plot; headings and notes are in English. What the
    numbers rest on is said with them: below a table, in JSON beside the rows, on stderr for the other
    formats.
    """
    from coopgraph.cli.output import FIRST, chosen_format, write_table
    from coopgraph.network import leave_one_source_out, rank
    from coopgraph.network.hypothetical.compared import beside, moved
    from coopgraph.release.opening import open_release

    if leave_one_out and prior is not None:
        raise click.UsageError("Sources are left out for k=0 and k=1 alone. Leave out --prior.")
    if leave_one_out and measure in CLASSICAL:
        known = ", ".join(MEASURES)
        raise click.UsageError(
            f"Sources cannot be left out for {measure}. --leave-one-out works for {known}."
        )
    chosen = chosen_format(fmt, output, FORMATS)
    if leave_one_out and what_if:
        raise click.UsageError("What no source states rests on none: give --leave-one-out or --what-if.")
    if listed:
        from coopgraph.cli.measures import write_list

        write_list(chosen, output, lang)
        return

    with open_release(find(directory, workspace), store=store) as release:
        asked = projection(options)
        if whole:
            from coopgraph.cli.measures import write_network

            write_network(laid_over(release, what_if), chosen, output, seed, asked)
            return
        source = laid_over(release, what_if)
        ranking = rank(
            source,
            measure=measure,
            prior=prior,
            top=top,
            language=lang,
            replicates=0 if measure in CLASSICAL else replicates,
            keep=keep,
            seed=seed,
            progress=Told("replicates"),
            **asked,
        )
        moving = None
        if what_if is not None:
            before = rank(release, measure=measure, prior=prior, language=lang, **asked)
            every = (
                ranking if top is None else rank(source, measure=measure, prior=prior, language=lang, **asked)
            )
            moving = moved(beside(before, every))
            ranking = beside(before, ranking)
        without = (
            leave_one_source_out(release, measure=measure, language=lang, **asked) if leave_one_out else None
        )
        if plot:
            draw(ranking, plot, release, lang, top)
    if chosen == "table":
        from coopgraph.cli.output import write_text
        from coopgraph.cli.ranking_text import moved_text, ranking_text, without_text

        below = without_text(without) if without else ""
        above = "" if moving is None else moved_text(ranking, moving, top or FIRST)
        write_text(above + ranking_text(ranking, top or FIRST) + below, output)
        return
    table, basis = ranking.table, described(ranking)
    if without:
        table = without.beside(table)
        basis["without_source"] = without.sources.to_pylist()
    write_table(table, chosen, output, basis=basis)
    say_beside((*ranking.sentences(), *(without.sentences() if without else ())), chosen)


def draw(ranking: Ranking, plot: Path, release: Release, lang: str, top: int | None) -> None:
    """Draw a ranking to a file, and say so."""
    from coopgraph.views.plot import FIRST as rows
    from coopgraph.views.plot import write_ranking_plot
    from coopgraph.views.plot_foot import credits_of

    write_ranking_plot(ranking, plot, lang=lang, top=top or rows, credits=credits_of(release, lang))
    say(f"Drew {plot}.")


def described(ranking: Ranking) -> dict[str, Any]:
    """Return what a ranking rests on as plain data."""
    return {
        "measure": ranking.measure,
        "prior": ranking.prior,
        **asdict(ranking.basis),
        "ranked": ranking.ranked,
        "shared_ranks": ranking.shared,
        "leading_event": asdict(ranking.leading) if ranking.leading else None,
        "mutual_share": ranking.mutual_share,
        "pearson_with_degree": ranking.pearson,
        "spearman_with_degree": ranking.spearman,
        "loss": asdict(ranking.loss) if ranking.loss else None,
        "sentences": list(ranking.sentences()),
    }
