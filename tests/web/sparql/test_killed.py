"""Processes that die and releases that change while people ask: they are told, and the next query works."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

import coopgraph as cg
from coopgraph.release.served import Served
from coopgraph.web.app import make_app
from tests.web.sparql.conftest import ENDLESS, Running, running

linux = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")


def is_gone(pid: int, *, reaped: bool = True) -> bool:
    """Wait until a process is over; and, unless its parent need not know yet, until nothing is left of it."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z" and not reaped:
            return True
        time.sleep(0.05)
    return False


def at_work(server: Running) -> list[int]:
    """Wait until a process of the server has worked longer than it takes to start; return all of them."""
    for _ in range(600):
        children = server.children()
        if any(seconds_worked(pid) > 0.2 for pid in children):
            return children
        time.sleep(0.05)
    raise AssertionError("no process of the server is at work")


def seconds_worked(pid: int) -> float:
    user_mode = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11]
    return int(user_mode) / os.sysconf("SC_CLK_TCK")


@linux
def test_a_killed_worker_is_replaced(trig: Path, tmp_path: Path) -> None:
    with (
        running(trig, tmp_path / "log") as server,
        httpx.Client(base_url=server.address, timeout=30) as client,
    ):
        for n in range(3):
            assert client.get("/sparql", params={"query": f"ASK {{}} # {n}"}).json()["boolean"]
            for pid in server.children():
                os.kill(pid, signal.SIGKILL)
                assert is_gone(pid, reaped=False)
        assert client.get("/sparql", params={"query": "ASK {} # last"}).json()["boolean"]
        assert len(server.children()) <= 2


@linux
def test_a_worker_killed_while_it_answers_is_asked_again(trig: Path, tmp_path: Path) -> None:
    with (
        running(trig, tmp_path / "log", "--timeout", "4") as server,
        httpx.Client(base_url=server.address, timeout=30) as client,
        ThreadPoolExecutor(1) as threads,
    ):
        client.get("/sparql", params={"query": "ASK {}"})
        waiting = threads.submit(client.get, "/sparql", params={"query": ENDLESS})
        for pid in at_work(server):
            os.kill(pid, signal.SIGKILL)
        answer = waiting.result()
        assert answer.status_code == 503 and int(answer.headers["retry-after"]) > 0
        assert client.get("/sparql", params={"query": "ASK {} # after"}).json()["boolean"]


@linux
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_server_that_goes_takes_its_processes_along(
    trig: Path, tmp_path: Path, sent: signal.Signals
) -> None:
    with running(trig, tmp_path / "log") as server, ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(httpx.get, f"{server.address}/sparql", params={"query": ENDLESS}, timeout=30)
        children = at_work(server)
        begun = time.monotonic()
        server.process.send_signal(sent)
        server.process.wait(10)
        assert time.monotonic() - begun < 8
        assert all(is_gone(pid) for pid in children)
        assert isinstance(waiting.exception(10), httpx.TransportError) or waiting.result().status_code == 503
    assert "Traceback" not in server.errors.read_text()


def test_a_release_published_meanwhile_is_asked(built: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    shutil.copytree(built, workspace)
    query = {"query": 'ASK { ?city a coop:City ; skos:prefLabel "Lisboa Nova"@en }'}
    with (
        running(workspace, tmp_path / "log") as server,
        httpx.Client(base_url=server.address, timeout=30) as client,
    ):
        first = client.get("/sparql", params=query)
        assert first.json()["boolean"] is False
        old = first.headers["coopgraph-release"]
        cities = workspace / "cities.csv"
        text = cities.read_text(encoding="utf-8").replace("Lisbon,", "Lisboa Nova,", 1)
        cities.write_text(text, encoding="utf-8")
        cg.build(workspace)
        for _ in range(50):
            answer = client.get("/sparql", params=query)
            if answer.headers["coopgraph-release"] != old:
                break
            time.sleep(0.1)
        assert answer.json()["boolean"] is True
        assert answer.headers["coopgraph-release"] != old
        before = client.get("/sparql", params={**query, "release": old})
        assert (before.json()["boolean"], before.headers["coopgraph-release"]) == (False, old)


def test_a_worker_that_cannot_start_is_told_each_time(
    trig: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (python := tmp_path / "python").write_text("")  # which may not be run
    monkeypatch.setattr("sys.executable", str(python))

    async def asked() -> tuple[list[httpx.Response], str]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            answers = [await client.get("/sparql", params={"query": "ASK {}"}) for _ in range(2)]
            return answers, (await client.get("/metrics")).text

    with Served(trig) as served, ThreadPoolExecutor(1) as apart:
        app = make_app(served)
        answers, counted = apart.submit(lambda: asyncio.run(asked())).result(30)
        app.state.endpoint.close()
    assert [answer.status_code for answer in answers] == [503, 503]
    assert "python cannot be run (Permission denied)" in answers[1].text
    assert "coopgraph_queries_failed_total 2\n" in counted
