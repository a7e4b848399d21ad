"""`coopgraph serve`: the explorer and the SPARQL endpoint, on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from coopgraph.cli.options import find, format_option


@click.command("serve")
@click.argument("place", required=False, metavar="[WORKSPACE|FILE|URL]")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8642,
    show_default=True,
    help="The port; 0 takes one that is free.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the first page in the browser.")
@format_option("text", "json")
def serve_command(place: str | None, host: str, port: int, open_browser: bool, fmt: str | None) -> None:
    """Serve the explorer and a read-only SPARQL endpoint, on this machine.

    Give a workspace, an RDF file or the address of a SPARQL endpoint; without one it is the workspace here.
    It serves until Ctrl-C and asks nobody else for anything. A release published meanwhile is offered to
    those who look.
    """
    from coopgraph.web.served import Served
    from coopgraph.web.serving import serve

    with Served(_target(place)) as served:
        serve(served, host=host, port=port, started=lambda address: _tell(address, open_browser, fmt))


def _target(place: str | None) -> Path | str:
    if place is not None and place.startswith(("https://", "http://")):
        return place
    given = None if place is None else Path(place)
    return given if given is not None and given.is_file() else find(given)


def _tell(address: str, open_browser: bool, fmt: str | None) -> None:
    if fmt == "json":
        from coopgraph.cli.output import json_text

        click.echo(json_text({"address": address}), nl=False)
    else:
        click.echo(f"Serving at {address} - stop with Ctrl-C.")
    if open_browser:
        click.launch(address)
