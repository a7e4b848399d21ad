"""What files are called in what is told: by their name, and where two have the same one, by their folder too.

In: the sources of a workspace. Out: a title for each file whose name is another file's as well.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from coopgraph.errors import Fault
from coopgraph.sources.raw import Raw
from coopgraph.sources.source_spec import SourceSpec

NO_TITLES: Final[Mapping[Path, str]] = MappingProxyType({})


def titles_of(specs: Iterable[SourceSpec], directory: Path | None = None) -> dict[Path, str]:
    """Return the title of each file that shares its name, from the workspace's folder on.

    Files that are not all in there are told from the folder on that holds them all.

    >>> one, two = Path("w/2023/a.csv"), Path("w/2024/a.csv")
    >>> titles_of([SourceSpec("old", (one,), "csv"), SourceSpec("new", (two,), "csv")])[two]
    '2024/a.csv'
    """
    alike: dict[str, list[Path]] = {}
    for path in dict.fromkeys(path for spec in specs for path in spec.files):
        alike.setdefault(path.name, []).append(path)
    found: dict[Path, str] = {}
    for paths in alike.values():
        if len(paths) > 1:
            inside = directory is not None and all(path.is_relative_to(directory) for path in paths)
            start = directory if inside else os.path.commonpath([path.parent for path in paths])
            found |= {path: path.relative_to(start or "").as_posix() for path in paths}
    return found


def with_titles(raw: Raw, spec: SourceSpec, titles: Mapping[Path, str]) -> Raw:
    """Give the pieces of a raw table, and what is told of them, their titles."""
    pieces = tuple(
        replace(piece, title=titles[piece.path] + piece.title.removeprefix(piece.path.name))
        if piece.path in titles
        else piece
        for piece in raw.pieces
    )
    return replace(raw, pieces=pieces, faults=tuple(retitled(raw.faults, spec, titles)))


def retitled(faults: Sequence[Fault], spec: SourceSpec, titles: Mapping[Path, str]) -> list[Fault]:
    """Give the faults of one source their files' titles; a sheet's name stays behind it.

    Two files of one name within one source are told by their name alone.
    """
    counts = Counter(path.name for path in spec.files)
    renamed = {path.name: titles[path] for path in spec.files if path in titles and counts[path.name] == 1}
    return [_retitled(fault, renamed) for fault in faults]


def _retitled(fault: Fault, renamed: Mapping[str, str]) -> Fault:
    for name, title in renamed.items():
        file = fault.file or ""
        if file == name or file.startswith(f"{name} ["):
            return replace(fault, file=title + file.removeprefix(name))
    return fault
