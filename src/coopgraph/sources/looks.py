"""One look at all columns a mapping uses: which need percent-encoding or escapes at all. Most need neither.

In: a mapping and records. Out: the columns that can be written as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from coopgraph.columns.duck import Relation, constant, function
from coopgraph.sources.encoding_terms import PLAIN, must_escape
from coopgraph.sources.fit import shared_terms
from coopgraph.sources.lexical import is_checked
from coopgraph.sources.mapping import SourceMapping
from coopgraph.sources.records import Records


@dataclass(frozen=True)
class Looks:
    """Columns whose cells need no percent-encoding in IRIs (`plain`) and no escapes in literals (`clean`)."""

    plain: frozenset[str]
    clean: frozenset[str]


def look_at_columns(mapping: SourceMapping, records: Records, rows: Relation) -> Looks:
    """Look once whether columns need percent-encoding or escapes: most need neither."""
    in_iris, in_texts = _uses(mapping, records)
    odd = [~function("regexp_full_match", records.cell(name), constant(PLAIN)) for name in in_iris]
    special = [must_escape(records.cell(name)) for name in in_texts]
    if not odd + special:
        return Looks(frozenset(), frozenset())
    found = rows.aggregate([function("bool_or", test) for test in odd + special]).fetchall()[0]
    plain = [name for name, is_odd in zip(in_iris, found[: len(odd)], strict=True) if not is_odd]
    clean = [name for name, is_special in zip(in_texts, found[len(odd) :], strict=True) if not is_special]
    return Looks(frozenset(plain), frozenset(clean))


def _uses(mapping: SourceMapping, records: Records) -> tuple[list[str], list[str]]:
    """Columns used in templates of IRIs, and in literals; lists are not looked at."""
    in_iris: dict[str, None] = {}
    in_texts: dict[str, None] = {}
    for triples_map in mapping.maps:
        terms = shared_terms(triples_map)
        for term in [*terms, *(po.object for po in triples_map.predicate_objects)]:
            if not term.as_it_stands and not is_checked(term.datatype):
                target = in_iris if term.kind == "iri" else in_texts
                target.update(dict.fromkeys(name for name in term.columns if name not in records.lists))
    return list(in_iris), list(in_texts)
