"""`coopgraph compare [A] [B]`: what changed between two releases."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import click

from coopgraph.cli.completing import releases_or_folders
from coopgraph.cli.options import find, format_option, lang_option, output_option, workspace_option
from coopgraph.cli.progress import telling
from coopgraph.cli.words import exit_code as exit_code_of

FORMATS = ("table", "json", "md", "csv", "patch")


@click.command("compare")
@click.argument(
    "before", metavar="[A]", required=False, default="previous", shell_complete=releases_or_folders
)
@click.argument("after", metavar="[B]", required=False, default="current", shell_complete=releases_or_folders)
@workspace_option
@click.option(
    "--top",
    type=click.IntRange(min=0),
    metavar="N",
    help="Tell so many things of each class in full for each way, added, removed or changed; default: 5 in a "
    "table, 20 in Markdown, 1,000 in JSON. All are counted.",
)
@click.option(
    "--exit-code",
    is_flag=True,
    help="Exit with 0 if data and ontology are the same, 1 if they changed, 2 if there is nothing to compare "
    "or something is wrong.",
)
@lang_option
@format_option(*FORMATS)
@output_option
def compare_command(
    before: str,
    after: str,
    workspace: Path | None,
    top: int | None,
    exit_code: bool,
    lang: str,
    fmt: str | None,
    output: Path | None,
) -> int:
    """Say what changed between two releases, by class, by city and by source.

    A and B are `current`, `previous` (the one built before it), an id of the workspace or its beginning, or
    the folder of another workspace or release. Without them: previous and current.

    CSV has a row for each value that changed. A patch is an RDF Patch: applied to A it gives B exactly.
    Provenance (which row of which file), where row numbers move, is in the patch alone.

    \b
      coopgraph compare
      coopgraph compare 19f4 current --format md -o changes.md
      coopgraph compare last-year this-year -o changes.rdfp
    """
    if not exit_code:
        write(before, after, workspace, top, lang, fmt, output, asked=False)
        return 0
    changed: list[bool] = []
    code = exit_code_of(
        lambda: changed.append(write(before, after, workspace, top, lang, fmt, output, asked=True))
    )
    if code == 0:
        return int(changed[0])
    return max(code, 2)  # 1 says that something changed and nothing else, as it does for diff


def write(
    before: str,
    after: str,
    workspace: Path | None,
    top: int | None,
    lang: str,
    fmt: str | None,
    output: Path | None,
    *,
    asked: bool,
) -> bool:
    """Write what changed, and say whether anything did: of CSV and a patch only where that is asked."""
    from coopgraph.cli.output import chosen_format, json_text, write_lines, write_text
    from coopgraph.release.compare import compare
    from coopgraph.release.compare.patch import patch
    from coopgraph.release.compare.rows import rows
    from coopgraph.release.compare.sides import opened

    chosen = chosen_format(fmt, output, FORMATS)
    home = find(None, workspace) if workspace is not None else None
    with ExitStack() as stack:
        a, b = (stack.enter_context(opened(word, home)) for word in (before, after))
        if chosen in ("csv", "patch"):
            write_lines(patch(a, b) if chosen == "patch" else csv_lines(rows(a, b, lang)), output)
            return asked and compare(a, b, language=lang, most=0).changed
        shown = top if top is not None else {"table": 5, "md": 20}.get(chosen, 1000)
        with telling("Comparing the two releases"):
            found = compare(a, b, language=lang, most=shown)
    if chosen == "json":
        told = {**asdict(found), "changed": found.changed, "left_out": found.left_out}
        write_text(json_text(told | {"sentences": found.sentences()}), output)
    else:
        from coopgraph.cli.compare_text import markdown, terminal

        write_text(markdown(found) if chosen == "md" else terminal(found), output)
    return found.changed


def csv_lines(found: Iterable[tuple[str, ...]]) -> Iterator[bytes]:
    """Yield rows as lines of CSV below their heads."""
    from coopgraph.release.compare.rows import COLUMNS

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in found:
        writer.writerow(row)
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    if text.tell():
        yield text.getvalue().encode()
