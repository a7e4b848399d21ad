"""JSON to raw records: the objects of one array.

In: a source of kind json and the path of its array (`$[*]`, `$.items[*]`). Out: its raw table. Nested
objects become dotted columns, arrays of plain values list columns; numbers keep the digits they were
written with.
Standard: RFC 8259.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from coopgraph.columns.duck import Connection
from coopgraph.errors import Fault, SourceError
from coopgraph.sources.bytes_read import Bytes, look_at, reading
from coopgraph.sources.encodings import bom_fault, decoding_faults
from coopgraph.sources.header import header_faults, header_names
from coopgraph.sources.loading import Cell, insert_rows
from coopgraph.sources.raw import Raw
from coopgraph.sources.records import Piece
from coopgraph.sources.source_spec import SourceSpec

MOST_FAULTS: Final = 1000
_WHITE: Final = " \t\n\r"


class _Refused(ValueError):
    """JSON that cannot be taken, at a place in the text."""

    def __init__(self, at: int, what: str, fix: str | None = None) -> None:
        super().__init__(what)
        self.at, self.what, self.fix = at, what, fix


@dataclass
class _Items:
    """The items of one file: their cells by column, and the line each begins on."""

    path: Path
    seen: Bytes
    rows: list[dict[str, Cell]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_json(spec: SourceSpec, connection: Connection) -> Raw:
    """Load the items of every file of a source into its raw table."""
    files = [_read(path, spec) for path in spec.files]
    names = list(dict.fromkeys(name for items in files for row in items.rows for name in row))
    faults = [fault for items in files for fault in items.faults]
    first = files[0].path.name
    if not names and not faults:
        faults.append(Fault(first, None, None, "has no items, so it has no columns."))
    if names:
        faults += header_faults(first, 1, header_names(names))
    if faults:
        raise SourceError(f"The source '{spec.name}' cannot be read.", faults=faults[:MOST_FAULTS])
    lists = [any(isinstance(row.get(name), list) for items in files for row in items.rows) for name in names]
    pieces: list[Piece] = []
    for items in files:
        first_record = 1 + sum(piece.count for piece in pieces)
        rows = (
            [_cell(row.get(name), is_list) for name, is_list in zip(names, lists, strict=True)]
            for row in items.rows
        )
        count = insert_rows(connection, spec.name, rows, first=first_record, lists=lists)
        lines = partial(_lines, items.lines)
        pieces.append(Piece(items.path.name, items.path, items.seen.sha256, first_record, count, 1, lines))
    return Raw(
        names=tuple(header_names(names)),
        pieces=tuple(pieces),
        is_ascii=False,
        has_controls=True,
        lists=frozenset(name for name, is_list in zip(header_names(names), lists, strict=True) if is_list),
    )


def _lines(lines: list[int], positions: Iterable[int]) -> dict[int, int]:
    return {position: lines[position] for position in positions}


def _cell(value: Cell, is_list: bool) -> Cell:
    """A column that is a list in one item is a list of one in an item that has a single value."""
    return [value] if is_list and isinstance(value, str) else value


def _read(path: Path, spec: SourceSpec) -> _Items:
    items = _Items(path, look_at(path))
    text = _text(path, items.seen, spec)
    at, line = 0, 1
    try:
        for start, item in _items(text, spec.records):
            line, at = line + text.count("\n", at, start), start
            _take(items, item, line)
    except _Refused as refused:
        where = text.count("\n", 0, refused.at) + 1
        items.faults.append(Fault(path.name, where, None, refused.what, refused.fix))
    except RecursionError:
        items.faults.append(Fault(path.name, line, None, "is nested too deeply.", "Flatten it."))
    return items


def _text(path: Path, seen: Bytes, spec: SourceSpec) -> str:
    broken = [fault] if (fault := bom_fault(path, seen, spec.encoding)) else []
    broken = broken or decoding_faults(path, spec.encoding, most=MOST_FAULTS)
    if broken:
        raise SourceError(f"{path.name} cannot be read.", faults=broken)
    with reading(path), path.open(encoding=spec.encoding, newline="") as stream:
        text = stream.read().removeprefix("\ufeff")
    if not text.strip():
        fault = Fault(path.name, None, None, "is empty.", "Write an array of objects: [{...}, {...}].")
        raise SourceError(f"{path.name} cannot be read.", faults=[fault])
    return text


def _take(items: _Items, item: object, line: int) -> None:
    if not isinstance(item, dict):
        what = f"the item is {_kind(item)}, expected an object."
        items.faults.append(Fault(items.path.name, line, None, what, "Write {...}."))
        return
    try:
        cells = _distinct(list(_flat(item, "")))
    except _Refused as refused:
        items.faults.append(Fault(items.path.name, line, None, refused.what, refused.fix))
        return
    items.rows.append(cells)
    items.lines.append(line)


def _flat(item: Mapping[str, Any], before: str) -> Iterator[tuple[str, Cell]]:
    """Yield the cells of an object; nested names are joined by dots."""
    for name, value in item.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, list):
            if any(isinstance(part, dict | list) for part in value):
                what = f"'{before}{name}' is an array of objects or arrays."
                raise _Refused(0, what, f'Read it as a source of its own, with records = "$.….{name}[*]".')
            yield f"{before}{name}", [_plain(part) or "" for part in value]
        else:
            yield f"{before}{name}", _plain(value)


def _plain(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _items(text: str, path: str) -> Iterator[tuple[int, object]]:
    """Yield each item of the array at a path, with the place in the text where it begins."""
    decoder = json.JSONDecoder(
        parse_float=str, parse_int=str, parse_constant=_no_constant, object_pairs_hook=_distinct
    )
    keys = path.removeprefix("$").removesuffix("[*]").split(".")[1:]
    try:
        at = _skip(text, 0)
        for key in keys:
            at = _member(text, at, key, decoder)
        if text[at : at + 1] != "[":
            found = {"{": "an object", '"': "a text"}.get(text[at : at + 1], "a single value")
            fix = 'Set records = "$.NAME[*]" for this source, NAME being the array\'s.'
            raise _Refused(at, f"{path} is {found}, expected an array.", fix)
        yield from _array(text, at, decoder)
    except json.JSONDecodeError as error:
        raise _Refused(error.pos, f"is not JSON: {error.msg} (character {error.colno}).") from error


def _array(text: str, at: int, decoder: json.JSONDecoder) -> Iterator[tuple[int, object]]:
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        start = at
        try:
            item, at = decoder.raw_decode(text, at)
        except _Refused as refused:
            raise _Refused(start, refused.what, refused.fix) from refused
        yield start, item
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
            if text[at : at + 1] == "]":
                raise _Refused(at, "is not JSON: there is a comma after the last item.", "Remove the comma.")
        elif text[at : at + 1] != "]":
            raise _Refused(at, "is not JSON: a comma or ] is missing after an item.")


def _member(text: str, at: int, key: str, decoder: json.JSONDecoder) -> int:
    """Return where the value of a key begins in the object that begins here."""
    if text[at : at + 1] != "{":
        raise _Refused(
            at, f"has no '{key}' here: this is not an object.", "Correct records = for this source."
        )
    at = _skip(text, at + 1)
    names = []
    while text[at : at + 1] == '"':
        name, at = decoder.raw_decode(text, at)
        at = _skip(text, at)
        if text[at : at + 1] != ":":
            raise _Refused(at, "is not JSON: a colon is missing.")
        at = _skip(text, at + 1)
        if name == key:
            return at
        names.append(name)
        _, at = decoder.raw_decode(text, at)
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
    raise _Refused(
        at, f"has no '{key}'; it has {', '.join(names) or 'nothing'}.", "Correct records = for this source."
    )


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _WHITE:
        at += 1
    return at


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON lets a name occur twice and most readers keep the last in silence."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Refused(0, f"an object has '{twice}' twice.", "Give one of them another name.")
    return found


def _no_constant(text: str) -> None:
    raise _Refused(0, f"has {text}, which is not a number JSON knows.", "Leave it out, or write null.")


def _kind(value: object) -> str:
    if value is None:
        return "null"
    return "an array" if isinstance(value, list) else f"'{value}'"
