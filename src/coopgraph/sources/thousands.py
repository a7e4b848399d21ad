"""Numbers that may be read two ways: 1.250 is a thousand more to one reader than to another.

In: records and their mapping. Out: a warning for each such cell of a decimal column whose mark is not
declared. Degrees of latitude and longitude are never that large and are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from coopgraph.columns.duck import Connection, column, constant, function
from coopgraph.errors import Fault
from coopgraph.namespaces import WGS84, XSD
from coopgraph.sources.mapping import SourceMapping
from coopgraph.sources.records import RECORD, Records

MOST_FAULTS: Final = 1000
_TWO_WAYS: Final = r"[+-]?[1-9]\d{0,2}\.\d{3}"
_DEGREES: Final = (f"{WGS84}lat", f"{WGS84}long")


def ambiguous_numbers(records: Records, mapping: SourceMapping, connection: Connection) -> list[Fault]:
    """Return a warning for each cell like 1.250 in a column that states no decimal mark; one scan of them."""
    names = list(dict.fromkeys(_columns(mapping, records)))
    if not names:
        return []
    table = records.relation(connection)
    tests = {name: function("regexp_full_match", records.cell(name), constant(_TWO_WAYS)) for name in names}
    any_found = table.aggregate([function("bool_or", test) for test in tests.values()]).fetchall()[0]
    faults: list[Fault] = []
    for name in (name for name, has in zip(names, any_found, strict=True) if has):
        rows = table.filter(tests[name]).project(column(RECORD), records.cell(name).alias("text"))
        found = dict(rows.order(RECORD).limit(MOST_FAULTS).fetchall())
        places = records.locate_all(found)
        faults += [_fault(places[n], name, text) for n, text in found.items()]
    return faults


def _columns(mapping: SourceMapping, records: Records) -> Iterator[str]:
    told = records.lists | set(records.decimals)
    for each in mapping.maps:
        for po in each.predicate_objects:
            is_number = po.object.datatype == f"{XSD}decimal" and len(po.object.template) == 1
            if is_number and po.predicate not in _DEGREES:
                yield from (name for name in po.object.columns if name not in told)


def _fault(place: tuple[str, int], name: str, text: str) -> Fault:
    whole, fraction = text.split(".")
    shorter = f"{whole}.{fraction}".rstrip("0").rstrip(".")
    what = f"has '{text}', which is read as {shorter} and may be meant as {whole}{fraction}."
    fix = f'Write {whole}{fraction} or {shorter}, or declare decimal = "." for this column in coopgraph.toml.'
    return Fault(*place, name, what, fix, "warning")
