"""The worker process: limits hold, deaths are explained, nothing is left behind, nothing goes out."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from coopgraph.errors import QueryError, QueryTimeout, StoreError
from coopgraph.rdf import client
from coopgraph.rdf.client import Request, Worker
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.process import confine

Ask = Callable[[str], Request]
ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"
ENDLESS = (
    "SELECT (COUNT(*) AS ?n) { VALUES ?a {"
    + " 1" * 300
    + "}"
    + "".join(f" VALUES ?v{i} {{{' 1' * 300}}}" for i in range(5))
    + "}"
)
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory and the network")


def pid_of(worker: Worker) -> int:
    assert worker._process is not None
    return worker._process.pid


def test_answers_of_each_kind(worker: Worker, ask: Ask) -> None:
    rows = worker.ask(ask(f"{ALL} ORDER BY ?s ?p ?o"), Limits())
    assert rows.variables == ("s", "p", "o")
    assert (
        rows.payload.splitlines()[1]
        == b"<https://example.org/a>\t<https://example.org/p>\t<https://example.org/b>"
    )
    assert worker.ask(ask("ASK { ?s ?p 5 }"), Limits()).payload == b"true"
    made = worker.ask(ask("CONSTRUCT WHERE { ?s :q ?o }"), Limits())
    assert made.kind == "triples"
    assert made.payload.startswith(b"<https://example.org/x> <https://example.org/q> ")


def test_one_process_answers_many(worker: Worker, ask: Ask) -> None:
    worker.ask(ask("ASK {}"), Limits())
    first = pid_of(worker)
    worker.ask(ask("ASK {}"), Limits())
    assert pid_of(worker) == first


@pytest.mark.parametrize(
    ("rows", "expected", "cut"), [(1, 1, "rows"), (3, 3, "rows"), (4, 4, None), (0, 0, "rows")]
)
def test_rows_are_limited_exactly(
    worker: Worker, ask: Ask, rows: int, expected: int, cut: str | None
) -> None:
    for query, header in ((ALL, 1), ("CONSTRUCT WHERE { ?s ?p ?o }", 0)):
        found = worker.ask(ask(query), Limits(rows=rows))
        assert (found.payload.count(b"\n") - header, found.truncated) == (expected, cut)


def test_bytes_are_limited_to_whole_lines(worker: Worker, ask: Ask) -> None:
    found = worker.ask(ask(ALL), Limits(size=150))
    assert found.truncated == "bytes"
    assert found.payload.endswith(b"\n")
    assert len(found.payload) <= 150


def test_time_is_limited_and_the_next_query_works(worker: Worker, ask: Ask) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"stopped after 0\.5 seconds"):
        worker.ask(ask(ENDLESS), Limits(seconds=0.5))
    assert time.monotonic() - begun < 3
    assert worker.ask(ask("ASK {}"), Limits()).payload == b"true"


@linux
def test_memory_is_limited(worker: Worker, ask: Ask) -> None:
    bomb = (
        "SELECT (GROUP_CONCAT(?t) AS ?all) { "
        + " ".join(f"VALUES ?v{i} {{{' 1' * 200}}}" for i in range(4))
        + ' BIND(CONCAT("'
        + "x" * 2000
        + '", STR(?v1)) AS ?t) }'
    )
    with pytest.raises(QueryTimeout, match="more memory than 512 MB"):
        worker.ask(ask(bomb), Limits(memory=512 << 20, seconds=60))
    assert worker.ask(ask("ASK {}"), Limits()).payload == b"true"


def test_nesting_that_kills_the_engine_is_explained(worker: Worker, ask: Ask) -> None:
    with pytest.raises(QueryError, match="deeply nested"):
        worker.ask(ask("SELECT * {" + "{" * 30000 + "}" * 30000 + "}"), Limits())


def test_syntax_errors_say_where(worker: Worker, ask: Ask) -> None:
    with pytest.raises(QueryError) as caught:
        worker.ask(ask("SELECT * {\n ?s ?p }"), Limits())
    assert caught.value.faults[0].line == 2


@linux
def test_the_worker_has_no_network(worker: Worker, ask: Ask) -> None:
    """Even a query that no guard has seen reaches nobody."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        with pytest.raises(QueryError):
            worker.ask(
                ask(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"), Limits(seconds=10)
            )
        if worker_leaves_network():
            with pytest.raises(TimeoutError):
                server.accept()


def worker_leaves_network() -> bool:
    """Containers may forbid it; then the guard stands alone."""
    code = f"import sys; sys.path.insert(0, {str(Path(confine.__file__).parent)!r}); import confine; "
    run = subprocess.run(
        [sys.executable, "-c", code + "print(confine.leave_network())"],
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip() == "True"


def gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_closing_ends_the_process(store: Path, ask: Ask) -> None:
    worker = Worker(store)
    worker.ask(ask("ASK {}"), Limits())
    pid = pid_of(worker)
    worker.close()
    assert gone(pid)


CALLER = """
import sys
from pathlib import Path
from coopgraph.rdf.client import Request, Worker
from coopgraph.rdf.limits import Limits
worker = Worker(Path(sys.argv[1]))
worker.ask(Request("ASK {}", {}, "urn:x"), Limits())
print(worker._process.pid, flush=True)
worker.ask(Request(sys.argv[2], {}, "urn:x"), Limits())
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_no_orphan_whatever_ends_the_caller(store: Path, sent: signal.Signals) -> None:
    source = str(Path(client.__file__).parents[2])
    caller = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(CALLER), str(store), ENDLESS],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": source},
    )
    with caller:
        assert caller.stdout is not None
        pid = int(caller.stdout.readline())
        time.sleep(0.3)
        caller.send_signal(sent)
        caller.wait(timeout=10)
    assert gone(pid)


def test_a_store_that_is_gone_is_told(tmp_path: Path, ask: Ask) -> None:
    with pytest.raises(StoreError, match="no longer there"):
        Worker(tmp_path / "pruned").ask(ask("ASK {}"), Limits())


@pytest.mark.parametrize(
    ("code", "late", "kind", "words"),
    [
        (-9, True, QueryTimeout, "60 seconds"),
        (-24, False, QueryTimeout, "60 seconds"),
        (-6, False, QueryTimeout, "memory"),
        (0xC0000409, False, QueryTimeout, "memory"),
        (-11, False, QueryError, "nested"),
        (0xC00000FD, False, QueryError, "nested"),
        (3, False, QueryTimeout, "status 3"),
    ],
)
def test_deaths_are_explained(code: int, late: bool, kind: type[Exception], words: str) -> None:
    found = client._death(code, Limits(), late=late)
    assert type(found) is kind
    assert words in str(found)


def test_without_the_limits_of_posix_the_worker_still_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has no `resource` and no `unshare`: simulated by taking them away."""
    monkeypatch.setitem(sys.modules, "resource", None)
    assert confine.limit_memory(1 << 30) is False
    assert confine.limit_time(1.0) is False
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delattr(os, "unshare", raising=False)
    assert confine.leave_network() is False


def test_windows_starts_the_worker_in_a_group_of_its_own(
    store: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, object] = {}

    class Stopped(Exception):
        pass

    def popen(*_: object, **options: object) -> None:
        seen.update(options)
        raise Stopped

    monkeypatch.setattr(subprocess, "Popen", popen)
    monkeypatch.setattr(client, "_ON_WINDOWS", True)
    with pytest.raises(Stopped):
        Worker(store).ask(ask("ASK {}"), Limits())
    assert seen["creationflags"] == 0x200
    assert "start_new_session" not in seen


def test_one_worker_serves_threads_in_turn(worker: Worker, ask: Ask) -> None:
    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(worker.ask(ask("ASK { ?s ?p 5 }"), Limits()).payload))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [b"true"] * 8
