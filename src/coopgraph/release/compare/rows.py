"""Every value that changed as one row, for spreadsheets and programs; ontology and provenance are no data.

In: two open releases. Out: rows of text, one at a time. A value is written as it is; the one that took its
place stands beside it where exactly one went and one came.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from coopgraph.rdf.terms import plain_text, short_iri
from coopgraph.release.compare.changes import By, by_property, changes, class_of, own_label
from coopgraph.release.opened import Release

COLUMNS: Final = (
    *("change", "class", "thing", "label", "property", "before", "after", "before_graphs", "after_graphs"),
)


def rows(before: Release, after: Release, language: str | None = None) -> Iterator[tuple[str, ...]]:
    """Yield a row for each value that went, came, or is stated by other graphs than before."""
    prefixes = after.prefixes
    languages = (*([language] if language else ()), *after.languages)
    for change in changes(before, after):
        if change.how is None:
            continue
        cls = class_of(change)
        start = (
            change.how,
            short_iri(cls, prefixes) if cls else "",
            change.subject,
            own_label(change, languages) or "",
        )
        for prop, old, new in by_property(change):
            for went, came in _beside(old, new):
                values = [plain_text(side[0][1]) if side else "" for side in (went, came)]
                graphs = [" ".join(sorted(side[1])) if side else "" for side in (went, came)]
                yield (*start, short_iri(prop[1:-1], prefixes), *values, *graphs)


_Side = tuple[tuple[str, str], set[str]] | None


def _beside(old: By, new: By) -> Iterator[tuple[_Side, _Side]]:
    """One that went beside the one that came; a value stated by other graphs beside itself; else alone."""
    same = sorted(old.keys() & new.keys())
    for key in same:
        yield (key, old[key]), (key, new[key])
    went = [item for item in sorted(old.items()) if item[0] not in same]
    came = [item for item in sorted(new.items()) if item[0] not in same]
    if len(went) == len(came) == 1:
        yield went[0], came[0]
        return
    yield from zip_longest(went, [])
    for item in came:
        yield None, item
