"""Organisations of an activity: who reports it, who takes part, who pays and who is paid.

In: an element that names an organisation. Out: its key (the reference it states, or its name) and rows.
Standard: IATI organisation roles and types; 11 is a local government.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from coopgraph.sources.iati import older
from coopgraph.sources.iati.activity import Activity, Text
from coopgraph.sources.iati.cited import cite
from coopgraph.sources.iati.stream import Element, line_of

LOCAL_GOVERNMENT: Final = "11"


def reporter(activity: Activity, element: Element | None, root: Mapping[str, str]) -> None:
    """Read the first `reporting-org`, before all else: it says what is cited."""
    texts = activity.texts(element)
    ref = _ref(activity, element)
    key, name = _key(ref, texts), texts[0].text if texts else ""
    cite(activity, key, name, ref, root)
    activity.cells["reporter"] = key
    if element is not None:
        _noted(activity, element, texts)
        activity.cells["secondary_reporter"] = activity.code(element, "secondary-reporter")


def another_reporter(activity: Activity, element: Element) -> None:
    """`reporting-org`: the first was read before; of any other it is noted that it is named."""
    if activity.number("reporters") != "1":
        organisation(activity, element)


def participant(activity: Activity, element: Element) -> None:
    """`participating-org`: one row for each."""
    line = line_of(element)
    number = activity.number("participants")
    stated = activity.code(element, "role")
    role = activity.on_list("OrganisationRole", stated, older.ROLES, line)
    if not stated:
        activity.remarks.add("organisations without a role", line, "has no role.")
    key, texts = organisation(activity, element)
    if not key:
        what = "names no organisation: it has neither a reference nor a name."
        activity.remarks.add("organisations without a name", line, what)
    name = texts[0] if texts else Text("", "", "", 0)
    kind = older.code(element.get("type"), older.ORGANISATIONS)
    ref, other = activity.code(element, "ref"), activity.code(element, "activity-id")
    words = "" if stated.isdigit() else stated
    cells = (
        activity.key,
        number,
        key,
        ref,
        name.text,
        name.language,
        kind,
        role,
        words,
        other,
        "",
        str(line),
    )
    activity.add("participants", *cells)


def organisation(activity: Activity, element: Element | None) -> tuple[str, list[Text]]:
    """Return the key of an organisation and its names, and note that it is mentioned."""
    if element is None:
        return "", []
    texts = activity.texts(element)
    return _noted(activity, element, texts), texts


def _noted(activity: Activity, element: Element, texts: list[Text]) -> str:
    names = tuple((text.text, text.language) for text in texts)
    stated = (element.get("ref") or "", element.get("type") or "", names)
    known = activity.found.keys_of
    key = known.get(stated)
    if key is None:
        key, is_known = _mentioned(activity, element, texts)
        if is_known and len(known) < _MOST_KEYS:
            known[stated] = key
    return key


def _mentioned(activity: Activity, element: Element, texts: list[Text]) -> tuple[str, bool]:
    """The key of an organisation that has not been named so yet, and whether its type is on the list."""
    line = line_of(element)
    ref = _ref(activity, element)
    key = _key(ref, texts)
    stated = activity.code(element, "type")
    kind = activity.on_list("OrganisationType", stated, older.ORGANISATIONS, line)
    if key:
        for text in texts or [Text("", "", "", line)]:
            activity.once("organisations", (key, text.text, text.language, "", kind, "", ref), line)
    return key, bool(kind) or not stated


def _ref(activity: Activity, element: Element | None) -> str:
    return " ".join(activity.code(element, "ref").split())


def _key(ref: str, texts: list[Text]) -> str:
    """The reference, or where there is none the name as written."""
    return ref or (f"name-{texts[0].text}" if texts else "")


_MOST_KEYS: Final = 100_000
