"""The commands that answer a secretariat's questions, made of the catalogue.

In: the command line. Out: a dossier, written by `dossier_output`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from coopgraph.cli.completing import cities
from coopgraph.cli.options import (
    find,
    format_option,
    lang_option,
    output_option,
    store_option,
    top_option,
    workspace_option,
)
from coopgraph.secretariat.catalogue import ANSWERS, Parameter

if TYPE_CHECKING:
    from coopgraph.secretariat.dossier import Dossier

FORMATS: Final = ("table", "csv", "tsv", "json", "md", "xlsx")


def command(name: str) -> click.Command:
    """Return the command of an answer."""
    answer = ANSWERS[name]

    def run(
        workspace: Path | None,
        store: bool,
        lang: str,
        fmt: str | None,
        output: Path | None,
        top: int | None,
        evidence: bool,
        only: str | None,
        calendar: Path | None = None,
        **given: Any,
    ) -> None:
        from coopgraph.cli.dossier_output import Laid, write_dossier
        from coopgraph.cli.output import chosen_format, write_bytes
        from coopgraph.cli.progress import waiting
        from coopgraph.release.opening import open_release
        from coopgraph.secretariat.asked import asked_of

        chosen = chosen_format(fmt, output, FORMATS)
        asked = asked_of(answer, given)
        with open_release(find(None, workspace), store=store) as release:
            with waiting(f"Working out {answer.name}"):
                dossier = answer(release, **asked)
            if calendar is not None:
                write_bytes(answer.as_calendar(release, dossier, lang), calendar)
            laid = Laid(release, _only(dossier, only), lang, evidence or chosen == "xlsx")
            write_dossier(laid, chosen, output, top)

    run.__doc__ = answer.help
    made = click.command(name, help=answer.help)(run)
    of_its_own = (_calendar_option,) if answer.calendar else ()
    for offer in (*map(_option, answer.parameters), *of_its_own, *_COMMON):
        offer(made)
    return made


def _option(one: Parameter) -> Any:
    if one.positional:
        nargs = -1 if one.several else 1
        offer = cities if one.kind == "city" else None
        return click.argument(
            one.name, nargs=nargs, required=one.required, metavar=_metavar(one), shell_complete=offer
        )
    option = f"--{one.name.replace('_', '-')}"
    if one.kind == "flag":
        return click.option(option, one.name, is_flag=True, help=one.help)
    default = f" Default: {one.default}." if one.default is not None else ""
    kind = (
        click.Choice(one.choices)
        if one.kind == "choice"
        else click.Path(exists=True)
        if one.kind == "file"
        else str
    )
    return click.option(
        option,
        one.name,
        type=kind,
        multiple=one.several,
        metavar=None if one.kind == "choice" else _KINDS[one.kind],
        help=f"{one.help}{default}",
    )


_KINDS: Final = {
    "city": "CITY",
    "programme": "PROGRAMME",
    "network": "NETWORK",
    "sdg": "SDG",
    "line": "LINE",
    "theme": "WORDS",
    "day": "DAY",
    "whole": "N",
    "file": "FILE",
    "text": "TEXT",
}


def _metavar(one: Parameter) -> str:
    name = one.name.upper() + ("..." if one.several else "")
    return name if one.required else f"[{name}]"


_calendar_option: Final = click.option(
    "--calendar",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.ics",
    help="Write the ends to come as a calendar file too.",
)
_COMMON: Final = (
    click.option("--table", "only", metavar="NAME", help="Only this table; CSV and TSV take the first."),
    click.option("--evidence", is_flag=True, help="Say in which rows of which files each row stands."),
    top_option("Only the first N rows of each table; default: 20 in a table, else all."),
    workspace_option,
    store_option,
    lang_option,
    format_option(*FORMATS),
    output_option,
)


def _only(dossier: Dossier, key: str | None) -> Dossier:
    """The dossier with one table alone, where one is asked for."""
    from dataclasses import replace

    if key is None:
        return dossier
    known = [table.key for table in dossier.tables]
    if key not in known:
        raise click.UsageError(f"There is no table '{key}'. Choose one of: {', '.join(known)}.")
    return replace(dossier, tables=(dossier.table(key),))
