"""A small SPARQL endpoint on this machine: right by default, and as wrong as a test wants it to be."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox

XML = "application/sparql-results+xml"
NTRIPLES = "application/n-triples"


def results(variables: list[str], rows: str) -> bytes:
    """Write a result in the XML of SPARQL."""
    head = "".join(f'<variable name="{name}"/>' for name in variables)
    told = f"<head>{head}</head><results>{rows}</results>"
    return f'<sparql xmlns="http://www.w3.org/2005/sparql-results#">{told}</sparql>'.encode()


@dataclass(frozen=True)
class Scripted:
    """What is answered to one request instead of the truth."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    kind: str = "text/plain"
    cut: int = 0  # bytes that are announced and never sent
    pause: float = 0.0  # seconds between the bytes


@dataclass
class Endpoint:
    """What it holds, what it was asked, and how it misbehaves."""

    store: ox.Store = field(default_factory=ox.Store)
    script: list[Scripted] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    updates: list[str] = field(default_factory=list)
    fails_at: int | None = None  # the number of the update that is not done, and all after it
    headers: list[dict[str, str]] = field(default_factory=list)
    on_update: tuple[int, Callable[[], object]] | None = None  # called once, at the update of that number
    program: str = ""  # what it says it is
    scripted_updates: bool = False
    most_copies: int | None = None  # graphs it copies in one update
    cap: int | None = None  # rows it gives at a time, in silence
    union: bool = True
    before: Callable[[str], None] | None = None  # called with each query
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/sparql"

    def update(self, text: str) -> Scripted:
        """Do an update, and say so."""
        self.updates.append(text)
        if self.on_update is not None and len(self.updates) == self.on_update[0]:
            (_, call), self.on_update = self.on_update, None
            call()
        many = self.most_copies is not None and text.count("COPY GRAPH") > self.most_copies
        if many or (self.fails_at is not None and len(self.updates) >= self.fails_at):
            return Scripted(500, body=b"gone")
        self.store.update(text)
        return Scripted(204)

    def truth(self, query: str) -> bytes:
        found = self.store.query(query, use_default_graph_as_union=self.union)
        if isinstance(found, ox.QueryBoolean):
            return found.serialize(format=ox.QueryResultsFormat.XML) or b""
        if isinstance(found, ox.QueryTriples):
            return found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        assert isinstance(found, ox.QuerySolutions)
        body = found.serialize(format=ox.QueryResultsFormat.XML) or b""
        return body if self.cap is None else _capped(body, self.cap)


def _capped(body: bytes, rows: int) -> bytes:
    """Leave out every row beyond the first few."""
    parts = body.split(b"</result>")
    return b"</result>".join([*parts[: min(rows, len(parts) - 1)], parts[-1]])


@contextmanager
def serving(endpoint: Endpoint) -> Iterator[Endpoint]:
    """Serve it on a free port, for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), max_num_fields=9)
            if "update" in form and not endpoint.scripted_updates:
                self._send(endpoint.update(form["update"][0]))
                return
            query = form.get("query", form.get("update", [""]))[0]
            endpoint.asked.append(query)
            endpoint.headers.append(dict(self.headers.items()))
            if endpoint.before:
                endpoint.before(query)
            scripted = endpoint.script.pop(0) if endpoint.script else None
            self._send(
                scripted
                or Scripted(body=endpoint.truth(query), kind=NTRIPLES if "CONSTRUCT" in query else XML)
            )

        do_GET = do_POST

        def _send(self, answer: Scripted) -> None:
            self.send_response_only(answer.status)
            self.send_header("Content-Type", answer.kind)
            if endpoint.program:
                self.send_header("Server", endpoint.program)
            self.send_header("Content-Length", str(len(answer.body) + answer.cut))
            for name, value in answer.headers:
                self.send_header(name, value)
            self.end_headers()
            try:
                for byte in [answer.body] if not answer.pause else [bytes([b]) for b in answer.body]:
                    time.sleep(answer.pause)
                    self.wfile.write(byte)
                    self.wfile.flush()
            except (BrokenPipeError, ConnectionResetError):
                return  # the other side waits no longer

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    endpoint.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
