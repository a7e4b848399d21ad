"""`coopgraph view OUT.html`: the network as one page that opens offline."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from coopgraph.cli.options import (
    find,
    format_option,
    in_a_folder,
    lang_option,
    replicates_option,
    workspace_option,
)
from coopgraph.cli.projection_options import projection, projection_options

Layer = Literal["exchange", "agreements", "memberships"]
LAYERS = ("exchange", "agreements", "memberships")


def html_page(context: click.Context, parameter: click.Parameter, value: Path) -> Path:
    """Refuse a name no browser would open as a page, and a folder that is not there."""
    if value.suffix.lower() not in (".html", ".htm"):
        raise click.UsageError(f"view writes a page: name it {value.with_suffix('.html')}, not {value}.")
    in_a_folder(context, parameter, value)
    return value


@click.command("view")
@click.argument(
    "output", type=click.Path(path_type=Path, dir_okay=False), callback=html_page, metavar="OUT.html"
)
@workspace_option
@click.option(
    "--layer",
    "layers",
    type=click.Choice(LAYERS),
    multiple=True,
    help="What is switched on when the page opens; may be repeated. Default: exchange and agreements.",
)
@click.option(
    "--size-by",
    type=click.Choice(["peer_exchange", "peer_exchange_1", "given", "received", "reciprocity", "partners"]),
    default="peer_exchange",
    show_default=True,
    help="The measure a city's size shows.",
)
@click.option(
    "--colour-by",
    type=click.Choice(["community", "country", "kind"]),
    default="community",
    show_default=True,
    help="What a city's colour shows.",
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=1500,
    show_default=True,
    metavar="N",
    help="Draw at most so many cities, the most important ones; the page says so.",
)
@replicates_option("the ranges in the table")
@click.option("--title", help="The page's title; default: the workspace's.")
@projection_options
@lang_option
@format_option("text", "json")
def view_command(
    output: Path,
    workspace: Path | None,
    layers: tuple[Layer, ...],
    size_by: str,
    colour_by: str,
    top: int,
    replicates: int,
    title: str | None,
    lang: str,
    fmt: str | None,
    **options: Any,
) -> None:
    """Write the network as one HTML page that works offline.

    The page has a legend, a search, a table, evidence behind each link, and switches between English, Spanish
    and Portuguese. It asks no server for anything, so it can be sent by mail.
    """
    from coopgraph.release.opened import open_release
    from coopgraph.views.html import write_release_html

    with open_release(find(None, workspace)) as release:
        page = write_release_html(
            release,
            output,
            title=title,
            lang=lang,
            shown=layers or ("exchange", "agreements"),
            size_by=size_by,
            colour_by=colour_by,
            top=top,
            replicates=replicates,
            **projection(options),
        )
    size = page.stat().st_size
    if fmt == "json":
        from coopgraph.cli.output import json_text

        click.echo(json_text({"page": str(page), "bytes": size}), nl=False)
    else:
        click.echo(f"Wrote {page} ({size / 1e6:.1f} MB). Open it in a browser; no network is needed.")
