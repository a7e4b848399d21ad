"""A query to a SPARQL endpoint, and its answer.

In: a RemoteStore and a SELECT or ASK query of ours. Out: rows of terms, or yes or no. Standards: SPARQL 1.1
Protocol (query via POST), SPARQL 1.1 Query Results JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from coopgraph.errors import StoreError
from coopgraph.namespaces import XSD
from coopgraph.rdf.client import Answer
from coopgraph.rdf.http import Reply, post
from coopgraph.rdf.terms import INTEGERS, iri_term, literal_term
from coopgraph.settings.remote_store import RemoteStore

_JSON: Final = "application/sparql-results+json"
_PARTIAL: Final = ("X-SQL-State", "X-SQL-Message")  # how Virtuoso says that it stopped half way


def ask(store: RemoteStore, query: str) -> bool:
    """Ask a yes or no question; raises StoreError for any other answer."""
    found = _found(store, query)
    if not isinstance(found.get("boolean"), bool):
        raise _strange(store, "it has no yes and no no")
    return bool(found["boolean"])


def rows(store: RemoteStore, query: str, variables: Sequence[str]) -> list[tuple[str, ...]]:
    """Ask for rows of terms as N-Triples and SPARQL TSV write them, unbound as an empty text."""
    found = _found(store, query)
    try:
        bindings = found["results"]["bindings"]
        return [tuple(_term(row.get(name)) for name in variables) for row in bindings]
    except (KeyError, TypeError, AttributeError):
        raise _strange(store, "it has no rows of terms") from None
    except ValueError as error:
        raise _strange(store, str(error)) from None


def answer(variables: Sequence[str], lines: Sequence[str]) -> Answer:
    """Put lines of TSV together to an answer."""
    head = "\t".join(f"?{name}" for name in variables)
    return Answer("bindings", tuple(variables), "".join(f"{line}\n" for line in (head, *lines)).encode())


def _found(store: RemoteStore, query: str) -> dict[str, Any]:
    reply = post(store, {"query": query}, _JSON)
    _check_type(store, reply)
    partial = [reply.headers[name] for name in _PARTIAL if reply.headers[name]]
    if partial:
        raise StoreError(
            f"The store {store.shown} stopped half way: {' '.join(partial)!r:.200}. Nothing of it is used. "
            "Ask again, or ask who runs it for more time."
        )
    try:
        found = json.loads(reply.body)
    except ValueError:
        raise _strange(store, "it is not whole JSON") from None
    if not isinstance(found, dict):
        raise _strange(store, "it is no result of a query")
    return found


def _check_type(store: RemoteStore, reply: Reply) -> None:
    kind = (reply.headers.get("Content-Type") or "").split(";")[0].strip().lower()
    if kind in (_JSON, "application/json"):
        return
    if "html" in kind:
        raise StoreError(
            f"The store {store.shown} answers with a web page, not with the result of a query. Check `store` "
            "in coopgraph.toml: the address for programs often ends in /sparql."
        )
    raise _strange(store, f"its type is {kind or 'not stated'}, not {_JSON}")


def _strange(store: RemoteStore, why: str) -> StoreError:
    return StoreError(
        f"The answer of the store {store.shown} cannot be read: {why}. Nothing of it is used. Check `store` "
        "in coopgraph.toml, and that it speaks SPARQL 1.1."
    )


def _term(binding: dict[str, str] | None) -> str:
    """Write a term of SPARQL JSON as SPARQL TSV does, numbers short.

    >>> _term({"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#decimal", "value": "5"})
    '5.0'
    """
    if binding is None:
        return ""
    return _WRITE[binding["type"]](binding)


def _iri(binding: dict[str, str]) -> str:
    return iri_term(binding["value"])


def _literal(binding: dict[str, str]) -> str:
    text, datatype = binding["value"], binding.get("datatype")
    digits = text.removeprefix("-").removeprefix("+")
    if datatype in INTEGERS and digits.isdecimal() and digits.isascii():
        return text
    if datatype == f"{XSD}decimal" and digits.replace(".", "", 1).isdecimal() and digits.isascii():
        return text if "." in text.rstrip(".") else text.rstrip(".") + ".0"
    return literal_term(text, datatype=datatype, language=binding.get("xml:lang"))


def _blank(binding: dict[str, str]) -> str:
    raise ValueError(
        f"it names a blank node, {binding['value']}, and that name holds for one answer alone; give such "
        "things IRIs, as the graph.nq.zst of a release does"
    )


_WRITE: Final[dict[str, Callable[[dict[str, str]], str]]] = {
    "uri": _iri,
    "literal": _literal,
    "typed-literal": _literal,  # as drafts before SPARQL 1.1 said, and Virtuoso 7 still does
    "bnode": _blank,
}
