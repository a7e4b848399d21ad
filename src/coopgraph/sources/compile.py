"""A mapping applied to records, column by column.

In: records, their mapping and source. Out: rows in the tables `quads` and `origins`, and a fault for each
cell that breaks its datatype; such a cell makes no triple. No Python runs for a cell, and no SQL is made
from anybody's text.
Standards: RML and YARRRML for what is made, RDF 1.1 N-Triples for how it is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
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
from coopgraph.errors import Fault
from coopgraph.sources.checks import Check, check_faults, failed_checks, relations
from coopgraph.sources.condition_columns import holds
from coopgraph.sources.conditions import Condition
from coopgraph.sources.encoding_terms import iri_column, join_text, literal_column
from coopgraph.sources.fit import item_of, items_of, own_item, refuse_misfits, shared_terms
from coopgraph.sources.lexical import IRI, LANGUAGE, end_of_literal, is_checked, written
from coopgraph.sources.looks import Looks, look_at_columns
from coopgraph.sources.mapping import SourceMapping, TriplesMap
from coopgraph.sources.quads import ORIGINS, QUADS, make_tables
from coopgraph.sources.records import RECORD, Records
from coopgraph.sources.room import enough_room
from coopgraph.sources.silent import silent_rows
from coopgraph.sources.source_spec import SourceSpec
from coopgraph.sources.terms import Reference, Term
from coopgraph.sources.thousands import ambiguous_numbers


def map_records(
    records: Records, mapping: SourceMapping, spec: SourceSpec, base: str, connection: Connection
) -> list[Fault]:
    """Append what a mapping makes of a source's records to `quads` and `origins`.

    Raises MappingError when the mapping does not fit the columns; returns what is wrong with the cells, and
    the rows that have cells and say nothing.
    """
    refuse_misfits(mapping, records)
    with enough_room(records.title):
        faults = _mapped(records, mapping, graph_of(spec, base), connection)
        faults += ambiguous_numbers(records, mapping, connection)
        return faults + silent_rows(records, mapping, spec, connection)


def _mapped(records: Records, mapping: SourceMapping, graph: str, connection: Connection) -> list[Fault]:
    make_tables(connection)
    items = {item for each in mapping.maps for item in items_of(each, records)}
    rows = relations(records, sorted(items), connection)
    checks = [check for each in mapping.maps for check in _checks(each, records)]
    failed = failed_checks(checks, rows)
    looks = look_at_columns(mapping, records, rows[None])
    compiler = _Compiler(records, looks, frozenset(check.key for check in failed))
    for triples_map in mapping.maps:
        compiler.insert(triples_map, rows, graph, connection)
    return check_faults(failed, rows, records)


def graph_of(spec: SourceSpec, base: str) -> str:
    """Return the named graph of what cites no source of its own.

    >>> from pathlib import Path
    >>> graph_of(SourceSpec("cities", (Path("cities.csv"),), "csv"), "https://example.org/")
    'https://example.org/graph/file/cities'
    """
    return f"{base}graph/{spec.source_id or f'file/{spec.section}'}"


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
class _Compiler:
    """Makes the columns of a triples map for some records."""

    records: Records
    looks: Looks
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
        own = own_item(triples_map, self.records)
        groups: dict[str | None, list[tuple[str, Expression]]] = {own: []}
        for po in triples_map.predicate_objects:
            item = own or item_of(po.object, self.records)
            made = self._term(po.object, item, _both(triples_map.condition, po.condition))
            if po.condition:
                made = case(holds(po.condition, self.records.cell), made)
            groups.setdefault(item, []).append((po.predicate, made))
        subject = self._term(triples_map.subject, own, triples_map.condition)
        graph: Expression = constant(f"<{default_graph}>")
        if triples_map.graph:
            graph = coalesce(self._term(triples_map.graph, own, triples_map.condition), graph)
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
        return rows.filter(holds(triples_map.condition, self.records.cell)) if triples_map.condition else rows

    def _term(self, term: Term, item: str | None, condition: Condition | None) -> Expression:
        check = _check(term, self.records, item, condition)
        if term.kind == "iri":
            made = iri_column(term, self.records.cell, self.looks.plain.__contains__)
            return case(check.holds, made) if check and check.key in self.failed else made
        if check is None or check.datatype == LANGUAGE:
            made = literal_column(term, self.records.cell, lambda name: name not in self.looks.clean)
            wrong = check is not None and check.key in self.failed
            return case(coalesce(check.holds, constant(True)), made) if check and wrong else made
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


def _checks(triples_map: TriplesMap, records: Records) -> Iterable[Check]:
    own = own_item(triples_map, records)
    always = triples_map.condition
    terms = [(term, always) for term in shared_terms(triples_map)]
    terms += [(po.object, _both(always, po.condition)) for po in triples_map.predicate_objects]
    for term, condition in terms:
        check = _check(term, records, own or item_of(term, records), condition)
        if check is not None:
            yield check


def _both(one: Condition | None, other: Condition | None) -> Condition | None:
    return Condition("and", parts=(one, other)) if one and other else one or other


def _check(term: Term, records: Records, item: str | None, condition: Condition | None) -> Check | None:
    """What a term's text, or its language, must be, or None when any text will do."""
    of_language = (term.language,) if isinstance(term.language, Reference) else None
    datatype = IRI if term.as_it_stands else LANGUAGE if of_language else term.datatype
    if datatype is None or not is_checked(datatype):
        return None
    parts = [
        records.cell(part.column) if isinstance(part, Reference) else constant(part)
        for part in of_language or term.template
    ]
    decimal = records.decimals.get(term.columns[0], ".") if len(parts) == 1 and term.columns else "."
    text = join_text(parts)
    if condition:
        text = case(holds(condition, records.cell), text)
    columns = (of_language[0].column,) if of_language else term.columns
    return Check(columns, text, datatype, decimal, item)


__all__ = ["column_of", "graph_of", "map_records"]
