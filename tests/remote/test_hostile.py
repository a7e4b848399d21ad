"""Two hundred answers that no honest store gives: each is told in words, in time, and no secret is shown."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.rdf import endpoint as sparql
from coopgraph.rdf import update as updates
from coopgraph.settings.remote_store import RemoteStore
from tests.remote.endpoint import XML, Endpoint, Scripted, results, serving

SECRET = "s3cr-et"
ROWS = results(["thing"], "<result><binding name='thing'><uri>urn:a</uri></binding></result>" * 3)
CHALLENGES = (
    "Digest",
    "Digest realm",
    "Digest realm=, nonce=",
    'Digest realm="a"',
    'Digest nonce="n"',
    'Digest realm="a", nonce="n", qop="auth-int"',
    'Digest realm="a", nonce="n", qop="auth", algorithm="SHA-512-256"',
    'Digest realm="a", nonce="n", algorithm="MD5-sess"',
    'Digest realm="a", nonce="n", opaque="\\"", stale=maybe',
    'Digest realm="' + "a" * 5_000 + '", nonce="n", qop="auth"',
    'Digest realm="ñ", nonce="é", qop="auth"',
    'Digest realm="a" nonce="n" qop="auth" =',
    'Digest realm="a", nonce="n", qop="auth,auth-int", qop="auth"',
    "Basic",
    "Basic realm",
    'Basic realm="a", charset="UTF-16"',
    "Negotiate",
    "Bearer error=invalid_token",
    'Newauth realm="a", Digest realm="b", nonce="n"',
    "",
    ",,,",
    "Digest " + ",".join(f"a{n}={n}" for n in range(500)),
)
PLACES = ("file:///etc/passwd", "http://127.0.0.1:1/", "//[::1", "", "javascript:alert(1)", "/sparql", "\x7f")


def mutants() -> Iterator[Scripted]:
    """Answers, each wrong in one way or in several."""
    chance = random.Random(11)
    for challenge in CHALLENGES:
        yield Scripted(401, headers=(("WWW-Authenticate", challenge.encode().decode("latin-1")),))
    for place in PLACES:
        for status in (301, 302, 303, 307, 308):
            yield Scripted(status, headers=(("Location", place),), body=ROWS, kind=XML)
    for status in (100 + 99, 204, 206, 400, 402, 403, 404, 405, 410, 418, 429, 500, 501, 502, 503, 504, 599):
        yield Scripted(status, body=bytes(chance.randrange(256) for _ in range(400)), kind="text/plain")
        yield Scripted(status, body=b"<html>" + ROWS, kind="text/html")
    for kind in (
        "",
        "text/html",
        "application/json",
        "text/csv",
        "a/b;c",
        ";",
        "\x00",
        "application/xml",
        XML * 50,
    ):
        yield Scripted(body=ROWS[: chance.randrange(len(ROWS))], kind=kind)
    for _ in range(60):
        at = chance.randrange(len(ROWS))
        yield Scripted(body=ROWS[:at], kind=XML)
    for _ in range(40):
        body = bytearray(ROWS)
        for _ in range(chance.randrange(1, 5)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        yield Scripted(body=bytes(body), kind=XML)
    bomb = b'<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    yield Scripted(body=bomb + ROWS, kind=XML)
    yield Scripted(body=ROWS.replace(b"urn:a", b"&b;"), kind=XML)
    yield Scripted(body=ROWS.replace(b"urn:a", b"not an iri"), kind=XML)
    yield Scripted(body=ROWS.replace(b"<uri>urn:a</uri>", b"<bnode>b</bnode>"), kind=XML)
    yield Scripted(body=b"<a>" * 100_000, kind=XML)
    yield Scripted(body=ROWS, kind=XML, headers=tuple((f"X-{n}", "a") for n in range(150)))
    yield Scripted(body=ROWS, kind=XML, headers=(("X-Long", "a" * 70_000),))
    yield Scripted(body=ROWS, kind=XML, cut=50)
    yield Scripted(body=ROWS, kind=XML, pause=0.05)
    yield Scripted(429, headers=(("Retry-After", "99999999999999999999"),))
    yield Scripted(503, headers=(("Retry-After", "Fri, 99 Foo 2026 99:99:99 GMT"),))


MUTANTS = list(mutants())


@pytest.fixture(scope="module")
def served() -> Iterator[Endpoint]:
    with serving(Endpoint()) as found:
        yield found


def tried(ask: object, address: str) -> str:
    """What it is told, or nothing where it takes the answer; anything but our own errors fails the test."""
    began = time.monotonic()
    try:
        ask()  # type: ignore[operator]  # a function of the test's own
        told = ""
    except cg.CoopgraphError as error:
        told = str(error)
    assert time.monotonic() - began < 10, told
    assert SECRET not in told and "passwd\n" not in told
    assert not told or address in told or "host" in told
    return told


def test_there_are_enough() -> None:
    assert len(MUTANTS) >= 200


@pytest.mark.parametrize("number", range(0, len(MUTANTS), 10))
def test_a_query_and_an_update(served: Endpoint, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coopgraph.rdf.http.sleep", lambda _: None)
    query = "SELECT ?thing WHERE { ?thing ?p ?o }"
    for mutant in MUTANTS[number : number + 10]:
        store = RemoteStore(
            served.url, seconds=1, user="me", password=SECRET, update_url=f"{served.url}?u={SECRET}"
        )
        served.script = [mutant] * 8
        tried(lambda store=store: sparql.rows(store, query, ["thing"]), served.url)
        served.script = [mutant] * 8
        tried(lambda store=store: sparql.triples(store, "CONSTRUCT WHERE { ?s ?p ?o }"), served.url)
        served.script = [mutant] * 8
        served.scripted_updates = True
        tried(lambda store=store: updates.update(store, "INSERT DATA {}"), served.url)
        served.scripted_updates = False
        served.script = []


def test_what_is_cut_is_never_taken_for_whole(served: Endpoint) -> None:
    store = RemoteStore(served.url, seconds=2)
    for at in range(0, len(ROWS), 7):
        served.script = [Scripted(body=ROWS[:at], kind=XML)]
        with pytest.raises(cg.StoreError):
            sparql.rows(store, "SELECT ?thing WHERE { ?thing ?p ?o }", ["thing"])


@contextmanager
def saying(raw: bytes, *, pause: float = 0.0) -> Iterator[str]:
    """A server that says these bytes to whoever comes, and nothing else."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.1)
        stop = threading.Event()

        def serve() -> None:
            while not stop.is_set():
                try:
                    caller, _ = server.accept()
                except TimeoutError:
                    continue
                with caller:
                    caller.settimeout(2)
                    try:
                        caller.recv(65_536)
                        for byte in [raw] if not pause else [bytes([b]) for b in raw]:
                            caller.sendall(byte)
                            stop.wait(pause)
                    except OSError:
                        continue  # the other side has gone

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql"
        finally:
            stop.set()
            thread.join()


