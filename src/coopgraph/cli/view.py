"""`coopgraph view OUT.html`: the network, or a part of it, as a page that opens offline or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from coopgraph.cli.completing import cities
from coopgraph.cli.options import (
    find,
    format_option,
    in_a_folder,
    lang_option,
    replicates_option,
    store_option,
    workspace_option,
)
from coopgraph.cli.projection_options import projection, projection_options
from coopgraph.cli.words import say

LAYERS = ("exchange", "agreements", "memberships")


PAGES, PICTURES = (".html", ".htm"), (".png", ".svg")


def page_or_picture(
    context: click.Context, parameter: click.Parameter, value: tuple[Path, ...]
) -> tuple[Path, ...]:
    """Refuse a name that is no page's or picture's, and a folder that is not there."""
    for path in value:
        if path.suffix.lower() not in (*PAGES, *PICTURES):
            told = f"view writes a page or a picture: name it {path.with_suffix('.html')}, .png or .svg"
            raise click.UsageError(f"{told}, not {path}.")
        in_a_folder(context, parameter, path)
    return value


@click.command("view")
@click.argument(
    "outputs",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    callback=page_or_picture,
    metavar="OUT.html|OUT.png|OUT.svg...",
)
@workspace_option
@store_option
@click.option(
    "--ego",
    metavar="CITY",
    shell_complete=cities,
    help="Only a city, its partners, and the links among them.",
)
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
@click.option(
    "--no-browser",
    is_flag=True,
    help="Draw a .png without Chromium, as where there is none: by matplotlib, the same bytes on every run.",
)
@replicates_option("the ranges in the table")
@click.option("--title", help="The page's title; default: the workspace's.")
@projection_options
@lang_option
@format_option("text", "json")
def view_command(
    outputs: tuple[Path, ...],
    workspace: Path | None,
    store: bool,
    query: str | None,
    params: tuple[str, ...],
    top: int,
    no_browser: bool,
    title: str | None,
    lang: str,
    fmt: str | None,
    **options: Any,
) -> None:
    """Write the network, or a part of it, as a page that works offline or as a picture.

    The page has a legend, a search, a table, evidence behind each link, and switches between English, Spanish
    and Portuguese. It asks no server for anything, so it can be sent by mail. A picture (.png, .svg) shows
    what the page does when it opens, with what it rests on at its foot. Several may be named at once. Cities,
    networks and agreements are called by a name in any language, an id or an IRI.

    \b
      coopgraph view network.html
      coopgraph view lisbon.html --ego Lisbon --hops 2
      coopgraph view ucci.html ucci.png ucci.svg --of UCCI
      coopgraph view pairs.html --query cq-031 --param atLeast=1
    """
    from coopgraph.cli.query import arguments, question
    from coopgraph.release.opening import open_release
    from coopgraph.views.view import show

    wanted = part(options, query, params)
    with open_release(find(None, workspace), store=store) as release:
        if query:
            wanted |= {"query": question(query), "params": arguments(params)}
            for thing in release.unknown_things(wanted["query"], **wanted["params"]):
                say(f"{thing} does not occur in this release.")
        view = show(release, top=top, title=title, lang=lang, **wanted)
        for output in outputs:
            view.write(output, browser=not no_browser)
    if fmt == "json":
        from coopgraph.cli.output import json_text

        files = [{"file": str(output), "bytes": output.stat().st_size} for output in outputs]
        click.echo(json_text({"files": files}), nl=False)
        return
    for output in outputs:
        page = output.suffix.lower() in PAGES
        told = " Open it in a browser; no network is needed." if page else ""
        click.echo(f"Wrote {output} ({output.stat().st_size / 1e6:.1f} MB).{told}")


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
