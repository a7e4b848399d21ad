"""What the rdf tests share: small stores made from TriG."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coopgraph.rdf.client import Request, Worker
from coopgraph.rdf.engine import Engine
from coopgraph.rdf.parse import parse_rdf
from coopgraph.rdf.store import create

TRIG = """
@prefix : <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:g1 { :a :p :b . :b :p :c . }
:g2 { :a :p :b . :x :q 5 ; :name "La Paz"@es . }
"""


@pytest.fixture(scope="session")
def make_store(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Turn TriG into a finished store and return its folder."""

    def make(trig: str) -> Path:
        folder = tmp_path_factory.mktemp("store")
        (folder / "in.trig").write_text(trig, encoding="utf-8")
        lines = parse_rdf(
            folder / "in.trig",
            graph="https://example.org/default",
            base="https://example.org/",
            genid="urn:b",
        )
        (folder / "graph.nq").write_text("".join(sorted(lines)), encoding="utf-8")
        create(folder / "store", folder / "graph.nq")
        return folder / "store"

    return make


@pytest.fixture(scope="session")
def store(make_store: Callable[[str], Path]) -> Path:
    """The store of TRIG."""
    return make_store(TRIG)


@pytest.fixture
def engine(store: Path) -> Iterator[Engine]:
    """An engine over the store of TRIG."""
    found = Engine(store)
    yield found
    found.close()


@pytest.fixture
def worker(store: Path) -> Iterator[Worker]:
    """A worker over the store of TRIG."""
    found = Worker(store)
    yield found
    found.close()


@pytest.fixture
def ask() -> Callable[[str], Request]:
    """A request that no guard has looked at."""
    return lambda query: Request(query, {"": "https://example.org/"}, "https://example.org/")
