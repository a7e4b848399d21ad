"""A read-only rdflib.Dataset over a release's store, for those who know rdflib.

In: an open Oxigraph store. Out: an rdflib Dataset whose default graph is the merge. Queries run on Oxigraph
after our guard; rdflib's own engine (30 times slower, reads local files, hangs on some patterns) is never
used in its place.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn, cast

import rdflib
import rdflib.plugins.sparql
from oxrdflib import OxigraphStore
from oxrdflib._converter import to_ox
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result

from coopgraph.errors import QueryError, StoreError
from coopgraph.namespaces import BASE, PREFIXES
from coopgraph.rdf.client import read_error
from coopgraph.rdf.complaint import syntax_error
from coopgraph.rdf.export import ask_result, construct_result, select_result
from coopgraph.rdf.guard import check
from coopgraph.rdf.lexer import tokens
from coopgraph.rdf.process.answering import is_present

if TYPE_CHECKING:
    import pyoxigraph as ox

_NO_WRITING = (
    "A release is never changed. Change the sources and build again, or copy what you need to a Graph."
)


def read_only_dataset(
    store: ox.Store, prefixes: Mapping[str, str] | None = None, *, merged: bool = True
) -> rdflib.Dataset:
    """Wrap a store; known prefixes are bound, so Turtle comes out short.

    Without `merged`, `graphs`, `quads` and what is serialised leave the default graph out: it repeats what
    the named graphs say.
    """
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False  # rdflib would read files named in FROM
    dataset = ReadOnlyDataset(store=ReadOnlyStore(store))
    dataset.merged = merged
    for prefix, namespace in (prefixes or PREFIXES).items():
        dataset.namespace_manager.bind(prefix, namespace)
    return dataset


def _refuse(*_: object, **__: object) -> NoReturn:
    raise StoreError(_NO_WRITING)


class ReadOnlyStore(OxigraphStore):
    """Oxigraph behind rdflib, for reading."""

    add = addN = remove = update = remove_graph = destroy = open = _refuse

    def __init__(self, store: ox.Store) -> None:
        super().__init__(store=store)

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Do nothing: rdflib announces every graph it hands out, also to readers."""

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],
        initBindings: Mapping[str, Any],
        queryGraph: str,
        **kwargs: object,
    ) -> Result:
        """Run a query on Oxigraph, or say why not: falling back to rdflib's engine is no option."""
        if not isinstance(query, str):
            raise QueryError("A query prepared by rdflib cannot run on the store. Pass its text.")
        if kwargs:
            names = ", ".join(sorted(kwargs))
            raise QueryError(f"query() does not take {names} here. Write BASE or PREFIX into the query.")
        prefixes = {name: str(iri) for name, iri in {**self._namespace_for_prefix, **initNs}.items()}
        checked = check(query, prefixes, BASE)
        graph = _graph_asked(queryGraph)
        if graph is not None and any(token.word == "FROM" for token in tokens(query)):
            raise QueryError("FROM cannot be used in the query of one graph. Ask the dataset instead.")
        for term, own in checked.present:
            if not is_present(self._inner, term, own or graph):
                raise read_error({"error": "absent", "message": term})
        return self._run(query, prefixes, initBindings, graph)

    def _run(
        self, query: str, prefixes: dict[str, str], bindings: Mapping[str, Any], graph: str | None
    ) -> Result:
        """Without a graph of its own the query keeps its FROM, which oxrdflib would overrule."""
        import pyoxigraph as ox

        try:
            found = self._inner.query(
                query,
                prefixes=prefixes,
                default_graph=ox.NamedNode(graph) if graph else None,
                substitutions={ox.Variable(name): _term(value) for name, value in bindings.items()},
            )
            if isinstance(found, ox.QuerySolutions):
                return select_result(found)
            return construct_result(found) if isinstance(found, ox.QueryTriples) else ask_result(bool(found))
        except SyntaxError as error:
            raise syntax_error(query, prefixes, str(error.msg), partial(_complaint, prefixes)) from error
        except (RuntimeError, ValueError, OSError) as error:
            hint = " initBindings must be variables the SELECT names; or use VALUES." if bindings else ""
            raise QueryError(f"The query failed: {error}.{hint}") from error


def _complaint(prefixes: dict[str, str], text: str) -> str | None:
    """What the engine says against a text, if anything."""
    import pyoxigraph as ox

    try:
        ox.Store().query(text, prefixes=prefixes)
    except SyntaxError as error:
        return str(error.msg)
    return None


def _term(value: Any) -> Any:
    return to_ox(value)


def _graph_asked(name: Any) -> str | None:
    """The named graph rdflib asks, None for the default graph."""
    if name in (None, DATASET_DEFAULT_GRAPH_ID):
        return None
    if name == "__UNION__":
        raise QueryError("The default graph is the merge already. Leave default_union out.")
    return str(name)


class ReadOnlyDataset(rdflib.Dataset):
    """rdflib's Dataset without its ways around the store."""

    merged = True
    _writing = False

    @property  # type: ignore[misc]  # nobody sets it
    def default_context(self) -> rdflib.Graph:
        """The same as `default_graph`: rdflib 7.6 still calls its own deprecated name, and warns of it."""
        if self._writing and not self.merged:
            return rdflib.Graph(identifier=DATASET_DEFAULT_GRAPH_ID)
        return cast("rdflib.Graph", self.default_graph)

    @property
    def identifier(self) -> Any:
        return self.default_graph.identifier

    def serialize(self, *where: Any, **how: Any) -> Any:
        """Write it as rdflib does; the TriG writer asks for the default graph even where it is left out."""
        self._writing = True
        try:
            return super().serialize(*where, **how)
        finally:
            self._writing = False

    def graphs(self, triple: Any = None) -> Generator[rdflib.Graph, None, None]:
        """The graphs, the default graph among them unless the merge was not wanted."""
        for graph in super().graphs(triple):
            if self.merged or graph.identifier != DATASET_DEFAULT_GRAPH_ID:
                yield graph

    def quads(self, quad: Any = None) -> Generator[Any, None, None]:
        """Each statement with the graph that states it, and with None once more for the merge, if wanted."""
        for found in super().quads(quad):
            if self.merged or found[3] not in (None, DATASET_DEFAULT_GRAPH_ID):
                yield found

    def contexts(self, triple: Any = None) -> Generator[rdflib.Graph, None, None]:
        """The same as `graphs`, the name rdflib's serialisers still use."""
        yield from self.graphs(triple)

    def query(self, query_object: Any, processor: Any = "sparql", *args: Any, **kwargs: Any) -> Result:
        """Run SPARQL on the store (same arguments as rdflib's `query`)."""
        if processor != "sparql" or not kwargs.get("use_store_provided", True):
            raise QueryError("Queries run on the store, not on rdflib's own engine. Leave these options out.")
        return super().query(query_object, processor, *args, **kwargs)

    def parse(self, *_: object, **__: object) -> NoReturn:
        """Refused before anything is opened or fetched."""
        raise StoreError(_NO_WRITING)

    def update(self, *_: object, **__: object) -> NoReturn:
        """Refused."""
        raise StoreError(_NO_WRITING)
