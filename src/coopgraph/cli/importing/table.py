"""`coopgraph import table FILE`: a table of any kind, understood and taken into a workspace."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from coopgraph.cli.importing.shared import (
    dry_run_option,
    name_of,
    place_of,
    say_imported,
    today,
    workspace_option,
)
from coopgraph.cli.options import format_option, pairs

if TYPE_CHECKING:
    from coopgraph.sources.guided.guiding import Plan, Table
    from coopgraph.sources.guided.section_text import Origin

KINDS = (
    "cities", "memberships", "agreements", "actions", "participations", "money", "networks", "organisations",
    "twinnings",
)  # fmt: skip


class Said(TypedDict):
    """What options say of a table, beside its columns."""

    kind: str | None
    network: str | None
    city: str | None
    row_kind: str | None
    words: Mapping[str, str]


_ASK = "Enter takes it; COLUMN=MEANING corrects it, COLUMN= leaves a column out; q leaves"


@click.command("table")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE")
@workspace_option
@click.option(
    "--name",
    callback=name_of,
    metavar="NAME",
    help="The name of the source in coopgraph.toml; default: the file's.",
)
@click.option(
    "--as", "kind", type=click.Choice(KINDS), help="What the table is, where that is not proposed rightly."
)
@click.option("--sheet", metavar="SHEET", help="The sheet of a workbook; default: the first.")
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="COLUMN=MEANING",
    help="What a column means, such as Alta=since; COLUMN= leaves it out. May be repeated.",
)
@click.option(
    "--kind", "row_kind", metavar="CODE",
    help="The one kind all rows are of, where no column says it: planned, spent; twinning ...",
)  # fmt: skip
@click.option(
    "--word",
    "words",
    multiple=True,
    metavar="WORD=CODE",
    help="What a word in a cell means, such as Subvención=granted. May be repeated.",
)
@click.option(
    "--network", metavar="NAME", help="The one network all rows are members of, where no column says it."
)
@click.option("--city", metavar="NAME", help='The city whose agreements these are, such as "Madrid, España".')
@click.option(
    "--source-title",
    metavar="TEXT",
    help="What the table is called, for whoever asks where a fact is from; default: the file's name.",
)
@click.option("--publisher", metavar="TEXT", help="Who published it.")
@click.option("--url", metavar="IRI", help="Where it can be found.")
@click.option("--date", "issued", metavar="DATE", help="When it was published: 2017, 2017-05 or 2017-05-31.")
@click.option("--licence", metavar="TEXT", help="The licence it may be used under, best as an address.")
@click.option("--yes", is_flag=True, help="Take the proposal without a question.")
@dry_run_option
@format_option("text", "json")
def table_command(
    file: Path,
    workspace: Path | None,
    name: str | None,
    kind: str | None,
    sheet: str | None,
    mapped: tuple[str, ...],
    row_kind: str | None,
    words: tuple[str, ...],
    network: str | None,
    city: str | None,
    source_title: str | None,
    publisher: str | None,
    url: str | None,
    issued: str | None,
    licence: str | None,
    yes: bool,
    dry_run: bool,
    fmt: str | None,
) -> None:
    """Bring a table into a workspace: what each column means is proposed, shown and written down.

    CSV, TSV, XLSX, ODS, XLS, XLSB, Parquet and JSON, packed or not. Encoding, separator, decimal marks and
    the header are found out; what columns mean is read from their names, in English, Spanish or Portuguese,
    and from their cells. On a terminal you are asked whether it is right.

    \b
      coopgraph import table miembros.xlsx -w ours
      coopgraph import table miembros.csv --map "Alta=since" --network UCCI --yes
    """
    from coopgraph.sources.guided.guiding import carry_out, plan, read_table

    place = place_of(workspace)
    given = pairs(mapped, "--map")
    said: Said = {
        "kind": kind, "network": network, "city": city, "row_kind": row_kind, "words": pairs(words, "--word"),
    }  # fmt: skip
    table = read_table(file, name=name, sheet=sheet)
    made = plan(table, place, given=given, **said)
    asks = not (yes or dry_run or fmt == "json") and sys.stdin.isatty() and sys.stdout.isatty()
    if fmt != "json":
        _show(made)
    if asks:
        made = _corrected(made, table, place, given, said)
    origin = _origin(table, (source_title, publisher, url, issued, licence), asks=asks)
    if dry_run:
        _say_dry(made, place, fmt)
        return
    files = carry_out(made, place, origin, read=today())
    say_imported(place, fmt, {"rows": table.rows}, files, _remarks(made))


def _show(made: Plan) -> None:
    from coopgraph.cli.importing.table_text import columns_text, free_text, read_text, rows_text

    for paragraph in (read_text(made), columns_text(made), rows_text(made), free_text(made)):
        if paragraph:
            click.echo(paragraph)


def _remarks(made: Plan) -> list[str]:
    from coopgraph.cli.importing.table_text import remarks

    return remarks(made)


def _corrected(made: Plan, table: Table, place: Path, given: Mapping[str, str], others: Said) -> Plan:
    """Ask until the proposal is taken."""
    from coopgraph.cli.words import Stopped, tell
    from coopgraph.errors import ConfigError
    from coopgraph.sources.guided.guiding import plan

    said = dict(given)
    while answer := click.prompt(_ASK, default="", show_default=False).strip():
        if answer.lower() in ("q", "quit"):
            raise Stopped("Nothing was written.")
        header, sign, meaning = answer.partition("=")
        if not sign:
            click.echo(f"Known meanings: {', '.join(made.proposal.kind.meanings)}")
            continue
        tried = {**said, header.strip(): meaning.strip()}
        try:
            made = plan(table, place, given=tried, **others)
        except ConfigError as error:
            tell(error)
            continue
        said = tried
        _show(made)
    return made


def _origin(table: Table, said: tuple[str | None, ...], *, asks: bool) -> Origin:
    """What is known of where the table comes from; on a terminal what was not said is asked."""
    from coopgraph.sources.guided.section_text import Origin

    title, *rest = said
    questions = (
        "Who published it",
        "Where can it be found (address)",
        "When was it published",
        "Its licence",
    )
    if asks:
        title = title or click.prompt("What is the table called", default=table.file.name)
        rest = [
            value if value is not None else click.prompt(question, default="", show_default=False) or None
            for value, question in zip(rest, questions, strict=True)
        ]
    publisher, url, issued, licence = rest
    return Origin(title or table.file.name, publisher, _address(url), _day(issued), licence)


def _address(value: str | None) -> str | None:
    from coopgraph.sources.iris import is_absolute_iri

    if value is not None and not is_absolute_iri(value):
        raise click.UsageError(f"'{value}' is no address. Write it whole: https://example.org/members.")
    return value


def _day(value: str | None) -> str | None:
    from datetime import date

    if value is None:
        return None
    try:
        date.fromisoformat(f"{value}-01-01"[:10] if len(value) == 4 else f"{value}-01"[:10])
    except ValueError:
        raise click.UsageError(f"'{value}' is no date. Write 2017, 2017-05 or 2017-05-31.") from None
    return value


def _say_dry(made: Plan, place: Path, fmt: str | None) -> None:
    if fmt == "json":
        from coopgraph.cli.output import json_text

        proposal = made.proposal
        click.echo(
            json_text(
                {
                    "workspace": str(place), "counts": {"rows": made.table.rows}, "kind": proposal.kind.name,
                    "columns": dict(proposal.columns), "not_used": list(proposal.free),
                    "first_rows": [dict(row) for row in made.understood], "mapping": made.mapping,
                    "section": made.section, "remarks": _remarks(made), "dry_run": True,
                }
            ),
            nl=False,
        )  # fmt: skip
        return
    click.echo(f"mappings/{made.table.spec.name}.yml would be:\n\n{made.mapping}")
    click.echo(f"coopgraph.toml would get:\n\n{made.section}")
    say_imported(place, fmt, {"rows": made.table.rows}, (), _remarks(made), dry=True)
