"""`coopgraph forms forget NAME`."""

from __future__ import annotations

from pathlib import Path

import click

from coopgraph.cli.options import find, format_option, workspace_option


@click.command("forget")
@click.argument("person", metavar="NAME-OR-E-MAIL")
@click.option("--yes", "sure", is_flag=True, help="Take it out of the file of contacts.")
@workspace_option
@format_option("text", "json")
def forget_command(person: str, sure: bool, workspace: Path | None, fmt: str | None) -> None:
    """Say where a person's name or address stands, and take it out of the contacts.

    Looks through every file and every release of the workspace. With --yes it is taken out of
    contacts/contacts.csv; what else holds it is listed with what to do. Copies given away are not known
    here: see docs/secretariat/erasure.md.
    """
    from coopgraph.cli.output import json_text
    from coopgraph.forms.forgetting import forget, where_is

    place = find(None, workspace)
    found = where_is(place, person)
    gone = forget(place, person) if sure else 0
    if fmt == "json":
        rows = [{"kind": f.kind, "file": f.file, "row": f.row, "advice": f.advice} for f in found]
        click.echo(json_text({"found": rows, "taken_out": gone}), nl=False)
        return
    held = [each for each in found if each.kind != "unread"]
    if not held:
        click.echo(f"Nothing in {place} holds '{person}'.")
    for each in held:
        row = f", row {each.row}" if each.row else ""
        click.echo(f"{each.file}{row}: {each.advice}")
    if unread := [each.file for each in found if each.kind == "unread"]:
        click.echo(f"Not looked into, look yourself: {', '.join(unread)}")
    if sure:
        click.echo(f"Taken out of the contacts: {gone:,} row{'s' if gone != 1 else ''}.")
    click.echo(
        "Not known here: stores published to, exports given away, backups. See docs/secretariat/erasure.md"
    )
