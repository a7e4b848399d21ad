"""`coopgraph explain CITY`: a score taken apart, and what would change it."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgraph.cli.completing import cities
from coopgraph.cli.notes import say_beside, sentences_text
from coopgraph.cli.options import (
    FORMATS,
    find,
    format_option,
    laid_over,
    lang_option,
    output_option,
    store_option,
    what_if_option,
    workspace_option,
)
from coopgraph.cli.projection_options import projection, projection_options

if TYPE_CHECKING:
    import pyarrow as pa

    from coopgraph.network import Explanation

WIDE = 38  # of a cell, in characters; longer ones are folded
ROWS = 10  # of each table on the page, when --top does not say
# table -> (its heading, {column: head})
TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "partners": (
        "By partner",
        {
            "label": "partner",
            "country": "country",
            "events": "events",
            "given": "given",
            "received": "received",
            "part": "part",
        },
    ),
    "events": (
        "By event",
        {
            "label": "event",
            "partners": "partners",
            "given": "given",
            "received": "received",
            "derived": "derived",
            "part": "part",
        },
    ),
    "sources": ("By source", {"title": "source", "events": "events", "part": "part"}),
    "changes": (
        "What would raise it most",
        {
            "label": "one event more with",
            "change": "in which",
            "gain": "gain",
            "score": "score",
            "rank": "rank",
        },
    ),
    "unknown": (
        "Unknown roles that could change it",
        {"label": "event", "city_label": "whose", "roles": "role", "change": "change", "score": "score"},
    ),
    "terms": (
        "Event by event with each partner",
        {
            "partner_label": "partner",
            "label": "event",
            "given": "given",
            "received": "received",
            "part": "part",
        },
    ),
}
PAGE = ("partners", "events", "sources", "changes")
_WORDS = {
    "gives": "the city gives",
    "receives": "the city receives",
    "both": "both give and receive",
}
_EMPTY = {"label": "any new partner", "city_label": "everybody's", "title": "source not stated"}


def closed(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Refuse a measure that cannot be taken apart before anything is opened."""
    if context.resilient_parsing:
        return value
    from coopgraph.errors import MeasureError
    from coopgraph.network.explanation.shares import closed_form

    try:
        closed_form(value)
    except MeasureError as error:
        raise click.UsageError(" ".join([error.message, *map(str, error.faults)])) from None
    return value


@click.command("explain")
@click.argument("city", metavar="CITY", shell_complete=cities)
@workspace_option
@store_option
@click.option(
    "--measure",
    default="peer-exchange",
    show_default=True,
    callback=closed,
    metavar="MEASURE",
    help="What to take apart: a measure of rank that has a closed form.",
)
@click.option(
    "--prior",
    type=click.FloatRange(min=0),
    default=0.0,
    metavar="K",
    help="Of peer-exchange: discounts token exchanges; with 1, one event each way counts 2/3.",
)
@projection_options
@what_if_option
@click.option(
    "--table",
    "table",
    type=click.Choice(list(TABLES)),
    help="Only this table, all of it; default: a page of all, and partners as CSV, TSV or Parquet.",
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=ROWS,
    show_default=True,
    metavar="N",
    help="The first N rows of each table on the page.",
)
@lang_option
@format_option(*FORMATS)
@output_option
def explain_command(
    city: str,
    workspace: Path | None,
    store: bool,
    measure: str,
    prior: float,
    what_if: Path | None,
    table: str | None,
    top: int,
    lang: str,
    fmt: str | None,
    output: Path | None,
    **options: Any,
) -> None:
    """Take one city's score apart: whom, what and which sources it rests on.

    CITY is a name in any language, an id such as sao-paulo, or an IRI. The parts of partners, of events and
    of sources each add up to the score. Below them: which single event more would raise it most, and which
    roles that no source states could change it.

    JSON holds everything. --lang is the language of names; headings and notes are in English.
    """
    from coopgraph.cli.output import chosen_format, write_table, write_text
    from coopgraph.network import explain
    from coopgraph.release.opening import open_release

    chosen = chosen_format(fmt, output, FORMATS)
    with open_release(find(None, workspace), store=store) as release:
        source = laid_over(release, what_if)
        found = explain(source, city, measure=measure, prior=prior, language=lang, **projection(options))
    if chosen == "table":
        write_text(page_text(found, top) if table is None else table_page(found, table), output)
    elif chosen == "json" and table is None:
        from coopgraph.cli.output import json_text

        write_text(json_text({"basis": described(found), **_tables(found)}), output)
    else:
        write_table(getattr(found, table or "partners"), chosen, output, basis=described(found))
        say_beside(found.sentences(), chosen)


