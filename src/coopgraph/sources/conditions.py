"""Conditions of a mapping: when a triple is made.

In: a `condition:` as YARRRML writes it. Out: plain data. In a condition an empty cell is the text "", so it
equals nothing but "", and is not equal to everything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from coopgraph.settings.section import nearest
from coopgraph.sources.terms import Reference, Template, TermReader, parse_template
from coopgraph.sources.yaml_lines import Entries, Node, Refusal

FUNCTIONS: Final = ("equal", "notEqual", "in", "notIn", "and", "or")
_SHAPE: Final = {
    "equal": "parameters: [[str1, $(column)], [str2, text]]",
    "notEqual": "parameters: [[str1, $(column)], [str2, text]]",
    "in": "parameters: [[str1, $(column)], [list, [text, text]]]",
    "notIn": "parameters: [[str1, $(column)], [list, [text, text]]]",
}


@dataclass(frozen=True)
class Condition:
    """`function` of one value and texts (`values`), or of other conditions (`parts`)."""

    function: str
    value: Template = ()
    values: tuple[Template, ...] = ()
    parts: tuple[Condition, ...] = ()

    def columns(self) -> Iterator[str]:
        """Yield each column it uses."""
        for template in (self.value, *self.values):
            yield from (part.column for part in template if isinstance(part, Reference))
        for part in self.parts:
            yield from part.columns()


def read_condition(node: Node, entries: Entries, terms: TermReader) -> Condition:
    """Read a condition, and those inside it."""
    inner = entries.inside(node)
    found = inner.take({"function": ("function",), "parameters": ("parameters",)}, {})
    if "function" not in found or "parameters" not in found:
        raise Refusal(node, "a condition needs function: and parameters:.", None)
    name = entries.text(found["function"]).rsplit(":", 1)[-1]
    if name not in FUNCTIONS:
        raise Refusal(found["function"], f"'{name}' is not a condition taken here.", nearest(name, FUNCTIONS))
    if name in ("and", "or"):
        listed = (_unnamed(part, entries) for part in entries.items_of(found["parameters"]))
        parts = tuple(read_condition(part, entries, terms) for part in listed)
        if len(parts) < 2:
            raise Refusal(node, f"'{name}' needs two conditions or more.", None)
        return Condition(name, parts=parts)
    return _comparison(name, found["parameters"], entries)


def _unnamed(node: Node, entries: Entries) -> Node:
    """A condition inside another may be written with a name before it: `[name, {function: ...}]`."""
    pair = [] if entries.is_table(node) else entries.items_of(node)
    return pair[1] if len(pair) == 2 else node


def _comparison(name: str, node: Node, entries: Entries) -> Condition:
    pairs = [entries.items_of(pair) for pair in entries.items_of(node)]
    if [len(pair) for pair in pairs] != [2, 2]:
        raise Refusal(node, f"'{name}' needs two parameters.", f"Write {_SHAPE[name]}.")
    named = {entries.text(key): value for key, value in pairs}
    second = "list" if name in ("in", "notIn") else "str2"
    if named.keys() != {"str1", second}:
        raise Refusal(node, f"'{name}' has the parameters {', '.join(named)}.", f"Write {_SHAPE[name]}.")
    value = parse_template(entries.text(named["str1"]))
    values = tuple(parse_template(entries.text(item)) for item in entries.one_or_more(named[second]))
    return Condition(name, value, values)
