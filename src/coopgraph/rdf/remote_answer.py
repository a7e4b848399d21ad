"""A query about a release in a remote store: checked here, answered there, held against its limits here.

In: a checked query. Out: an Answer, in the form asked for. What does not parse is told with its line before
anything is sent; rows that the store holds back in silence are noticed and said.
"""

from __future__ import annotations

import math
import re
import tempfile
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from coopgraph.errors import Fault, QueryError, QueryTimeout
from coopgraph.rdf import endpoint
from coopgraph.rdf.client import Answer, Request, Worker
from coopgraph.rdf.constants import filled
from coopgraph.rdf.dataset_clause import constants, stated, without_clause
from coopgraph.rdf.lexer import after_prologue, resolved, tokens
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.paging import counted, counting, pull, question
from coopgraph.rdf.process.written import fitted, written
from coopgraph.rdf.terms import plain_text
from coopgraph.settings.remote_store import RemoteStore

_LOOKED_AT: Final = 2.0  # seconds in which a query is parsed; what takes longer does parse
_MAY_BE_CUT: Final = 100  # rows; no store is known to give fewer at a time
_OF_THE_STORE: Final = ("bif:", "sql:", "java:")  # functions of Virtuoso and Jena that reach beyond the data
_QUERIES: Final = Path(__file__).parent / "queries"
_TAG: Final = re.compile(rb'(?<=")@([a-z]{2,3})-([a-z]{2})(?=[\t\n])')


class RemoteAnswers:
    """Answers of remote stores; it keeps a process that parses, which must be closed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._parser: Worker | None = None

    def answer(
        self, store: RemoteStore, request: Request, limits: Limits, form: str | None, *, trusted: bool
    ) -> Answer:
        """Answer a query on the graphs it names, or else on the store's own choice of them."""
        asked = _on_its_graphs(store, request, trusted=trusted)
        self._parse(request)
        if not trusted:
            asked = replace(asked, seconds=max(1, math.ceil(min(limits.seconds, store.seconds))))
        text = f"BASE <{request.base}>\n{request.prologue}{filled(resolved(request.query))}"
        if request.word == "ASK":
            return _formed(
                Answer("boolean", (), str(endpoint.ask(asked, text)).lower().encode()), limits, form
            )
        if request.word == "SELECT":
            return _formed(_rows(asked, text, limits, request.order, trusted=trusted), limits, form, request)
        found = endpoint.triples(asked, text).splitlines(keepends=True)
        most = len(found) if trusted else limits.rows
        cut = "rows" if len(found) > most else None
        return _formed(Answer("triples", (), b"".join(found[:most]), cut), limits, form, request)

    def _parse(self, request: Request) -> None:
        """Raise QueryError for what does not parse: it is put to a store without data, in a process."""
        alone = replace(request, present=(), default=(), named=())
        with suppress(QueryTimeout):
            self._worker().ask(alone, replace(Limits(), seconds=_LOOKED_AT))

    def _worker(self) -> Worker:
        import pyoxigraph as ox

        with self._lock:
            if self._parser is None:
                self._folder = tempfile.TemporaryDirectory(prefix="coopgraph-parser-")
                empty = Path(self._folder.name) / "store"
                ox.Store(str(empty)).flush()
                self._parser = Worker(empty)
            return self._parser

    def close(self) -> None:
        """End the process."""
        if self._parser is not None:
            self._parser.close()
            self._parser = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _on_its_graphs(store: RemoteStore, request: Request, *, trusted: bool) -> RemoteStore:
    """The store with the graphs this query names; raises QueryError for those that are not of the release."""
    text = resolved(request.query)
    reaching = sorted({t.text for t in tokens(text) if t.text.lstrip("<").lower().startswith(_OF_THE_STORE)})
    if reaching:
        what = f"{reaching[0]} is a function of one kind of store, and may reach beyond the data."
        fault = Fault("query", None, None, what, "Use the functions of SPARQL 1.1.")
        raise QueryError("The query is refused.", faults=[fault])
    default, named = request.default, request.named
    if not default and not named:
        default, named = stated(text, request.prefixes)
    known = {*store.default, *store.named}
    unknown = [graph for graph in (*default, *named) if graph not in known]
    if not unknown and not trusted:
        unknown = _graphs_of_others(
            store, [iri for iri in constants(text, request.prefixes) if iri not in known]
        )
    if unknown:
        raise QueryError(
            f"There is no graph <{unknown[0]}> in the data. Ask for those there are: "
            "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
        )
    return replace(store, default=default, named=named) if default or named else store


def _graphs_of_others(store: RemoteStore, iris: list[str]) -> list[str]:
    """Those of some IRIs that are graphs: Virtuoso 7 looks into them though no FROM NAMED lets it."""
    relative = [iri for iri in iris if ":" not in iri]
    if relative or not iris:
        return relative
    text = (_QUERIES / "graphs_among.rq").read_text(encoding="utf-8")
    text = text.replace("<urn:thing>", " ".join(f"<{iri}>" for iri in iris))
    alone = replace(store, default=(), named=())
    return [plain_text(row) for row in endpoint.rows(alone, text, ["graph"])]


def _rows(store: RemoteStore, text: str, limits: Limits, order: tuple[str, ...], *, trusted: bool) -> Answer:
    names, tsv = endpoint.solutions(store, text)
    lines = _TAG.sub(lambda tag: b"@%b-%b" % (tag[1], tag[2].upper()), tsv).split(b"\n")[1:-1]
    there = _count(store, text) if len(lines) >= _MAY_BE_CUT else len(lines)
    if trusted and there > len(lines):  # what we ask ourselves is whole, or an error
        return pull(store, question(text))[0]
    most = len(lines) if trusted else limits.rows
    cut = "rows" if len(lines) > most else "store" if there > len(lines) else None
    head = b"\t".join(f"?{name}".encode() for name in names)
    kept = [head, *lines[:most]]
    if order and order != names and set(order) == set(names):
        at = [names.index(name) for name in order]
        kept = [b"\t".join(cells[i] for i in at) for cells in (line.split(b"\t") for line in kept)]
        names = order
    return Answer("bindings", tuple(names), b"".join(line + b"\n" for line in kept), cut)


def _count(store: RemoteStore, text: str) -> int:
    """How many rows a query has: a store may give fewer, and say nothing."""
    found = tokens(text)
    begin = found[after_prologue(found)].start
    asked = counting(text[:begin], without_clause(text[begin:]))
    return counted(store, endpoint.rows(store, asked, ["rows"]))


def _formed(answer: Answer, limits: Limits, form: str | None, request: Request | None = None) -> Answer:
    """Write an answer as asked, and no more bytes than allowed."""
    header = int(answer.kind == "bindings")
    prefixes = request.prefixes if request is not None else {}

    def write(lines: bytes) -> bytes:
        return lines if form is None else written(answer.kind, lines, form, prefixes)

    body, cut = fitted(answer.payload, header, limits.size, write)
    return replace(answer, payload=body, truncated=answer.truncated or ("bytes" if cut else None))