@pytest.mark.parametrize(
    ("raw", "pause"),
    [
        (b"", 0),
        (b"\x00" * 100_000, 0),
        (b"HTTP/1.1", 0),
        (b"HTTP/9.9 abc\r\n\r\n", 0),
        (b"SSH-2.0-OpenSSH_9.2\r\n", 0),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 0),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nabc", 0),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabc\r\n", 0),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -7\r\n\r\nabc", 0),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999999\r\n\r\nabc", 0),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 500, 0),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 5_000, 0),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+xml\r\n\r\n<sparql>", 0.05),
        (b"HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\x80\xff, nonce=\x00\r\n\r\n", 0),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08garbage", 0),
    ],
)
def test_what_is_no_http(raw: bytes, pause: float, tmp_path: Path) -> None:
    with saying(raw, pause=pause) as address:
        store = RemoteStore(address, seconds=1, user="me", password=SECRET, update_url=address)
        assert tried(lambda: sparql.ask(store, "ASK {}"), address)
        told = tried(lambda: updates.update(store, "INSERT DATA {}"), address)
        assert told or raw.startswith(b"HTTP/1.1 200 OK\r\nContent")


def test_digest_and_basic(served: Endpoint) -> None:
    """The challenge is met, and met beforehand the next time; nothing goes along before it is asked for."""
    store = RemoteStore(served.url, user="me", password="a b")
    said = b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>true</boolean></sparql>'
    yes = Scripted(body=said, kind=XML)
    digest = 'Digest realm="SPARQL", nonce="abc", qop="auth", algorithm="MD5"'
    served.headers, served.script = [], [Scripted(401, headers=(("WWW-Authenticate", digest),)), yes, yes]
    assert sparql.ask(store, "ASK {}") and sparql.ask(store, "ASK {}")
    sent = [headers.get("Authorization", "") for headers in served.headers]
    assert sent[0] == "" and 'username="me"' in sent[1] and "nc=00000001" in sent[1]
    assert "nc=00000002" in sent[2] and 'nonce="abc"' in sent[2]
    graphs = replace(store, graph_store_url=served.url, seconds=58)
    served.headers, served.script = [], [Scripted(401, headers=(("WWW-Authenticate", digest),)), yes, yes]
    updates.insert(graphs, {"urn:g": ["<urn:a> <urn:p> 7"], "urn:h": ["<urn:a> <urn:p> 7"]})
    assert ["nc=" in headers.get("Authorization", "") for headers in served.headers] == [False, True, True]
    basic = RemoteStore(served.url, user="me", password="a b", seconds=59)
    served.headers = []
    served.script = [Scripted(401, headers=(("WWW-Authenticate", 'Basic realm="x"'),)), yes]
    assert sparql.ask(basic, "ASK {}")
    assert [headers.get("Authorization") for headers in served.headers] == [None, "Basic bWU6YSBi"]
