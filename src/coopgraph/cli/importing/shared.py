"""What the kinds of import have in common: where to, under which name, and what is said at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from coopgraph.cli.options import DIRECTORY, find

if TYPE_CHECKING:
    from coopgraph.settings.remote_store import StoreWords
    from coopgraph.sources.guided.section_text import Origin
    from coopgraph.sources.recording.recorded import Asking, Recorded
    from coopgraph.sources.recording.twins import Wanted

Command = TypeVar("Command", bound=Callable[..., Any])
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")

workspace_option = click.option(
    "-w",
    "--workspace",
    type=DIRECTORY,
    metavar="DIR",
    help="The workspace, which may be new; default: here, or the nearest parent with a coopgraph.toml.",
)
dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Say what would be imported, and write nothing."
)


def name_of(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Refuse what cannot be a source's name before anything is asked for."""
    if value is not None and not _NAME.fullmatch(value):
        raise click.UsageError(f"'{value}' is no source's name. Use lower-case letters, digits, - and _.")
    return value


def name_option(default: str) -> Callable[[Command], Command]:
    """Offer `--name`."""
    return click.option(
        "--name",
        default=default,
        callback=name_of,
        show_default=True,
        metavar="NAME",
        help="The name of the source in coopgraph.toml.",
    )


def _offered(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Offer several options, in this order."""

    def offer(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return offer


asking_options = _offered(
    click.option(
        "--pause",
        type=click.FloatRange(min=0, max=60),
        default=1.0,
        show_default=True,
        metavar="SECONDS",
        help="How long to wait before each request to an endpoint; there is never more than one.",
    ),
    click.option(
        "--timeout",
        type=click.IntRange(min=1, max=3600),
        default=60,
        show_default=True,
        metavar="SECONDS",
        help="How long one answer may take.",
    ),
    click.option(
        "--page-rows",
        type=click.IntRange(min=2),
        default=10_000,
        show_default=True,
        metavar="N",
        help="How many rows to ask for at a time.",
    ),
    click.option(
        "--contact",
        metavar="TEXT",
        help="Your address, told to the endpoint, so that who runs it can write to you.",
    ),
    click.option(
        "--licence",
        metavar="IRI",
        help="The licence of what is recorded; default: CC0 for Wikidata, else none is stated.",
    ),
)
"""What is said of how an endpoint is asked."""

origin_options = _offered(
    click.option(
        "--source-title",
        metavar="TEXT",
        help="What files are called, for whoever asks where a fact is from; default: their names.",
    ),
    click.option("--publisher", metavar="TEXT", help="Of files: who published them."),
    click.option("--url", metavar="IRI", help="Of files: where they can be found."),
)
"""What is said of where files come from, as `coopgraph import table` does."""


def origin_said(
    files: Sequence[Path], title: str | None, publisher: str | None, url: str | None, licence: str | None
) -> Origin:
    """What is known of where files come from; raises UsageError for an address that is none."""
    from coopgraph.sources.guided.section_text import Origin
    from coopgraph.sources.iris import is_absolute_iri

    if url is not None and not is_absolute_iri(url):
        raise click.UsageError(f"--url takes an address, such as https://example.org/twins, not '{url}'.")
    names = ", ".join(file.name for file in files)
    return Origin(title or names, publisher, url, licence=licence_of(licence))


def place_of(workspace: Path | None) -> Path:
    """The workspace meant: `-w DIR`, new or not, or the one around the working directory."""
    return workspace if workspace is not None else find(None)


def asking_of(
    url: str, pause: float, timeout: int, page_rows: int, contact: str | None, licence: str | None
) -> Asking:
    """The endpoint at an address, and how it is asked; raises UsageError for what is none."""
    from dataclasses import replace

    from coopgraph.errors import ConfigError
    from coopgraph.namespaces import BASE
    from coopgraph.rdf.harvest import Manners
    from coopgraph.release.remote import store_at
    from coopgraph.sources.recording.recorded import Asking

    if contact is not None and not (contact.isascii() and contact.isprintable() and contact.strip()):
        raise click.UsageError("--contact takes a plain address, such as mailto:office@example.org.")
    try:
        store, _ = store_at(url, BASE)
    except ConfigError:
        raise click.UsageError(
            "This is no address of an endpoint. Write https://host/sparql, without a user or a password."
        ) from None
    store = replace(store, seconds=timeout, page_rows=page_rows, contact=contact, words=_words())
    return Asking(store, Manners(pause=pause), today(), licence_of(licence))


def _words() -> StoreWords:
    """The words of the command: there is no [store] in this workspace file."""
    from coopgraph.settings.remote_store import StoreWords

    return StoreWords(
        store="endpoint",
        address="the address",
        address_there="the address",
        ask_elsewhere="Import from there",
        wait_longer="give it more: --timeout SECONDS",
        page_rows="--page-rows",
    )


def asked(
    asking: Asking,
    wanted: Wanted | Path,
    record: Callable[[Callable[[str, int, int], None]], Recorded],
    place: Path,
    fmt: str | None,
    *,
    dry: bool,
) -> None:
    """Record what is wanted, saying how far it is; or only how much it would be."""
    from coopgraph.cli.progress import telling
    from coopgraph.cli.words import Stopped
    from coopgraph.sources.recording.recorded import there

    if dry:
        what = "rows" if isinstance(wanted, Path) else "statements"
        say_imported(place, fmt, {what: there(asking, wanted)}, (), dry=True)
        return
    try:
        with telling(f"Asking {asking.store.shown}") as step:
            found = record(lambda what, done, of: step(f"{done:,} of {of:,} {what}"))
    except KeyboardInterrupt:
        raise Stopped("Interrupted. What came so far is kept: the same command goes on there.") from None
    say_imported(place, fmt, found.counts, found.files, found.remarks)


def licence_of(value: str | None) -> str | None:
    """A licence is named by its IRI."""
    from coopgraph.sources.iris import is_absolute_iri

    if value is not None and not is_absolute_iri(value):
        raise click.UsageError(
            f"--licence takes an IRI, such as https://creativecommons.org/licenses/by/4.0/, not '{value}'."
        )
    return value


def today() -> date:
    """The day on which something is recorded: the one clock of an import."""
    from datetime import UTC, datetime

    return datetime.now(UTC).date()


def say_imported(
    place: Path,
    fmt: str | None,
    counts: Mapping[str, int],
    files: Sequence[Path],
    remarks: Sequence[str] = (),
    *,
    dry: bool = False,
) -> None:
    """Say what is there now and how to go on."""
    from coopgraph.cli.output import json_text
    from coopgraph.cli.words import say
    from coopgraph.release.locate import shell_word

    if fmt == "json":
        told = {
            "workspace": str(place),
            "counts": dict(counts),
            "files": [str(f) for f in files],
            "dry_run": dry,
        }
        click.echo(json_text({**told, "remarks": list(remarks)}), nl=False)
        return
    summary = ", ".join(f"{count:,} {what}" for what, count in counts.items())
    click.echo(f"{'Would import' if dry else 'Imported'} {summary} {'into' if dry else 'to'} {place}.")
    for remark in remarks:
        say(remark)
    if not dry:
        click.echo(f"Go on with: coopgraph build {shell_word(place)}")
