"""`coopgraph serve`: the explorer and the SPARQL endpoint, on this machine."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import click

from coopgraph.cli.completing import places
from coopgraph.cli.options import find, format_option, store_option
from coopgraph.cli.query import finite


def size(context: click.Context, parameter: click.Parameter, text: str | None) -> int | None:
    """Read a size such as 64MiB."""
    from coopgraph.settings.engine import size_in_bytes

    found = None if text is None else size_in_bytes(text)
    if text is not None and not found:
        raise click.UsageError(f"{parameter.opts[0]} takes a size such as 500MB or 1GiB, not {text!r}.")
    return found


@click.command("serve")
@click.argument("place", required=False, metavar="[WORKSPACE|FILE|URL]", shell_complete=places)
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8642,
    show_default=True,
    help="The port; 0 takes one that is free.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="Answer to this name too, such as that of this machine in its network. May be repeated.",
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Let the scripts of this site ask /sparql and /reconcile: https://example.org, or * for any. "
    "May be repeated.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    callback=finite,
    metavar="SECONDS",
    help="Stop queries after.",
)
@click.option("--rows", type=click.IntRange(min=1), metavar="N", help="Cut answers after this many rows.")
@click.option(
    "--memory", metavar="SIZE", callback=size, help="Stop a query that needs more memory, such as 1GB."
)
@click.option(
    "--answer-size",
    metavar="SIZE",
    callback=size,
    default="64MiB",
    show_default=True,
    help="Cut answers after so many bytes.",
)
@click.option(
    "--log",
    is_flag=True,
    help="Write a line of JSON for each request to standard error, nothing of who asked.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the first page in the browser.")
@format_option("text", "json")
def serve_command(
    place: str | None,
    store: bool,
    host: str,
    port: int,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    timeout: float | None,
    rows: int | None,
    memory: int | None,
    answer_size: int,
    log: bool,
    open_browser: bool,
    fmt: str | None,
) -> None:
    """Serve the explorer and a read-only SPARQL endpoint, on this machine.

    Give a workspace, an RDF file or the address of a SPARQL endpoint; without one it is the workspace here.
    It serves until Ctrl-C and asks nobody else for anything. A release published meanwhile is offered to
    those who look.

    Beyond the loopback (--host 0.0.0.0) everybody must show a token: that of the environment variable
    COOPGRAPH_TOKEN, else one made up now and told with the address. It is not encrypted on its way; put a
    server that speaks https before it where the network is not yours.
    """
    from coopgraph.release.served import Served
    from coopgraph.web.serving import serve
    from coopgraph.web.settings import ServeSettings

    settings = ServeSettings(
        hosts=names,
        token=os.environ.get("COOPGRAPH_TOKEN") or None,
        origins=tuple(origin.rstrip("/").lower() for origin in origins),
        seconds=timeout,
        memory=memory,
        rows=rows,
        size=answer_size,
        log=log,
    )
    with Served(target(place, store=store), store=store) as served:
        told = partial(_tell, open_browser=open_browser, fmt=fmt)
        serve(served, host=host, port=port, started=told, settings=settings)


def target(place: str | None, *, store: bool) -> Path | str:
    """Return what is to be opened: an address, a file, or a workspace, which alone names a store."""
    address = place is not None and place.startswith(("https://", "http://"))
    if place is None or not (address or Path(place).is_file()):
        return find(None if place is None else Path(place))
    if store:
        raise click.UsageError(f"--store asks the store that a workspace names, and {place} is none.")
    return place if address else Path(place)


def _tell(address: str, *, open_browser: bool, fmt: str | None) -> None:
    if fmt == "json":
        from coopgraph.cli.output import json_text

        click.echo(json_text({"address": address}), nl=False)
    else:
        click.echo(f"Serving at {address} - stop with Ctrl-C.")
    if open_browser:
        click.launch(address)
