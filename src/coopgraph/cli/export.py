"""`coopgraph export [FORMAT] -o FILE`: a release for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from coopgraph.cli.completing import formats
from coopgraph.cli.options import find, format_option, lang_option, store_option, workspace_option
from coopgraph.cli.projection_options import projection, projection_options


@click.command("export")
@click.argument("name", metavar="[FORMAT]", required=False, shell_complete=formats)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file or folder to make; its ending says the format, if FORMAT does not.",
)
@click.option("--list", "listed", is_flag=True, help="List the formats and what opens them.")
@click.option(
    "--graph",
    type=click.Choice(["all", "exchange", "agreements", "affiliation"]),
    help="Of formats of networks, what joins the cities: who contributed to whom, agreements, memberships, "
    "or all (the default; where options choose among exchanges, exchange).",
)
@click.option("--force", is_flag=True, help="Replace the file or folder if it is there already.")
@click.option(
    "--without",
    type=click.Choice(["ontology", "inferred", "provenance"]),
    multiple=True,
    help="Leave a graph out that no source states; RDF only. May be repeated.",
)
@click.option("--reporting-org-ref", metavar="ID", help="IATI only: the identifier of who reports.")
@click.option("--reporting-org-name", metavar="NAME", help="IATI only: the name of who reports.")
@click.option("--reporting-org-type", metavar="CODE", help="IATI only: its kind; 11 is local government.")
@click.option(
    "--open-only/--everything",
    default=True,
    show_default=True,
    help="Open data release only: hold what is open by licence and access, or all but personal data.",
)
@workspace_option
@store_option
@projection_options
@lang_option
@format_option("text", "json")
def export_command(
    name: str | None,
    output: Path | None,
    listed: bool,
    graph: str | None,
    force: bool,
    without: tuple[str, ...],
    reporting_org_ref: str | None,
    reporting_org_name: str | None,
    reporting_org_type: str | None,
    open_only: bool,
    workspace: Path | None,
    store: bool,
    lang: str,
    fmt: str | None,
    **options: Any,
) -> None:
    """Write a release for other tools: Gephi, QGIS, Excel, Neo4j, an open-data portal.

    The file or folder is there as a whole, or not at all. Options that say what is exchanged, and from which
    participations, are those of `coopgraph rank`; formats of networks take them.

    \b
      coopgraph export -o network.gexf
      coopgraph export -o exchange.graphml --graph exchange --period 2016/2018
      coopgraph export neo4j -o for-neo4j --lang es
    """
    from coopgraph.cli.interrupted import Interruptible
    from coopgraph.cli.progress import telling
    from coopgraph.exports.exporting import export
    from coopgraph.release import open as open_release

    if listed:
        _list(fmt)
        return
    if output is None:
        raise click.UsageError("Name the file to make with -o FILE. The formats: coopgraph export --list")
    chosen = _typed(options) | ({"without": without} if without else {})
    who = {"ref": reporting_org_ref, "name": reporting_org_name, "type": reporting_org_type}
    with (
        Interruptible() as interruptible,
        open_release(find(None, workspace), store=store) as release,
        telling(f"Writing {output}") as say,
    ):
        step = interruptible.before(say)
        chosen |= {} if open_only else {"open_only": False}
        chosen["settings"] = release.exporting.reported_by(**who)
        written = export(
            release, output, name, lang=lang, graph=graph, force=force, on_progress=step, **chosen
        )
    if fmt == "json":
        from coopgraph.cli.output import json_text

        files = [str(path) for path in written.files]
        told = {"files": files, "counts": dict(written.counts), "left_out": dict(written.left_out)}
        click.echo(json_text(told), nl=False)
        return
    counts = " · ".join(f"{count:,} {what}" for what, count in written.counts.items())
    click.echo(f"Wrote {output}: {counts}")
    for why, count in written.left_out.items():
        click.echo(f"  left out: {count:,} {why}")


def _list(fmt: str | None) -> None:
    """List the formats; where there are plugins, with where each comes from."""
    from coopgraph.cli.output import json_text, table_text
    from coopgraph.exports.formats import formats, from_plugins

    names = ("format", "file", "opens in", "comes with")
    origins = {name: plugin.origin for name, plugin in from_plugins().items()}
    rows = [
        [each.name, each.ending or "a folder", each.opens_in, origins.get(each.name, "coopgraph")]
        for each in formats().values()
    ]
    shown = len(names) if origins else len(names) - 1
    columns = [(name, False) for name in names[:shown]]
    told = [dict(zip((name.replace(" ", "_") for name in names), row, strict=True)) for row in rows]
    click.echo(
        json_text(told) if fmt == "json" else table_text(columns, [row[:shown] for row in rows]), nl=False
    )


def _typed(options: dict[str, Any]) -> Any:
    """Return the options of `coopgraph.flows` that were given: a format that takes none refuses them."""
    source = click.get_current_context().get_parameter_source
    chosen: dict[str, Any] = dict(projection(options))
    return {name: value for name, value in chosen.items() if source(name) is _GIVEN}


_GIVEN = click.core.ParameterSource.COMMANDLINE
