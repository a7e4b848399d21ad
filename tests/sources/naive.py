"""The mapping, row by row in plain Python: slow, short, and the oracle of the compiled one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import product

from coopgraph.sources.conditions import Condition
from coopgraph.sources.mapping import SourceMapping, TriplesMap
from coopgraph.sources.terms import Reference, Template, Term

Row = Mapping[str, str | list[str] | None]
_UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def naive_quads(rows: list[Row], mapping: SourceMapping, graph: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield every quad of every row."""
    for row in rows:
        for triples_map in mapping.maps:
            for single in _singles(row):
                yield from _quads(single, triples_map, graph)


def _singles(row: Row) -> Iterator[dict[str, str | None]]:
    """One row for each choice of one item of each list."""
    names = list(row)
    choices = [_choices(value) for value in row.values()]
    for values in product(*choices):
        yield dict(zip(names, values, strict=True))


def _choices(value: str | list[str] | None) -> list[str | None]:
    return [*value] if isinstance(value, list) else [value]


def _quads(
    row: dict[str, str | None], triples_map: TriplesMap, graph: str
) -> Iterator[tuple[str, str, str, str]]:
    subject = _term(triples_map.subject, row)
    if subject is None or not _holds(triples_map.condition, row):
        return
    named = (_term(triples_map.graph, row) if triples_map.graph else None) or f"<{graph}>"
    for po in triples_map.predicate_objects:
        made = _term(po.object, row)
        if made is not None and _holds(po.condition, row):
            yield subject, f"<{po.predicate}>", made, named


def _term(term: Term, row: dict[str, str | None]) -> str | None:
    values = [row[part.column] if isinstance(part, Reference) else part for part in term.template]
    if any(value is None for value in values):
        return None
    if term.kind == "literal":
        text = "".join(_ESCAPES.get(c, c) for value in values for c in value or "")
        suffix = f"@{term.language}" if term.language else f"^^<{term.datatype}>" if term.datatype else ""
        return f'"{text}"{suffix}'
    if term.as_it_stands:
        return f"<{values[0]}>"
    parts = zip(term.template, values, strict=True)
    return "<" + "".join(_encode(v or "") if isinstance(p, Reference) else v or "" for p, v in parts) + ">"


def _encode(text: str) -> str:
    return "".join(
        c if c in _UNRESERVED or _is_ucschar(ord(c)) else "".join(f"%{b:02X}" for b in c.encode())
        for c in text
    )


def _is_ucschar(code: int) -> bool:
    """RFC 3987: beyond Latin-1's controls, without surrogates, private use and the last two of each plane."""
    if 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:
        return False
    category = unicodedata.category(chr(code))
    below = 0xA0 <= code < 0xFFF0 and category not in ("Co", "Cs")
    return below or 0x10000 <= code < 0xE0000 or 0xE1000 <= code < 0xF0000


def _holds(condition: Condition | None, row: dict[str, str | None]) -> bool:
    if condition is None:
        return True
    if condition.parts:
        results = [_holds(part, row) for part in condition.parts]
        return all(results) if condition.function == "and" else any(results)
    found = _text(condition.value, row) in [_text(value, row) for value in condition.values]
    return found is (condition.function in ("equal", "in"))


def _text(template: Template, row: dict[str, str | None]) -> str:
    return "".join((row[p.column] or "") if isinstance(p, Reference) else p for p in template)
