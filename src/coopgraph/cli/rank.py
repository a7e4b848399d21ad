"""`coopgraph rank`: cities by peer exchange or another measure, and what the numbers rest on."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgraph.cli.options import (
    directory_argument,
    find,
    format_option,
    in_a_folder,
    laid_over,
    lang_option,
    output_option,
    projection,
    projection_options,
    what_if_option,
    workspace_option,
)
from coopgraph.cli.words import say

if TYPE_CHECKING:
    from coopgraph.network import Ranking
    from coopgraph.release import Release

FORMATS = ("table", "csv", "tsv", "json", "parquet")
MEASURES = (
    "peer-exchange",
    "peer-exchange-k1",
    "given",
    "received",
    "balance",
    "reciprocity",
    "partners",
    "effective-partners-given",
    "effective-partners-received",
    "generalised-exchange",
)
FIRST = 20  # rows of a table when --top does not say
PATIENCE = 2.0  # seconds without a word
HEADS = {
    "rank": "rank",
    "label": "city",
    "country": "in",
    "peer_exchange": "k=0",
    "peer_exchange_k1": "k=1",
    "given": "given",
    "received": "received",
    "reciprocity": "reciprocity",
    "partners": "partners",
}
FIXED = ("peer_exchange", "peer_exchange_k1", "reciprocity", "balance", "generalised_exchange")


def picture(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """Refuse a name that is no picture's, and a folder that is not there, before any work is done."""
    if value is not None and value.suffix.lower() not in (".svg", ".png"):
        raise click.UsageError(f"A plot is drawn as .svg or .png: name it {value.with_suffix('.svg')}.")
    return in_a_folder(context, parameter, value)


class Told:
    """Says on stderr how far a long work is, every other second."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._said = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        if done < of and time.monotonic() - self._said > PATIENCE:
            self._said = time.monotonic()
            say(f"{done:,} of {of:,} {self._what}")


@click.command("rank")
@directory_argument
@workspace_option
@click.option(
    "--measure",
    type=click.Choice(MEASURES),
    default="peer-exchange",
    show_default=True,
    help="What to rank by.",
)
@projection_options
@what_if_option
@click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    help="Only the first N; default: 20 in a table, 30 in a plot, else all.",
)
@click.option(
    "--replicates",
    type=click.IntRange(min=0),
    default=1000,
    show_default=True,
    metavar="N",
    help="Work out ranges from so many networks that lost a tenth of their events; 0: none.",
)
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
    "--plot",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=picture,
    metavar="FILE",
    help="Draw the ranking with its ranges too, as .svg or .png.",
)
@lang_option
@format_option(*FORMATS)
@output_option
def rank_command(
    directory: Path | None,
    workspace: Path | None,
    measure: str,
    what_if: Path | None,
    top: int | None,
    replicates: int,
    keep: float,
    seed: int,
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
    among the first ten (or --top). It is no confidence interval, and leans downward.

    --lang is the language of the cities' names and of the plot; headings and notes are in English. What the
    numbers rest on is said with them: below a table, in JSON beside the rows, on stderr for the other
    formats.
    """
    from coopgraph.cli.output import chosen_format, write_table
    from coopgraph.network import rank
    from coopgraph.network.hypothetical import beside
    from coopgraph.release.opened import open_release

    chosen = chosen_format(fmt, output, FORMATS)
    with open_release(find(directory, workspace)) as release:
        asked = projection(options)
        ranking = rank(
            laid_over(release, what_if),
            measure=measure,
            top=top,
            language=lang,
            replicates=replicates,
            keep=keep,
            seed=seed,
            progress=Told("replicates"),
            **asked,
        )
        if what_if is not None:
            ranking = beside(rank(release, measure=measure, language=lang, **asked), ranking)
        if plot:
            draw(ranking, plot, release, lang, top)
    if chosen == "table":
        from coopgraph.cli.output import write_text

        write_text(ranking_text(ranking, top or FIRST), output)
        return
    write_table(ranking.table, chosen, output, basis=described(ranking))
    if chosen != "json":
        for sentence in ranking.sentences():
            say(sentence)


def draw(ranking: Ranking, plot: Path, release: Release, lang: str, top: int | None) -> None:
    """Draw a ranking to a file, and say so."""
    from coopgraph.views.plot import FIRST as rows
    from coopgraph.views.plot import write_ranking_plot
    from coopgraph.views.plot_foot import credits_of

    write_ranking_plot(ranking, plot, lang=lang, top=top or rows, credits=credits_of(release))
    say(f"Drew {plot}.")


def ranking_text(ranking: Ranking, first: int = FIRST) -> str:
    """Return the first rows of a ranking as a table for people, with what it rests on below."""
    from coopgraph.cli.output import table_text

    columns = list(_columns(ranking))
    rows = [[cell(row) for _, _, cell in columns] for row in ranking.table.slice(0, first).to_pylist()]
    more = ranking.ranked - len(rows)
    rest = f"... and {more} more: --top {ranking.ranked}\n" if more > 0 else ""
    heads = [(head, number) for head, number, _ in columns]
    return table_text(heads, rows) + rest + "\n" + sentences_text(ranking.sentences())


def _columns(ranking: Ranking) -> Iterator[tuple[str, bool, Callable[[dict[str, Any]], str]]]:
    """Yield head, whether it is a number, and the cell of a row; ranges beside what they are ranges of."""
    heads = (
        HEADS if ranking.measure in HEADS else {**HEADS, ranking.measure: ranking.measure.replace("_", " ")}
    )
    for name, head in heads.items():
        yield head, name not in ("label", "country"), partial(_cell, name)
        if ranking.loss and name == "rank":
            yield "range", True, partial(_range, "rank", "rank")
        if name == "rank" and "rank_before" in ranking.table.column_names:  # with hypothetical events
            yield "was", True, partial(_cell, "rank_before")
            yield "change", True, _change
        if ranking.loss and name == ranking.measure:
            yield "range", True, partial(_range, "score", name)
    if ranking.loss:
        yield f"top {ranking.loss.first}", True, lambda row: f"{row['top_share']:.0%}"


def _cell(name: str, row: dict[str, Any]) -> str:
    from coopgraph.cli.output import shown

    return f"{row[name]:.3f}" if name in FIXED and row[name] is not None else shown(row[name])


def _change(row: dict[str, Any]) -> str:
    from coopgraph.cli.output import shown

    return f"{row['score_change']:+.4f}" if row["score_change"] else shown(row["score_change"])


def _range(ends: str, name: str, row: dict[str, Any]) -> str:
    """Return both ends as the column's own cells are written, or one where they are the same."""
    low, high = (_cell(name, {name: row[f"{ends}_{end}"]}) for end in ("low", "high"))
    return low if low == high else f"{low}–{high}"


def sentences_text(sentences: tuple[str, ...], width: int = 80) -> str:
    """Return sentences as a list within a width.

    >>> print(sentences_text(("V: 3 cities.", "Nothing else.")), end="")
    - V: 3 cities.
    - Nothing else.
    """
    return "".join(
        textwrap.fill(sentence, width, initial_indent="- ", subsequent_indent="  ") + "\n"
        for sentence in sentences
    )


def described(ranking: Ranking) -> dict[str, Any]:
    """Return what a ranking rests on as plain data."""
    return {
        "measure": ranking.measure,
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
