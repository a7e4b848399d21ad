"""`coopgraph export [FORMAT] -o FILE`: a release for other tools."""

from __future__ import annotations

from pathlib import Path

import click

from coopgraph.cli.options import find, format_option, lang_option, workspace_option


@click.command("export")
@click.argument("name", metavar="[FORMAT]", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file or folder to make; its ending says the format, if FORMAT does not.",
)
@click.option("--list", "listed", is_flag=True, help="List the formats and what opens them.")
@workspace_option
@lang_option
@format_option("text", "json")
def export_command(
    name: str | None, output: Path | None, listed: bool, workspace: Path | None, lang: str, fmt: str | None
) -> None:
    """Write a release for other tools: Gephi, QGIS, Excel, Neo4j, an open-data portal."""
    from coopgraph.cli.output import json_text, table_text
    from coopgraph.cli.progress import telling
    from coopgraph.exports.formats import Options, format_of, formats
    from coopgraph.release import open as open_release

    if listed:
        rows = [[each.name, each.ending or "a folder", each.opens_in] for each in formats().values()]
        columns = [("format", False), ("file", False), ("opens in", False)]
        told = [dict(zip(("format", "file", "opens_in"), row, strict=True)) for row in rows]
        click.echo(json_text(told) if fmt == "json" else table_text(columns, rows), nl=False)
        return
    if output is None:
        raise click.UsageError("Name the file to make with -o FILE. The formats: coopgraph export --list")
    chosen = format_of(output, name)
    with open_release(find(None, workspace)) as release, telling(f"Writing {output}") as step:
        written = chosen.write(release, output, Options(lang, step))
    if fmt == "json":
        files = [str(path) for path in written.files]
        click.echo(
            json_text({"files": files, "counts": dict(written.counts), "left_out": dict(written.left_out)}),
            nl=False,
        )
        return
    counts = " · ".join(f"{count:,} {what}" for what, count in written.counts.items())
    click.echo(f"Wrote {output}: {counts}")
    for why, count in written.left_out.items():
        click.echo(f"  left out: {count:,} {why}")
