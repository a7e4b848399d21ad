"""A read-only rdflib.Dataset over a release's store, for those who know rdflib.

In: an open Oxigraph store. Out: an rdflib Dataset whose default graph is the merge. Queries run on Oxigraph
after our guard; rdflib's own engine (30 times slower, reads local files, hangs on some patterns) is never
used in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import rdflib
import rdflib.plugins.sparql
from oxrdflib import OxigraphStore
from rdflib.query import Result

from coopgraph.errors import QueryError, StoreError
from coopgraph.namespaces import BASE, PREFIXES
from coopgraph.rdf.client import read_error
from coopgraph.rdf.guard import check

if TYPE_CHECKING:
    import pyoxigraph as ox

_NO_WRITING = (
    "A release is never changed. Change the sources and build again, or copy what you need to a Graph."
)


def read_only_dataset(store: ox.Store, prefixes: Mapping[str, str] | None = None) -> rdflib.Dataset:
    """Wrap a store; known prefixes are bound, so Turtle comes out short."""
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False  # rdflib would read files named in FROM
    dataset = ReadOnlyDataset(store=ReadOnlyStore(store))
    for prefix, namespace in (prefixes or PREFIXES).items():
        dataset.namespace_manager.bind(prefix, namespace)
    return dataset


def _refuse(*_: object, **__: object) -> NoReturn:
    raise StoreError(_NO_WRITING)


class ReadOnlyStore(OxigraphStore):
    """Oxigraph behind rdflib, for reading."""

    add = addN = remove = update = add_graph = remove_graph = destroy = open = _refuse

    def __init__(self, store: ox.Store) -> None:
        super().__init__(store=store)

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
        prefixes = {**self._namespace_for_prefix, **initNs}
        checked = check(query, {name: str(iri) for name, iri in prefixes.items()}, BASE)
        self._must_hold(checked.present)
        try:
            found: Result = super().query(query, prefixes, initBindings, queryGraph)
        except SyntaxError as error:
            raise read_error({"error": "syntax", "message": str(error.msg)}) from error
        except (RuntimeError, ValueError, OSError) as error:
            hint = " initBindings must be variables the SELECT names; or use VALUES." if initBindings else ""
            raise QueryError(f"The query failed: {error}.{hint}") from error
        return found

    def _must_hold(self, present: Iterable[tuple[str, str | None]]) -> None:
        from coopgraph.rdf.worker import is_present

        for term, graph in present:
            if not is_present(self._inner, term, graph):
                raise read_error({"error": "absent", "message": term})


class ReadOnlyDataset(rdflib.Dataset):
    """rdflib's Dataset without its ways around the store."""

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
