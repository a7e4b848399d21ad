"""A dossier as text, Markdown, CSV, TSV, JSON or a workbook, with what it rests on.

In: a dossier and its release. Out: a file, or stdout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopgraph.release import Release
    from coopgraph.secretariat.dossier import Dossier
    from coopgraph.secretariat.written import Written, WrittenRow, WrittenTable


@dataclass(frozen=True)
class Laid:
    """A dossier with the release it is from, in one language."""

    release: Release
    dossier: Dossier
    lang: str
    evidence: bool

    def proofs(self) -> dict[str, tuple[str, ...]] | None:
        from coopgraph.secretariat.proofs import proofs_of

        return proofs_of(self.release, self.dossier, self.lang) if self.evidence else None


def write_dossier(laid: Laid, fmt: str, output: Path | None, top: int | None) -> None:
    """Write a dossier in a format to a file or to stdout; of each table the first `top` rows."""
    from coopgraph.cli.output import FIRST, WHOLE, console, json_text, write_bytes, write_text

    told = laid.dossier.to(laid.lang)
    if fmt == "table":
        first = top or (FIRST if output is None else None)
        width = console().width if output is None else WHOLE
        write_text(_text(told, laid.proofs(), first, width), output)
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


def _text(told: Written, proofs: Mapping[str, Sequence[str]] | None, first: int | None, width: int) -> str:
    from coopgraph.cli.notes import sentences_text
    from coopgraph.secretariat.wording import word

    parts = [f"{told.title}\n{fill(told.lead, 80)}\n"]
    for table in told.tables:
        laid = _table(told, table, proofs, first, width)
        parts.append(f"\n{table.title}\n\n{laid}{sentences_text(table.notes)}")
    for head, said in (("rests-on", told.rests_on), ("unknown", told.unknown)):
        if said:
            parts.append(f"\n{word('all', f'head.{head}', told.lang)}\n{sentences_text(said)}")
    named = {"release": told.release[:12], "now": told.now}
    return "".join(parts) + f"\n{word('all', 'head.release', told.lang, named)}\n"


def _table(
    told: Written,
    table: WrittenTable,
    proofs: Mapping[str, Sequence[str]] | None,
    first: int | None,
    width: int,
) -> str:
    from coopgraph.cli.fitting import fitted
    from coopgraph.secretariat.markdown import proved
    from coopgraph.secretariat.wording import word

    if not table.rows:
        return fill(table.empty, 80) + "\n"
    columns = [(column.head, column.is_number) for column in table.columns]
    rows = [[cell.text for cell in row.cells] for row in table.rows[:first]]
    if proofs is not None:
        columns.append((word("all", "column.evidence", told.lang), False))
        for cells, row in zip(rows, table.rows, strict=False):
            cells.append(proved(row.evidence, proofs))
    more = len(table.rows) - len(rows)
    counted = {"n": more, "all": str(len(table.rows))}
    rest = word("all", "head.rows", told.lang, counted) + "\n" if more else ""
    laid = fitted(columns, rows, width)
    named = {"table": table.key}
    wide = fill(word("all", "head.records", told.lang, named), 80) + "\n" if laid.as_records else ""
    return laid.text + rest + wide


def _plain(laid: Laid, told: Written) -> dict[str, Any]:
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


def _row(table: WrittenTable, row: WrittenRow, proofs: Mapping[str, Sequence[str]] | None) -> dict[str, Any]:
    from coopgraph.secretariat.markdown import proving

    found: dict[str, Any] = {}
    for column, cell in zip(table.columns, row.cells, strict=True):
        found[column.key] = None if cell.is_unknown else cell.value if column.is_plain else cell.text
        if cell.things:
            found[f"{column.key}_iri"] = [iri for iri, _ in cell.things]
        if column.is_number and not column.is_plain and cell.value is not None:
            found[f"{column.key}_number"] = cell.value
    found |= {"sources": row.sources, "evidence": row.evidence}
    if proofs is not None:
        found["rows"] = proving(row.evidence, proofs)
    return found


def _workbook(laid: Laid, told: Written) -> bytes:
    from coopgraph.exports.about import about
    from coopgraph.exports.xlsx import as_xlsx
    from coopgraph.secretariat.proofs import titles
    from coopgraph.secretariat.sheets import as_sheets
    from coopgraph.views.gathered import source_of

    cited = titles(laid.release, laid.dossier)
    rests_on = [source_of(row) for row in laid.release.table("sources").to_pylist() if row["source"] in cited]
    sheets = as_sheets(told, cited, laid.proofs() or {})
    return as_xlsx(sheets, about(laid.release, told.title, laid.lang, rests_on))


def _write_separated(laid: Laid, told: Written, delimiter: str, output: Path | None) -> None:
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
