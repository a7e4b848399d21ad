"""A mapping applied to records, column by column.

In: records, their mapping and source. Out: rows in the tables `quads` and `origins`, and a fault for each
cell that breaks its datatype; such a cell makes no triple. No Python runs for a cell, and no SQL is made
from anybody's text.
Standards: RML and YARRRML for what is made, RDF 1.1 N-Triples for how it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from coopgraph.columns.duck import (
    Connection,
    Expression,
    Relation,
    case,
    coalesce,
    column,
    constant,
    function,
)
from coopgraph.errors import Fault, MappingError
from coopgraph.sources.checks import Check, check_faults, failed_checks, relations
from coopgraph.sources.conditions import Condition
from coopgraph.sources.encoding_terms import (
    PLAIN,
    escaped,
    iri_column,
    join_text,
    literal_column,
    must_escape,
    text_column,
)
from coopgraph.sources.lexical import IRI, end_of_literal, is_checked, written
from coopgraph.sources.mapping import SourceMapping, TriplesMap
from coopgraph.sources.quads import ORIGINS, QUADS, make_tables
from coopgraph.sources.records import RECORD, Records
from coopgraph.sources.settings import nearest
from coopgraph.sources.source_spec import SourceSpec
from coopgraph.sources.terms import Reference, Term


def map_records(
    records: Records, mapping: SourceMapping, spec: SourceSpec, base: str, connection: Connection
) -> list[Fault]:
    """Append what a mapping makes of a source's records to `quads` and `origins`.

    Raises MappingError when the mapping does not fit the columns; returns what is wrong with the cells.
    """
    _refuse_misfits(mapping, records)
    make_tables(connection)
    items = {item for each in mapping.maps for item in _items(each, records)}
    rows = relations(records, sorted(items), connection)
    checks = [check for each in mapping.maps for check in _checks(each, records)]
    failed = failed_checks(checks, rows)
    compiler = _Compiler(records, _looks(mapping, records, rows[None]), frozenset(c.key for c in failed))
    graph = graph_of(spec, base)
    for triples_map in mapping.maps:
        compiler.insert(triples_map, rows, graph, connection)
    return check_faults(failed, rows, records)


def graph_of(spec: SourceSpec, base: str) -> str:
    """Return the named graph of what cites no source of its own.

    >>> from pathlib import Path
    >>> graph_of(SourceSpec("cities", (Path("cities.csv"),), "csv"), "https://example.org/")
    'https://example.org/graph/file/cities'
    """
    return f"{base}graph/{spec.source_id or f'file/{spec.name}'}"


def column_of(mapping: SourceMapping, subject: str, predicates: Collection[str]) -> str | None:
    """Return the column that a subject's objects by these predicates are made from, to name it beside
    a fault."""
    for triples_map in mapping.maps:
        start = triples_map.subject.template[0]
        if isinstance(start, Reference) or subject.startswith(start):
            for po in triples_map.predicate_objects:
                if po.predicate in predicates and po.object.columns:
                    return po.object.columns[0]
    return None


@dataclass(frozen=True)
class _Looks:
    """Which columns need what, told by one scan."""

    plain: frozenset[str]
    clean: frozenset[str]


@dataclass(frozen=True)
class _Compiler:
    """Makes the columns of a triples map for some records."""

    records: Records
    looks: _Looks
    failed: frozenset[tuple[str, str, str]]

    def insert(
        self,
        triples_map: TriplesMap,
        rows: Mapping[str | None, Relation],
        default_graph: str,
        connection: Connection,
    ) -> None:
        """Insert the triples that share their rows by one statement: those of no list, and those of
        each list."""
        own = _item(triples_map, self.records)
        groups: dict[str | None, list[tuple[str, Expression]]] = {own: []}
        for po in triples_map.predicate_objects:
            item = own or _item_of(po.object, self.records)
            made = self._term(po.object, item)
            if po.condition:
                made = case(_test(po.condition, self.records.cell), made)
            groups.setdefault(item, []).append((po.predicate, made))
        subject = self._term(triples_map.subject, own)
        graph: Expression = constant(f"<{default_graph}>")
        if triples_map.graph:
            graph = coalesce(self._term(triples_map.graph, own), graph)
        for item, pairs in groups.items():
            taken = self._rows(triples_map, rows[item])
            if pairs:
                _insert_pairs(taken, subject, graph, pairs)
            if item == own:
                origin = (subject.alias("subject"), constant(self.records.source), column(RECORD))
                taken.project(*origin).filter(column("subject").isnotnull()).insert_into(ORIGINS)

    def _rows(self, triples_map: TriplesMap, rows: Relation) -> Relation:
        """The records a map is for: its condition holds and no cell of its subject is empty."""
        for name in triples_map.subject.columns:
            rows = rows.filter(self.records.cell(name).isnotnull())
        return rows.filter(_test(triples_map.condition, self.records.cell)) if triples_map.condition else rows

    def _term(self, term: Term, item: str | None) -> Expression:
        check = _check(term, self.records, item, None)
        if term.kind == "iri":
            made = iri_column(term, self.records.cell, self.looks.plain.__contains__)
            return case(check.holds, made) if check and check.key in self.failed else made
        if check is None:
            return literal_column(term, self.records.cell, lambda name: name not in self.looks.clean)
        return self._typed(term, check)

    def _typed(self, term: Term, check: Check) -> Expression:
        """A literal whose datatype is checked: all datatypes but addresses have nothing to escape."""
        text = written(check.text, check.datatype, decimal=check.decimal)
        made = join_text([constant('"'), text, end_of_literal(text, check.datatype)])
        return case(check.holds, made) if check.key in self.failed else made


def _insert_pairs(
    rows: Relation, subject: Expression, graph: Expression, pairs: list[tuple[str, Expression]]
) -> None:
    """One row of terms for each record, taken apart into its triples."""
    predicates = function("list_value", *(constant(f"<{predicate}>") for predicate, _ in pairs))
    objects = function("list_value", *(made for _, made in pairs))
    triples = rows.project(
        subject.alias("s"),
        function("unnest", predicates).alias("p"),
        function("unnest", objects).alias("o"),
        graph.alias("g"),
    )
    triples.filter(column("o").isnotnull() & column("s").isnotnull()).insert_into(QUADS)


def _test(condition: Condition, cell: Callable[[str], Expression]) -> Expression:
    if condition.parts:
        tests = [_test(part, cell) for part in condition.parts]
        joined = tests[0]
        for test in tests[1:]:
            joined = joined & test if condition.function == "and" else joined | test
        return joined
    value = text_column(condition.value, cell)
    wanted = [text_column(template, cell) for template in condition.values]
    test = wanted[0] == value
    for one in wanted[1:]:
        test = test | (one == value)
    return ~test if condition.function in ("notEqual", "notIn") else test


def _checks(triples_map: TriplesMap, records: Records) -> Iterable[Check]:
    own = _item(triples_map, records)
    terms: list[tuple[Term, Condition | None]] = [(term, None) for term in _shared_terms(triples_map)]
    terms += [(po.object, po.condition) for po in triples_map.predicate_objects]
    for term, condition in terms:
        check = _check(term, records, own or _item_of(term, records), condition)
        if check is not None:
            yield check


def _check(term: Term, records: Records, item: str | None, condition: Condition | None) -> Check | None:
    """What a term's text must be, or None when any text will do."""
    datatype = IRI if term.as_it_stands else term.datatype
    if datatype is None or not is_checked(datatype):
        return None
    parts = [
        records.cell(part.column) if isinstance(part, Reference) else constant(part) for part in term.template
    ]
    decimal = records.decimals.get(term.columns[0], ".") if len(parts) == 1 and term.columns else "."
    text = join_text(parts)
    if condition:
        text = case(_test(condition, records.cell), text)
    return Check(term.columns, text, datatype, decimal, item)


