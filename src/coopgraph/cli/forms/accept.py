"""`coopgraph forms accept DIFF ...`."""

from __future__ import annotations

from pathlib import Path

import click

from coopgraph.cli.options import find, format_option, workspace_option


@click.command("accept")
@click.argument("diffs", metavar="DIFF...", nargs=-1, required=True, type=click.Path(path_type=Path))
@workspace_option
@format_option("text", "json")
def accept_command(diffs: tuple[Path, ...], workspace: Path | None, fmt: str | None) -> None:
    """Take what was accepted in a diff into the workspace, as a source of its own.

    Rows with yes in their column `accept` become rows of `declarations/`; each form is a source whose
    publisher is the city's office. All or nothing; doing it again adds nothing; nothing that is there is
    overwritten.
    """
    from coopgraph.cli.output import json_text
    from coopgraph.forms.accepting import accept_declarations
    from coopgraph.release.locate import shell_word

    place = find(None, workspace)
    done = accept_declarations(place, *diffs)
    if fmt == "json":
        told = {
            "accepted": done.accepted,
            "refused": done.refused,
            "undecided": done.undecided,
            "rows": dict(done.rows),
            "files": [str(file) for file in done.files],
        }
        click.echo(json_text(told), nl=False)
        return
    click.echo(f"Accepted {done.accepted:,}, refused {done.refused:,}, left open {done.undecided:,}.")
    for table, count in done.rows.items():
        click.echo(f"  declarations/{table}.csv: {count:,} row{'s' if count != 1 else ''} more")
    if not done.rows:
        click.echo("Nothing is new: the workspace is as it was.")
        return
    click.echo(f"Go on with: coopgraph build {shell_word(place)}")
