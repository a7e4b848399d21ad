"""Numbers, money and dates as a language writes them.

In: a value and a language. Out: text, with a dash for what is unknown. Standard: Unicode CLDR, by Babel.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

from coopgraph.web.words import LOCALES

UNKNOWN = "–"


def number(value: float | Decimal | None, lang: str, *, digits: int = 2) -> str:
    """Return a number with at most so many digits after the point.

    >>> number(12345.678, "en"), number(12345.678, "es"), number(None, "pt")
    ('12,345.68', '12.345,68', '–')
    """
    from babel.numbers import format_decimal

    if value is None:
        return UNKNOWN
    pattern = f"#,##0.{'#' * digits}" if digits else "#,##0"
    return format_decimal(value, format=pattern, locale=LOCALES[lang])


def share(value: float | None, lang: str, *, digits: int = 0) -> str:
    """Return a share as per cent.

    >>> share(0.7211, "en", digits=1), share(0.7211, "es", digits=1).replace("\\N{NO-BREAK SPACE}", " ")
    ('72.1%', '72,1 %')
    """
    from babel.numbers import format_percent

    if value is None:
        return UNKNOWN
    pattern = {"en": "#,##0{}%", "es": "#,##0{}\N{NO-BREAK SPACE}%", "pt": "#,##0{}%"}[lang]
    return format_percent(
        value, format=pattern.format("." + "0" * digits if digits else ""), locale=LOCALES[lang]
    )


def money(amount: float | Decimal | None, currency: str | None, lang: str) -> str:
    """Return an amount with its currency's code; without a currency it is said that there is none.

    >>> money(6600000, "EUR", "en").replace("\\N{NO-BREAK SPACE}", " ")
    '6,600,000 EUR'
    """
    if amount is None:
        return UNKNOWN
    return f"{number(amount, lang)}\N{NO-BREAK SPACE}{currency or '?'}"


def day(stated: str | datetime.date | None, lang: str) -> str:
    """Return a date as precise as it is stated: a year, a month or a day.

    >>> day("2017-05-31", "en"), day("2013-05", "es"), day("2016", "pt"), day(None, "en")
    ('31 May 2017', 'mayo de 2013', '2016', '–')
    """
    from babel.dates import format_date, format_skeleton

    text = str(stated or "")
    if not text:
        return UNKNOWN
    parts = text.split("-")
    if len(parts) == 1:
        return text
    whole = datetime.date.fromisoformat(text if len(parts) == 3 else f"{text}-01")
    if len(parts) == 3:
        return format_date(whole, "long" if lang != "en" else "d MMMM y", locale=LOCALES[lang])
    return format_skeleton("yMMMM", whole, locale=LOCALES[lang])
