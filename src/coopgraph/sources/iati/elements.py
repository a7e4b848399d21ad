"""All of an activity: which reader each element goes to, and the row of the activity itself.

In: the element of an activity. Out: its rows, in the tables of `columns`.
Standard: IATI activity standard 2.03 and 1.05.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from coopgraph.sources.iati import older
from coopgraph.sources.iati.activity import (
    PERSONAL,
    Activity,
    Found,
    Handler,
    all_text,
    children,
    language,
    without_controls,
)
from coopgraph.sources.iati.classified import country, marker, region, sector, tag, tell_shares
from coopgraph.sources.iati.columns import LINE, SOURCE, TABLES
from coopgraph.sources.iati.money import budget, read_day, transaction
from coopgraph.sources.iati.organisations import another_reporter, participant, reporter
from coopgraph.sources.iati.places import location
from coopgraph.sources.iati.remarks import Remarks
from coopgraph.sources.iati.results import result
from coopgraph.sources.iati.stream import LANGUAGE, Element, line_of
from coopgraph.sources.iati.values import ends_before


def read_activity(element: Element, root: Mapping[str, str], found: Found, remarks: Remarks) -> None:
    """Add the rows of one activity."""
    activity = _begun(element, root, found, remarks)
    for name, child in children(activity, element):
        handler = _HANDLERS.get(name)
        if handler is None:
            found.left_out[name] = found.left_out.get(name, 0) + 1
        else:
            handler(activity, child)
    _finish(activity, element, root)


def _begun(element: Element, root: Mapping[str, str], found: Found, remarks: Remarks) -> Activity:
    remarks.within = ""
    tag = str(element.tag)
    prefix = tag[: tag.index("}") + 1] if tag[0] == "{" else ""
    identifier = element.find(prefix + "iati-identifier")
    stated = ""
    if identifier is not None:
        stated = without_controls(" ".join(all_text(identifier).split()), identifier, remarks)
    line = line_of(element)
    own, of_file = language(element.get(LANGUAGE)), language(root.get(LANGUAGE))
    activity = Activity(
        key=_key(stated, line, found, remarks),
        line=line,
        language=own or of_file,
        language_from="activity" if own else "file" if of_file else "",
        currency=(element.get("default-currency") or root.get("default-currency") or "").strip(),
        prefix=prefix,
        narrative=prefix + "narrative",
        found=found,
        remarks=remarks,
    )
    activity.cells["identifier"] = stated
    remarks.within = activity.key
    reporter(activity, element.find(prefix + "reporting-org"), root)
    return activity


def _key(identifier: str, line: int, found: Found, remarks: Remarks) -> str:
    """The identifier; one another publisher has too, or none at all, gets a key of its own."""
    count = found.keys[identifier] = found.keys.get(identifier, 0) + 1
    if not identifier:
        what = "has no identifier; it is kept under a number of its own."
        remarks.add("activities without an identifier", line, what, "Ask the publisher for its identifier.")
        return f"{found.source}-without-identifier-{count}"
    if count == 1:
        return identifier
    what = (
        f"has the identifier {identifier[:80]}, which another publisher's before it has too; both are kept."
    )
    remarks.add("activities with the identifier of another", line, what, "Remove one, or correct it.")
    return f"{identifier}~{count}"


def _title(activity: Activity, element: Element) -> None:
    for text in activity.texts(element):
        activity.cells.setdefault("label", text.text)
        main = "yes" if activity.number(f"title {text.language}") == "1" else ""
        cells = (text.text, text.language, text.language_from, main, str(text.line))
        activity.add("titles", activity.key, *cells)


def _description(activity: Activity, element: Element) -> None:
    kind = activity.code(element, "type")
    for text in activity.texts(element):
        cells = (text.text, text.language, text.language_from, kind, str(text.line))
        activity.add("descriptions", activity.key, *cells)


def _status(activity: Activity, element: Element) -> None:
    code = activity.code(element)
    known = activity.known("ActivityStatus", code, line_of(element))
    activity.cells.setdefault("status", code if known else "")


def _date(activity: Activity, element: Element) -> None:
    """`activity-date`: one row for each; the first of each type stands in the row of the activity."""
    line = line_of(element)
    kind = activity.on_list("ActivityDateType", activity.code(element, "type"), older.DATES, line)
    stated = activity.code(element, "iso-date") or activity.clean(element)
    read = read_day(activity, stated, line)
    activity.add("dates", activity.key, activity.number("dates"), kind, read, stated, str(line))
    if read and kind:
        activity.cells.setdefault(_DATES[kind], read)


_OF_ACTIVITY: Final = tuple(name for name in TABLES["activities"] if name != SOURCE)
_DATES: Final = {"1": "planned_start", "2": "actual_start", "3": "planned_end", "4": "actual_end"}


def _related(activity: Activity, element: Element) -> None:
    line = line_of(element)
    kind = activity.on_list("RelatedActivityType", activity.code(element, "type"), older.RELATIONS, line)
    ref = " ".join(activity.code(element, "ref").split())
    if ref and ref == activity.key:
        activity.remarks.add("activities related to themselves", line, "is related to itself; left out.")
        kind = ""
    cells = (kind, ref, "", "", "", str(line))
    activity.add("related", activity.key, activity.number("related"), *cells)


def _collaboration(activity: Activity, element: Element) -> None:
    code = activity.code(element)
    activity.known("CollaborationType", code, line_of(element))
    activity.mention("CollaborationType", code, [], line_of(element))
    activity.cells.setdefault("collaboration", code)


def _scope(activity: Activity, element: Element) -> None:
    activity.cells.setdefault("scope", activity.code(element))


def _contact(activity: Activity, element: Element) -> None:
    """`contact-info` is counted and left out; what is personal in it is counted by name."""
    left_out = activity.found.left_out
    left_out["contact-info"] = left_out.get("contact-info", 0) + 1
    for name, _ in children(activity, element):
        if name in PERSONAL:
            left_out[name] = left_out.get(name, 0) + 1


def _identifier(activity: Activity, element: Element) -> None:
    """Read before all else."""


_HANDLERS: Final[Mapping[str, Handler]] = MappingProxyType(
    {
        "iati-identifier": _identifier,
        "reporting-org": another_reporter,
        "title": _title,
        "description": _description,
        "participating-org": participant,
        "activity-status": _status,
        "activity-date": _date,
        "activity-scope": _scope,
        "contact-info": _contact,
        "recipient-country": country,
        "recipient-region": region,
        "location": location,
        "sector": sector,
        "tag": tag,
        "policy-marker": marker,
        "collaboration-type": _collaboration,
        "budget": budget,
        "transaction": transaction,
        "related-activity": _related,
        "result": result,
    }
)


def _finish(activity: Activity, element: Element, root: Mapping[str, str]) -> None:
    """The row of the activity itself: its dates put together, and a label where it has no title."""
    cells = activity.cells
    if "label" not in cells:
        what = "has no title; its identifier stands for it." if cells["identifier"] else "has no title."
        activity.remarks.add("activities without a title", activity.line, what)
        cells["label"] = cells["identifier"] or activity.key
        cells["untitled"] = "yes"
    cells["start"] = cells.get("actual_start") or cells.get("planned_start", "")
    cells["end"] = cells.get("actual_end") or cells.get("planned_end", "")
    _put_right(activity, cells["start"], cells["end"])
    tell_shares(activity)
    own = {
        "activity": activity.key,
        "hierarchy": activity.code(element, "hierarchy"),
        "humanitarian": activity.code(element, "humanitarian"),
        "currency": activity.currency,
        "language": activity.language,
        "version": root.get("version") or activity.code(element, "version"),
        "updated": activity.code(element, "last-updated-datetime"),
        LINE: str(activity.line),
    }
    cells |= own
    activity.add("activities", *(cells.get(name, "") for name in _OF_ACTIVITY))


def _put_right(activity: Activity, start: str, end: str) -> None:
    """An end before the start cannot be kept beside it: the end is told and left out."""
    if ends_before(end, start):
        what = f"ends ({end}) before it begins ({start}); the end is left out."
        fix = "Correct one of the two dates."
        activity.remarks.add("activities that end before they begin", activity.line, what, fix)
        activity.cells["end"] = ""
