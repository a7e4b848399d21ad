"""The money sheet: what is stated of money, by year, line, goal, partner or programme, and what is not.

In: an open release, and a table of rates where another currency is wanted. Out: the dossier `money`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import ProjectionError
from coopgraph.network.faults import fault
from coopgraph.secretariat.dossier import Column, Dossier, Money, Row, Said, Table
from coopgraph.secretariat.money.adding import apart
from coopgraph.secretariat.money.conversion import Converted, converted
from coopgraph.secretariat.money.execution import execution
from coopgraph.secretariat.money.figures import only_figures
from coopgraph.secretariat.money.grouping import BY, Convert, grouped_by, in_one_currency, totals
from coopgraph.secretariat.money.rates import Rate, Rates, is_code, is_date, read_rates
from coopgraph.secretariat.money.stated import Amounts, Stated, amounts_of
from coopgraph.secretariat.naming import named

if TYPE_CHECKING:
    from coopgraph.release import Release


@named
def money_sheet(
    release: Release,
    *,
    by: str = "year",
    into: str | None = None,
    rates: Path | str | None = None,
    at: str | None = None,
) -> Dossier:
    """Tell what is stated of money, each kind, meaning, level and currency for itself.

    Nothing is added up that may hold the same money twice, and no period is shared out to its years.

    Parameters
    ----------
    release
        An open release.
    by
        What amounts are put together by: year, line, sdg, partner or programme.
    into
        A currency (ISO 4217) that amounts are converted into, beside the original; needs `rates`.
    rates
        A CSV file with the columns currency, date, rate, to, source: a rate nobody is cited for is refused.
    at
        Take the rates of this year, month or day for every amount, instead of those of its own period.

    Returns
    -------
    Dossier
        Tables `totals`, `by-<by>`, `execution`, `amounts`, `apart`, `figures`; with `into` also
        `in-one-currency` and `rates`.

    Raises
    ------
    ProjectionError
        For what cannot be asked so.
    SourceError
        For a table of rates that has faults, with all of them.

    Examples
    --------
    >>> import rdflib
    >>> import coopgraph as cg
    >>> text = "<urn:a> a <https://w3id.org/coopgraph/ns#Action> ."
    >>> with cg.open(rdflib.Graph().parse(data=text, format="turtle")) as release:
    ...     print(cg.money_sheet(release).to("en").unknown[0])
    One of 1 actions states no amount: what it cost is not known, and that is not zero.
    """
    _check(by, into, rates, at)
    table: Rates = read_rates(Path(rates), into) if into and rates else {}
    found = amounts_of(release)

    def convert(one: Stated) -> Converted | None:
        return converted(one, into, table, at) if into else None

    figures, reported = only_figures(release, found.stated)
    tables = (
        totals(found.stated, into, convert),
        *((in_one_currency(found.stated, into, convert),) if into else ()),
        grouped_by(found.stated, by, into, convert),
        execution(found.stated),
        _every(found.stated, into, convert),
        _apart(found.stated),
        figures,
        *((_used(found.stated, convert),) if into else ()),
    )
    said = (Said("apart-kinds"), *((_how(into, at),) if into else ()))
    asked = {"by": by, "into": into, "rates": Path(rates).name if rates else None, "at": at}
    unknown = _unknown(found, reported, convert if into else None)
    return Dossier("money", asked, tables, said, unknown, release.manifest.id, release.now or "")


def _how(into: str, at: str | None) -> Said:
    return Said("converted-at", {"into": into, "at": at}) if at else Said("converted", {"into": into})


def _check(by: str, into: str | None, rates: Path | str | None, at: str | None) -> None:
    wrong = []
    if by not in BY:
        wrong.append(fault(f"Amounts are not put together by '{by}'.", f"Choose one of: {', '.join(BY)}."))
    if into and not is_code(into):
        wrong.append(fault(f"'{into}' is no currency.", "Write its ISO 4217 code in capitals: EUR."))
    if into and not rates:
        fix = "Give a CSV file with the columns currency, date, rate, to, source: --rates FILE."
        wrong.append(fault(f"Nothing is converted into {into} without a table of rates.", fix))
    if rates and not into:
        wrong.append(fault("There is a table of rates, but no currency to convert into.", "Add --into EUR."))
    if at and not is_date(at):
        wrong.append(fault(f"'{at}' is no year, month or day.", "Write 2017, 2017-05 or 2017-05-31."))
    if at and not into:
        wrong.append(fault("Rates of one time are of use only to convert.", "Add --into EUR --rates FILE."))
    if wrong:
        raise ProjectionError("Money cannot be told so.", faults=wrong)


def _every(amounts: Iterable[Stated], into: str | None, convert: Convert) -> Table:
    rows = []
    for one in amounts:
        cells: list[Any] = [
            one.about,
            one.level,
            one.kind,
            Money(one.amount, one.currency),
            one.qualifier,
            one.payer,
            one.payee,
            one.period,
            one.certainty,
            one.note,
        ]
        if into:
            found = convert(one)
            cells += [found.amount if found else None, *_rate_cells(found.rate if found else None)]
        rows.append(Row(tuple(cells), one.sources, (one.money,)))
    columns = (
        Column("about", "things"),
        Column("level", "word"),
        Column("kind", "thing"),
        Column("amount", "money"),
        Column("qualifier", "thing"),
        Column("payer", "thing"),
        Column("payee", "thing"),
        Column("period"),
        Column("certainty", "word"),
        Column("note"),
        *((Column("converted", "money"), *_RATE) if into else ()),
    )
    return Table("amounts", columns, tuple(rows), (), "no-amount")


_RATE: Final = (Column("rate"), Column("rate-of", "day"), Column("rate-source"), Column("place"))


def _rate_cells(rate: Rate | None) -> tuple[str | None, ...]:
    if rate is None:
        return (None,) * len(_RATE)
    said = f"1 {rate.currency} = {rate.rate} {rate.to}"
    return said, rate.date, rate.source, f"{rate.file} line {rate.line}"


def _used(amounts: Iterable[Stated], convert: Convert) -> Table:
    """Return each rate that was used, with its citation and its place in the file."""
    used = Counter(found.rate for one in amounts if (found := convert(one)) and found.rate)
    ordered = sorted(used, key=lambda rate: rate.line)
    rows = tuple(Row((*_rate_cells(rate), used[rate])) for rate in ordered)
    return Table("rates", (*_RATE, Column("amounts", "number")), rows, (), "no-rate")


def _apart(amounts: Iterable[Stated]) -> Table:
    """Return the amounts that are in no sum, why, and because of which."""
    groups: dict[tuple[Any, ...], list[Stated]] = {}
    for one in amounts:
        groups.setdefault((one.level, one.kind, one.qualifier, one.currency), []).append(one)
    rows = []
    for several in groups.values():
        of = {one.money: one for one in several}
        for money, (why, others) in apart(several).items():
            one = of[money]
            beside = tuple(sorted({thing for other in others for thing in of[other].about}))
            cells = (one.about, one.kind, Money(one.amount, one.currency), one.period, why, beside)
            rows.append(Row(cells, one.sources, (money, *others)))
    columns = (
        Column("about", "things"),
        Column("kind", "thing"),
        Column("amount", "money"),
        Column("period"),
        Column("why", "word"),
        Column("because-of", "things"),
    )
    return Table("apart", columns, tuple(sorted(rows, key=lambda row: row.evidence)), (), "all-added")


def _unknown(found: Amounts, reported: dict[str, int], convert: Convert | None) -> tuple[Said, ...]:
    said = []
    for what in ("action", "agreement", "programme"):
        stated, things = found.of.get(what, (0, 0))
        silent = things - stated - reported[what]
        if silent > 0:
            said.append(Said(f"without-{what}", {"n": silent, "all": things}))
    lacking = {
        "period": sum(one.years is None for one in found.stated),
        "payer": sum(one.payer is None for one in found.stated),
        "payee": sum(one.payee is None for one in found.stated),
        "line": sum(not one.lines for one in found.stated),
        "sdg": sum(not one.goals for one in found.stated),
    }
    all_ = len(found.stated)
    said += [Said(f"no-{name}", {"n": count, "all": all_}) for name, count in lacking.items() if count]
    if found.homeless:
        said.append(Said("homeless", {"n": found.homeless}))
    missing = sum(convert(one) is None for one in found.stated) if convert else 0
    if missing:
        said.append(Said("rate-missing", {"n": missing, "all": all_}))
    return tuple(said) or (Said("all-known"),)