def page_text(found: Explanation, top: int) -> str:
    """Return an explanation as a page for people: score, tables, and what it rests on."""
    from coopgraph.network.explanation.said import headlines, notes

    shown = [(name, TABLES[name][0], getattr(found, name)) for name in PAGE]
    alone = found.unknown.filter(found.unknown.column("city").is_valid())
    together = found.unknown.filter(found.unknown.column("city").is_null())
    shown += [
        ("unknown", "Unknown roles that could change it, one at a time", alone),
        ("unknown", "Unknown roles that could change it, all of one event", together),
    ]
    tables = [_section(found, name, head, rows, top) for name, head, rows in shown if len(rows)]
    return "\n".join([*headlines(found), "", *tables, sentences_text(notes(found))])


def table_page(found: Explanation, name: str) -> str:
    """Return one table in full, with what it rests on below."""
    rows = getattr(found, name)
    return _section(found, name, TABLES[name][0], rows, len(rows)) + "\n" + sentences_text(found.sentences())


def _section(found: Explanation, name: str, heading: str, rows: pa.Table, top: int) -> str:
    from coopgraph.cli.output import is_number, table_text

    heads = TABLES[name][1]
    shown = rows.slice(0, top).to_pylist()
    columns = [(head, is_number(rows.schema.field(column))) for column, head in heads.items()]
    cells = [[_cell(found, name, column, row[column]) for column in heads] for row in shown]
    folded = [[*map(_folded, row)] for row in cells]
    more = f"... and {len(rows) - top} more: --table {name}\n" if len(rows) > top else ""
    below = _addresses(shown) if name == "sources" else ""
    return f"{heading}\n\n{table_text(columns, folded)}{more}{below}"


def _folded(cell: str) -> str:
    """Break a long text into lines, so that a table fits a hundred columns."""
    return "\n".join(textwrap.wrap(cell, WIDE, break_long_words=False)) or cell


def _addresses(sources: list[dict[str, Any]]) -> str:
    """Return the addresses of sources below their table, each unbroken on a line of its own."""
    told = [f"{row['title']}\n  {row['url']}\n" for row in sources if row["url"]]
    return "\n" + "".join(told) if told else ""


def _cell(found: Explanation, name: str, column: str, value: Any) -> str:
    from coopgraph.cli.output import shown
    from coopgraph.network.explanation.said import number

    if value is None:
        return _EMPTY.get(column, shown(value))
    if column in ("part", "score"):
        return number(found.measure.column, value)
    if column == "gain" or (name, column) == ("unknown", "change"):
        return ("+" if value > 0 else "") + number(found.measure.column, value)
    return _WORDS.get(value, value) if column == "change" else shown(value)


def _tables(found: Explanation) -> dict[str, list[dict[str, Any]]]:
    return {name: getattr(found, name).to_pylist() for name in TABLES}


def described(found: Explanation) -> dict[str, Any]:
    """Return what an explanation says of the city, and what it rests on, as plain data."""
    return {
        "city": found.city,
        "label": found.label,
        "country": found.country,
        "measure": found.measure.column,
        "prior": found.measure.prior,
        **asdict(found.place),
        "without_hypothetical": asdict(found.before) if found.before else None,
        "with_other_policy": asdict(found.other_place),
        "city_participations": found.participations,
        **asdict(found.basis),
        "sentences": list(found.sentences()),
    }
