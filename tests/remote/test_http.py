"""Endpoints that misbehave: each way of failing has its sentence, and nothing half read is used."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.error import URLError

import pytest

from coopgraph import __version__
from coopgraph.errors import StoreError
from coopgraph.rdf import endpoint as sparql
from coopgraph.rdf import http
from coopgraph.settings.remote_store import RemoteStore
from tests.remote.endpoint import XML, Endpoint, Scripted, results, serving

ASK = "ASK {}"
YES = Scripted(
    body=b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>true</boolean></sparql>',
    kind=XML,
)

NO_END = (
    "The answer of the store URL cannot be read: it is no whole result of a query (it has no end). Nothing "
    "of it is used. Check `store` in coopgraph.toml, and that it speaks SPARQL 1.1."
)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Wait in no time, and remember for how long it was."""
    waited: list[float] = []
    monkeypatch.setattr("coopgraph.rdf.http.sleep", waited.append)
    return waited


def told(endpoint: Endpoint, *script: Scripted, **store: object) -> str:
    endpoint.script = list(script)
    with pytest.raises(StoreError) as caught:
        sparql.ask(RemoteStore(endpoint.url, **store), ASK)  # type: ignore[arg-type]  # its own keywords
    assert endpoint.script == [], "more was expected to be asked"
    return str(caught.value).replace(endpoint.url, "URL")


def test_who_asks_and_how(endpoint: Endpoint) -> None:
    assert sparql.ask(RemoteStore(endpoint.url, token="abc"), ASK)
    (headers,) = endpoint.headers
    assert headers["User-Agent"].startswith(f"coopgraph/{__version__} ")
    assert headers["Accept"] == "application/sparql-results+xml"
    assert headers["Authorization"] == "Bearer abc"
    assert endpoint.asked == [ASK]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            Scripted(body=b"<html>Welcome</html>", kind="text/html; charset=utf-8"),
            "The store URL answers with a web page, not with the result of a query. Check `store` in "
            "coopgraph.toml: the address for programs often ends in /sparql.",
        ),
        (
            Scripted(500, body=b"Virtuoso 37000 Error\nSP030: \x1b[31m syntax\x00", kind="text/plain"),
            "The store URL failed (HTTP 500). Try again later, or ask who runs it. "
            'It says: "Virtuoso 37000 Error SP030: [31m syntax"',
        ),
        (
            Scripted(500, body=b"<html>secret</html>", kind="text/html"),
            "The store URL failed (HTTP 500). Try again later, or ask who runs it.",
        ),
        (
            Scripted(400, body=b"no", kind="text/plain"),
            'The store URL does not take a query of ours (HTTP 400). It must speak SPARQL 1.1. It says: "no"',
        ),
        (
            Scripted(401),
            "The store URL asks who you are (HTTP 401). Name a variable with a token: token_variable in "
            "[store]; or with a user and a password: user_variable and password_variable.",
        ),
        (
            Scripted(404),
            "The store URL answers no SPARQL at this address (HTTP 404). Check `store`: it often ends in "
            "/sparql.",
        ),
        (
            Scripted(body=YES.body[:-30], kind=XML),
            NO_END,
        ),
        (
            Scripted(body=b"[]", kind=XML),
            NO_END,
        ),
        (
            Scripted(body=b"a,b\n", kind="text/csv"),
            "The answer of the store URL cannot be read: its type is text/csv, not "
            "application/sparql-results+xml. Nothing of it is used. Check `store` in coopgraph.toml, and "
            "that it speaks SPARQL 1.1.",
        ),
        (
            Scripted(body=b'{"head": {}', cut=100, kind=XML),
            "The store URL cannot be asked: its answer was cut off. Nothing of it is used; ask again.",
        ),
        (
            Scripted(body=YES.body, kind=XML, headers=(("X-SQL-State", "S1TAT"), ("X-SQL-Message", "late"))),
            "The store URL stopped half way: 'S1TAT late'. Nothing of it is used. Ask again, or ask who runs "
            "it for more time.",
        ),
    ],
)
def test_each_failure_has_its_sentence(endpoint: Endpoint, answer: Scripted, sentence: str) -> None:
    assert told(endpoint, answer) == sentence


WHOLE = results(["a"], '<result><binding name="a"><uri>urn:a</uri></binding></result>' * 2)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        *((WHOLE[:end], "it is no whole result of a query") for end in range(0, len(WHOLE) - 1, 7)),
        (WHOLE.replace(b"</result>", b"", 1), "it is no whole result of a query"),
        (YES.body, "it has no rows"),
        (results(["a", "b"], ""), "it has the columns a, b instead of a"),
        (
            WHOLE.replace(b"urn:a", b"no iri"),
            "Invalid IRI value 'no iri'",
        ),
    ],
)
def test_rows_that_are_not_whole(endpoint: Endpoint, body: bytes, why: str) -> None:
    """Cut anywhere, an answer without its length is still seen not to be whole."""
    endpoint.script = [Scripted(body=body, kind=XML)]
    with pytest.raises(StoreError, match=why):
        sparql.rows(RemoteStore(endpoint.url), "SELECT ?a {}", ["a"])


