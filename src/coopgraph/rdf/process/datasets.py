"""The dataset a query runs on, when the protocol names its graphs.

In: the store of a release, and IRIs of graphs. Out: what the engine is given. Standard: SPARQL 1.1 Protocol,
2.1.4: the protocol's graphs stand before those of FROM; several default graphs are merged as sets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pyoxigraph as ox

MOST_MERGED: Final = 500_000  # statements: a second's work, and some 200 MB


class UnknownGraph(Exception):
    """No graph of this name."""


class TooMany(Exception):
    """The graphs are too large to be merged for one query."""


@dataclass(frozen=True)
class View:
    """A store, the graph of it that counts as the default one, and what the engine must be told."""

    store: ox.Store
    graph: ox.NamedNode | ox.DefaultGraph | None  # None: the default graph is empty
    options: dict[str, Any] = field(default_factory=dict)


class Datasets:
    """The datasets of one store; the last merge is kept, as a client asks one several times."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._merged: tuple[object, ox.Store] | None = None

    def view(self, default: Sequence[str] = (), named: Sequence[str] = ()) -> View:
        """The dataset with these graphs; the whole release without any.

        Raises UnknownGraph, or TooMany where several default graphs hold more than MOST_MERGED statements.
        """
        import pyoxigraph as ox

        if not default and not named:
            return View(self._store, ox.DefaultGraph())
        store, graphs = self._store, [self._graph(iri) for iri in dict.fromkeys(default)]
        others = [self._graph(iri) for iri in dict.fromkeys(named)]
        graph: ox.NamedNode | ox.DefaultGraph | None = graphs[0] if graphs else None
        if len(graphs) > 1:
            store, graph = self._merge(graphs, others), ox.DefaultGraph()
        return View(store, graph, {"default_graph": [graph] if graph else [], "named_graphs": others})

    def _graph(self, iri: str) -> ox.NamedNode:
        import pyoxigraph as ox

        try:
            node = ox.NamedNode(iri)
        except ValueError:
            raise UnknownGraph(iri) from None
        if not self._store.contains_named_graph(node):
            raise UnknownGraph(iri)
        return node

    def _merge(self, graphs: list[ox.NamedNode], others: list[ox.NamedNode]) -> ox.Store:
        """A store whose default graph holds each statement of several graphs once."""
        import pyoxigraph as ox

        key = (tuple(graphs), tuple(others))
        if self._merged is None or self._merged[0] != key:
            self._merged = None
            store = ox.Store()
            store.bulk_extend(self._quads(graphs, others))
            self._merged = key, store
        return self._merged[1]

    def _quads(self, graphs: list[ox.NamedNode], others: list[ox.NamedNode]) -> Iterator[ox.Quad]:
        import pyoxigraph as ox

        places: list[tuple[ox.NamedNode, ox.NamedNode | ox.DefaultGraph]]
        places = [*((graph, ox.DefaultGraph()) for graph in graphs), *((graph, graph) for graph in others)]
        count = 0
        for graph, place in places:
            for quad in self._store.quads_for_pattern(None, None, None, graph):
                count += 1
                if count > MOST_MERGED:
                    raise TooMany
                yield ox.Quad(quad.subject, quad.predicate, quad.object, place)
