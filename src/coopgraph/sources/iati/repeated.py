"""Activities that a source has more than once: which of them stands, so that no money is counted twice.

In: files and the identifiers that came again. Out: which activities to leave out, and sentences that say so.
Of one publisher's activities of one identifier the one updated last stands; of equal ones the first; where
neither tells, the last in the order of the files.
Standard: IATI `last-updated-datetime`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from coopgraph.errors import Fault
from coopgraph.sources.iati.activity import CONTROL, all_text
from coopgraph.sources.iati.remarks import Remarks
from coopgraph.sources.iati.stream import LANGUAGE, Element, Stream, line_of

_OF_FILE: Final = (LANGUAGE, "default-currency")


@dataclass(frozen=True)
class Repeated:
    """The activities to leave out, by the number of their file and their place in it, both from 0."""

    left_out: Mapping[int, Collection[int]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @property
    def count(self) -> int:
        return sum(map(len, self.left_out.values()))


@dataclass(frozen=True)
class _Seen:
    """One activity that came more than once."""

    file: int
    place: int
    line: int
    identifier: str
    updated: datetime | None
    content: bytes


def find_repeated(files: Sequence[Path], counts: Mapping[str, int]) -> Repeated:
    """Decide which activities stand; `counts` says how many there are of each identifier."""
    again = {identifier for identifier, count in counts.items() if identifier and count > 1}
    if not again:
        return Repeated()
    alike: dict[tuple[str, str], list[_Seen]] = {}
    for number, path in enumerate(files):
        stream = Stream(path)
        for place, element in enumerate(stream.activities()):
            prefix = str(element.tag).removesuffix("iati-activity")
            identifier = CONTROL.sub("", _text(element.find(prefix + "iati-identifier")))
            if identifier in again:
                seen = _seen(element, (number, place), identifier, stream.root)
                alike.setdefault((identifier, _publisher(element, prefix)), []).append(seen)
    return _decided(files, [same for same in alike.values() if len(same) > 1])


def _seen(element: Element, at: tuple[int, int], identifier: str, root: Mapping[str, str]) -> _Seen:
    said = repr(([root.get(name) for name in _OF_FILE], _said(element)))
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest()
    moment = _moment(element.get("last-updated-datetime") or "")
    return _Seen(*at, line_of(element), identifier, moment, digest)


def _said(element: Element) -> tuple[object, ...]:
    """All an element says, however it is indented."""
    inner = [(_said(child), " ".join((child.tail or "").split())) for child in element]
    return element.tag, sorted(element.items()), " ".join((element.text or "").split()), inner


def _text(element: Element | None) -> str:
    return "" if element is None else " ".join(all_text(element).split())


def _publisher(element: Element, prefix: str) -> str:
    """The reference of who reports an activity, or else the name."""
    reporter = element.find(prefix + "reporting-org")
    return "" if reporter is None else (reporter.get("ref") or "").strip() or _text(reporter)


def _moment(text: str) -> datetime | None:
    """Return when something was; without an offset it is taken as UTC, and None where it is no moment.

    >>> _moment("2024-05-01") < _moment("2024-05-01T00:00:00-05:00"), _moment("May 2024")
    (True, None)
    """
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _decided(files: Sequence[Path], repeated: Sequence[Sequence[_Seen]]) -> Repeated:
    left_out: dict[int, set[int]] = {}
    remarks = [Remarks(path.name) for path in files]
    for same in repeated:
        stands, why, is_certain = _standing(same)
        for one in same:
            if one is not stands:
                left_out.setdefault(one.file, set()).add(one.place)
                where = f"{files[stands.file].name}, line {stands.line}"
                what = f"activity {one.identifier[:80]} is left out: it is also in {where}{why}."
                if is_certain:
                    kind = "activities left out because they come again"
                    remarks[one.file].add(kind, one.line, what, severity="info")
                else:
                    kind = "activities left out though nothing tells which is the newer"
                    remarks[one.file].add(kind, one.line, what, "Ask the publisher which one stands.")
    told = [fault for each in remarks for fault in each.faults()]
    return Repeated(left_out, tuple(_counted(files, left_out) + told))


def _standing(same: Sequence[_Seen]) -> tuple[_Seen, str, bool]:
    """The one that stands, why it does, and whether that is certain."""
    if len({one.content for one in same}) == 1:
        return same[0], ", which says the same", True
    moments = [one.updated for one in same if one.updated]
    if len(moments) == len(same):
        newest = [one for one in same if one.updated == max(moments)]
        if len({one.content for one in newest}) == 1:
            return newest[0], f", updated later ({max(moments).isoformat()})", True
    return same[-1], "; they do not say the same, and no date of update tells which is newer", False


def _counted(files: Sequence[Path], left_out: Mapping[int, Collection[int]]) -> list[Fault]:
    """How many activities are left out in all: the first thing to be told."""
    count = sum(map(len, left_out.values()))
    if not count:
        return []
    names = ", ".join(files[number].name for number in sorted(left_out))
    where = names if len(left_out) <= 3 else f"{len(left_out)} files"
    one = "1 activity comes again and is" if count == 1 else f"{count:,} activities come again and are"
    what = f"{one} left out ({where}), so that no money is counted twice."
    return [Fault(None, None, None, what, None, "warning")]
