"""`coopgraph import twins`: twin towns from files of pairs, or from an endpoint with Wikidata's shape."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coopgraph.cli.importing.shared import (
    asked,
    asking_of,
    asking_options,
    dry_run_option,
    name_option,
    origin_options,
    origin_said,
    place_of,
    say_imported,
    today,
    workspace_option,
)
from coopgraph.cli.options import format_option

if TYPE_CHECKING:
    from coopgraph.sources.guided.section_text import Origin


@click.command("twins")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@workspace_option
@name_option("twins")
@click.option(
    "--country", "countries", multiple=True, metavar="CODE",
    help="From an endpoint: only twinnings with a side in this country, such as ES. May be repeated.",
)  # fmt: skip
@click.option(
    "--city", "cities", multiple=True, metavar="ITEM|FILE",
    help="From an endpoint: only twinnings with this city as a side, an item (Q1492), or a file with an item "
    "on each line. May be repeated.",
)  # fmt: skip
@click.option(
    "--since", type=click.IntRange(min=1, max=9999), metavar="YEAR",
    help="From an endpoint: leave out pairs that one side says began earlier.",
)  # fmt: skip
@click.option("--columns", metavar="CITY,TWIN", help="Of files: the columns that name the city and its twin.")
@origin_options
@asking_options
@dry_run_option
@format_option("text", "json")
def twins_command(
    sources: tuple[str, ...],
    workspace: Path | None,
    name: str,
    countries: tuple[str, ...],
    cities: tuple[str, ...],
    since: int | None,
    columns: str | None,
    source_title: str | None,
    publisher: str | None,
    url: str | None,
    dry_run: bool,
    fmt: str | None,
    **how: Any,
) -> None:
    """Bring twin towns into a workspace: who says of whom that it is its twin.

    SOURCE is files of pairs (TSV or CSV: a city and the twin it names), or the address of a SPARQL endpoint
    with Wikidata's shape. What an endpoint says is recorded in the workspace; interrupted, the same command
    goes on where it stopped, and once it is complete the same command refreshes it.

    \b
      coopgraph import twins pairs.tsv names.tsv -w twins
      coopgraph import twins https://query.wikidata.org/sparql --country ES --country PT -w twins
    """
    place = place_of(workspace)
    if sources[0].startswith(("https://", "http://")):
        if len(sources) > 1 or columns or source_title or publisher or url:
            raise click.UsageError(
                "An endpoint is imported alone; --columns, --source-title, --publisher, --url are for files."
            )
        from coopgraph.sources.recording.recorded import record_twins
        from coopgraph.sources.recording.twins import Wanted

        if countries and cities:
            raise click.UsageError("Give countries or cities, not both.")
        asking = asking_of(sources[0], **how)
        wanted = Wanted(country_codes(countries), items(cities), since)
        asked(
            asking,
            wanted,
            lambda told: record_twins(place, name, asking, wanted, told),
            place,
            fmt,
            dry=dry_run,
        )
        return
    if countries or cities or since:
        raise click.UsageError(
            "--country, --city and --since are for an endpoint: files are taken as they are."
        )
    files = [Path(source) for source in sources]
    origin = origin_said(files, source_title, publisher, url, how["licence"])
    _from_files(place, name, files, columns, origin, dry_run, fmt)


def country_codes(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Countries by their ISO 3166-1 code of two letters; several may stand in one text."""
    codes = [code.upper() for text in texts for code in re.split(r"[\s,;]+", text.strip())]
    wrong = [code for code in codes if not re.fullmatch("[A-Z]{2}", code)]
    if wrong:
        raise click.UsageError(f"'{wrong[0]}' is no country. Use its code of two letters, such as ES.")
    return tuple(sorted(set(codes)))


def items(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Items of Wikidata, given as they are or as files that list them."""
    found: set[str] = set()
    for text in texts:
        if re.fullmatch(r"Q\d+", text):
            found.add(text)
            continue
        try:
            found.update(Path(text).read_text(encoding="utf-8").split())
        except (OSError, UnicodeDecodeError):
            raise click.UsageError(
                f"'{text}' is no item (such as Q1492) and no file that lists items."
            ) from None
    wrong = sorted(item for item in found if not re.fullmatch(r"Q\d+", item))
    if wrong:
        raise click.UsageError(f"'{wrong[0]:.40}' is no item of Wikidata, such as Q1492.")
    return tuple(sorted(found))


def _from_files(
    place: Path,
    name: str,
    files: list[Path],
    columns: str | None,
    origin: Origin,
    dry_run: bool,
    fmt: str | None,
) -> None:
    from coopgraph.sources.adding import add_source
    from coopgraph.sources.recording.pairs import look_at_pairs, sections_of
    from coopgraph.sources.recording.sections import origin_of

    chosen = tuple(part.strip() for part in columns.split(",")) if columns else None
    if chosen is not None and len(chosen) != 2:
        raise click.UsageError("--columns takes two names: --columns city,twin.")
    pairs = [look_at_pairs(file, chosen) for file in files]
    section, put = sections_of(name, pairs)
    described, beside = origin_of(name, origin, today())
    whole = f"{section}\n\n{described}"
    made = () if dry_run else add_source(place, name, whole, {**put, **beside}, title="Twin towns")
    counts = {
        "rows of pairs": sum(each.rows for each in pairs if each.twin),
        "rows of names": sum(each.rows for each in pairs if not each.twin),
    }
    remarks = [each.taken for each in pairs]
    remarks += [
        f"{each.path.name}: no dates, so left out: {', '.join(each.odd[:5])}." for each in pairs if each.odd
    ]
    counted = {what: count for what, count in counts.items() if count}
    say_imported(place, fmt, counted, made, remarks, dry=dry_run)
