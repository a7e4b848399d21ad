"""`coopgraph forms diff RETURNED.xlsx ...`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coopgraph.cli.options import (
    find,
    format_option,
    lang_option,
    output_option,
    store_option,
    workspace_option,
)

if TYPE_CHECKING:
    from coopgraph.forms.change import Difference

FORMATS = ("table", "csv", "json", "xlsx")
_SHOWN = ("status", "city", "thing", "field", "known", "says", "remark")


@click.command("diff")
@click.argument("forms", metavar="RETURNED...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--received",
    metavar="DAY",
    help="The day the forms came in, such as 2026-11-27; default: today.",
)
@click.option(
    "--contacts/--no-contacts",
    default=True,
    show_default=True,
    help="Keep who filled in the forms in contacts/ of the workspace, which no release holds.",
)
@workspace_option
@store_option
@lang_option
@format_option(*FORMATS)
@output_option
def diff_command(
    forms: tuple[Path, ...],
    received: str | None,
    contacts: bool,
    workspace: Path | None,
    store: bool,
    lang: str,
    fmt: str | None,
    output: Path | None,
) -> int:
    """Say what returned forms add, change, contest and strike out.

    Each change is a row. Write the diff to a file (XLSX, CSV or JSON), write yes or no into its column
    `accept`, and give it to `coopgraph forms accept`. What was not understood is told with its sheet, row and
    column, and the exit code is 1; everything else is in the diff all the same.
    """
    from coopgraph.cli.importing.shared import today
    from coopgraph.cli.output import chosen_format, write_bytes
    from coopgraph.cli.words import say, tell_faults
    from coopgraph.forms.contacts import keep_contacts
    from coopgraph.forms.decided import diff_file
    from coopgraph.forms.difference import declaration_diff
    from coopgraph.forms.reading import read_each
    from coopgraph.release import open as open_release

    chosen = chosen_format(fmt, output, FORMATS)
    place = find(None, workspace)
    returned, unread = read_each(forms)
    day = _day(received, today())
    with open_release(place, store=store) as release:
        difference = declaration_diff(release, *returned, received=day, lang=lang)
    faults = (*unread, *difference.faults)
    is_nothing = bool(faults) and not difference.changes and not difference.taken
    if not (is_nothing and chosen == "table"):
        written = _table(difference).encode() if chosen == "table" else diff_file(difference, chosen)
        write_bytes(written, output)
    if contacts:
        for file in keep_contacts(place, [form.contact for form in returned if form.contact]):
            say(f"Wrote {file}: who filled in the forms; no release holds it.")
    if not is_nothing:
        _summary(difference, output)
    if faults:
        say(f"Not understood, {len(faults):,} in all:")
        tell_faults(faults, shown=len(faults))
    return 1 if faults else 0


def _day(text: str | None, latest: date) -> date:
    """Return the day forms came in; raises ConfigError for what is no day, or one that is still to come."""
    from coopgraph.errors import ConfigError

    try:
        day = date.fromisoformat(text) if text else latest
    except ValueError:
        raise ConfigError(f"--received has '{text}', which is no day. Write it as 2026-11-27.") from None
    if day > latest:
        raise ConfigError(f"--received has {day}, a day to come. Write the day the forms came in.")
    return day


def _table(difference: Difference) -> str:
    from coopgraph.cli.output import table_text
    from coopgraph.forms.decided import records_of
    from coopgraph.forms.wording import say

    rows = [[record[name] for name in _SHOWN] for record in records_of(difference)]
    if not rows:
        return "Nothing that is not known.\n"
    return table_text([(say(f"diff.{name}", difference.lang), False) for name in _SHOWN], rows)


def _summary(difference: Difference, output: Path | None) -> None:
    from coopgraph.cli.words import say

    counted = ", ".join(f"{count:,} {status}" for status, count in difference.counts().items() if count)
    taken = f"; {difference.taken:,} accepted before are not told again" if difference.taken else ""
    say(f"{counted or 'No changes'}{taken}.")
    if output is not None and difference.changes:
        say(f"Write yes or no into its column 'accept', then: coopgraph forms accept {output}")
