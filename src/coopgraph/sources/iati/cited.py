"""What is cited for an activity: all that its publisher states in its file is one source.

In: an activity whose publisher was read. Out: the id of its source; a row of `sources` for each that is new.
Standard: IATI `iati-activities` (`generated-datetime`, `version`), `reporting-org`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from coopgraph.sources.iati.activity import Activity, Found
from coopgraph.sources.iati.values import day

_ENDING: Final = re.compile(r"(\.xml)?(\.gz|\.zst)?$", re.IGNORECASE)
_LONGEST: Final = 80


def cite(activity: Activity, publisher: str, name: str, ref: str, root: Mapping[str, str]) -> None:
    """Set what is cited for an activity; where the workspace names a source for all, it is that one."""
    found = activity.found
    if found.cited:
        activity.source = found.cited
        return
    known = found.sources.get((found.file, publisher))
    activity.source = known or _new(found, publisher, ref or name, activity.remarks.file)
    if known is None:
        _describe(activity, name, ref, root)


def _describe(activity: Activity, name: str, ref: str, root: Mapping[str, str]) -> None:
    found, file = activity.found, activity.remarks.file
    who = name or ref
    title = f"IATI activities of {who}, {file}" if who else f"IATI activities, {file}"
    url = found.urls[found.file if len(found.urls) > 1 else 0] if found.urls else ""
    version, issued = root.get("version", "").strip(), day(root.get("generated-datetime", ""))
    cells = (title, who, ref, file, version, issued, url, found.retrieved, found.licence)
    activity.add("sources", activity.key, *cells, str(activity.line))


def _new(found: Found, publisher: str, who: str, file: str) -> str:
    """The id of a source: of the section, the file and the publisher, and of no other source."""
    start = slug(found.source, _ENDING.sub("", file), who)
    taken, number, made = set(found.sources.values()), 1, start
    while made in taken:
        number += 1
        made = f"{start}-{number}"
    found.sources[found.file, publisher] = made
    return made


def slug(*words: str) -> str:
    """What can stand in an address, of some words.

    >>> slug("aid", "CAF activities 2025", "XI-IATI-CAF")
    'aid-CAF-activities-2025-XI-IATI-CAF'
    """
    plain = (re.sub(r"[^A-Za-z0-9._~]+", "-", word).strip("-")[:_LONGEST] for word in words)
    return "-".join(word for word in plain if word)
