"""What the tables say of each event: its dates, its sources, and how sure each city's part in it is.

In: the tables of participations and agreements, for either may be an event. Out: an `Events` to ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

WEAKEST = ("derived", "stated")  # one weaker part makes the whole weaker


class Events:
    """Dates and sources by event, certainties by event and city."""

    def __init__(self, participations: pa.Table, agreements: pa.Table) -> None:
        self.sources: dict[str, set[str]] = defaultdict(set)
        self._dates: dict[str, set[str]] = defaultdict(set)
        self._words: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in participations.to_pylist():
            self._add(row["event"], row["city"], row["start"], row)
        for row in agreements.to_pylist():
            self._add(row["agreement"], row["party"], row["signed"] or row["start"], row)

    def date(self, event: str) -> str:
        """Return the earliest date stated of an event, or nothing."""
        return min(self._dates.get(event, ()), default="")

    def certainty(self, event: str, *cities: str) -> str:
        """Return how sure it is that these cities took part as the data say; "" where nothing says it."""
        return weakest(word for city in cities for word in self._words.get((event, city), ()))

    def _add(self, event: str, city: str, date: str | None, row: Mapping[str, Any]) -> None:
        self.sources[event].update(row["source"] or ())
        self._dates[event].update({date} if date else ())
        self._words[event, city].update(certainties(row))


def certainties(row: Mapping[str, Any]) -> list[str]:
    """Return how sure a row is, in the last words of the concepts' IRIs; a table need not say it.

    >>> certainties({"certainty": ["https://w3id.org/coopgraph/concept/certainty/derived"]}), certainties({})
    (['derived'], [])
    """
    return [value.rstrip("/").rsplit("/", 1)[-1] for value in as_list(row.get("certainty"))]


def weakest(words: Iterable[str]) -> str:
    """Return the weakest of several certainties; "" where there is none.

    >>> weakest(["stated", "derived"]), weakest([])
    ('derived', '')
    """
    found = set(words)
    return next((word for word in WEAKEST if word in found), min(found, default=""))


def as_list(value: Any) -> list[str]:
    """Return what a cell holds, a text or several, as a sorted list.

    >>> as_list("a"), as_list(["c", "b"]), as_list(None)
    (['a'], ['b', 'c'], [])
    """
    return [value] if isinstance(value, str) and value else sorted(value or ())
