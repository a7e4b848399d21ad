"""The header of a table: names that can be told apart.

In: the cells of the first row. Out: trimmed NFC names, and a fault for each that is empty, repeated or
declared in the workspace file and not there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from unicodedata import normalize

from coopgraph.errors import Fault
from coopgraph.settings.section import nearest
from coopgraph.sources.source_spec import SourceSpec


def header_names(cells: Sequence[str | None]) -> list[str]:
    """Return column names: trimmed, NFC, line breaks as spaces.

    >>> header_names([" City ", "Name\\n(es)"])
    ['City', 'Name (es)']
    """
    return [" ".join(normalize("NFC", (cell or "").replace("\ufeff", "")).split()) for cell in cells]


def header_faults(title: str, line: int, names: Sequence[str]) -> list[Fault]:
    """Return a fault for each empty and each repeated name."""
    faults = [
        Fault(
            title, line, None, f"column {number} has no name.", "Name it in the header, or remove the column."
        )
        for number, name in enumerate(names, 1)
        if not name
    ]
    for name, count in Counter(name for name in names if name).items():
        if count > 1:
            places = " and ".join(str(n) for n, other in enumerate(names, 1) if other == name)
            what = f"the header has '{name}' {count} times (columns {places})."
            faults.append(Fault(title, line, None, what, "Give each column a name of its own."))
    return faults


def declared(spec: SourceSpec) -> tuple[str, ...]:
    """The columns of its own the workspace file names for a source, each once."""
    joined = (here for lookup in spec.lookups for here, _ in lookup.on)
    return tuple(
        dict.fromkeys([*spec.separators, *spec.decimals, *spec.formats, *spec.key, *spec.row_name, *joined])
    )


def declared_faults(title: str, line: int | None, names: Sequence[str], spec: SourceSpec) -> list[Fault]:
    """Return a fault for each column the workspace file speaks of and the file does not have."""
    return [
        Fault(
            title,
            line,
            None,
            f"has no column '{name}', which coopgraph.toml names.",
            nearest(name, list(names)),
        )
        for name in declared(spec)
        if name not in names
    ]


def fitted(spec: SourceSpec, names: Sequence[str]) -> SourceSpec:
    """The source less what it says of columns that are not there, so that the rest can be read."""
    return replace(
        spec,
        key=spec.key if all(name in names for name in spec.key) else (),
        row_name=spec.row_name if all(name in names for name in spec.row_name) else (),
        separators={name: text for name, text in spec.separators.items() if name in names},
        decimals={name: text for name, text in spec.decimals.items() if name in names},
        formats={name: form for name, form in spec.formats.items() if name in names},
    )
