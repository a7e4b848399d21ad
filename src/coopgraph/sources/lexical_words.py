"""Words for a cell that is not what its datatype allows: what it likely is and what to write.

In: the text of a cell, its datatype. Out: a sentence, or None when nothing likely comes to mind.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from coopgraph.namespaces import XSD
from coopgraph.sources.lexical import IRI
from coopgraph.sources.terms import W3CDTF

_DATES: Final = (f"{XSD}date", f"{XSD}dateTime", f"{XSD}gYear", f"{XSD}gYearMonth", W3CDTF)
_NUMBERS: Final = (f"{XSD}integer", f"{XSD}nonNegativeInteger", f"{XSD}decimal")
_EXCEL_ZERO: Final = date(1899, 12, 30)
_YES_NO: Final = {"yes": "true", "no": "false", "sí": "true", "si": "true", "sim": "true", "não": "false"}


def advice(text: str, datatype: str, *, decimal: str = ".") -> str | None:
    """Return what to do about a cell.

    >>> advice("2017-5-3", W3CDTF)
    'Write 2017-05-03.'
    >>> advice("43159", W3CDTF)
    'It is a day number of Excel, 2018-02-28: format the cell as text and write the date.'
    """
    if datatype in _DATES:
        return _date(text, datatype)
    if datatype in _NUMBERS:
        return _number(text, datatype, decimal)
    if datatype == f"{XSD}boolean":
        meant = _YES_NO.get(text.casefold(), text.casefold())
        return f"Write {meant}." if meant in ("true", "false") else None
    if datatype in (IRI, f"{XSD}anyURI"):
        return _address(text)
    return None


def _date(text: str, datatype: str) -> str | None:
    if re.fullmatch(r"\d{1,2}|\d{5}(\.\d+)?", text) and datatype != f"{XSD}gYear":
        return _serial(float(text))
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        return _day(int(match[1]), int(match[2]), int(match[3]), text, datatype)
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text):
        return _ambiguous(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
        month = int(match[2])
        return (
            f"Write {match[1]}-{month:02}."
            if 1 <= month <= 12 and len(match[2]) == 1
            else "Months are 01 to 12."
        )
    if re.fullmatch(r"0000(-.*)?", text):
        return "There is no year 0."
    if re.fullmatch(r"\d{4}-\d\d-\d\dT.*", text):
        return f"Write {text[:10]}." if datatype == W3CDTF else None
    return None


def _day(year: int, month: int, day: int, text: str, datatype: str) -> str | None:
    if year == 0:
        return "There is no year 0."
    if not 1 <= month <= 12:
        return "Months are 01 to 12."
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        return f"{year}-{month:02} has {days} days."
    written = f"{year:04}-{month:02}-{day:02}"
    if datatype in (f"{XSD}gYear", f"{XSD}gYearMonth"):
        return f"Write {written[: 4 if datatype.endswith('gYear') else 7]}, or map it to dcterms:W3CDTF."
    return None if written == text else f"Write {written}."


def _ambiguous(first: int, second: int, year: int) -> str:
    if first > 12 >= second >= 1:
        return f"Write {year}-{second:02}-{first:02}."
    if second > 12 >= first >= 1:
        return f"Write {year}-{first:02}-{second:02}."
    return "Day and month cannot be told apart: write the year first, like 2017-05-31."


def _serial(number: float) -> str:
    """Excel counts days from 1900 and believes that 1900-02-29, its day 60, was one."""
    whole = int(number)
    if whole == 60:
        return "It is day number 60 of Excel, 1900-02-29, a day that never was: write the date meant."
    day = _EXCEL_ZERO + timedelta(days=whole if whole > 60 else whole + 1)
    return f"It is a day number of Excel, {day}: format the cell as text and write the date."


def _number(text: str, datatype: str, decimal: str) -> str | None:
    plain = re.sub(r"[\s\u00a0\u202f']", "", text)
    if decimal == "," and re.fullmatch(r"[+-]?\d+\.\d+", plain):
        return 'The column is declared with decimal = ",": write the number with a comma.'
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", plain) and ("," in plain or plain.count(".") > 1):
        bare = plain.replace(".", "")
        return f"Remove the points between thousands: {bare if decimal == ',' else bare.replace(',', '.')}."
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", plain) and ("." in plain or plain.count(",") > 1):
        return f"Remove the commas between thousands: {plain.replace(',', '')}."
    if re.fullmatch(r"[+-]?\d+,\d+", plain) and datatype == f"{XSD}decimal":
        return 'If it is a decimal comma, declare it: decimal = "," for this column in coopgraph.toml.'
    if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)[eE][+-]?\d{1,3}", plain):
        return f"Write the number out: {_plain(Decimal(plain))}."
    if datatype == f"{XSD}nonNegativeInteger" and re.fullmatch(r"-\d+", plain):
        return "It cannot be below 0."
    if datatype != f"{XSD}decimal" and re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", plain):
        return (
            f"A whole number has no point or comma, nor between thousands: write {re.sub('[.,]', '', plain)}."
        )
    if datatype != f"{XSD}decimal" and re.fullmatch(r"[+-]?\d+[.,]0+", plain):
        return f"Write {re.split('[.,]', plain)[0]}."
    if plain != text and re.fullmatch(r"[+-]?\d+(\.\d+)?", plain):
        return f"Remove the spaces: {plain}."
    if re.search(r"[€$£%]|\b[A-Z]{3}\b", text):
        return "Write only the number; the currency or unit has a column of its own."
    return None


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f") if number else "0"


def _address(text: str) -> str | None:
    if re.match(r"www\.", text):
        return f"Write https://{text}."
    if " " in text:
        return "It has a space in it: write %20, or put a second address into a row of its own."
    if ":" not in text:
        return "Begin it with https://, or map it with a prefix."
    return None
