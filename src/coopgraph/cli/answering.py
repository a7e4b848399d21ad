"""The commands that answer a secretariat's questions, made of the catalogue.

In: the command line. Out: a dossier as text, Markdown, CSV, TSV, JSON or a workbook, with what it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    from coopgraph.release import Release
    from coopgraph.secretariat.dossier import Dossier
    from coopgraph.secretariat.written import Written, WrittenTable

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
            _write(_Laid(release, dossier, lang, evidence or chosen == "xlsx"), chosen, output, top, only)

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


@dataclass(frozen=True)
class _Laid:
    """A dossier with the release it is from, in one language."""

    release: Release
    dossier: Dossier
    lang: str
    evidence: bool

    def written(self, only: str | None) -> Written:
        from dataclasses import replace

        tables = self.dossier.tables
        if only is not None:
            tables = tuple(table for table in tables if table.key == only)
            if not tables:
                known = ", ".join(table.key for table in self.dossier.tables)
                raise click.UsageError(f"There is no table '{only}'. Choose one of: {known}.")
        return replace(self.dossier, tables=tables).to(self.lang)

    def proofs(self) -> dict[str, tuple[str, ...]] | None:
        from coopgraph.secretariat.proofs import proofs_of

        return proofs_of(self.release, self.dossier, self.lang) if self.evidence else None


def _write(laid: _Laid, fmt: str, output: Path | None, top: int | None, only: str | None) -> None:
    from coopgraph.cli.output import FIRST, json_text, write_bytes, write_text

    told = laid.written(only)
    if fmt == "table":
        first = top or (FIRST if output is None else None)
        write_text(_text(told, laid.proofs(), first), output)
    elif fmt == "md":
        from coopgraph.secretariat.markdown import as_markdown

        write_text(as_markdown(_cut(told, top), laid.proofs()), output)
    elif fmt == "json":
        write_text(json_text(_plain(laid, _cut(told, top))), output)
    elif fmt == "xlsx":
        write_bytes(_workbook(laid, _cut(told, top)), output)
    else:
        _write_separated(laid, _cut(told, top), "\t" if fmt == "tsv" else ",", output)


def _cut(told: Written, top: int | None) -> Written:
    from dataclasses import replace

    return replace(told, tables=tuple(replace(one, rows=one.rows[:top]) for one in told.tables))


def _text(told: Written, proofs: Mapping[str, Sequence[str]] | None, first: int | None) -> str:
    from coopgraph.cli.notes import sentences_text
    from coopgraph.secretariat.wording import word

    parts = [f"{told.title}\n{told.lead}\n"]
    for table in told.tables:
        parts.append(f"\n{table.title}\n\n{_table(told, table, proofs, first)}{sentences_text(table.notes)}")
    for head, said in (("rests-on", told.rests_on), ("unknown", told.unknown)):
        if said:
            parts.append(f"\n{word('all', f'head.{head}', told.lang)}\n{sentences_text(said)}")
    named = {"release": told.release[:12], "now": told.now}
    return "".join(parts) + f"\n{word('all', 'head.release', told.lang, named)}\n"


def _table(
    told: Written, table: WrittenTable, proofs: Mapping[str, Sequence[str]] | None, first: int | None
) -> str:
    from coopgraph.cli.output import table_text
    from coopgraph.secretariat.markdown import proved
    from coopgraph.secretariat.wording import word

    if not table.rows:
        return f"{table.empty}\n"
    columns = [(column.head, column.is_number) for column in table.columns]
    rows = [[cell.text for cell in row.cells] for row in table.rows[:first]]
    if proofs is not None:
        columns.append((word("all", "column.evidence", told.lang), False))
        for cells, row in zip(rows, table.rows, strict=False):
            cells.append(proved(row.evidence, proofs))
    more = len(table.rows) - len(rows)
    counted = {"n": more, "all": str(len(table.rows))}
    rest = word("all", "head.rows", told.lang, counted) + "\n" if more else ""
    return table_text(columns, rows) + rest


def _plain(laid: _Laid, told: Written) -> dict[str, Any]:
    """The dossier as plain data: labels as written, IRIs and numbers as they are."""
    from coopgraph.secretariat.proofs import titles

    proofs, cited = laid.proofs(), titles(laid.release, laid.dossier)
    return {
        "answer": told.name,
        "asked": dict(laid.dossier.asked),
        "release": told.release,
        "now": told.now,
        "title": told.title,
        "tables": {table.key: [_row(table, row, proofs) for row in table.rows] for table in told.tables},
        "rests_on": told.rests_on,
        "unknown": told.unknown,
        "sources": cited,
    }


def _row(table: WrittenTable, row: Any, proofs: Mapping[str, Sequence[str]] | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column, cell in zip(table.columns, row.cells, strict=True):
        found[column.key] = None if cell.is_unknown else cell.value if column.is_plain else cell.text
        if cell.things:
            found[f"{column.key}_iri"] = [iri for iri, _ in cell.things]
        if column.is_number and not column.is_plain and cell.value is not None:
            found[f"{column.key}_number"] = cell.value
    found |= {"sources": row.sources, "evidence": row.evidence}
    if proofs is not None:
        found["rows"] = list(
            dict.fromkeys(place for thing in row.evidence for place in proofs.get(thing, ()))
        )
    return found


def _workbook(laid: _Laid, told: Written) -> bytes:
    from coopgraph.exports.about import about
    from coopgraph.exports.xlsx import as_xlsx
    from coopgraph.secretariat.proofs import titles
    from coopgraph.secretariat.sheets import as_sheets
    from coopgraph.views.gathered import source_of

    cited = titles(laid.release, laid.dossier)
    rests_on = [source_of(row) for row in laid.release.table("sources").to_pylist() if row["source"] in cited]
    sheets = as_sheets(told, cited, laid.proofs() or {})
    return as_xlsx(sheets, about(laid.release, told.title, laid.lang, rests_on))


def _write_separated(laid: _Laid, told: Written, delimiter: str, output: Path | None) -> None:
    """One table; the others are named on stderr."""
    import csv
    import io

    from coopgraph.cli.notes import say_beside
    from coopgraph.cli.output import write_text
    from coopgraph.cli.words import say
    from coopgraph.secretariat.proofs import titles
    from coopgraph.secretariat.sheets import as_sheet

    sheet = as_sheet(told, told.tables[0], titles(laid.release, laid.dossier), laid.proofs() or {})
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow([column.name for column in sheet.columns])
    writer.writerows(sheet.rows)
    write_text(text.getvalue(), output)
    others = ", ".join(table.key for table in told.tables[1:])
    if others:
        say(f"This is the table {told.tables[0].key}. Others: --table NAME ({others}); all: --format xlsx.")
    say_beside((*told.rests_on, *told.unknown), "csv")
