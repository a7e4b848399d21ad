"""`coopgraph import KIND ...`: bring a file or a public source into a workspace."""

from __future__ import annotations

from typing import Final

import click

from coopgraph.cli.app import Commands

KINDS: Final[dict[str, str]] = {
    "table": "Bring a table into a workspace: what each column means is proposed, shown and written down.",
    "twins": "Bring twin towns into a workspace: who says of whom that it is its twin.",
    "rdf": "Bring RDF files into a workspace, as they are or by a CONSTRUCT mapping.",
    "sparql": "Record the answer of a SPARQL endpoint to a CONSTRUCT query.",
    "iati": "Bring IATI activity files into a workspace.",
}


@click.command(
    "import",
    cls=Commands,
    listed=KINDS,
    room="coopgraph.cli.importing",
    context_settings={"help_option_names": ["-h", "--help"]},
)
def import_command() -> None:
    """Bring a file or a public source into a workspace.

    What is brought in is kept in the workspace, so that a build needs nothing else; nothing that is there is
    overwritten.
    """
