"""What is meant by a cell of a form: days, numbers, currencies and texts, as the data write them.

In: the text of a cell. Out: the text that goes into the data; or an `Unreadable` that says what to write.
Standards: ISO 8601 (dates as precise as stated), ISO 4217 (currencies).
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

_DAY: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T00:00:00)?")
_OTHER_DAY: Final = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_AMOUNT: Final = re.compile(r"\d{1,15}(\.\d{1,2})?")
_PERSONAL: Final = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?<!\w)\+\d[\d\s().-]{7,}\d")
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST: Final = 2000


class Unreadable(ValueError):
    """A cell does not say what its column is for."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


def day_of(text: str) -> str:
    """Return a day, month or year as ISO 8601 writes it; raises Unreadable.

    A day written otherwise is taken where it can be read in one way only.

    >>> day_of("2017-05"), day_of("31/05/2017")
    ('2017-05', '2017-05-31')
    >>> day_of("05/06/2017")
    Traceback (most recent call last):
    ...
    coopgraph.forms.cells.Unreadable: has '05/06/2017', which may be two days.
    """
    fix = "Write the year, month or day as 2017, 2017-05 or 2017-05-31."
    found = _DAY.fullmatch(text)
    parts = [int(part) for part in found.groups() if part] if found else []
    if (other := _OTHER_DAY.fullmatch(text)) is not None:
        first, second, year = (int(part) for part in other.groups())
        if first <= 12 and second <= 12 and first != second:
            raise Unreadable(f"has '{text}', which may be two days.", fix)
        parts = [year, min(first, second), max(first, second)]
    try:
        date(*[*parts, 1, 1][:3] if parts else (0, 0, 0))
    except ValueError:
        raise Unreadable(f"has '{text[:60]}', which is no date.", fix) from None
    return "-".join(f"{part:0{width}}" for part, width in zip(parts, (4, 2, 2), strict=False))


def whole_of(text: str) -> str:
    """Return a whole number of 0 or more; raises Unreadable.

    >>> whole_of("10 092 000")
    '10092000'
    """
    plain = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", "", text)
    if not re.fullmatch(r"\d{1,15}", plain):
        raise Unreadable(
            f"has '{text[:60]}', which is no whole number.", "Write digits alone, such as 1234567."
        )
    return str(int(plain))


def amount_of(text: str) -> str:
    """Return an amount of money; raises Unreadable.

    >>> amount_of("1250000.50")
    '1250000.50'
    """
    plain = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", "", text)
    if not _AMOUNT.fullmatch(plain) or not Decimal(plain).is_finite():
        fix = "Write digits, and a point before the cents: 1250000.50. The currency has a column of its own."
        raise Unreadable(f"has '{text[:60]}', which is no amount.", fix)
    return plain


def currency_of(text: str) -> str:
    """Return the code of a currency; raises Unreadable.

    >>> currency_of("eur")
    'EUR'
    """
    if not re.fullmatch(r"[A-Za-z]{3}", text):
        raise Unreadable(
            f"has '{text[:60]}', which is no currency.", "Write its three letters: EUR, USD, PEN ..."
        )
    return text.upper()


def plain_of(text: str) -> str:
    """Return a text as it stands; raises Unreadable for one that holds a person's address or is too long.

    >>> plain_of("ask jane@example.org")
    Traceback (most recent call last):
    ...
    coopgraph.forms.cells.Unreadable: holds an e-mail address or a telephone number.
    """
    if _PERSONAL.search(text):
        fix = "Take it out: addresses of people stand in the sheet of contacts alone."
        raise Unreadable("holds an e-mail address or a telephone number.", fix)
    if len(text) > LONGEST:
        raise Unreadable(f"has {len(text):,} characters.", f"Write at most {LONGEST:,}.")
    if _CONTROLS.search(text):
        raise Unreadable("holds characters that cannot be seen.", "Write the cell anew.")
    return text


def out_of_order(start: str, end: str) -> bool:
    """Whether an end lies before a start, both as precise as stated.

    >>> out_of_order("2017-05-31", "2017"), out_of_order("2018", "2017-12")
    (False, True)
    """
    return end < start[: len(end)]
