"""Dates, amounts and goals as IATI files write them, brought to one form or left out.

In: the text of an attribute or element. Out: the same in the form the ontology has, or "" where it is none:
nothing is guessed.
Standards: XML Schema dates and decimals; the SDGs' codes (http://metadata.un.org/sdg/).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

MOST_DIGITS: Final = 16
"""Digits an amount may have before the point, and half of those after it: what a release's tables hold."""

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*|Z|[+-]\d\d:\d\d)?)?)?")
_PLAIN: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_EXPONENT: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)[eE][+-]?\d{1,2}")
_GROUPED: Final = (
    (re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+|[+-]?\d{1,3}(?:,\d{3}){2,}"), ",", "."),
    (re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+|[+-]?\d{1,3}(?:\.\d{3}){2,}"), ".", ","),
    (re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f']\d{3})+(?:\.\d+)?"), " \u00a0\u202f'", "."),
)
_GOAL: Final = re.compile(r"(?:SDG|ODS|GOAL|GLOBAL GOAL)?[ _-]*0*(1[0-7]|[1-9])(?:\.0+)?", re.IGNORECASE)
_TARGET: Final = re.compile(r"0*(1[0-7]|[1-9])\.([0-9]{1,2}|[a-d])(?:\.([0-9]{1,2}|[a-d]))?", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """A number as `xsd:decimal` writes it, and how it was: plain, grouped, exponent, empty or unread."""

    value: str
    how: str

    @property
    def is_negative(self) -> bool:
        return self.value.startswith("-") and not self.is_zero

    @property
    def is_zero(self) -> bool:
        return bool(self.value) and not self.value.strip("+-0.")


@lru_cache(maxsize=1 << 14)
def day(text: str) -> str:
    """Return a date as precise as it is stated, without a time of day; "" where it is none.

    >>> day("2017-05-31T00:00:00Z"), day("2017-05"), day("31/05/2017"), day("2017-02-30")
    ('2017-05-31', '2017-05', '', '')
    """
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return ""
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return ""
    return "-".join(part for part in match.groups() if part)


def ends_before(end: str, start: str) -> bool:
    """Whether an end surely lies before a start, as precise as both are.

    >>> ends_before("2017-04", "2017-05-31"), ends_before("2017", "2017-05-31"), ends_before("", "2017")
    (True, False, False)
    """
    return bool(start and end) and end[: len(start)] < start[: len(end)]


@lru_cache(maxsize=1 << 14)
def amount(text: str) -> Amount:
    """Read an amount; thousands separators are taken away where they cannot be anything else.

    >>> amount("1,234,567.5"), amount("1,234").how, amount("-0.0").is_negative
    (Amount(value='1234567.5', how='grouped'), 'unread', False)
    """
    text = text.strip()
    if not text:
        return Amount("", "empty")
    read = _read_amount(text)
    whole, _, fraction = read.value.lstrip("+-").partition(".")
    fits = len(whole.lstrip("0")) <= MOST_DIGITS and len(fraction) <= 2 * MOST_DIGITS
    return read if fits else Amount("", "unread")


def _read_amount(text: str) -> Amount:
    if text.isascii() and _PLAIN.fullmatch(text):
        return Amount(text, "plain")
    if text.isascii() and _EXPONENT.fullmatch(text):
        return Amount(format(Decimal(text), "f"), "exponent")
    for pattern, separators, point in _GROUPED:
        if pattern.fullmatch(text):
            joined = text.translate(dict.fromkeys(map(ord, separators)))
            return Amount(joined.replace(point, "."), "grouped")
    return Amount("", "unread")


@lru_cache(maxsize=1 << 12)
def goal(text: str) -> str:
    """Return the number of a Sustainable Development Goal; "" where it is none.

    >>> goal("11"), goal("SDG 07"), goal("18")
    ('11', '7', '')
    """
    match = _GOAL.fullmatch(text.strip())
    return match[1] if match else ""


@lru_cache(maxsize=1 << 12)
def target(text: str) -> tuple[str, str]:
    """Return the code of a target and that of its indicator, if one is named.

    >>> target("11.3"), target("11.A"), target("11.3.1"), target("11")
    (('11.3', ''), ('11.a', ''), ('11.3', '11.3.1'), ('', ''))
    """
    match = _TARGET.fullmatch(text.strip())
    if match is None:
        return "", ""
    code = f"{match[1]}.{match[2].lower()}"
    return code, f"{code}.{match[3].lower()}" if match[3] else ""