def test_a_question_answered_with_rows(endpoint: Endpoint) -> None:
    assert "it says neither yes nor no" in told(endpoint, Scripted(body=WHOLE, kind=XML))


def test_a_token_that_is_not_accepted(endpoint: Endpoint) -> None:
    said = told(endpoint, Scripted(403), token="abc")
    assert (
        said
        == "The store URL does not accept the token (HTTP 403). Check the variable that token_variable names."
    )


def test_a_redirect_is_told_and_not_followed(endpoint: Endpoint) -> None:
    with serving(Endpoint()) as other:
        for status in (301, 302, 303, 307, 308):
            said = told(endpoint, Scripted(status, (("Location", other.url),)), token="abc")
            assert said == (
                f"The store URL has moved (HTTP {status}) to {other.url}. Write that address into "
                "coopgraph.toml if you trust it."
            )
        assert other.asked == []


def test_busy_is_waited_for_as_long_as_it_asks(endpoint: Endpoint, waits: list[float]) -> None:
    endpoint.script = [Scripted(503, (("Retry-After", "7"),)), Scripted(429), Scripted(503), YES]
    assert sparql.ask(RemoteStore(endpoint.url), ASK)
    assert waits == [7.0, 2.0, 4.0]


def test_busy_for_good(endpoint: Endpoint, waits: list[float]) -> None:
    said = told(endpoint, *[Scripted(503)] * http.ATTEMPTS)
    assert said == "The store URL is busy (HTTP 503). Try again later."
    assert waits == [1.0, 2.0, 4.0]


def test_busy_for_longer_than_anybody_waits(endpoint: Endpoint, waits: list[float]) -> None:
    said = told(endpoint, Scripted(429, (("Retry-After", "3600"),)))
    assert said == "The store URL is busy (HTTP 429) and asks to wait 3600 seconds. Try again later."
    assert waits == []


@pytest.mark.parametrize(
    "text", ["soon", "Wed, 99 Oct 2015 07:28:00 GMT", "", "-1", "Wed, 21 Oct 2015 07:28:00 -0000"]
)
def test_a_retry_after_that_says_nothing(text: str) -> None:
    assert http.retry_after(text, datetime(2015, 10, 21, tzinfo=UTC)) is None


def test_an_answer_that_drips(endpoint: Endpoint) -> None:
    """Each byte comes in time, and yet it takes too long."""
    said = told(endpoint, Scripted(body=YES.body, kind=XML, pause=0.1), seconds=1)
    assert said == (
        "The store URL cannot be asked: it did not answer within 1 s. Try again, or raise seconds in [store]."
    )


def test_no_answer_at_all() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/sparql"
        with pytest.raises(StoreError, match="did not answer within 1 s"):
            sparql.ask(RemoteStore(url, seconds=1), ASK)


@pytest.fixture
def closed() -> Iterator[int]:
    """A port on which nothing listens."""
    with socket.socket() as kept:
        kept.bind(("127.0.0.1", 0))
        yield kept.getsockname()[1]


def test_nothing_listens(closed: int) -> None:
    with pytest.raises(StoreError, match=r"nothing answers at this address\. Check `store`"):
        sparql.ask(RemoteStore(f"http://127.0.0.1:{closed}/sparql"), ASK)


def test_https_where_http_is_spoken(endpoint: Endpoint) -> None:
    with pytest.raises(StoreError, match="no secure connection can be made"):
        sparql.ask(RemoteStore(endpoint.url.replace("http:", "https:")), ASK)


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (
            socket.gaierror(-2, "Name or service not known"),
            "There is no host host.example: its name is not known here.",
        ),
        (OSError(101, "Network is unreachable"), "cannot be asked: Network is unreachable."),
        (ConnectionResetError(104, "reset"), "it broke off the connection, or does not speak HTTP."),
    ],
)
def test_no_way_there(monkeypatch: pytest.MonkeyPatch, reason: OSError, sentence: str) -> None:
    """What the machine's own network says; no name is looked up in a test."""

    def fail(*_: object, **__: object) -> None:
        raise URLError(reason)

    monkeypatch.setattr("urllib.request.OpenerDirector.open", fail)
    with pytest.raises(StoreError) as caught:
        sparql.ask(RemoteStore("http://host.example/sparql?key=secret"), ASK)
    assert sentence in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_certificate_nobody_vouches_for(monkeypatch: pytest.MonkeyPatch) -> None:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "self-signed certificate"

    def fail(*_: object, **__: object) -> None:
        raise URLError(error)

    monkeypatch.setattr("urllib.request.OpenerDirector.open", fail)
    with pytest.raises(StoreError, match="its certificate is not trusted: self-signed certificate"):
        sparql.ask(RemoteStore("https://host.example/sparql"), ASK)
