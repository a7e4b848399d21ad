"""`coopgraph mcp`: the graph for assistants, by the Model Context Protocol, on stdin and stdout."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec

import click

from coopgraph.cli.completing import places
from coopgraph.cli.options import store_option
from coopgraph.cli.query import finite
from coopgraph.cli.serve import size, target


@click.command("mcp")
@click.argument("place", required=False, metavar="[WORKSPACE|FILE|URL]", shell_complete=places)
@store_option
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    callback=finite,
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop a question after.",
)
@click.option(
    "--rows",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    metavar="N",
    help="Cut answers after this many rows, and say so.",
)
@click.option(
    "--answer-size",
    metavar="SIZE",
    callback=size,
    default="256KiB",
    show_default=True,
    help="Cut answers after so many bytes, and say so.",
)
def mcp_command(place: str | None, store: bool, timeout: float, rows: int, answer_size: int) -> None:
    """Let assistants ask a release, by the Model Context Protocol.

    An assistant starts this command itself and talks to it on stdin and stdout: docs/assistants.md shows what
    to write into its settings. It is read only: search, describe, stored questions, SPARQL within limits,
    ranks and explanations, with the sources and with what is unknown. A release published
    meanwhile is the one asked from then on. It needs the extra `mcp`: pip install 'coopgraph[mcp]'
    """
    if find_spec("mcp") is None:
        raise click.UsageError("The package `mcp` is not installed. Install it: pip install 'coopgraph[mcp]'")
    from coopgraph.assistants.desk import DEFAULT
    from coopgraph.assistants.server import serve
    from coopgraph.release.served import Served

    with Served(target(place, store=store), store=store) as served:
        serve(served, replace(DEFAULT, seconds=timeout, rows=rows, size=answer_size))
