"""The release in force is the one asked: published meanwhile, in a remote store, or both."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client

import coopgraph as cg
from tests.assistants.conftest import Session
from tests.assistants.test_server import CALLS
from tests.remote.endpoint import Endpoint, serving
from tests.remote.test_publishing import built as released

AMOUNTS = {"query": "SELECT (SUM(?a) AS ?sum) { ?s <urn:amount> ?a }"}


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving(Endpoint(union=False)) as served:
        yield served


async def total(client: Client) -> str:
    answer = await client.call_tool("sparql", AMOUNTS)
    assert answer.structured_content is not None
    return str(answer.structured_content["rows"][0]["sum"])


def test_a_release_published_meanwhile_is_asked(tmp_path: Path, session: Session) -> None:
    place = released(tmp_path, "ws", {"one": "<urn:a> <urn:amount> 7 ."})

    async def act(client: Client) -> list[str]:
        before = await total(client)
        (place / "one.ttl").write_text("<urn:a> <urn:amount> 8 .", encoding="utf-8")
        await anyio.to_thread.run_sync(cg.build, place)
        with anyio.fail_after(30):
            while (after := await total(client)) == before:
                await anyio.sleep(0.2)
        return [before, after]

    assert session(place, act) == ["7", "8"]


def test_a_store_answers_as_the_release_here(
    built: Path, tmp_path: Path, endpoint: Endpoint, session: Session
) -> None:
    async def act(client: Client) -> dict[str, Any]:
        return {name: (await client.call_tool(*call)).structured_content for name, call in CALLS.items()}

    place = tmp_path / "data"
    shutil.copytree(built, place)
    file = place / "coopgraph.toml"
    file.write_text(f'store = "{endpoint.url}"\n{file.read_text("utf-8")}', encoding="utf-8")
    cg.publish(place, to=endpoint.url)
    here, there, named = session(built, act), session(endpoint.url, act), session(place, act, "--store")
    assert endpoint.asked
    for name in CALLS.keys() - {"cut", "optional"}:  # whose rows have no order: each engine has its own
        assert there[name] == named[name] == here[name], name
