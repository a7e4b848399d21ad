"""`coopgraph import sparql`: what an endpoint answers to a CONSTRUCT query, recorded in the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from coopgraph.cli.importing.shared import (
    asked,
    asking_of,
    asking_options,
    dry_run_option,
    name_option,
    place_of,
    workspace_option,
)
from coopgraph.cli.options import format_option


@click.command("sparql")
@click.argument("url")
@workspace_option
@name_option("endpoint")
@click.option(
    "--query",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="The CONSTRUCT query, as a file: our terms of theirs. A line `# page: ?key` in it: asked by pages.",
)
@asking_options
@dry_run_option
@format_option("text", "json")
def sparql_command(
    url: str,
    workspace: Path | None,
    name: str,
    query: Path,
    dry_run: bool,
    fmt: str | None,
    **how: Any,
) -> None:
    """Record the answer of a SPARQL endpoint to a CONSTRUCT query.

    URL is any SPARQL 1.1 endpoint. The answer is kept in the workspace as sorted N-Quads, with a description
    of where it comes from, so that builds need no network. The same command refreshes it; only a complete
    answer takes the place of the one before.

    \b
      coopgraph import sparql https://example.org/sparql --query cities.rq --name partners -w ours
    """
    from coopgraph.sources.recording.recorded import record_construct

    place = place_of(workspace)
    asking = asking_of(url, **how)
    asked(
        asking,
        query,
        lambda told: record_construct(place, name, asking, query, told),
        place,
        fmt,
        dry=dry_run,
    )
