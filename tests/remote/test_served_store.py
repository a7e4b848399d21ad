"""The explorer over a store: its endpoint passes queries on, and a release published meanwhile is shown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import coopgraph as cg
from coopgraph.release.served import LIVE, Served
from tests.remote.endpoint import Endpoint, serving
from tests.remote.test_publishing import built
from tests.web.conftest import serving as site

COUNT = "SELECT (SUM(?a) AS ?sum) { ?s <urn:amount> ?a }"


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving(Endpoint(union=False)) as served:
        yield served


def test_queries_are_passed_on(endpoint: Endpoint, tmp_path: Path) -> None:
    two = {"one": "<urn:a> <urn:amount> 7 .", "two": "<urn:a> <urn:amount> 7 ; <urn:b> 12.50 ."}
    done = cg.publish(built(tmp_path, "ws", two), to=endpoint.url)
    asks = tmp_path / "asks"
    asks.mkdir()
    (asks / "coopgraph.toml").write_text(f'store = "{endpoint.url}"\n[workspace]\ntitle = "T"\n')
    with site(asks, "--rows", "2") as address, httpx.Client(base_url=address, timeout=60) as client:
        answer = client.get("/sparql", params={"query": COUNT}, headers={"Accept": "text/csv"})
        assert (answer.status_code, answer.text) == (200, "sum\r\n7\r\n")
        assert answer.headers["Coopgraph-Release"] == done.release
        cut = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
        assert len(cut.json()["results"]["bindings"]) == 2
        assert cut.headers["Coopgraph-Truncated"] == "rows"
        turtle = client.get("/sparql", params={"query": "CONSTRUCT { ?s <urn:b> ?o } { ?s <urn:b> ?o }"})
        assert "12.5 " in turtle.text and turtle.headers["Content-Type"].startswith("text/turtle")
        yes = client.post("/sparql", data={"query": "ASK { <urn:a> ?p ?o }"})
        assert yes.json()["boolean"] is True
        graphs = {"query": "ASK { <urn:a> ?p ?o }", "default-graph-uri": "urn:none"}
        assert client.get("/sparql", params=graphs).status_code == 400
        wrong = client.get("/sparql", params={"query": "SELECT * { ?s ?p"})
        assert wrong.status_code == 400 and "line 1, character 17" in wrong.text
        for refused in ("INSERT DATA { <urn:a> <urn:b> 1 }", "SELECT * { SERVICE <urn:x> { ?s ?p ?o } }"):
            assert client.get("/sparql", params={"query": refused}).status_code == 400
        endpoint.program = "Virtuoso/07.20.3229 (Linux)"
    with site(asks) as address:
        answer = httpx.get(f"{address}/sparql", params={"query": COUNT}, timeout=60)
        assert answer.headers["Coopgraph-Note"].startswith("This store is Virtuoso 7, which answers some")
    with site(asks) as address, httpx.Client(base_url=address, timeout=60) as client:
        described = client.get("/sparql", headers={"Accept": "text/turtle"})
        assert f"void:triples {done.merged}" in described.text
        page = client.get("/en/ask/cq-046")
        assert page.status_code == 200


def test_what_is_published_meanwhile_is_shown(
    endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coopgraph.release.served._LOOK_THERE_EVERY", 0.0)
    cg.publish(built(tmp_path, "one", {"a": "<urn:a> <urn:amount> 1 ."}), to=endpoint.url)
    with Served(endpoint.url) as served:
        assert served.current_id == LIVE
        first = served.current
        assert [row[0] for row in first.query(COUNT)] == [1]
        done = cg.publish(built(tmp_path, "two", {"a": "<urn:a> <urn:amount> 2 ."}), to=endpoint.url)
        until = time.monotonic() + 20
        while served.current is first and time.monotonic() < until:
            time.sleep(0.05)
        assert served.current.manifest.id == done.release
        assert [row[0] for row in served.current.query(COUNT)] == [2]


def test_what_is_closed_is_not_opened_again(
    endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look at the store may end when nobody is served any more: what it opened is closed."""
    cg.publish(built(tmp_path, "one", {"a": "<urn:a> <urn:amount> 1 ."}), to=endpoint.url)
    with Served(endpoint.url) as served:
        assert [row[0] for row in served.current.query(COUNT)] == [1]
        cg.publish(built(tmp_path, "two", {"a": "<urn:a> <urn:amount> 2 ."}), to=endpoint.url)
        opened: list[cg.Release] = []

        def late() -> cg.Release:
            opened.append(cg.open(endpoint.url))
            served.close()
            return opened[0]

        monkeypatch.setattr(served, "_open_now", late)
        served._renew()
        with pytest.raises(cg.StoreError, match="The release is closed"):
            opened[0].query(COUNT)
        served._renew()
