"""`coopgraph release list | rollback | prune`: the releases of a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from coopgraph.cli.options import find, format_option, output_option, workspace_option


@click.group("release", context_settings={"help_option_names": ["-h", "--help"]})
def release_command() -> None:
    """List, roll back or prune releases.

    A release is never changed. `build` publishes the next one, `rollback` puts an older one in force, `prune`
    deletes.
    """


@release_command.command("list")
@workspace_option
@format_option("table", "json")
@output_option
def list_command(workspace: Path | None, fmt: str | None, output: Path | None) -> None:
    """List the releases, the newest first; the one in force has a star."""
    from coopgraph.cli.output import chosen_format, json_text, table_text, write_text
    from coopgraph.release import manage

    place = find(None, workspace)
    found = manage.list_releases(place)
    if chosen_format(fmt, output, ("table", "json")) == "json":
        rows = [
            {"release": r.id, "in_force": r.current, "built_at": r.built_at, "quads": r.quads} for r in found
        ]
        write_text(json_text(rows), output)
        return
    columns = [("", False), ("release", False), ("built", False), ("quads", True)]
    cells = [["*" if r.current else "", r.id, r.built_at, f"{r.quads:,}"] for r in found]
    write_text(table_text(columns, cells) if cells else manage.none_here(place) + "\n", output)


@release_command.command("rollback")
@click.argument("release_id", metavar="[ID]", required=False)
@workspace_option
@format_option("text", "json")
def rollback_command(release_id: str | None, workspace: Path | None, fmt: str | None) -> None:
    """Put an older release in force.

    ID is a release, or the beginning of its id; default: the one built before the one in force.
    """
    from coopgraph.release import manage

    chosen = manage.rollback(find(None, workspace), release_id)
    _say(f"In force now: {chosen}", {"in_force": chosen}, fmt)


@release_command.command("prune")
@click.option(
    "--keep", type=click.IntRange(min=1), default=3, show_default=True, help="How many to keep, the newest."
)
@workspace_option
@format_option("text", "json")
def prune_command(keep: int, workspace: Path | None, fmt: str | None) -> None:
    """Delete old releases, and what a killed build left behind; never the one in force."""
    from coopgraph.release import manage

    gone = manage.prune(find(None, workspace), keep=keep)
    _say(f"Deleted: {', '.join(gone) or 'nothing'}", {"deleted": gone}, fmt)


def _say(text: str, told: dict[str, Any], fmt: str | None) -> None:
    from coopgraph.cli.output import json_text

    click.echo(json_text(told) if fmt == "json" else text + "\n", nl=False)
