"""Where an activity or a transaction goes and what it serves: countries, regions, sectors, tags, goals.

In: the element of one code. Out: its row; one more in `goals` where the code is of the Sustainable
Development Goals, with where it is stated.
Standards: IATI vocabularies; SDG goals (sector 7, tag 2), targets (sector 8, tag 3), indicators (sector 9).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from coopgraph.sources.iati import older
from coopgraph.sources.iati.activity import Activity
from coopgraph.sources.iati.lists import countries, targets
from coopgraph.sources.iati.stream import Element, line_of
from coopgraph.sources.iati.values import amount, goal, target


def country(activity: Activity, element: Element) -> None:
    """`recipient-country`."""
    _recipient(activity, element, "country")


def region(activity: Activity, element: Element) -> None:
    """`recipient-region`."""
    _recipient(activity, element, "region")


def _recipient(activity: Activity, element: Element, kind: str) -> None:
    line = line_of(element)
    code = activity.code(element)
    vocabulary = activity.code(element, "vocabulary") or ("1" if kind == "region" else "")
    described = ""
    if kind == "country":
        code = code.upper()
        described = code if activity.known("Country", code, line) and code in countries() else ""
    elif vocabulary == "1":
        activity.known("Region", code, line)
    list_name = "" if described else f"region-{vocabulary}" if kind == "region" else "country"
    if list_name:
        activity.mention(list_name, code, activity.texts(element), line)
    whole = "countries and regions" if kind == "country" or vocabulary == "1" else f"regions of {list_name}"
    share = _percentage(activity, element, line, whole)
    cells = (activity.key, activity.number("recipients"), kind, code, vocabulary, described, list_name, share)
    activity.add("recipients", *cells, *_subject(activity), str(line))


def sector(activity: Activity, element: Element) -> None:
    """`sector`, of an activity or of a transaction."""
    line = line_of(element)
    code = activity.code(element)
    vocabulary = older.code(activity.code(element, "vocabulary"), older.VOCABULARIES) or "1"
    _check(activity, {"1": "Sector", "2": "SectorCategory"}.get(vocabulary), code, line)
    list_name = f"sector-{vocabulary}"
    activity.mention(list_name, code, activity.texts(element), line)
    share = _percentage(activity, element, line, f"sectors of vocabulary {vocabulary}")
    cells = (activity.key, activity.number("sectors"), vocabulary, code, list_name, share)
    activity.add("sectors", *cells, *_subject(activity), str(line))
    if vocabulary in ("7", "8", "9"):
        _goal(activity, code, "sector", vocabulary, line)


def tag(activity: Activity, element: Element) -> None:
    """`tag`."""
    line = line_of(element)
    code, vocabulary = activity.code(element), activity.code(element, "vocabulary")
    list_name = f"tag-{vocabulary}" if vocabulary else "tag"
    activity.mention(list_name, code, activity.texts(element), line)
    activity.add("tags", activity.key, activity.number("tags"), vocabulary, code, list_name, str(line))
    if vocabulary in ("2", "3"):
        _goal(activity, code, "tag", vocabulary, line)


def marker(activity: Activity, element: Element) -> None:
    """`policy-marker`."""
    line = line_of(element)
    code = activity.code(element)
    vocabulary = older.code(activity.code(element, "vocabulary"), older.VOCABULARIES) or "1"
    _check(activity, {"1": "PolicyMarker"}.get(vocabulary), code, line)
    list_name = f"marker-{vocabulary}"
    activity.mention(list_name, code, activity.texts(element), line)
    cells = (vocabulary, code, list_name, activity.code(element, "significance"))
    activity.add("markers", activity.key, activity.number("markers"), *cells, str(line))


def _goal(activity: Activity, code: str, stated_in: str, vocabulary: str, line: int) -> None:
    """A row of `goals`: the goal, and the target and the indicator where these are stated."""
    number, aim, indicator = goal(code), "", ""
    if not number or vocabulary in ("3", "8", "9"):
        aim, indicator = target(code)
        number = aim.split(".")[0] or number
    if aim and aim not in targets():
        what = f"has '{code[:40]}', which is no target of goal {number}; the goal alone is kept."
        activity.remarks.add("codes that are no target", line, what, "Write one like 11.3 or 11.a.")
        aim = indicator = ""
    if not number:
        what = f"has '{code[:40]}', which is no Sustainable Development Goal or target."
        activity.remarks.add("codes that are no goal", line, what, "Write a goal from 1 to 17, or 11.3.")
        return
    activity.add("goals", activity.key, number, aim, indicator, stated_in, vocabulary, code, str(line))


def _check(activity: Activity, list_name: str | None, code: str, line: int) -> None:
    if list_name:
        activity.known(list_name, code, line)


def _percentage(activity: Activity, element: Element, line: int, whole: str) -> str:
    """A share; those of an activity are added up by what they are shares of."""
    stated = (element.get("percentage") or "").strip().removesuffix("%")
    read = amount(stated)
    if stated and (not read.value or not 0 <= float(read.value) <= 100):
        what = f"has the percentage '{stated[:40]}', expected 0 to 100; it is left out."
        activity.remarks.add("percentages that are none", line, what, "Correct it.")
        return ""
    if read.value and not activity.scope:
        activity.shares[whole] = activity.shares.get(whole, Decimal(0)) + Decimal(read.value)
    return read.value


def tell_shares(activity: Activity) -> None:
    """Tell what adds up to more than the whole; a tenth of a percent is what rounding does."""
    for whole, total in activity.shares.items():
        if total > _WHOLE:
            what = f"has percentages of {whole} that add up to {total.normalize():f}; all are kept."
            fix = "Correct them: they are shares of 100."
            activity.remarks.add("percentages that add up to more than 100", activity.line, what, fix)


_WHOLE: Final = Decimal("100.1")


def _subject(activity: Activity) -> tuple[str, str]:
    """What is classified: the activity, or the amount of a transaction ("" where that is left out)."""
    if not activity.scope:
        return activity.key, ""
    return "", "" if activity.scope == "-" else activity.scope
