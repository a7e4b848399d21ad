"""What the tests of recordings share: real pairs, a small endpoint with Wikidata's shape, a way to record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coopgraph.rdf.harvest import Manners
from coopgraph.settings.remote_store import RemoteStore
from coopgraph.sources.recording.recorded import Asking, Recorded, record_twins
from coopgraph.sources.recording.twins import Wanted
from tests.remote.endpoint import Endpoint, serving
from tests.sources.recording.wikidata import filled

Pair = tuple[str, str]
Record = Callable[..., Recorded]


@pytest.fixture(scope="session")
def all_pairs(shared_data: Path) -> list[Pair]:
    """The 34,178 statements of the shared file, each once."""
    text = (shared_data / "sister_cities" / "L3viathan_relations.tsv").read_text(encoding="utf-8")
    return sorted({(city, twin) for city, _, twin in (line.partition("\t") for line in text.splitlines())})


@pytest.fixture(scope="session")
def pairs(all_pairs: list[Pair]) -> list[Pair]:
    """The statements by and about some places, with both directions."""
    chosen = {"Q656", "Q1492", "Q2807", "Q597"}
    return [pair for pair in all_pairs if chosen & set(pair)]


@pytest.fixture
def wikidata(pairs: list[Pair]) -> Iterator[Endpoint]:
    """An endpoint that holds them."""
    with serving(Endpoint(store=filled(pairs))) as served:
        yield served


@pytest.fixture
def record() -> Record:
    """Record an endpoint's twin towns without pauses, thirty rows at a time."""

    def recorded(workspace: Path, endpoint: Endpoint, wanted: Wanted | None = None, **store: Any) -> Recorded:
        asked = replace(RemoteStore(endpoint.url, page_rows=30, seconds=5), **store)
        asking = Asking(asked, Manners(pause=0), date(2026, 11, 26))
        return record_twins(workspace, "twins", asking, wanted or Wanted(), lambda what, done, of: None)

    return recorded


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
