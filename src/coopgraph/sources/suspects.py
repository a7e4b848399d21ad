"""Cells and keys that are suspect: control characters, invisible and bidi characters, keys that are empty
or repeated.

In: records. Out: faults with file, line and column. Controls and repeated keys are violations; what only
looks odd warns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from coopgraph.columns.duck import Connection, Expression, column, constant, function
from coopgraph.errors import Fault, unit_of
from coopgraph.sources.raw import Raw
from coopgraph.sources.records import RECORD, Records
from coopgraph.sources.source_spec import SourceSpec

MOST_FAULTS: Final = 1000
_CONTROL: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{80}-\x{9f}\x{fffe}\x{ffff}]"
_ODD: Final = (
    r"[\x{ad}\x{61c}\x{200b}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2060}\x{2066}-\x{2069}\x{feff}\x{fffd}]"
)
_BIDI: Final = {0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def cell_faults(records: Records, raw: Raw, wide: Sequence[str], connection: Connection) -> list[Fault]:
    """Return a fault for each cell with a control, invisible or bidi character.

    `wide` are the columns with more than ASCII: a file whose bytes hold no control has them nowhere else.
    """
    suspect = raw.names if raw.has_controls else wide
    if not suspect:
        return []
    pattern = constant(f"{_CONTROL}|{_ODD}" if wide else _CONTROL)
    cells = {name: _as_text(records, name) for name in suspect}
    tests = {name: function("regexp_matches", cell, pattern) for name, cell in cells.items()}
    table = records.relation(connection)
    any_found = table.aggregate([function("bool_or", test) for test in tests.values()]).fetchall()[0]
    found: list[tuple[int, str, str]] = []
    for name in (name for name, has in zip(suspect, any_found, strict=True) if has):
        rows = table.filter(tests[name]).project(column(RECORD), cells[name].alias("cell"))
        found += [(n, name, text) for n, text in rows.order(RECORD).limit(MOST_FAULTS).fetchall()]
    places = records.locate_all(n for n, _, _ in found)
    return [_character_fault(places[n], name, text) for n, name, text in sorted(found)][:MOST_FAULTS]


def key_faults(records: Records, spec: SourceSpec, connection: Connection) -> list[Fault]:
    """Return a fault for each record whose declared key is empty or is another record's too."""
    if not spec.key:
        return []
    keys = [records.cell(name) for name in spec.key]
    if _all_distinct(keys, records, connection):
        return []
    filled = _any([records.cell(name).isnotnull() for name in records.columns])
    table = records.relation(connection).filter(_any([key.isnull() for key in keys]) & filled)
    flags = [key.isnull().alias(f"empty{n}") for n, key in enumerate(keys)]
    missing = table.project(column(RECORD), *flags).order(RECORD).limit(MOST_FAULTS).fetchall()
    return _empty_keys(missing, records, spec) + _repeated_keys(records, spec, connection)


def _all_distinct(keys: list[Expression], records: Records, connection: Connection) -> bool:
    """Whether every record has a key of its own: one look, and most tables need no other."""
    filled = records.relation(connection).filter(~_any([key.isnull() for key in keys]))
    counted = filled.project(*keys).distinct().aggregate([function("count_star")]).fetchall()
    return bool(counted[0][0] == records.count)


def _repeated_keys(records: Records, spec: SourceSpec, connection: Connection) -> list[Fault]:
    keys = {name: records.cell(name) for name in spec.key}
    partition = [key.cast("VARCHAR") for key in keys.values()]
    first = function("min", column(RECORD)).over(partition_by=partition).alias("first")
    marked = records.relation(connection).project(column(RECORD), first, *records.columns.values())
    again = marked.filter(column("first") != column(RECORD)).filter(
        ~_any([k.isnull() for k in keys.values()])
    )
    rows = again.order(RECORD).limit(MOST_FAULTS).fetchall()
    if not rows:
        return []
    wanted = {row[1] for row in rows}
    firsts = records.relation(connection).filter(column(RECORD).isin(*map(constant, sorted(wanted))))
    originals = {row[0]: row[1:] for row in firsts.project(RECORD, *records.columns.values()).fetchall()}
    places = records.locate_all([*wanted, *(row[0] for row in rows)])
    at = list(records.columns).index
    return [
        _repeated(
            places,
            row[0],
            row[1],
            spec,
            [row[2 + at(name)] for name in spec.key],
            row[2:] == originals[row[1]],
        )
        for row in rows
    ]


def _repeated(
    places: dict[int, tuple[str, int]], n: int, first: int, spec: SourceSpec, key: list[object], same: bool
) -> Fault:
    (file, line), (other, earlier) = places[n], places[first]
    there = f"{unit_of(other)} {earlier}"
    where = there if other == file else f"{other}, {there}"
    shown = ", ".join(f"'{part}'" for part in key)
    column_words = spec.key[0] if len(spec.key) == 1 else " + ".join(spec.key)
    if same:
        what = f"has {shown}, and the whole row is that of {where} again."
        return Fault(file, line, column_words, what, "Remove one of them.", "warning")
    what = f"has {shown}, which is the key of {where} too, and the rows differ."
    return Fault(file, line, column_words, what, "Give one its own key, or make them one row.")


def _empty_keys(rows: Sequence[tuple[int, ...]], records: Records, spec: SourceSpec) -> list[Fault]:
    """A fault for each record and the columns of its key that are empty; a row without any cell is none."""
    places = records.locate_all(row[0] for row in rows)
    fix = "Fill it in, or remove the row."
    return [
        Fault(
            *places[row[0]],
            "' + '".join(name for name, flag in zip(spec.key, row[1:], strict=True) if flag),
            "is empty, and it is the key.",
            fix,
        )
        for row in rows
    ]


def _character_fault(place: tuple[str, int], name: str, text: str) -> Fault:
    character = next(c for c in text if _is_control(c) or _is_odd(c))
    code = f"U+{ord(character):04X}"
    if _is_control(character):
        return Fault(*place, name, f"has the control character {code}.", "Remove it.")
    if ord(character) in _BIDI:
        what = f"has the invisible character {code}, which changes the direction of text."
    elif character == "\ufffd":
        what = f"has {code}, which stands where a letter was lost in an earlier conversion."
        return Fault(*place, name, what, "Restore the letter.", "warning")
    else:
        what = f"has the invisible character {code}."
    return Fault(*place, name, what, "Remove it, unless it is meant.", "warning")


def _is_control(c: str) -> bool:
    return (c < " " and c not in "\t\n\r") or "\x7f" <= c <= "\x9f" or c in "\ufffe\uffff"


def _is_odd(c: str) -> bool:
    return ord(c) in _BIDI or c in "\u00ad\u200b\u2060\ufeff\ufffd"


def _as_text(records: Records, name: str) -> Expression:
    cell = records.cell(name)
    return function("array_to_string", cell, constant("\n")) if name in records.lists else cell


def _any(tests: list[Expression]) -> Expression:
    found = tests[0]
    for test in tests[1:]:
        found = found | test
    return found
