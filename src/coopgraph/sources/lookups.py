"""Lookups: columns taken over from another source by a left join, as RML Logical Views have it.

In: records, and the records of the sources they look things up in. Out: records with the columns added. A
key that is in the looked-up source twice would double rows, so it is a fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from coopgraph.columns.duck import Connection, column, constant, function
from coopgraph.errors import Fault, SourceError, unit_of
from coopgraph.settings.section import nearest
from coopgraph.sources.records import RECORD, Records
from coopgraph.sources.source_spec import Lookup, SourceSpec


def join_lookups(
    records: Records, spec: SourceSpec, others: Mapping[str, Records], connection: Connection
) -> Records:
    """Return the records with every `lookup` of their source joined."""
    for number, lookup in enumerate(spec.lookups):
        if lookup.source in others and all(here in records.columns for here, _ in lookup.on):
            records = _joined(records, lookup, others[lookup.source], number, connection)
    return records


def _joined(records: Records, lookup: Lookup, other: Records, number: int, connection: Connection) -> Records:
    faults = _faults(records, lookup, other) or _repeated(lookup, other, connection)
    if faults:
        raise SourceError(f"The source '{records.source}' cannot look up '{lookup.source}'.", faults=faults)
    added = {name: f"l{number}_{i}" for i, name in enumerate(lookup.columns)}
    keys = [other.cell(there).alias(f"k{i}") for i, (_, there) in enumerate(lookup.on)]
    right = other.relation(connection).project(
        *keys, *(other.cell(name).alias(added[name]) for name in added)
    )
    test = constant(True)
    for i, (here, _) in enumerate(lookup.on):
        test = test & (records.cell(here) == column(f"k{i}"))
    left = records.relation(connection)
    joined = left.join(right, test, how="left")
    kept = [RECORD, *records.columns.values(), *added.values()]
    table = f"{records.table} {number}"
    joined.project(*kept).create(f'"{table}"')
    decimals = {name: other.decimals[name] for name in lookup.columns if name in other.decimals}
    return replace(
        records,
        table=table,
        columns={**records.columns, **added},
        lists=records.lists | (other.lists & set(lookup.columns)),
        decimals={**records.decimals, **decimals},
    )


def _faults(records: Records, lookup: Lookup, other: Records) -> list[Fault]:
    file = "coopgraph.toml"
    name = f"sources.{records.source}.lookup"
    found = []
    for here, there in lookup.on:
        if there not in other.columns:
            what = f"'{name}' joins on '{there}', which {other.title} does not have."
            found.append(Fault(file, None, None, what, nearest(there, list(other.columns))))
        if here in records.lists or there in other.lists:
            found.append(
                Fault(file, None, None, f"'{name}' joins on a list column, '{here}'.", "Join on a text.")
            )
    for taken in lookup.columns:
        if taken not in other.columns:
            what = f"'{name}' takes '{taken}', which {other.title} does not have."
            found.append(Fault(file, None, None, what, nearest(taken, list(other.columns))))
        if taken in records.columns:
            what = f"'{name}' takes '{taken}', which {records.title} has itself."
            found.append(Fault(file, None, None, what, "Rename one of the columns."))
    return found


def _repeated(lookup: Lookup, other: Records, connection: Connection) -> list[Fault]:
    """A fault for each key that two records of the looked-up source share."""
    keys = [other.cell(there) for _, there in lookup.on]
    first = function("min", column(RECORD)).over(partition_by=keys).alias("first")
    table = other.relation(connection)
    for key in keys:
        table = table.filter(key.isnotnull())
    twice = table.project(column(RECORD), first, *keys).filter(column("first") != column(RECORD))
    rows = twice.order(RECORD).limit(1000).fetchall()
    places = other.locate_all([n for row in rows for n in row[:2]])
    words = " + ".join(there for _, there in lookup.on)
    faults = []
    for n, earlier, *cells in rows:
        shown = ", ".join(f"'{part}'" for part in cells)
        file, line = places[earlier]
        before = f"{unit_of(file)} {line}"
        what = f"has {shown} again (first in {before}), and a lookup needs each key once."
        faults.append(Fault(*places[n], words, what, "Make them one row."))
    return faults
