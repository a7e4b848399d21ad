"""`/health`, `/metrics` and the log: enough to watch over a server, nothing of who asked what."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx

from tests.web.sparql.conftest import Ask, running


def test_health(tiny: str, ask: Ask) -> None:
    assert ask("GET", query="ASK {}").status_code == 200
    found = httpx.get(f"{tiny}/health").json()
    assert (found["status"], found["release"], found["waiting"]) == ("ok", "live", 0)
    assert 1 <= found["processes"] <= 2


def test_metrics_count(tiny: str, ask: Ask) -> None:
    def counted() -> dict[str, int]:
        text = httpx.get(f"{tiny}/metrics").text
        assert re.findall(r"^(?!#|[a-z_]+(?:\{.*\})? \d+$).+$", text, re.MULTILINE) == []
        return {
            name: int(value) for name, value in re.findall(r"^coopgraph_queries_(\w+) (\d+)$", text, re.M)
        }

    before = counted()
    for query in ("ASK {} # counted", "ASK {} # counted", "ASK { # wrong"):
        ask("GET", query=query)
    after = counted()
    grown = {name: after[name] - before[name] for name in after if name.endswith("_total")}
    assert grown == {
        "answered_total": 1,
        "kept_total": 1,
        "failed_total": 1,
        "joined_total": 0,
        "stopped_total": 0,
        "busy_total": 0,
        "moved_total": 0,
    }


def test_the_log_names_no_person_and_no_query(trig: Path, tmp_path: Path) -> None:
    with running(trig, tmp_path / "log", "--log") as server:
        headers = {"User-Agent": "Ana-Agent", "Referer": "https://ana.example/", "Cookie": "ana=1"}
        query = {"query": "ASK { ?secret ?p ?o }"}
        assert httpx.get(f"{server.address}/sparql", params=query, headers=headers).status_code == 200
        assert httpx.get(f"{server.address}/nowhere?ana=1", headers=headers).status_code == 404
        assert httpx.get(f"{server.address}/health", headers={"Host": "ana.example"}).status_code == 421
    lines = [json.loads(line) for line in server.errors.read_text().splitlines()]
    told = [(line["method"], line["path"], line["status"]) for line in lines]
    assert told == [("GET", "/sparql", 200), ("GET", "/nowhere", 404), ("GET", "/health", 421)]
    assert set(lines[0]) == {"at", "method", "path", "status", "bytes", "ms", "query", "release"}
    assert len(lines[0]["query"]) == 16
    text = server.errors.read_text().lower()
    assert not any(word in text for word in ("ana", "secret", "127.0.0.1", "localhost"))


def test_without_being_asked_nothing_is_logged(trig: Path, tmp_path: Path) -> None:
    with running(trig, tmp_path / "log") as server:
        assert httpx.get(f"{server.address}/health").status_code == 200
    assert server.errors.read_text() == ""
