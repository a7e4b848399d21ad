"""`coopgraph ontology`: the terms data are written in, and their reference pages."""

from __future__ import annotations

from pathlib import Path

import click

from coopgraph.cli.options import DIRECTORY, format_option, lang_option, output_option

FORMATS = ("table", "csv", "tsv", "json")


@click.command("ontology")
@click.option(
    "--html",
    "html",
    type=DIRECTORY,
    metavar="DIR",
    help="Write the reference pages there; they open offline.",
)
@lang_option
@format_option(*FORMATS)
@output_option
def ontology_command(html: Path | None, lang: str, fmt: str | None, output: Path | None) -> None:
    """List the ontology's terms, or write its reference pages.

    The pages, in English, Spanish and Portuguese, are made by pyLODE: pip install 'coopgraph[docs]'.
    """
    from coopgraph.resources import bundled

    if html is not None:
        write_pages(bundled("ontology"), html)
        return
    from coopgraph.cli.output import chosen_format, write_table
    from coopgraph.release.opening import open_release

    chosen = chosen_format(fmt, output, FORMATS)
    folder = bundled("ontology")
    files = [folder / "coopgraph.ttl", *sorted((folder / "modules").glob("*.ttl"))]
    sparql = Path(__file__).with_name("ontology.rq").read_text(encoding="utf-8")
    with open_release(files, ontology=False) as release:
        write_table(release.query(sparql, trusted=True, lang=lang).to_arrow(), chosen, output)


def write_pages(ontology: Path, directory: Path) -> None:
    """Write the reference pages into a folder."""
    from coopgraph.rdf.pages import reference_pages

    pages = reference_pages(ontology)
    directory.mkdir(parents=True, exist_ok=True)
    for name, content in pages.items():
        (directory / name).write_bytes(content)
    click.echo(f"Wrote {len(pages)} pages. Open {directory / 'index.html'}")
