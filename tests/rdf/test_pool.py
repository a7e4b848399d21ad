"""The pool: two processes at most; what is quick never waits for what is slow; what is known is not run."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from coopgraph.errors import QueryError, QueryTimeout, StoreError
from coopgraph.rdf.client import Answer, Request
from coopgraph.rdf.lexer import tokens
from coopgraph.rdf.limits import Limits
from coopgraph.rdf.pool import Pool, PoolSettings
from coopgraph.rdf.pool.kept import KeptAnswers
from coopgraph.rdf.pool.known import Known, changes, shape
from tests.rdf.test_worker import ENDLESS

Asked = Callable[..., Future[Answer]]
LIMITS = Limits(seconds=1.5)


@pytest.fixture
def pool() -> Iterator[Pool]:
    found = Pool()
    yield found
    found.close()


@pytest.fixture
def asked(pool: Pool, store: Path, ask: Callable[[str], Request]) -> Asked:
    return lambda query, limits=LIMITS, form="tsv": pool.ask(store, ask(query), limits, form)


def test_an_answer_is_kept_by_query_and_format(pool: Pool, asked: Asked) -> None:
    first = asked("ASK {}").result(30)
    assert first.payload == b"true\n"
    assert asked("ASK {}").result(30) is first
    assert asked("ASK {}", form="json").result(30).payload == b'{"head":{},"boolean":true}'
    counts = pool.counts()
    assert (counts.answered, counts.kept) == (2, 1)


def test_what_changes_is_asked_again(asked: Asked) -> None:
    query = "SELECT (STRUUID() AS ?x) {}"
    assert asked(query).result(30).payload != asked(query).result(30).payload


def test_the_same_query_at_the_same_time_runs_once(pool: Pool, asked: Asked) -> None:
    query = "SELECT (COUNT(*) AS ?n) { VALUES ?a {" + " 1" * 1000 + "} VALUES ?b {" + " 1" * 100 + "} }"
    futures = [asked(query, Limits(seconds=60)) for _ in range(5)]
    assert {future.result(60).payload for future in futures} == {b"?n\n100000\n"}
    counts = pool.counts()
    assert (counts.answered, counts.joined + counts.kept) == (1 + counts.joined, 4)


def test_the_quick_never_wait_for_the_endless(pool: Pool, asked: Asked) -> None:
    for n in range(3):
        asked(f"ASK {{ ?s ?p {n} }}", Limits(seconds=30)).result(30)
    endless = [asked(f"{ENDLESS} # {n}", Limits(seconds=8)) for n in range(3)]
    for n in range(3, 30):
        asked(f"ASK {{ ?s ?p {n} }}", Limits(seconds=30)).result(30)
    assert not all(future.done() for future in endless)
    for future in endless:
        with pytest.raises(QueryTimeout):
            future.result(30)
    assert len(pool.processes()) <= 2


def test_beyond_its_queue_a_slow_query_is_turned_away(store: Path, ask: Callable[[str], Request]) -> None:
    pool = Pool(PoolSettings(waiting_slow=1))
    try:
        with pytest.raises(QueryTimeout):
            pool.ask(store, ask(ENDLESS), LIMITS, "tsv").result(30)  # now its shape is known
        futures = [pool.ask(store, ask(f"{ENDLESS} # {n}"), Limits(seconds=3), "tsv") for n in range(4)]
        reasons = []
        for future in futures:
            with pytest.raises(QueryTimeout) as caught:
                future.result(30)
            assert caught.value.wait is not None and caught.value.wait > 0
            reasons.append(caught.value.reason)
        assert reasons.count("busy") >= 2
    finally:
        pool.close()


def test_an_error_that_would_come_again_is_told_at_once(pool: Pool, asked: Asked) -> None:
    for _ in range(2):
        with pytest.raises(QueryError, match="does not parse"):
            asked("SELECT * { ?s ?p }").result(30)
    assert pool.counts().failed == 2


def test_a_process_that_is_killed_is_replaced(pool: Pool, asked: Asked) -> None:
    asked("ASK {}").result(30)
    for pid in pool.processes():
        os.kill(pid, signal.SIGKILL)
    assert asked("ASK { }").result(30).payload == b"true\n"


def test_another_release_is_asked_in_a_process_of_its_own(
    pool: Pool, make_store: Callable[[str], Path], ask: Callable[[str], Request]
) -> None:
    query = ask("SELECT ?o { ?s ?p ?o }")
    for name in ("one", "other", "one"):
        other = make_store(f"<urn:g> {{ <urn:a> <urn:p> <urn:{name}> . }}")
        assert f"<urn:{name}>".encode() in pool.ask(other, query, LIMITS, "tsv").result(30).payload
    with pytest.raises(StoreError, match="no longer there"):
        pool.ask(other / "gone", query, LIMITS, "tsv").result(30)


def test_closing_answers_everybody(store: Path, ask: Callable[[str], Request]) -> None:
    pool = Pool()
    futures = [pool.ask(store, ask(f"{ENDLESS} # {n}"), Limits(), "tsv") for n in range(3)]
    time.sleep(0.3)
    pids = pool.processes()
    pool.close()
    for future in futures:
        with pytest.raises(StoreError, match="stopping"):
            future.result(5)
    with pytest.raises(StoreError, match="stopping"):
        pool.ask(store, ask("ASK {}"), Limits(), "tsv").result(5)
    assert pids and pool.processes() == []


@pytest.mark.parametrize(
    "one, other, same",
    [
        ("SELECT ?a { ?a <urn:p> 1 }", "select  ?b{?b ex:q 'x'@es}", False),  # a language more
        ("SELECT ?a { ?a <urn:p> 1 }", "select  ?b{?b ex:q 2}", True),
        ("ASK { ?a ?b ?c . ?c ?d ?e }", "ASK { ?a ?b ?c . ?f ?d ?e }", False),  # joined, or a product
        ("ASK { ?a <urn:p>* ?c }", "ASK { ?a <urn:p> ?c }", False),
        ("ASK { ?a ?b ?c } # x", "ASK { ?a ?b ?c }", True),
    ],
)
def test_shapes(one: str, other: str, same: bool) -> None:
    assert (shape(tokens(one)) == shape(tokens(other))) is same


def test_words_that_only_look_like_functions_change_nothing() -> None:
    assert not changes(tokens('ASK { ?now <urn:rand> "UUID()" }'))
    assert changes(tokens("ASK { BIND(uuid() AS ?x) }"))


def test_kept_answers_stay_within_their_bytes() -> None:
    kept = KeptAnswers(100_000)
    for n in range(50):
        kept.put(n, Answer("boolean", (), b"x" * 9_000))
    assert kept.size <= 100_000
    assert kept.get(49) is not None and kept.get(39) is None
    kept.put("large", Answer("boolean", (), b"x" * 20_000))
    assert kept.get("large") is None


def test_an_error_is_known_for_its_time() -> None:
    now = [0.0]
    known = Known(10, lambda: now[0])
    known.failed("q", QueryError("wrong"))
    now[0] = 4.0
    found = known.error("q")
    assert found is not None and found[1] == 6.0
    now[0] = 10.0
    assert known.error("q") is None


def test_a_process_that_cannot_start_is_told_each_time_and_counted(
    pool: Pool, asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (python := tmp_path / "python").write_text("")  # which may be read, and not be run
    with monkeypatch.context() as broken:
        broken.setattr("sys.executable", str(python))
        for _ in range(3):
            with pytest.raises(
                StoreError, match=r"did not start: .*python cannot be run \(Permission denied"
            ):
                asked("ASK {}").result(30)
    assert pool.counts().failed == 3
    assert asked("ASK {}").result(30).payload == b"true\n"


def test_whatever_the_machine_refuses_a_lane_goes_on(
    pool: Pool, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as broken:
        broken.setattr("coopgraph.rdf.client.Watch.begin", refused)
        with pytest.raises(StoreError, match="can't start new thread"):
            asked("ASK {}").result(30)
    assert asked("ASK {}").result(30).payload == b"true\n"
