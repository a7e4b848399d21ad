"""`coopgraph gazetteer build FILE...`: a larger gazetteer, of files from GeoNames that the user has."""

from __future__ import annotations

from pathlib import Path

import click

from coopgraph.cli.options import format_option


@click.group("gazetteer", context_settings={"help_option_names": ["-h", "--help"]})
def gazetteer_command() -> None:
    """Make a larger gazetteer of files from GeoNames."""


@gazetteer_command.command("build")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("gazetteer.parquet"),
    show_default=True,
    help="The gazetteer to write.",
)
@click.option(
    "--at-least",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Hold only capitals and places of so many inhabitants; of the others their names are remembered.",
)
@format_option("text", "json")
def build_command(files: tuple[Path, ...], output: Path, at_least: int, fmt: str | None) -> None:
    """Make a gazetteer of GeoNames' files.

    FILEs are what https://download.geonames.org/export/dump/ gives: cities500.zip (or another extract, or a
    country such as PT.zip) and, beside it, admin1CodesASCII.txt for the names of regions, countryInfo.txt for
    capitals, alternateNamesV2.zip for more names and Wikidata ids. Nothing is fetched: download them first.
    A workspace uses it by gazetteer = "{geo}/gazetteer.parquet" under [workspace].
    """
    from coopgraph.cli.output import json_text
    from coopgraph.cli.progress import telling
    from coopgraph.sources.places.geonames import read_geonames
    from coopgraph.sources.places.making import Place, write_gazetteer

    def is_held(place: Place) -> bool:
        return place.population >= at_least or place.feature == "PPLC"

    with telling(f"Making {output}") as step:
        step("reading GeoNames' files")
        places = read_geonames(files)
        step(f"writing {len(places):,} places")
        names = ", ".join(sorted(path.name for path in files))
        title = f"GeoNames ({names})" + (f", capitals and from {at_least:,} inhabitants" if at_least else "")
        count = write_gazetteer(places, output, title=title, keep=is_held if at_least else None)
    told = {"gazetteer": str(output), "places": count, "bytes": output.stat().st_size}
    text = f"{output}: {count:,} places, {output.stat().st_size / 1e6:.1f} MB.\n"
    click.echo(json_text(told) if fmt == "json" else text, nl=False)
