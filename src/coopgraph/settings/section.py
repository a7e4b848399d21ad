"""Typed reading of a configuration table that collects every fault.

In: a table of a TOML file. Out: values of the type asked for, and a `Fault` for each key that is unknown,
missing or of another type, with its line and the nearest key that exists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from coopgraph.errors import Fault

_SHOWN = 12
_TYPE_WORDS = {str: "a text in quotes", bool: "true or false", int: "a whole number"}


def nearest(word: str, known: Iterator[str] | list[str] | set[str] | tuple[str, ...]) -> str:
    """Return a hint that names the nearest known word, or the first dozen when none is near.

    >>> nearest("delimeter", ["path", "delimiter"])
    "Did you mean 'delimiter'?"
    """
    words = sorted(known)
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    more = f" and {len(words) - _SHOWN:,} more" if len(words) > _SHOWN else ""
    return f"Known: {', '.join(words[:_SHOWN])}{more}." if words else ""


@dataclass
class Section:
    """One table of the file; whatever is not asked for by the end is a fault."""

    file: str
    at: tuple[str, ...]
    table: Mapping[str, Any]
    lines: Mapping[tuple[str, ...], int]
    faults: list[Fault]
    asked: set[str] = field(default_factory=set)

    def text(self, key: str, default: str | None = None, *, required: bool = False) -> str | None:
        value = self._typed(key, str)
        if value is None and required and key not in self.table:
            self.fault((), f"has no '{key}'.", f"Add: {key} = ...")
        return default if value is None else value

    def flag(self, key: str, default: bool) -> bool:
        value = self._typed(key, bool)
        return default if value is None else value

    def number(self, key: str, default: int) -> int:
        value = self._typed(key, int)
        if value is not None and value <= 0:
            self.fault((key,), f"has {value}, expected a number above 0.")
            return default
        return default if value is None else value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        self.asked.add(key)
        value = self.table.get(key)
        if value is None:
            return default
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
            self.fault((key,), f"has {value!r}, expected a text or a list of texts.")
            return default
        return tuple(values)

    def text_table(self, key: str) -> dict[str, str]:
        """Return a table whose values are all texts."""
        section = self.section(key)
        return {name: value for name in section.table if (value := section.text(name)) is not None}

    def section(self, key: str) -> Section:
        self.asked.add(key)
        value = self.table.get(key, {})
        if not isinstance(value, dict):
            self.fault((key,), f"has {value!r}, expected a table: [{'.'.join((*self.at, key))}].")
            value = {}
        return Section(self.file, (*self.at, key), value, self.lines, self.faults)

    def sections(self, key: str) -> list[Section]:
        """Return the tables of an array of tables."""
        self.asked.add(key)
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fault((key,), f"has {value!r}, expected tables: [[{'.'.join((*self.at, key))}]].")
            return []
        numbered = enumerate(value)
        return [Section(self.file, (*self.at, key, str(i)), t, self.lines, self.faults) for i, t in numbered]

    def close(self) -> None:
        """Fault every key nobody asked for."""
        for key in self.table:
            if key not in self.asked:
                self.fault((key,), "is not a key coopgraph knows.", nearest(key, self.asked))

    def fault(self, key: tuple[str, ...], what: str, fix: str | None = None) -> None:
        path = (*self.at, *key)
        line = next((self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), None)
        name = ".".join(path)
        self.faults.append(Fault(self.file, line, None, f"'{name}' {what}" if name else what, fix or None))

    def _typed(self, key: str, kind: type) -> Any:
        self.asked.add(key)
        value = self.table.get(key)
        if value is None or (isinstance(value, kind) and not (kind is int and isinstance(value, bool))):
            return value
        self.fault((key,), f"has {value!r}, expected {_TYPE_WORDS[kind]}.")
        return None