def _looks(mapping: SourceMapping, records: Records, rows: Relation) -> _Looks:
    """Look once whether columns need percent-encoding or escapes: most need neither."""
    in_iris, in_texts = _uses(mapping, records)
    tests = [~function("regexp_full_match", records.cell(name), constant(PLAIN)) for name in in_iris] + [
        must_escape(records.cell(name)) for name in in_texts
    ]
    if not tests:
        return _Looks(frozenset(), frozenset())
    needed = rows.aggregate([function("bool_or", test) for test in tests]).fetchall()[0]
    free = [name for name, need in zip([*in_iris, *in_texts], needed, strict=True) if not need]
    plain = frozenset(name for name, need in zip(in_iris, needed, strict=False) if not need)
    clean = frozenset(name for name in in_texts if name in free[len(plain) :])
    return _Looks(plain, clean)


def _uses(mapping: SourceMapping, records: Records) -> tuple[list[str], list[str]]:
    """Columns used in templates of IRIs, and in literals; lists are not looked at."""
    in_iris: dict[str, None] = {}
    in_texts: dict[str, None] = {}
    for triples_map in mapping.maps:
        terms = _shared_terms(triples_map)
        for term in [*terms, *(po.object for po in triples_map.predicate_objects)]:
            if not term.as_it_stands and not is_checked(term.datatype):
                target = in_iris if term.kind == "iri" else in_texts
                target.update(dict.fromkeys(name for name in term.columns if name not in records.lists))
    return list(in_iris), list(in_texts)


def _shared_terms(triples_map: TriplesMap) -> list[Term]:
    """The terms all triples of a map have: subject and graph."""
    return [triples_map.subject, *([triples_map.graph] if triples_map.graph else [])]


def _items(triples_map: TriplesMap, records: Records) -> set[str]:
    terms = _shared_terms(triples_map)
    terms += [po.object for po in triples_map.predicate_objects]
    return {name for term in terms for name in term.columns if name in records.lists}


def _item(triples_map: TriplesMap, records: Records) -> str | None:
    """The list column of a subject or graph, which is then that of all its triples."""
    own = _item_of(triples_map.subject, records)
    return own or (_item_of(triples_map.graph, records) if triples_map.graph else None)


def _item_of(term: Term, records: Records) -> str | None:
    return next((name for name in term.columns if name in records.lists), None)


def _refuse_misfits(mapping: SourceMapping, records: Records) -> None:
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
    terms = _shared_terms(triples_map)
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


__all__ = ["column_of", "escaped", "graph_of", "map_records"]
