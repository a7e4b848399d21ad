"""A query to a SPARQL endpoint, and its answer.

In: a RemoteStore and a query. Out: lines of SPARQL TSV, N-Triples, or yes or no. Standards: SPARQL 1.1
Protocol (query via POST), SPARQL Query Results XML (or JSON, where a store answers nothing else).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from coopgraph.errors import StoreError
from coopgraph.rdf.dataset_clause import within
from coopgraph.rdf.http import Reply, media_type, post
from coopgraph.rdf.http_failures import Passing
from coopgraph.settings.remote_store import RemoteStore

_XML: Final = "application/sparql-results+xml"
_JSON: Final = ("application/sparql-results+json", "application/json")  # of stores that know nothing else
_NTRIPLES: Final = "application/n-triples"
_TRIPLES: Final = {  # what triples come as, some stores saying text/plain for N-Triples
    _NTRIPLES: _NTRIPLES,
    "text/plain": _NTRIPLES,
    "text/ntriples": _NTRIPLES,
    "text/turtle": "text/turtle",
    "application/rdf+xml": "application/rdf+xml",
}
_PARTIAL: Final = ("X-SQL-State", "X-SQL-Message")  # how Virtuoso says that a count was cut when time ran out
_END: Final = re.compile(rb"</(?:[\w.-]+:)?sparql\s*>\s*$")
_BLANK: Final = re.compile(rb"(?:^|\t)(_:[^\t\n]*)", re.MULTILINE)


@dataclass(frozen=True)
class _Result:
    """A result, read to its end: a boolean, or lines of TSV without their head."""

    boolean: bool | None
    names: tuple[str, ...] = ()
    tsv: bytes = b""


def program(store: RemoteStore) -> str:
    """What a store says it is, such as `Virtuoso/07.20.3229 (Linux)`; empty where it says nothing."""
    return str(post(store, {"query": "ASK {}"}, _XML).headers.get("Server") or "")


def ask(store: RemoteStore, query: str) -> bool:
    """Ask a yes or no question; raises StoreError for any other answer."""
    found = _found(store, query)
    if found.boolean is None:
        raise _strange(store, "it says neither yes nor no")
    return found.boolean


def rows(store: RemoteStore, query: str, variables: Sequence[str]) -> list[str]:
    """Ask for rows; raises StoreError unless they have these columns, and for blank nodes."""
    found = _found(store, query)
    if found.boolean is not None:
        raise _strange(store, "it has no rows")
    if found.names != tuple(variables):
        named = f"it has the columns {', '.join(found.names)} instead of {', '.join(variables)}"
        raise _strange(store, named)
    blank = _BLANK.search(found.tsv)
    if blank:
        raise _strange(
            store,
            f"it names a blank node, {blank[1].decode()}, and that name holds for one answer alone; give "
            "such things IRIs, as the graph.nq.zst of a release does",
        )
    return found.tsv.decode().split("\n")[1:-1]


def solutions(store: RemoteStore, query: str) -> tuple[tuple[str, ...], bytes]:
    """Ask for rows of any columns: their names, and the rows as TSV with its head."""
    found = _found(store, query)
    if found.boolean is not None:
        raise _strange(store, "it has no rows")
    return found.names, found.tsv


def triples(store: RemoteStore, query: str) -> bytes:
    """Ask for triples, as N-Triples in the order they come."""
    import pyoxigraph as ox

    reply = _whole(store, query, _NTRIPLES)
    kind = media_type(reply.headers)
    form = _TRIPLES.get(kind)
    if form is None:
        raise _strange(store, f"its type is {kind or 'not stated'}, not {_NTRIPLES}")
    try:
        quads = list(ox.parse(reply.body, ox.RdfFormat.from_media_type(form), lenient=True))
    except (SyntaxError, ValueError) as error:
        raise _strange(store, f"its triples cannot be read ({error!s:.200})") from None
    return b"".join(f"{quad.triple} .\n".encode() for quad in quads)


def _whole(store: RemoteStore, query: str, accept: str) -> Reply:
    """An answer that the store did not cut when its time ran out."""
    reply = post(store, {"query": within(query, store.default, store.named)}, accept)
    partial = [reply.headers[name] for name in _PARTIAL if reply.headers[name]]
    if partial:
        raise StoreError(
            f"The {store.words.store} {store.shown} stopped half way: {' '.join(partial)!r:.200}. Nothing of "
            "it is used. Ask again, or ask who runs it for more time."
        )
    return reply


def _found(store: RemoteStore, query: str) -> _Result:
    reply = _whole(store, query, _XML)
    found = _parsed(reply.body, is_json=_is_json(store, reply))
    if isinstance(found, str):
        raise Passing(_strange(store, f"it is no whole result of a query ({found:.200})").message)
    return found


def _parsed(body: bytes, *, is_json: bool) -> _Result | str:
    """The result, or what is wrong with it; an error raised here would keep the parser, bound to a thread.

    The parser (pyoxigraph 0.5.13) takes a result that ends between two rows for whole, so its end is looked
    for first.
    """
    import pyoxigraph as ox

    if not (_is_whole(body) if is_json else _END.search(body)):
        return "it has no end"
    form = ox.QueryResultsFormat.JSON if is_json else ox.QueryResultsFormat.XML
    try:
        found = ox.parse_query_results(body, format=form)
        if isinstance(found, ox.QueryBoolean):
            return _Result(bool(found))
        names = tuple(variable.value for variable in found.variables)
        return _Result(None, names, found.serialize(format=ox.QueryResultsFormat.TSV) or b"")
    except SyntaxError as error:
        return str(error)


def _is_whole(body: bytes) -> bool:
    """Whether JSON ends where it should."""
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _is_json(store: RemoteStore, reply: Reply) -> bool:
    """Whether a result is JSON, not XML; raises StoreError for what is neither."""
    kind = media_type(reply.headers)
    if kind in (_XML, "application/xml", "text/xml", *_JSON):
        return kind in _JSON
    if "html" in kind:
        raise StoreError(
            f"The {store.words.store} {store.shown} answers with a web page, not with the result of a query. "
            f"Check {store.words.address_there}: the address for programs often ends in /sparql."
        )
    raise _strange(store, f"its type is {kind or 'not stated'}, not {_XML}")


def _strange(store: RemoteStore, why: str) -> StoreError:
    return StoreError(
        f"The answer of the {store.words.store} {store.shown} cannot be read: {why}. Nothing of it is used. "
        f"Check {store.words.address_there}, and that it speaks SPARQL 1.1."
    )
