"""What the cells of a column look like: dates, numbers, countries, yes and no; and how they are written.

In: the texts of a column. Out: a `Look`: how many are filled, what share is of which sort, and the settings
(decimal mark, marks between thousands, order of days) that a source needs to have them read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from coopgraph.sources.cell_formats import DATES
from coopgraph.sources.guided.words import concept_of
from coopgraph.sources.places.countries import country_code

_ISO: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?|\d{4}-\d\d-\d\dT[\d:.]+Z?")
_DAYS_FIRST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})( .*)?|()()(\d{1,2})/(\d{4})")
_UNIT: Final = re.compile(
    r"^([€$£%]|[A-Z]{1,3}\$|[A-Z]{3})?\s*([+-]?\d[\d.,'\s\u00a0\u202f]*?)\s*([€$£%]|[A-Z]{3})?$"
)
_SLUG: Final = re.compile(r"[a-z0-9]+([-_.][a-z0-9]+)*")
_MAIL: Final = re.compile(r"\S+@\S+\.\w+")
_LONGEST: Final = 200  # no date, number or word of a list is longer
ENOUGH: Final = 0.6  # of the filled cells, for a column to be of a sort


@dataclass(frozen=True)
class Look:
    """What a column's cells look like."""

    filled: int
    distinct: tuple[str, ...]  # in the order they come
    example: str
    is_unique: bool
    is_code: bool
    date: str | None = None  # "iso" or the setting `date`
    number: bool = False
    decimal: str = "."
    thousands: str | None = None
    unit: str | None = None
    has_mail: bool = False
    separator: str | None = None
    cells: tuple[str | None, ...] = ()
    either_date: tuple[str, ...] = ()  # where as many fit with the day first as with the month first
    either_number: tuple[str, ...] = ()  # 1.234 where nothing says what the point is


def look(cells: Sequence[str | None]) -> Look:
    """Look at a column; empty cells are None.

    >>> found = look(["€ 1.234,50", "€ 12,00", None])
    >>> found.number, found.decimal, found.thousands, found.unit
    (True, ',', '.', '€')
    >>> look(["31/05/2017", "1/2/2018"]).date
    'dd/mm/yyyy'
    """
    filled = [cell for cell in cells if cell]
    distinct = tuple(dict.fromkeys(filled))
    short = [cell for cell in filled if len(cell) <= _LONGEST]
    unit, bare = _bare(short)
    decimal, thousands = _marks(bare)
    order, either_date = _date(short) if len(short) >= ENOUGH * len(filled) else (None, ())
    return Look(
        filled=len(filled),
        distinct=distinct,
        example=distinct[0] if distinct else "",
        is_unique=bool(filled) and len(distinct) == len(filled),
        is_code=bool(filled) and all(len(cell) <= _LONGEST and _SLUG.fullmatch(cell) for cell in distinct),
        date=order,
        either_date=either_date,
        either_number=_either_number(bare),
        number=bool(bare) and len(bare) >= ENOUGH * len(filled),
        decimal=decimal,
        thousands=thousands,
        unit=unit,
        has_mail=any(_MAIL.fullmatch(cell) for cell in short),
        separator=_separator(distinct),
        cells=tuple(cells),
    )


def is_of(sort: str, found: Look, *, scheme: str | None = None) -> bool:
    """Tell whether enough cells are of a sort that a column's words speak of."""
    if not found.filled or sort == "text":
        return True
    if sort == "date":
        return found.date is not None
    if sort in ("number", "whole", "latitude", "longitude"):
        return found.number and (sort not in ("latitude", "longitude") or _within(found, sort))
    tests: dict[str, Callable[[str], object]] = {
        "country": country_code,
        "currency": re.compile(r"[A-Z]{3}").fullmatch,
        "wikidata": re.compile(r"Q\d+").fullmatch,
        "sdg": re.compile(r"\d{1,2}(\.\w+)?([;, ]+\d{1,2}(\.\w+)?)*").fullmatch,
        "answer": lambda cell: concept_of("answer", cell),
        "concept": lambda cell: concept_of(scheme, cell) if scheme else None,
    }
    least = 0.3 if sort == "concept" else ENOUGH
    short = [cell for cell in found.distinct if len(cell) <= _LONGEST]
    return sum(bool(tests[sort](cell)) for cell in short) >= least * len(found.distinct)


