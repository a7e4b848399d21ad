"""N-Triples as rdflib has them, literals written as they were.

In: lines of N-Triples. Out: triples of rdflib terms, or a Graph. Each term is made once: a few thousand make
most of the triples.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from coopgraph.rdf.export import rdflib_term

if TYPE_CHECKING:
    import rdflib


def rdflib_triples(lines: bytes) -> Iterator[tuple[Any, Any, Any]]:
    """Yield the triples in the order of the lines."""
    import pyoxigraph as ox

    made: dict[object, Any] = {}

    def term(node: object) -> Any:
        if node not in made:
            made[node] = rdflib_term(node)
        return made[node]

    with _unlogged():
        for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES, lenient=True):
            yield term(quad.subject), term(quad.predicate), term(quad.object)


@contextmanager
def _unlogged() -> Iterator[None]:
    """Keep rdflib from printing a traceback for each literal not of its type: the shapes tell of those."""
    log = logging.getLogger("rdflib.term")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


def rdflib_graph(lines: bytes) -> rdflib.Graph:
    """Put the triples into one graph in memory."""
    import rdflib

    graph = rdflib.Graph()
    for triple in rdflib_triples(lines):
        graph.store.add(triple, graph)
    return graph
