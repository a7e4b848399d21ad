"""`coopgraph release list | rollback | prune | publish`: the releases of a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from coopgraph.cli.completing import release_ids
from coopgraph.cli.options import find, format_option, output_option, workspace_option


@click.group("release", context_settings={"help_option_names": ["-h", "--help"]})
def release_command() -> None:
    """List, roll back or prune releases, or publish one to a remote store.

    A release is never changed. `build` makes the next one, `rollback` puts an older one in force, `prune`
    deletes, `publish` sends one to a SPARQL 1.1 store.
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
@click.argument("release_id", metavar="[ID]", required=False, shell_complete=release_ids)
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


@release_command.command("publish")
@click.argument("release_id", metavar="[ID]", required=False, shell_complete=release_ids)
@workspace_option
@click.option(
    "--to", metavar="URL", help="The store's address for queries; default: [store] of coopgraph.toml."
)
@click.option("--update", metavar="URL", help="Its address for updates; default: that of --to.")
@click.option(
    "--replace", "replacing", is_flag=True, help="Put it in the place of a workspace of another title."
)
@click.option(
    "--take-over", is_flag=True, help="End what somebody else began to publish there and broke off."
)
@format_option("text", "json")
def publish_command(
    release_id: str | None,
    workspace: Path | None,
    to: str | None,
    update: str | None,
    replacing: bool,
    take_over: bool,
    fmt: str | None,
) -> None:
    """Publish a release to a remote SPARQL 1.1 store.

    ID is a release, or the beginning of its id; default: the one in force. Readers of the store get what
    stands there until all is sent. Broken off, it goes on when it is done again.

    \b
      coopgraph release publish
      coopgraph release publish --to http://127.0.0.1:7878/query --update http://127.0.0.1:7878/update
    """
    from coopgraph.cli.progress import telling
    from coopgraph.cli.words import Stopped, say
    from coopgraph.release.to_store import publish

    if update is not None and to is None:
        raise click.UsageError("--update goes with --to. Give both, or neither.")
    try:
        with telling("publishing") as step:
            done = publish(
                find(None, workspace),
                release_id,
                to=to,
                update=update,
                replacing=replacing,
                take_over=take_over,
                on_progress=step,
            )
    except KeyboardInterrupt:
        raise Stopped(
            "Interrupted. Do it again to go on; readers of the store are told what is there."
        ) from None
    for graph, few in (done.fewer or {}).items():
        say(f"{graph}: the store keeps {few:,} statements fewer, as it takes two of one value for one.")
    told = {
        "release": done.release,
        "store": done.address,
        "statements": done.quads,
        "merged": done.merged,
        "graphs": dict(done.graphs),
        "dropped": list(done.dropped),
    }
    gone = f"; {len(done.dropped):,} graphs of the one before are gone" if done.dropped else ""
    counted = f"{done.quads:,} statements in {len(done.graphs):,} graphs, {done.merged:,} in their merge"
    _say(f"Published {done.release} to {done.address}: {counted}{gone}", told, fmt)


def _say(text: str, told: dict[str, Any], fmt: str | None) -> None:
    from coopgraph.cli.output import json_text

    click.echo(json_text(told) if fmt == "json" else text + "\n", nl=False)
