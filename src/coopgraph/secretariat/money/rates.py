"""A table of exchange rates that the user supplies and cites.

In: a CSV file with the columns currency, date (a year, month, day, or first/last), rate, to, source. Out:
`Rates`; or a SourceError with every fault. One unit of `currency` is `rate` units of `to`. No rate is turned
round, filled in or taken from another year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from coopgraph.errors import Fault, SourceError
from coopgraph.release.columns_of import first_day
from coopgraph.sources.bytes_read import reading
from coopgraph.sources.delimited_text import Dialect, Row, faults, first_row, rows

COLUMNS: Final = ("currency", "date", "rate", "to", "source")
_OTHER: Final = {"year": "date", "day": "date", "citation": "source"}
_CODE: Final = re.compile(r"[A-Z]{3}")
_NUMBER: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?")
_DATE: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_WHAT: Final = {
    "currency": "expected an ISO 4217 code in capitals.",
    "date": "expected a year, a month, a day, or the first and last of a period.",
    "rate": "expected a number above 0 with a decimal point.",
    "to": "expected an ISO 4217 code in capitals.",
    "source": "expected who published the rate.",
}
_FIX: Final = {
    "currency": "Write EUR, USD ...",
    "date": "Write 2017, 2017-05, 2017-05-31 or 2015/2019.",
    "rate": "Write 0.92: how many units of `to` one unit of `currency` is.",
    "to": "Write EUR, USD ...",
    "source": "Cite it: a publisher and a page, or a law.",
}


@dataclass(frozen=True)
class Rate:
    """One unit of `currency` is `rate` units of `to`, at `date`, as `source` says in `line` of the file."""

    currency: str
    date: str
    rate: Decimal
    to: str
    source: str
    file: str
    line: int


Rates = dict[tuple[str, str], Rate]


def read_rates(path: Path, into: str) -> Rates:
    """Return the rates into a currency, by currency and date.

    Raises
    ------
    SourceError
        With every fault of the file, each with its line and what to do.
    """
    _refuse_workbook(path)
    mark = _delimiter(path)
    dialect = Dialect("utf-8", mark)
    wrong = faults(path, dialect)
    read = [row for row in rows(path, dialect, errors="replace") if isinstance(row, Row)]
    if not read:
        wrong.append(Fault(path.name, None, None, "is empty.", _HEADER))
        raise SourceError(_REFUSED, faults=wrong)
    names = [_OTHER.get(name, name) for name in (cell.strip().casefold() for cell in read[0].cells)]
    header = list(_header_faults(path, names))
    found: dict[tuple[str, str, str], Rate] = {}
    for row in read[1:]:
        if len(row.cells) == len(names) and not header:
            cells = [row.cells[names.index(name)].strip() for name in COLUMNS]
            wrong += _take(found, path, row.line, cells)
    wrong = sorted([*header, *wrong], key=lambda one: one.line or 0)
    chosen = {(one.currency, one.date): one for one in found.values() if one.to == into}
    if not chosen and not wrong:
        known = ", ".join(sorted({one.to for one in found.values()})) or "none"
        what = f"has no rate into {into}; there are rates into: {known}."
        wrong.append(Fault(path.name, None, None, what, "Add them, or convert into another currency."))
    if wrong:
        raise SourceError(_REFUSED, faults=wrong)
    return chosen


def _refuse_workbook(path: Path) -> None:
    with reading(path), path.open("rb") as stream:
        start = stream.read(4)
    if start.startswith(_WORKBOOKS):
        fix = "Save the sheet with the rates as CSV, and give that file."
        raise SourceError(
            _REFUSED, faults=[Fault(path.name, None, None, "is a workbook, not a CSV file.", fix)]
        )


_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods are zips; xls is OLE
_REFUSED: Final = "The table of rates cannot be used."
_HEADER: Final = f"Its first line is: {','.join(COLUMNS)}."


def _delimiter(path: Path) -> str:
    """The mark that parts the header into the columns, as spreadsheets differ in it; else a comma."""
    first = first_row(path, Dialect("utf-8", ","))
    line = ",".join(first.cells).casefold() if first else ""
    return next((mark for mark in ";\t" if line.count(mark) >= len(COLUMNS) - 1), ",")


def _header_faults(path: Path, names: Sequence[str]) -> Iterator[Fault]:
    for name in COLUMNS:
        if name not in names:
            yield Fault(path.name, 1, name, "is missing.", _HEADER)
        elif names.count(name) > 1:
            yield Fault(path.name, 1, name, "is there more than once.", "Keep one of them.")


def _take(
    found: dict[tuple[str, str, str], Rate], path: Path, line: int, cells: Sequence[str]
) -> Iterator[Fault]:
    currency, when, rate, to, source = cells
    fine = {
        "currency": is_code(currency),
        "date": is_date(when),
        "rate": bool(_NUMBER.fullmatch(rate)) and Decimal(rate) > 0,
        "to": is_code(to),
        "source": bool(source),
    }
    wrong = [name for name in COLUMNS if not fine[name]]
    for name in wrong:
        cell = cells[COLUMNS.index(name)]
        what = f"has '{cell}', {_WHAT[name]}" if cell else f"is empty, {_WHAT[name]}"
        yield Fault(path.name, line, name, what, _FIX[name])
    if wrong:
        return
    if currency == to:
        yield Fault(path.name, line, "to", f"is {to} too: that is no exchange.", "Leave the row out.")
        return
    before = found.setdefault(
        (currency, when, to), Rate(currency, when, Decimal(rate), to, source, path.name, line)
    )
    if before.rate != Decimal(rate):
        what = f"has {rate}, but line {before.line} has {before.rate} for the same currencies and date."
        yield Fault(path.name, line, "rate", what, "Keep the one you cite.")


def is_code(text: str) -> bool:
    """Whether it looks like an ISO 4217 code."""
    return bool(_CODE.fullmatch(text))


def is_date(text: str) -> bool:
    """Whether it is a date that exists, or two with a slash between, in order.

    >>> [is_date(text) for text in ("2017", "2017-02-30", "2015/2019", "2019/2015", "17")]
    [True, False, True, False, False]
    """
    days = [first_day(part) if _DATE.fullmatch(part) else None for part in text.split("/")]
    known = [day for day in days if day]
    return len(known) == len(days) <= 2 and known == sorted(known)
