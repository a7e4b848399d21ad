"""`coopgraph rank`: cities by peer exchange or another measure, and what the numbers rest on."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgraph.cli.options import (
    directory_argument,
    find,
    format_option,
    lang_option,
    output_option,
    projection,
    projection_options,
    workspace_option,
)
from coopgraph.cli.words import say

if TYPE_CHECKING:
    from coopgraph.network import Ranking

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
@click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    help="Only the first N; default: 20 in a table, else all.",
)
@lang_option
@format_option(*FORMATS)
@output_option
def rank_command(
    directory: Path | None,
    workspace: Path | None,
    measure: str,
    top: int | None,
    lang: str,
    fmt: str | None,
    output: Path | None,
    **options: Any,
) -> None:
    """Rank cities by peer exchange and the measures beside it.

    Peer exchange is how mutual a city's exchange is, over all the partners it could have: 0 where nothing is
    reciprocated, 1 where it is balanced with all others. k=0 counts every mutual pair alike; k=1 discounts
    token exchanges.

    --lang is the language of the cities' names; headings and notes are in English. What the numbers rest on
    is said with them: below a table, in JSON beside the rows, on stderr for the
    other formats.
    """
    from coopgraph.cli.output import chosen_format, write_table
    from coopgraph.network import rank
    from coopgraph.release.opened import open_release

    chosen = chosen_format(fmt, output, FORMATS)
    shown = top or (FIRST if chosen == "table" else None)
    with open_release(find(directory, workspace)) as release:
        ranking = rank(release, measure=measure, top=shown, language=lang, **projection(options))
    if chosen == "table":
        from coopgraph.cli.output import write_text

        write_text(ranking_text(ranking), output)
        return
    write_table(ranking.table, chosen, output, basis=described(ranking))
    if chosen != "json":
        for sentence in ranking.sentences():
            say(sentence)


def ranking_text(ranking: Ranking) -> str:
    """Return a ranking as a table for people, with what it rests on below."""
    from coopgraph.cli.output import shown, table_text

    heads = (
        HEADS if ranking.measure in HEADS else {**HEADS, ranking.measure: ranking.measure.replace("_", " ")}
    )
    texts = ("label", "country")
    columns = [(head, name not in texts) for name, head in heads.items()]
    rows = [
        [_score(name, row[name], shown(row[name])) for name in heads] for row in ranking.table.to_pylist()
    ]
    more = ranking.ranked - len(rows)
    rest = f"... and {more} more: --top {ranking.ranked}\n" if more > 0 else ""
    return table_text(columns, rows) + rest + "\n" + sentences_text(ranking.sentences())


def _score(name: str, value: Any, otherwise: str) -> str:
    fixed = ("peer_exchange", "peer_exchange_k1", "reciprocity", "balance", "generalised_exchange")
    return f"{value:.3f}" if name in fixed and value is not None else otherwise


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
        "sentences": list(ranking.sentences()),
    }
