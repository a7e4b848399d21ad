"""The page of money: what is planned, granted and spent, of what, by whom, and where nothing is stated.

In: `by` (programme, line, goal or year). Out: one page of the money sheet's own numbers; kinds, meanings,
levels and currencies side by side, and what is not added up with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from coopgraph.secretariat.money.sheet import money_sheet
from coopgraph.secretariat.wording import word
from coopgraph.views.money import stating
from coopgraph.views.profiles.reader import Reader
from coopgraph.web.shell import asked, page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from coopgraph.release import Release
    from coopgraph.secretariat.dossier import Dossier, Row
    from coopgraph.views.profiles.profile import Source

BY: Final = {"programme": "programme", "line": "line", "goal": "sdg", "year": "year"}  # page -> sheet
Record = dict[str, Any]


@dataclass(frozen=True)
class Purse:
    """The tables of the sheet, with things by name; how many things state an amount; the sources cited."""

    sums: tuple[Record, ...]
    apart: tuple[Record, ...]
    rates: tuple[Record, ...]
    groups: tuple[Record, ...]
    amounts: tuple[Record, ...]
    stated: dict[str, tuple[int, int]]
    sources: tuple[Source, ...]


def money(request: Request) -> Response:
    """Show all that is stated of money."""
    this = asked(request)
    by = request.query_params.get("by", "")
    by = by if by in BY else next(iter(BY))

    def make(release: Release) -> Purse:
        return _purse(Reader(release, this.lang, this.names), BY[by])

    def words(key: str) -> str:
        return word("money", f"word.{key}", this.lang)

    found = this.served.made(this.release_id, ("money", this.lang, by), make)
    currencies = _bars(found.sums, words)
    return page(
        request,
        "money.html.j2",
        rooms=("tables",),
        profile=found,  # whose sources are cited
        purse=found,
        by=by,
        column="years" if by == "year" else BY[by],
        most=_most(found.groups),
        currencies=currencies,
        bars=[row["called"] for _, rows in currencies for row in rows],
        words=words,
    )


def _purse(reader: Reader, by: str) -> Purse:
    sheet = money_sheet(reader.release, by=by)
    return Purse(
        sums=_records(reader, sheet, "totals"),
        apart=_records(reader, sheet, "apart"),
        rates=_records(reader, sheet, "execution"),
        groups=_records(reader, sheet, f"by-{by}"),
        amounts=_records(reader, sheet, "amounts"),
        stated=stating(reader),
        sources=reader.sources(),
    )


def _records(reader: Reader, sheet: Dossier, name: str) -> tuple[Record, ...]:
    """Return the rows of a table of the sheet by column, things by name, sources by their places."""
    table = sheet.table(name)

    def named(row: Row) -> Record:
        told: Record = {"cites": reader.cite(row.sources)}
        for column, cell in zip(table.columns, row.cells, strict=True):
            if column.kind == "thing":
                cell = reader.reference(cell) if cell else None
            elif column.kind == "things":
                cell = reader.references(cell)
            told[column.key] = cell
        return told

    return tuple(map(named, table.rows))


def _most(groups: Iterable[Record]) -> dict[str, Any]:
    """Return the largest bar of each currency."""
    found: dict[str, Any] = {}
    for group in groups:
        bar = sum(part.amount for part in (group["alone"], group["shared"]) if part)
        found[group["currency"]] = max(found.get(group["currency"], 0), bar)
    return found


def _bars(sums: Iterable[Record], level: Callable[[str], str]) -> list[tuple[str, list[Record]]]:
    """Return the sums of each currency, named, with the length of a bar: 1 is the largest of them."""
    ordered = sorted((one for one in sums if one["total"]), key=itemgetter("currency"))
    found = []
    for currency, some in groupby(ordered, key=itemgetter("currency")):
        rows = list(some)
        most = max(one["total"].amount for one in rows)
        found.append((currency, [_bar(one, most, level(one["level"])) for one in rows]))
    return found


def _bar(one: Record, most: Decimal, level: str) -> Record:
    said = ", ".join(part.label for part in (one["kind"], one["qualifier"]) if part)
    length = float(one["total"].amount / most) if most else 0.0
    return {"sum": one, "called": f"{said} ({level})", "length": length}


routes: Final = [Route("/{lang}/money", money)]
