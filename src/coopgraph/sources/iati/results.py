"""Results: what an activity brought about or aimed at, and what its indicators say in each period.

In: a `result`. Out: its row, one for each period of each of its indicators, and one for each of their texts;
and what is odd: unknown types, values that are no numbers, values for parts of a whole that is not stated.
Standard: IATI result, indicator, baseline, period; code lists ResultType and IndicatorMeasure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from coopgraph.sources.iati.activity import Activity, Text, children
from coopgraph.sources.iati.money import read_day
from coopgraph.sources.iati.stream import Element, line_of
from coopgraph.sources.iati.values import amount, ends_before

KINDS: Final = {"1": "output", "2": "outcome", "3": "impact", "9": "other"}
"""The kind of result (concept:result-kind) of each type."""
_UNITS: Final = {"2": "%"}
_QUALITATIVE: Final = "5"
_PARTS: Final = ("dimension", "location")
Cells = tuple[str, str]
"""A value as a number, or else in words."""


def result(activity: Activity, element: Element) -> None:
    """`result`: one row for each, and those of its indicators."""
    line = line_of(element)
    number = activity.number("results")
    kind = activity.code(element, "type")
    known = activity.known("ResultType", kind, line)
    titles = activity.texts(activity.child(element, "title"))
    indicators = list(_named(activity, element, "indicator"))
    named = titles or _titles(activity, indicators)
    _add_texts(activity, number, "", "title", named, line)
    _add_texts(activity, number, "", "description", _of(activity, element, "description"), line)
    label = "" if named else f"{activity.key}, {number}"
    if not named:
        activity.remarks.add("results without a title", line, "has a result without a title.")
    cells = (kind, KINDS[kind] if known else "", label, activity.code(element, "aggregation-status"))
    activity.add("results", activity.key, number, *cells, str(line))
    for indicator in indicators:
        _indicator(activity, indicator, number)


def _titles(activity: Activity, indicators: list[Element]) -> list[Text]:
    """What stands for the title of a result that has none: that of its first indicator."""
    return _of(activity, indicators[0], "title") if indicators else []


def _indicator(activity: Activity, element: Element, number: str) -> None:
    """`indicator`: a row of `measurements` for each of its periods, or one where it has none."""
    line = line_of(element)
    measure = activity.code(element, "measure")
    activity.known("IndicatorMeasure", measure, line)
    titles = _of(activity, element, "title")
    if not titles:
        what = "has an indicator without a title: what is measured cannot be told; it is left out."
        activity.remarks.add("indicators without a title", line, what, "Ask the publisher for its title.")
    baseline = _whole(activity, element, "baseline", measure)
    since = activity.child(element, "baseline")
    stated = activity.code(since, "iso-date") or activity.code(since, "year")
    day = read_day(activity, stated, line) if since is not None else ""
    unit, rising = _UNITS.get(measure, ""), activity.code(element, "ascending")
    periods: list[Element | None] = [*_named(activity, element, "period")]
    for period in periods or [None]:
        at = line if period is None else line_of(period)
        place = activity.number("measurements")
        values = (*baseline, day, *_period(activity, period, measure), "yes" if titles else "")
        activity.add("measurements", activity.key, place, number, measure, rising, unit, *values, str(at))
        _add_texts(activity, number, place, "indicator", titles, at)


def _period(activity: Activity, element: Element | None, measure: str) -> tuple[str, ...]:
    """Target, actual value, start and end of a period; an end before the start is left out."""
    if element is None:
        return ("",) * 6
    target = _whole(activity, element, "target", measure)
    actual = _whole(activity, element, "actual", measure)
    line = line_of(element)
    start, end = (
        read_day(activity, activity.code(activity.child(element, f"period-{name}"), "iso-date"), line)
        for name in ("start", "end")
    )
    if ends_before(end, start):
        what = f"has a period that ends ({end}) before it begins ({start}); the end is left out."
        activity.remarks.add(
            "periods that end before they begin", line, what, "Correct one of the two dates."
        )
        end = ""
    return (*target, *actual, start, end)


def _whole(activity: Activity, element: Element, name: str, measure: str) -> Cells:
    """The value of a `baseline`, `target` or `actual`: of several, the one that is of no part."""
    found = list(_named(activity, element, name))
    whole = [one for one in found if not activity.parts(one).keys() & set(_PARTS)] if found[1:] else found
    if len(whole) == 1:
        return _value(activity, whole[0], name, measure)
    if found:
        what = f"has {len(found)} {name} values, of which not one alone is of the whole; they are left out."
        activity.remarks.add("values of parts of a whole that is not stated", line_of(found[0]), what)
    return "", ""


def _value(activity: Activity, element: Element, name: str, measure: str) -> Cells:
    """A value as a number; what is none is kept in words, and told where it should be one."""
    stated = activity.code(element, "value")
    read = amount(stated)
    if read.value or not stated:
        return read.value, ""
    if measure != _QUALITATIVE:
        what = f"has the {name} value '{stated[:40]}', which is not a number for sure; it is kept as written."
        activity.remarks.add("values of results that are not numbers for sure", line_of(element), what)
    return "", stated


def _named(activity: Activity, element: Element, name: str) -> Iterator[Element]:
    return (child for tag, child in children(activity, element) if tag == name)


def _of(activity: Activity, element: Element, name: str) -> list[Text]:
    return activity.texts(activity.child(element, name))


def _add_texts(activity: Activity, number: str, place: str, what: str, texts: list[Text], line: int) -> None:
    """A row for each text; the first in each language is the main one."""
    seen: set[str] = set()
    for text in texts:
        main = "" if text.language in seen else "yes"
        seen.add(text.language)
        cells = (what, text.text, text.language, text.language_from, main)
        activity.add("result_texts", activity.key, number, place, *cells, str(text.line or line))
