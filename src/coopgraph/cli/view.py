"""`coopgraph view OUT.html`: the network, or a part of it, as one page that opens offline."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
from coopgraph.cli.words import say

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
@click.option("--ego", metavar="CITY", help="Only a city, its partners, and the links among them.")
@click.option(
    "--hops",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="With --ego: all that are at most so many steps away, by what is switched on.",
)
@click.option("--of", metavar="NETWORK", help="Only a network: its members and what is between them.")
@click.option(
    "--agreement",
    metavar="AGREEMENT",
    help="Only an agreement: its parties, renewals, what it is part of, and the actions under it.",
)
@click.option(
    "--query",
    metavar="NAME|FILE|TEXT",
    help="The answer to a query, as `coopgraph query` takes it: things and what joins them.",
)
@click.option(
    "--param", "params", multiple=True, metavar="NAME=VALUE", help="With --query: set a parameter of it."
)
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
    query: str | None,
    params: tuple[str, ...],
    top: int,
    title: str | None,
    lang: str,
    fmt: str | None,
    **options: Any,
) -> None:
    """Write the network, or a part of it, as one HTML page that works offline.

    The page has a legend, a search, a table, evidence behind each link, and switches between English, Spanish
    and Portuguese. It asks no server for anything, so it can be sent by mail. Cities, networks and agreements
    are called by a name in any language, an id or an IRI.

    \b
      coopgraph view network.html
      coopgraph view lisbon.html --ego Lisbon --hops 2
      coopgraph view ucci.html --of UCCI
      coopgraph view pairs.html --query cq-031 --param atLeast=1
    """
    from coopgraph.cli.query import arguments, question
    from coopgraph.release.opened import open_release
    from coopgraph.views.show import show

    wanted = part(options, query, params)
    with open_release(find(None, workspace)) as release:
        if query:
            wanted |= {"query": question(query), "params": arguments(params)}
            for thing in release.unknown_things(wanted["query"], **wanted["params"]):
                say(f"{thing} does not occur in this release.")
        page = show(release, top=top, title=title, lang=lang, **wanted).write(output)
    size = page.stat().st_size
    if fmt == "json":
        from coopgraph.cli.output import json_text

        click.echo(json_text({"page": str(page), "bytes": size}), nl=False)
    else:
        click.echo(f"Wrote {page} ({size / 1e6:.1f} MB). Open it in a browser; no network is needed.")


def part(options: dict[str, Any], query: str | None, params: tuple[str, ...]) -> dict[str, Any]:
    """Return which part is shown and how; refuse what does not go together, or has no effect."""
    parts = {name: options.pop(name) for name in ("ego", "of", "agreement")} | {"query": query}
    given = [name for name, value in parts.items() if value is not None]
    if len(given) > 1:
        raise click.UsageError(f"--{' and --'.join(given)} show different parts. Give one of them.")
    if params and query is None:
        raise click.UsageError("--param sets a parameter of a query. Add --query.")
    hops = options.pop("hops")
    if _typed("hops") and not parts["ego"]:
        raise click.UsageError("--hops counts the steps from a city. Add --ego.")
    if parts["agreement"] or query:
        colour = options.pop("colour_by")
        _refuse_all_of(options, f"--{given[0]}")
        coloured = {"colour_by": colour} if _typed("colour_by") else {}
        return {"agreement": parts["agreement"], **coloured}
    shown = options.pop("layers") or ("exchange", "agreements")
    return {"ego": parts["ego"], "of": parts["of"], "hops": hops, "shown": shown, **projection(options)}


def _refuse_all_of(options: dict[str, Any], beside: str) -> None:
    """Refuse options that say what is projected, beside what is no projection."""
    typed = [f"--{name.replace('_', '-')}" for name in options if _typed(name)]
    if typed:
        told = ", ".join(typed).replace("--layers", "--layer")
        raise click.UsageError(f"{told} chooses among exchanges, which {beside} does not draw. Leave it out.")


def _typed(name: str) -> bool:
    source = click.get_current_context().get_parameter_source(name)
    return source is click.core.ParameterSource.COMMANDLINE
