"""Rows that have cells and yet say nothing: no mapping of their file can name a subject for them.

In: records and their mapping. Out: a violation for each such row, with the columns that are empty. A row
without any cell is no fault, nor is one that a condition leaves out on purpose.
"""

from __future__ import annotations

from functools import reduce
from typing import Final

from coopgraph.columns.duck import Connection, Expression, column, constant, function
from coopgraph.errors import Fault
from coopgraph.sources.condition_columns import holds
from coopgraph.sources.mapping import SourceMapping, TriplesMap
from coopgraph.sources.records import RECORD, Records
from coopgraph.sources.source_spec import SourceSpec

MOST_FAULTS: Final = 1000


def silent_rows(
    records: Records, mapping: SourceMapping, spec: SourceSpec, connection: Connection
) -> list[Fault]:
    """Return a fault for each record of which no triples map makes a subject; one scan of the columns.

    An empty cell of the declared key is told when the file is read, and not once more here.
    """
    if any(not each.subject.columns and each.condition is None for each in mapping.maps):
        return []
    names = list(dict.fromkeys(name for each in mapping.maps for name in each.subject.columns))
    if not names:
        return []
    told = [records.cell(name).isnull() for name in spec.key]
    rows = records.relation(connection).filter(_silent(mapping, records) & has_cells(records))
    if told:
        rows = rows.filter(~_any(told))
    flags = [records.cell(name).isnull().alias(f"empty{n}") for n, name in enumerate(names)]
    found = rows.project(column(RECORD), *flags).order(RECORD).limit(MOST_FAULTS + 1).fetchall()
    empty = {row[0]: {name for name, flag in zip(names, row[1:], strict=True) if flag} for row in found}
    faults = _faults(dict(list(empty.items())[:MOST_FAULTS]), mapping, records)
    if len(found) > MOST_FAULTS:
        count = rows.aggregate([function("count_star")]).fetchall()[0][0] - MOST_FAULTS
        faults.append(Fault(records.title, None, None, f"has {count:,} more rows that say nothing."))
    return faults


def has_cells(records: Records) -> Expression:
    """True where any cell of a record is filled in."""
    return _any([records.cell(name).isnotnull() for name in records.columns])


def _silent(mapping: SourceMapping, records: Records) -> Expression:
    """Some map is meant for the record, and none of them can name its subject."""
    meant = [_condition(each, records) for each in mapping.maps]
    made = [test & _named(each, records) for test, each in zip(meant, mapping.maps, strict=True)]
    return _any(meant) & ~_any(made)


def _condition(triples_map: TriplesMap, records: Records) -> Expression:
    return holds(triples_map.condition, records.cell) if triples_map.condition else constant(True)


def _named(triples_map: TriplesMap, records: Records) -> Expression:
    tests = [records.cell(name).isnotnull() for name in triples_map.subject.columns]
    return reduce(lambda one, other: one & other, tests, constant(True))


def _faults(empty: dict[int, set[str]], mapping: SourceMapping, records: Records) -> list[Fault]:
    places = records.locate_all(empty)
    fix = "Fill it in, or remove the row."
    return [
        Fault(*places[n], _columns(mapping, names), "is empty, so the row says nothing.", fix)
        for n, names in empty.items()
    ]


def _columns(mapping: SourceMapping, empty: set[str]) -> str:
    """The empty columns of the first subject that needs one of them."""
    for each in mapping.maps:
        if lacking := [name for name in each.subject.columns if name in empty]:
            return "' + '".join(lacking)
    return ""


def _any(tests: list[Expression]) -> Expression:
    return reduce(lambda one, other: one | other, tests)
