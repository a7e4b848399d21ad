"""The application asked directly, without a server: a release of five cities."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from coopgraph.release.served import Served
from coopgraph.web.app import make_app

FIVE = Path(__file__).parents[2] / "views" / "explorer" / "five.ttl"
Ask = Callable[..., httpx.Response]


@pytest.fixture(scope="package")
def served() -> Iterator[Served]:
    with Served(FIVE) as releases:
        yield releases


def asking(app: Any) -> Ask:
    """Return what asks an application for an address; keywords are those of `httpx.request`."""

    async def answer(method: str, path: str, **how: Any) -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, path, **how)

    def told(path: str, method: str = "GET", **how: Any) -> httpx.Response:
        """Run a loop in a thread of its own: a browser test has one in this."""
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(answer(method, path, **how))).result()

    return told


@pytest.fixture(scope="package")
def ask(served: Served) -> Ask:
    return asking(make_app(served))
