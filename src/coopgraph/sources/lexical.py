"""Which texts a datatype allows, as column expressions.

In: a column of text and a datatype. Out: an expression that is true where the text is one of the
datatype's, and the text that is then written. Checked before anything is stored, because a store normalises
what it is given.
Standards: XML Schema 1.1 part 2; W3CDTF (W3C note on date and time formats); days that exist, years from 1
to 9999.
"""

from __future__ import annotations

from typing import Final

from coopgraph.columns.duck import Expression, case, constant, function
from coopgraph.namespaces import XSD
from coopgraph.sources.iris import IRI_RE2
from coopgraph.sources.terms import W3CDTF

IRI: Final = "iri"
"""Not a datatype: a whole IRI in a cell."""
LANGUAGE: Final = "language"
"""Not a datatype: the tag of the language of another cell."""

_YEAR: Final = r"(?:[1-9]\d{3}|0[1-9]\d\d|00[1-9]\d|000[1-9])"
_MONTH: Final = r"(?:0[1-9]|1[0-2])"
_DAY: Final = r"(?:0[1-9]|[12]\d|3[01])"
_ZONE: Final = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_TIME: Final = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?"
_DATE: Final = f"{_YEAR}-{_MONTH}-{_DAY}"

_PATTERNS: Final = {
    f"{XSD}integer": r"[+-]?\d+",
    f"{XSD}nonNegativeInteger": r"\+?\d+|-0+",
    f"{XSD}decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    f"{XSD}boolean": r"true|false|1|0",
    f"{XSD}date": _DATE + _ZONE,
    f"{XSD}dateTime": f"{_DATE}T{_TIME}{_ZONE}",
    f"{XSD}gYear": _YEAR + _ZONE,
    f"{XSD}gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    f"{XSD}anyURI": r"[^\x00-\x20\x7f<>\"{}|\\^`]+",
    W3CDTF: f"{_YEAR}(?:-{_MONTH}(?:-{_DAY})?)?",
    IRI: IRI_RE2,
    LANGUAGE: "[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?",
}
_DECIMAL_COMMA: Final = r"[+-]?(?:\d+(?:,\d*)?|,\d+)"
_HAS_DAY: Final = (f"{XSD}date", f"{XSD}dateTime", W3CDTF)
_NUMERIC: Final = (f"{XSD}decimal",)

EXAMPLES: Final = {
    f"{XSD}integer": "a whole number like 12",
    f"{XSD}nonNegativeInteger": "a whole number of 0 or more, like 12",
    f"{XSD}decimal": "a number like 4759000 or 12.5",
    f"{XSD}boolean": "true or false",
    f"{XSD}date": "a date like 2017-05-31",
    f"{XSD}dateTime": "a date and time like 2017-05-31T09:30:00",
    f"{XSD}gYear": "a year like 2017",
    f"{XSD}gYearMonth": "a month like 2017-05",
    f"{XSD}anyURI": "a web address like https://example.org/page",
    W3CDTF: "a date like 2017-05-31, 2017-05 or 2017",
    IRI: "a whole IRI like https://example.org/page",
    LANGUAGE: "a language like es or pt-BR",
}


def is_checked(datatype: str | None) -> bool:
    return datatype in _PATTERNS


def allowed(text: Expression, datatype: str, *, decimal: str = ".") -> Expression:
    """True where a text is one of the datatype's, NULL where it is NULL."""
    pattern = _DECIMAL_COMMA if decimal == "," and datatype in _NUMERIC else _PATTERNS[datatype]
    shaped = function("regexp_full_match", text, constant(pattern))
    if datatype not in _HAS_DAY:
        return shaped
    # The pattern lets 1 to 31 pass in any month; only days after the 28th need the calendar.
    day = function("substring", text, constant(1), constant(10))
    late = function("substring", text, constant(9), constant(2)) > constant("28")
    return shaped & (~late | day.try_cast("DATE").isnotnull())


def written(text: Expression, datatype: str | None, *, decimal: str = ".") -> Expression:
    """The text as the literal has it: as given, but for a decimal comma."""
    if decimal == "," and datatype in _NUMERIC:
        return function("replace", text, constant(","), constant("."))
    return text


def end_of_literal(text: Expression, datatype: str) -> Expression:
    """The quote and datatype after a text; W3CDTF writes the datatype its precision states."""
    if datatype != W3CDTF:
        return constant(f'"^^<{datatype}>')
    length = function("strlen", text)
    year, month, day = (constant(f'"^^<{XSD}{name}>') for name in ("gYear", "gYearMonth", "date"))
    return case(length == constant(4), year).when(length == constant(7), month).otherwise(day)
