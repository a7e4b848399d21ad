"""A title for each agreement of a table that has none: its kind, its cities and when it was signed.

In: a `Proposal`, its bindings, the city whose table it is. Out: lines of a mapping, each for rows in which
that is known. A note says that the title was made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from coopgraph.sources.guided.bindings import Bound, reference
from coopgraph.sources.guided.own_city import OwnCity
from coopgraph.sources.guided.proposal import Proposal

_DATES: Final = ("signed", "start", "end")
_NOTE: Final = "The title was made of what the table says; it has none of its own."


def is_titled(proposal: Proposal) -> bool:
    """Tell whether agreements have to be given a title."""
    return proposal.kind.name == "agreements" and "title" not in proposal.columns


def title_statements(proposal: Proposal, bound: Bound, own: OwnCity | None) -> Sequence[str]:
    """Return the statements of a title; none where a column has it."""
    return tuple(_statements(proposal, bound, own)) if is_titled(proposal) else ()


def _statements(proposal: Proposal, bound: Bound, own: OwnCity | None) -> Iterator[str]:
    """One statement for each combination of what is there and what is empty, of which a row has one."""
    kind = reference(proposal.columns["kind"]) if "kind" in proposal.columns else None
    date = next((key for key in _DATES if key in proposal.columns), None)
    day = reference(proposal.columns[date]) if date else None
    nothing = ("", *bound.of[date].odd) if date else ("",)
    for has_kind, has_day in product((True, False), repeat=2):
        if (has_kind and not kind) or (has_day and not day):
            continue
        words = [kind if has_kind and kind else "Agreement", *_cities(bound, own)]
        title = ", ".join([*words, day] if has_day and day else words)
        tests = [_test(kind, ("",), there=has_kind)] if kind else []
        tests += [_test(day, nothing, there=has_day)] if day else []
        yield "      - p: skos:prefLabel # made of what is known"
        yield f"        o: {{ value: {json.dumps(title, ensure_ascii=False)} }}"
        if tests:
            yield f"        condition: {_all(tests)}"
    yield f"      - [skos:note, {json.dumps(_NOTE)}, en~lang]"


def _cities(bound: Bound, own: OwnCity | None) -> list[str]:
    """The city that is looked up, beside the one whose table it is; several in a cell are in no title."""
    city = bound.of.get("cities")
    if not city or not city.place:
        return []
    return [f"{own.label} – {city.text}" if own else city.text]


def _test(cell: str, nothing: Sequence[str], *, there: bool) -> str:
    listed = ", ".join(json.dumps(word, ensure_ascii=False) for word in nothing)
    value = json.dumps(cell, ensure_ascii=False)
    return f"{{ function: {'notIn' if there else 'in'}, parameters: [[str1, {value}], [list, [{listed}]]] }}"


def _all(tests: Sequence[str]) -> str:
    return tests[0] if len(tests) == 1 else f"{{ function: and, parameters: [{', '.join(tests)}] }}"
