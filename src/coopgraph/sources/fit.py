"""Does a mapping fit its records: are its columns there, and is there one list at most in a triple?

In: a mapping and the records it is for. Out: every fault, or a `MappingError` with them; and which list
each term takes apart.
"""

from __future__ import annotations

from typing import Final

from coopgraph.errors import Fault, MappingError
from coopgraph.settings.section import nearest
from coopgraph.sources.conditions import Condition
from coopgraph.sources.mapping import SourceMapping, TriplesMap
from coopgraph.sources.records import Records
from coopgraph.sources.terms import Term

MOST_NAMES: Final = 12


def refuse_misfits(mapping: SourceMapping, records: Records) -> None:
    """Raise MappingError with every column that is not there, and every triple that would need two lists."""
    if faults := misfits(mapping, records):
        raise MappingError(f"{mapping.title} does not fit {records.title}.", faults=faults)


def misfits(mapping: SourceMapping, records: Records) -> list[Fault]:
    """Return every column that is not there, and every triple that would need two lists."""
    lines: dict[str, list[int]] = {}
    for name, line in mapping.references():
        if name not in records.columns:
            lines.setdefault(name, []).append(line)
    used = {name for name, _ in mapping.references()}
    free = [name for name in records.columns if name not in used]
    faults = [_missing(name, at, mapping, records, free) for name, at in lines.items()]
    lists = [fault for each in mapping.maps for fault in _list_faults(each, mapping, records)]
    return faults + sorted(lists, key=lambda fault: fault.line or 0)


def _missing(name: str, lines: list[int], mapping: SourceMapping, records: Records, free: list[str]) -> Fault:
    """A column of the mapping that the table lacks: most often its header was renamed."""
    numbers = [str(line) for line in dict.fromkeys(lines)]
    where = f"line {numbers[0]}" if len(numbers) == 1 else f"lines {' and '.join(numbers)}"
    others = free or list(records.columns)
    shown = ", ".join(f"'{other}'" for other in others[:MOST_NAMES])
    more = f" and {len(others) - MOST_NAMES} more" if len(others) > MOST_NAMES else ""
    has = f"it has {shown}{more}, which no mapping uses" if free else f"it has {shown}{more}"
    close = nearest(name, list(records.columns))
    near = f"{close} " if close.startswith("Did you mean") else ""
    return Fault(
        records.pieces[0].title,
        records.pieces[0].row - 1 or None,
        None,
        f"has no column '{name}', which {mapping.title} uses in {where} ({has}).",
        f"{near}Rename the column in the header, or change the mapping.",
    )


def _list_faults(triples_map: TriplesMap, mapping: SourceMapping, records: Records) -> list[Fault]:
    terms = shared_terms(triples_map)
    shared = {name for term in terms for name in term.columns if name in records.lists}
    places = [(shared, triples_map.line)]
    places += [
        (shared | {name for name in po.object.columns if name in records.lists}, po.line)
        for po in triples_map.predicate_objects
    ]
    fix = "Take one of them into a mapping of its own."
    faults = [
        Fault(mapping.title, line, None, f"uses two lists in one triple: {' and '.join(sorted(lists))}.", fix)
        for lists, line in places
        if len(lists) > 1
    ]
    conditions = [(c, line) for c, line in _conditions(triples_map)]
    for condition, line in conditions:
        for name in condition.columns():
            if name in records.lists:
                what = f"has a condition on the list column '{name}'."
                faults.append(Fault(mapping.title, line, None, what, "Conditions compare single texts."))
    return faults


def _conditions(triples_map: TriplesMap) -> list[tuple[Condition, int]]:
    own = [(triples_map.condition, triples_map.line)] if triples_map.condition else []
    return own + [(po.condition, po.line) for po in triples_map.predicate_objects if po.condition]


def shared_terms(triples_map: TriplesMap) -> list[Term]:
    """The terms all triples of a map have: subject and graph."""
    return [triples_map.subject, *([triples_map.graph] if triples_map.graph else [])]


def items_of(triples_map: TriplesMap, records: Records) -> set[str]:
    terms = shared_terms(triples_map)
    terms += [po.object for po in triples_map.predicate_objects]
    return {name for term in terms for name in term.columns if name in records.lists}


def own_item(triples_map: TriplesMap, records: Records) -> str | None:
    """The list column of a subject or graph, which is then that of all its triples."""
    own = item_of(triples_map.subject, records)
    return own or (item_of(triples_map.graph, records) if triples_map.graph else None)


def item_of(term: Term, records: Records) -> str | None:
    return next((name for name in term.columns if name in records.lists), None)
