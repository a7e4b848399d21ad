"""Columns that no mapping reads: what they hold is in no release, and nobody would notice.

In: the sources, their records as read, their mappings. Out: a remark for each source that has such columns;
a warning where they say who may see or use it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from coopgraph.errors import Fault
from coopgraph.sources.fit import MOST_NAMES
from coopgraph.sources.mapping import SourceMapping
from coopgraph.sources.records import Records
from coopgraph.sources.source_spec import SourceSpec

RIGHTS: Final = frozenset({"access", "licence", "license"})


def unread_columns(
    specs: Sequence[SourceSpec], records: Mapping[str, Records], mappings: Mapping[str, SourceMapping]
) -> list[Fault]:
    """Return the remarks, by source; what one source of a file leaves out, another may read."""
    used: defaultdict[tuple[Path, ...], set[str]] = defaultdict(set)
    for spec in specs:
        used[spec.files].update(_used(spec, specs, mappings))
    faults: list[Fault] = []
    told: set[tuple[tuple[Path, ...], str | None]] = set()
    for spec in specs:
        known = spec.name in records and spec.name in mappings and not spec.table
        if known and (spec.files, spec.sheet) not in told:
            told.add((spec.files, spec.sheet))
            left = [name for name in records[spec.name].columns if name and name not in used[spec.files]]
            faults += _remarks(records[spec.name], mappings[spec.name], left)
    return faults


def _used(
    spec: SourceSpec, specs: Sequence[SourceSpec], mappings: Mapping[str, SourceMapping]
) -> Iterator[str]:
    """Yield the columns that a mapping, a key, a lookup or a place setting reads."""
    if spec.name in mappings:
        yield from (name for name, _ in mappings[spec.name].references())
    yield from spec.key
    for lookup in spec.lookups:
        yield from (own for own, _ in lookup.on)
    for other in specs:
        for lookup in other.lookups:
            if lookup.source == spec.name:
                yield from (theirs for _, theirs in lookup.on)
                yield from lookup.columns
    for place in spec.places:
        yield from place.columns


def _remarks(records: Records, mapping: SourceMapping, left: Sequence[str]) -> Iterator[Fault]:
    rights = [name for name in left if name.strip().lower() in RIGHTS]
    if rights:
        yield Fault(
            records.title,
            None,
            None,
            f"{_named(rights)} read by no mapping, so the release does not know who may see or use a source.",
            f"Map {'it' if len(rights) == 1 else 'them'} in {mapping.title}: see docs/exports/ro-crate.md.",
            "warning",
        )
    others = [name for name in left if name not in rights]
    if others:
        what = f"{_named(others)} read by no mapping: that is not in the release."
        fix = f"Map what you need in {mapping.title}."
        yield Fault(records.title, None, None, what, fix, "info")


def _named(names: Sequence[str]) -> str:
    """Return what begins a sentence about columns.

    >>> _named(["access"]), _named(["a", "b"])
    ("Column 'access' is", "Columns 'a', 'b' are")
    """
    shown = ", ".join(f"'{name}'" for name in names[:MOST_NAMES])
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return f"Column {shown} is" if len(names) == 1 else f"Columns {shown}{more} are"