def odd_cells(sort: str, found: Look) -> tuple[str, ...]:
    """Return the cells of a column of dates or numbers that are none."""
    if sort == "date":
        return tuple(
            c
            for c in found.distinct
            if len(c) > _LONGEST or not (_ISO.fullmatch(c) or _fits(c, found.date or "dd/mm/yyyy"))
        )
    if sort not in ("number", "whole"):
        return ()
    whole = re.compile(r"[+-]?\d{1,3}([.,\s]\d{3})*|[+-]?\d+") if sort == "whole" else _UNIT
    return tuple(c for c in found.distinct if len(c) > _LONGEST or not whole.fullmatch(c))


def _within(found: Look, sort: str) -> bool:
    most = 90 if sort == "latitude" else 180
    values = [_value(cell, found.decimal) for cell in found.distinct]
    return all(value is not None and abs(value) <= most for value in values)


def _value(cell: str, decimal: str) -> float | None:
    try:
        return float(cell.replace(decimal, "."))
    except ValueError:
        return None


def _date(filled: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """Of day first and month first, the order that fewer cells do not fit; where both fit as many, the cells
    that may be read either way.
    """
    iso = sum(bool(_ISO.fullmatch(cell)) for cell in filled)
    parts = [cell for cell in filled if _DAYS_FIRST.fullmatch(cell)]
    if not filled or iso + len(parts) < ENOUGH * len(filled):
        return None, ()
    if not parts:
        return "iso", ()
    day, month = (sum(_fits(cell, order) for cell in parts) for order in DATES)
    differ = [cell for cell in dict.fromkeys(parts) if not _same_either_way(cell)]
    return DATES[month > day], tuple(differ) if day == month else ()


def _fits(cell: str, order: str) -> bool:
    """Tell whether a cell is a day there is, or a month, written in an order."""
    match = _DAYS_FIRST.fullmatch(cell)
    if not match:
        return False
    if match[7]:
        return 1 <= int(match[7]) <= 12
    day, month = (match[1], match[2]) if order == "dd/mm/yyyy" else (match[2], match[1])
    try:
        date(int(match[3]), int(month), int(day))
    except ValueError:
        return False
    return True


def _same_either_way(cell: str) -> bool:
    match = _DAYS_FIRST.fullmatch(cell)
    return match is not None and (bool(match[7]) or int(match[1]) == int(match[2]))


def _bare(filled: Sequence[str]) -> tuple[str | None, list[str]]:
    """Take the commonest unit off numbers."""
    found = [match for cell in filled if (match := _UNIT.fullmatch(cell))]
    units = [match[1] or match[3] for match in found if match[1] or match[3]]
    unit = max(sorted(set(units)), key=units.count) if units else None
    return unit, [match[2] for match in found if (match[1] or match[3]) in (None, unit)]


def _marks(numbers: Sequence[str]) -> tuple[str, str | None]:
    """Tell the decimal mark and the mark between thousands."""
    points = [number for number in numbers if "." in number]
    commas = [number for number in numbers if "," in number]
    both = [number for number in points if "," in number]
    if both:
        decimal = max(both, key=lambda number: number.count(",") + number.count("."))
        decimal = "," if decimal.rfind(",") > decimal.rfind(".") else "."
        return decimal, "." if decimal == "," else ","
    if commas and not points:
        grouped = all(re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+", number) for number in commas)
        return (".", ",") if grouped and any(number.count(",") > 1 for number in commas) else (",", None)
    if any(number.count(".") > 1 for number in points):
        return ",", "."
    spaced = any(re.fullmatch(r"[+-]?\d{1,3}([ \u00a0\u202f]\d{3})+.*", number) for number in numbers)
    return ("," if commas else "."), " " if spaced else None


def _either_number(numbers: Sequence[str]) -> tuple[str, ...]:
    """The cells like 1.234 or 1,234 of a column where no other cell says what the mark is."""
    for mark, other in (".,", ",."):
        marked = [number for number in numbers if mark in number]
        if marked and not any(other in number for number in numbers):
            two_ways = rf"[+-]?[1-9]\d{{0,2}}{re.escape(mark)}\d{{3}}"
            return tuple(dict.fromkeys(marked)) if all(re.fullmatch(two_ways, n) for n in marked) else ()
    return ()


def _separator(distinct: Sequence[str]) -> str | None:
    """A mark that stands in several cells between short words."""
    for mark in (";", "|", " / ", ","):
        if sum(mark in cell for cell in distinct) >= max(1, 0.2 * len(distinct)):
            return mark
    return None
