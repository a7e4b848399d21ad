"""`coopgraph serve`: the explorer and the SPARQL endpoint, on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from coopgraph.cli.options import find, workspace_option


@click.command("serve")
@click.argument("place", required=False, metavar="[WORKSPACE|FILE|URL]")
@workspace_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8642,
    show_default=True,
    help="The port; 0 takes one that is free.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the first page in the browser.")
def serve_command(
    place: str | None, workspace: Path | None, host: str, port: int, open_browser: bool
) -> None:
    """Serve the explorer and a read-only SPARQL endpoint until Ctrl-C.

    Pages and endpoint are for this machine alone and ask nobody for anything. A release
    published meanwhile is offered to those who look.
    """
    from coopgraph.web.served import Served
    from coopgraph.web.serving import serve

    given = None if place is None else Path(place)
    target = given if given is not None and given.is_file() else find(given, workspace)
    with Served(target) as served:
        serve(served, host=host, port=port, started=lambda address: _tell(address, open_browser))


def _tell(address: str, open_browser: bool) -> None:
    click.echo(f"Serving at {address} - stop with Ctrl-C.")
    if open_browser:
        click.launch(address)
