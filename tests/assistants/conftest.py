"""A server as an assistant starts it, on stdin and stdout, and one session with it as plain results."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

Found = TypeVar("Found")
Session = Callable[..., Any]


@pytest.fixture(scope="session")
def session(root: Path) -> Session:
    """Start a server over a place, do something with a client of the SDK, and return what it gives."""

    def run(place: Path | str, act: Callable[[Client], Awaitable[Found]], *options: str) -> Found:
        async def main() -> Found:
            started = StdioServerParameters(
                command=sys.executable,
                args=["-m", "coopgraph", "mcp", str(place), *options],
                env={"PYTHONPATH": str(root / "src"), "PATH": os.environ["PATH"]},
            )
            async with Client(started, read_timeout_seconds=60) as client:
                return await act(client)

        with ThreadPoolExecutor(1) as thread:  # a browser test has a loop in this one
            return thread.submit(anyio.run, main).result()

    return run
