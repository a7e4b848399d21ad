"""One query over one store: run, cut at its limits, written as asked.

In: the datasets of a store and a request. Out: frames for `write`, and what must be said of the answer.
Standard: SPARQL 1.1 Query.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from coopgraph.rdf.process.cut import Counted, LimitReached, Write
from coopgraph.rdf.process.datasets import MOST_MERGED, Datasets, TooMany, UnknownGraph, View
from coopgraph.rdf.process.written import fitted, written

if TYPE_CHECKING:
    import pyoxigraph as ox


def answer(datasets: Datasets, request: dict[str, Any], write: Write) -> dict[str, Any]:
    """Run one query, hand its answer to `write`, and return what must be said of it.

    Without a `form` rows are TSV and triples N-Triples as the engine writes them. A query that is only to be
    parsed runs on nothing.
    """
    try:
        view = _empty() if request.get("parse") else datasets.view(request["default"], request["named"])
        for term, graph in request["present"]:
            if not _is_in(view, term, graph):
                return {"error": "absent", "message": term}
        return _answered(view, request, write)
    except UnknownGraph as error:
        return {"error": "graph", "message": str(error)}
    except TooMany:
        return {"error": "graphs", "message": f"{MOST_MERGED:,}"}
    except SyntaxError as error:
        return {"error": "syntax", "message": str(error.msg)}
    except MemoryError:
        return {"error": "memory", "message": "out of memory"}
    except (ValueError, OSError, RuntimeError) as error:
        return {"error": "failed", "message": str(error)}


def _empty() -> View:
    import pyoxigraph as ox

    return View(ox.Store(), ox.DefaultGraph())


def _answered(view: View, request: dict[str, Any], write: Write) -> dict[str, Any]:
    import pyoxigraph as ox

    found = view.store.query(
        request["query"], base_iri=request["base"], prefixes=request["prefixes"], **view.options
    )
    if isinstance(found, ox.QueryBoolean):
        said = b"true" if found else b"false"
        write(written("boolean", said, request["form"], {}) if request["form"] else said)
        return {"kind": "boolean", "variables": [], "truncated": None}
    if isinstance(found, ox.QuerySolutions):
        names = [variable.value for variable in found.variables]
        return _rows(found, names, request, write)
    cut = _written(found, "triples", request, write, lambda body: body)
    return {"kind": "triples", "variables": [], "truncated": cut}


def _rows(found: Any, names: list[str], request: dict[str, Any], write: Write) -> dict[str, Any]:
    """Write rows, their columns in the order in which a `SELECT *` names them."""
    wanted: list[str] = request["order"]
    order = sorted(range(len(names)), key=lambda at: _place(wanted, names[at]))
    if not wanted or order == sorted(order):
        cut = _written(found, "bindings", request, write, None)
        return {"kind": "bindings", "variables": names, "truncated": cut}
    pick = itemgetter(*order)
    cut = _written(found, "bindings", request, write, lambda body: _picked(body, pick))
    return {"kind": "bindings", "variables": list(pick(names)), "truncated": cut}


def _place(wanted: Sequence[str], variable: str) -> int:
    return wanted.index(variable) if variable in wanted else len(wanted)


def _picked(body: bytes, pick: Any) -> bytes:
    lines = body.split(b"\n")[:-1]
    return b"".join(b"\t".join(pick(line.split(b"\t"))) + b"\n" for line in lines)


def _written(found: Any, kind: str, request: dict[str, Any], write: Write, change: Any) -> str | None:
    """Write an answer and say which limit cut it."""
    import pyoxigraph as ox

    rows = kind == "bindings"
    engine_form = ox.QueryResultsFormat.TSV if rows else ox.RdfFormat.N_TRIPLES
    form, size, header = request["form"], request["size"], int(rows)
    parts: list[bytes] = []
    whole = form is not None or change is not None
    counted = Counted(parts.append if whole else write, rows=request["rows"], size=size, header=header)
    cut = _cut(found, counted, engine_form)
    if not whole:
        return cut
    body = b"".join(parts)
    body = change(body) if change else body
    if form is not None:
        body, cut_again = fitted(
            body, header, size, lambda lines: written(kind, lines, form, request["prefixes"])
        )
        cut = cut or ("bytes" if cut_again else None)
    write(body)
    return cut


def _cut(found: Any, counted: Counted, form: object) -> str | None:
    """Write all of it, or say which limit stopped it."""
    try:
        found.serialize(counted, form)
    except LimitReached as reached:
        return str(reached)
    finally:
        counted.flush()
    return None


def _is_in(view: View, term: str, graph: str | None) -> bool:
    import pyoxigraph as ox

    where = view.graph if graph is None else ox.NamedNode(graph)
    return where is not None and _stands(view.store, term, where)


def is_present(store: ox.Store, term: str, graph: str | None) -> bool:
    """Whether a term stands as subject or object in the graph asked (None: the default graph)."""
    import pyoxigraph as ox

    return _stands(store, term, ox.NamedNode(graph) if graph else ox.DefaultGraph())


def _stands(store: ox.Store, term: str, where: ox.NamedNode | ox.DefaultGraph) -> bool:
    import pyoxigraph as ox

    node = next(iter(ox.parse(f"<x:x> <x:x> {term} .", ox.RdfFormat.TURTLE))).object
    if not isinstance(node, ox.Literal) and any(store.quads_for_pattern(node, None, None, where)):
        return True
    return any(True for _ in store.quads_for_pattern(None, None, node, where))
