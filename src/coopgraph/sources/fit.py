"""Does a mapping fit its records: are its columns there, and is there one list at most in a triple?

In: a mapping and the records it is for. Out: nothing, or a `MappingError` with every fault; and
which list each term takes apart.
"""

from __future__ import annotations

from coopgraph.errors import Fault, MappingError
from coopgraph.sources.conditions import Condition
from coopgraph.sources.mapping import SourceMapping, TriplesMap
from coopgraph.sources.records import Records
from coopgraph.sources.settings import nearest
from coopgraph.sources.terms import Term


def refuse_misfits(mapping: SourceMapping, records: Records) -> None:
    """Tell every column that is not there, and every triple that would need two lists."""
    faults = [
        Fault(
            mapping.title,
            line,
            None,
            f"uses $({name}), which {records.title} does not have.",
            nearest(name, list(records.columns)),
        )
        for name, line in dict.fromkeys(mapping.references())
        if name not in records.columns
    ]
    for triples_map in mapping.maps:
        faults += _list_faults(triples_map, mapping, records)
    if faults:
        what = f"{mapping.title} does not fit {records.title}."
        raise MappingError(what, faults=sorted(faults, key=lambda fault: fault.line or 0))


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
