"""Cells that break their datatype: found in one scan, told with line, column, what and what to do.

In: the texts of a mapping's typed terms. Out: faults, and which checks failed at all, so that only those
terms need a guard.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from coopgraph.columns.duck import Connection, Expression, Relation, column, function
from coopgraph.errors import Fault
from coopgraph.sources.delimited_text import shorten
from coopgraph.sources.lexical import EXAMPLES, allowed
from coopgraph.sources.lexical_words import advice
from coopgraph.sources.records import RECORD, Records

MOST_FAULTS: Final = 1000


@dataclass(frozen=True)
class Check:
    """A text that must be of a datatype; `item` is the list column that is taken apart for it."""

    columns: tuple[str, ...]
    text: Expression
    datatype: str
    decimal: str
    item: str | None

    @property
    def holds(self) -> Expression:
        return allowed(self.text, self.datatype, decimal=self.decimal)

    @property
    def key(self) -> tuple[str, str, str]:
        return (str(self.text), self.datatype, self.decimal)


def failed_checks(checks: Iterable[Check], rows: dict[str | None, Relation]) -> dict[Check, int]:
    """Return how many cells fail each check; all checks on the same rows are one scan."""
    distinct = {check.key: check for check in checks}
    failed: dict[Check, int] = {}
    for item, relation in rows.items():
        here = [check for check in distinct.values() if check.item == item]
        if here:
            counts = relation.aggregate([function("count_if", ~check.holds) for check in here]).fetchall()[0]
            failed |= {check: count for check, count in zip(here, counts, strict=True) if count}
    return failed


def check_faults(failed: dict[Check, int], rows: dict[str | None, Relation], records: Records) -> list[Fault]:
    """Return a fault for each failing cell, at most a thousand for a column, and one for the rest."""
    faults: list[Fault] = []
    for check, count in failed.items():
        wrong = rows[check.item].filter(~check.holds).project(column(RECORD), check.text.alias("text"))
        found: Sequence[tuple[int, str]] = wrong.order(f"{RECORD}, text").limit(MOST_FAULTS).fetchall()
        places = records.locate_all(n for n, _ in found)
        faults += [_fault(places[n], check, text) for n, text in found]
        if count > len(found):
            what = f"has {count - len(found):,} more such cells."
            faults.append(Fault(records.title, None, check.columns[0], what))
    return faults


def _fault(place: tuple[str, int], check: Check, text: str) -> Fault:
    words = "' + '".join(check.columns)
    expected = EXAMPLES[check.datatype]
    if check.decimal == ",":
        expected = expected.replace("12.5", "12,5")
    what = f"has '{shorten(text)}', expected {expected}."
    return Fault(*place, words, what, advice(text, check.datatype, decimal=check.decimal))


def relations(records: Records, items: Iterable[str], connection: Connection) -> dict[str | None, Relation]:
    """The rows as they are, and for each list column the rows with one of its items each."""
    table = records.relation(connection)
    found: dict[str | None, Relation] = {None: table}
    for item in items:
        own = records.columns[item]
        cells = [
            function("unnest", column(name)).alias(name) if name == own else column(name)
            for name in records.columns.values()
        ]
        found[item] = table.project(column(RECORD), *cells)
    return found
