"""Where each key of a TOML file stands.

In: the text of a TOML file. Out: the line of each table and key, for the words of an error; `tomllib` keeps
none. TOML 1.0 tables, arrays of tables and dotted keys are followed; keys of an inline table count as their
table's line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*=")
_PART = re.compile(r"[\w-]+|\"[^\"]*\"|'[^']*'")

Path = tuple[str, ...]


def key_lines(text: str) -> dict[Path, int]:
    """Return the line of every table and key; the n-th table of an array is named by its number from 0.

    >>> lines = key_lines('[sources.a]\\npath = "a.csv"\\n[[sources.a.lookup]]\\nsource = "b"\\n')
    >>> lines["sources", "a", "path"], lines["sources", "a", "lookup", "0", "source"]
    (2, 4)
    """
    lines: dict[Path, int] = {}
    seen: dict[Path, int] = {}
    table: Path = ()
    for number, line in _logical_lines(text):
        if header := _HEADER.match(line):
            table = _table(header, seen)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault(table + _parts(key[1]), number)
    return lines


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that may start a table or a key, without the inside of multi-line strings."""
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        inside = bool(fence)
        for mark in ('"""', "'''"):
            if line.count(mark) % 2 and fence in ("", mark):
                fence = "" if fence else mark
        if not inside:
            yield number, line


def _table(header: re.Match[str], seen: dict[Path, int]) -> Path:
    parts = _parts(header[2])
    if header[1] == "[[":
        seen[parts] = seen.get(parts, -1) + 1
        return (*parts, str(seen[parts]))
    return parts


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))
