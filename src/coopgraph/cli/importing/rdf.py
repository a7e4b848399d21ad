"""`coopgraph import rdf`: RDF files, as they are or by a CONSTRUCT mapping."""

from __future__ import annotations

from pathlib import Path

import click

from coopgraph.cli.importing.shared import (
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
from coopgraph.rdf.parse import FORMATS

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("rdf")
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
@workspace_option
@name_option("rdf")
@click.option(
    "--mapping", type=_FILE, metavar="QUERY", help="A CONSTRUCT query (.rq) that makes our terms of theirs."
)
@click.option(
    "--syntax", type=click.Choice(FORMATS), help="The syntax, where the files' endings do not say it."
)
@origin_options
@click.option("--licence", metavar="IRI", help="The licence the files may be used under.")
@dry_run_option
@format_option("text", "json")
def rdf_command(
    files: tuple[Path, ...],
    workspace: Path | None,
    name: str,
    mapping: Path | None,
    syntax: str | None,
    source_title: str | None,
    publisher: str | None,
    url: str | None,
    licence: str | None,
    dry_run: bool,
    fmt: str | None,
) -> None:
    """Bring RDF files into a workspace, as they are or by a CONSTRUCT mapping.

    Turtle, TriG, N-Triples, N-Quads, RDF/XML and JSON-LD, also packed (.gz, .zst). The files are read through
    before anything is written. Nothing is fetched, no remote context either.

    \b
      coopgraph import rdf places.ttl.gz --mapping places.rq --name places -w ours
    """
    from coopgraph.sources.adding import add_source
    from coopgraph.sources.recording.rdf_files import rdf_source
    from coopgraph.sources.recording.sections import origin_of

    place = place_of(workspace)
    origin = origin_said(files, source_title, publisher, url, licence)
    found = rdf_source(name, files, mapping, syntax)
    described, beside = origin_of(name, origin, today())
    whole = f"{found.section}\n\n{described}"
    made = () if dry_run else add_source(place, name, whole, {**found.files, **beside})
    say_imported(place, fmt, {"statements": found.statements}, made, found.remarks, dry=dry_run)
