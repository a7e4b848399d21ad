"""Hostile answers of endpoints, and recordings that were spoilt: told in words, or made right."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import coopgraph.sources.recording.gathering as gathering
from coopgraph.errors import CoopgraphError, StoreError
from coopgraph.rdf import harvest, http
from coopgraph.rdf.harvest import Manners
from coopgraph.settings.remote_store import RemoteStore
from coopgraph.sources.recording.recorded import Asking, record_construct, record_twins
from coopgraph.sources.recording.twins import Wanted
from tests.remote.endpoint import XML, Endpoint, Scripted, serving
from tests.robustness.mutations import mutant
from tests.sources.recording.wikidata import filled

PAIRS = [(f"Q{a}", f"Q{b}") for a in range(1, 8) for b in range(4, 9) if a != b]
QUERY = """# page: ?place
CONSTRUCT { ?place rdfs:label ?name } WHERE { ?place rdfs:label ?name }"""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "THINGS_AT_ONCE", 20)
    monkeypatch.setattr(http, "sleep", lambda seconds: None)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with serving(Endpoint(store=filled(PAIRS))) as served:
        yield served


def asking(endpoint: Endpoint) -> Asking:
    store = RemoteStore(endpoint.url, page_rows=20, seconds=2)
    return Asking(store, Manners(pause=0, attempts=2), date(2026, 11, 26))


def record(folder: Path, endpoint: Endpoint) -> str:
    """Record; what was told instead, where it was refused."""
    begun = time.monotonic()
    try:
        record_twins(folder, "twins", asking(endpoint), Wanted(), lambda what, done, of: None)
    except CoopgraphError as error:
        return str(error)
    finally:
        assert time.monotonic() - begun < 20
    return ""


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def spoiling(endpoint: Endpoint, number: int, chosen: random.Random) -> None:
    """Let one of the next answers, or each from there on, be spoilt."""
    endpoint.asked.clear()
    at, always, kind = (
        1 + chosen.randrange(8),
        chosen.random() < 0.3,
        chosen.choice([XML, XML, XML, "text/html"]),
    )

    def spoil(query: str) -> None:
        if len(endpoint.asked) == at or (always and len(endpoint.asked) > at):
            _, body = mutant(endpoint.truth(query), number)
            endpoint.script.append(
                Scripted(chosen.choice([200, 200, 200, 500]), body=body[:3_000_000], kind=kind)
            )

    endpoint.before = spoil


def test_two_hundred_hostile_answers(tmp_path: Path, endpoint: Endpoint) -> None:
    assert record(tmp_path / "plain", endpoint) == ""
    plain = content(tmp_path / "plain")
    told = []
    for number in range(200):
        folder = tmp_path / str(number)
        spoiling(endpoint, number, random.Random(number))
        told.append(record(folder, endpoint))
        endpoint.before = None
        endpoint.script.clear()
        assert not told[-1] or endpoint.url in told[-1], told[-1]
        assert len(told[-1]) < 2_000
        recorded = {name for name in content(folder) if "unfinished" not in name}
        assert recorded == (set() if told[-1] else set(plain)), "all of it or nothing"
        if told[-1]:
            assert record(folder, endpoint) == "", "and the next run mends it"
            assert len(content(folder)) == len(plain)
        shutil.rmtree(folder)
    assert 30 < sum(map(bool, told)) < 190


def test_two_hundred_hostile_answers_to_a_construct(tmp_path: Path, endpoint: Endpoint) -> None:
    query = tmp_path / "labels.rq"
    query.write_text(QUERY, encoding="utf-8")
    for number in range(200):
        folder = tmp_path / str(number)
        spoiling(endpoint, number, random.Random(number))
        try:
            record_construct(folder, "labels", asking(endpoint), query, lambda what, done, of: None)
        except StoreError as error:
            assert endpoint.url in str(error)
            assert not (folder / "recorded" / "labels").exists()
        finally:
            endpoint.before = None
            endpoint.script.clear()


def test_two_hundred_spoilt_pages(
    tmp_path: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recording that was stopped half way, and then one of its files was spoilt: the end is the same."""
    assert record(tmp_path / "plain", endpoint) == ""
    plain = content(tmp_path / "plain")

    class Stop(BaseException):
        pass

    ask = harvest.about

    def until(*words: Any) -> list[str]:
        if len(endpoint.asked) == 8:
            raise Stop
        return ask(*words)

    monkeypatch.setattr(gathering, "about", until)
    endpoint.asked.clear()
    with pytest.raises(Stop):
        record(tmp_path / "half", endpoint)
    monkeypatch.setattr(gathering, "about", ask)
    half = sorted((tmp_path / "half" / "recorded" / "twins.unfinished").iterdir())
    assert len(half) > 4
    for number in range(200):
        folder = tmp_path / str(number)
        shutil.copytree(tmp_path / "half", folder)
        file = folder / half[number % len(half)].relative_to(tmp_path / "half")
        _, spoilt = mutant(file.read_bytes(), number)
        file.write_bytes(spoilt)
        assert record(folder, endpoint) == ""
        assert content(folder) == plain
        shutil.rmtree(folder)
