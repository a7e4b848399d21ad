"""CONSTRUCT rules: what follows from the data, kept in a graph of its own.

In: an open store and rule files. Out: N-Quads of what the rules add and the data do not yet say, sorted.
Rules do not see what other rules add, so their order does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coopgraph.errors import Fault, QueryError
from coopgraph.rdf.terms import iri_term

if TYPE_CHECKING:
    import pyoxigraph as ox


def infer(store: ox.Store, rules: Sequence[Path], graph: str) -> list[str]:
    """Return the lines of N-Quads the rules add, in the graph given.

    Raises QueryError with every rule that does not parse, is no CONSTRUCT, or makes blank nodes (they would
    get another name in each build).
    """
    name = iri_term(graph)
    added: set[str] = set()
    faults: list[Fault] = []
    for rule in rules:
        found = _constructed(store, rule)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            added |= found
    if faults:
        raise QueryError("The rules were not run.", faults=faults)
    return sorted(f"{triple} {name} .\n" for triple in added)


def _constructed(store: ox.Store, rule: Path) -> set[str] | Fault:
    """The new triples of one rule as text, or what is wrong with it."""
    import pyoxigraph as ox

    try:
        found = store.query(rule.read_text(encoding="utf-8"))
    except SyntaxError as error:
        return Fault(rule.name, error.lineno, None, f"does not parse: {error.msg}.")
    if not isinstance(found, ox.QueryTriples):
        return Fault(rule.name, None, None, "is not a CONSTRUCT query.")
    new: set[str] = set()
    for triple in found:
        if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
            return Fault(rule.name, None, None, "makes blank nodes.", "Build an IRI: IRI(CONCAT(...)).")
        quad = ox.Quad(triple.subject, triple.predicate, triple.object, ox.DefaultGraph())
        if quad not in store:
            new.add(str(triple))
    return new
