"""The real server over the bundled workspace, and a real Chromium that writes down all a page does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request

import coopgraph as cg
from tests.tabs import Hears, Tabs

Serve = Callable[[Path], str]
DRIVER = (
    "GPU stall due to ReadPixels"  # Chromium without a GPU says it of each WebGL canvas it puts on the screen
)


@contextmanager
def serving(workspace: Path, *options: str) -> Iterator[str]:
    """Run `coopgraph serve` on a free port of the loopback; give its address, without a slash at the end."""
    command = [sys.executable, "-m", "coopgraph", "serve", str(workspace), "--port", "0", *options]
    environment = {**os.environ, "PYTHONPATH": str(Path(cg.__file__).parents[1])}  # the code under test
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert process.stdout is not None
        told = process.stdout.readline()
        assert "http://" in told, told
        yield "http://" + told.split("http://")[1].split()[0].rstrip("/")
    finally:
        process.terminate()
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture(scope="session")
def site(built: Path) -> Iterator[str]:
    """The address of the site over the bundled workspace."""
    with serving(built) as address:
        yield address


@dataclass
class Seen:
    """An open page, and all it did."""

    page: Page
    site: str
    foreign: list[str]
    complaints: list[str]

    def expect_quiet(self) -> None:
        """Nobody but the site was asked, and nothing went wrong."""
        assert self.foreign == []
        assert self.complaints == []


Look = Callable[..., Seen]


@pytest.fixture
def look(tabs: Tabs, site: str) -> Look:
    """Open a page of the site, such as `/en/explore`, and wait until it says it is ready."""

    def open_page(path: str, *, at: str = "", complain: bool = True, **shown: Any) -> Seen:
        base = at or site
        foreign: list[str] = []
        complaints: list[str] = []

        def asks(asked: Request) -> None:
            if not asked.url.startswith((f"{base}/", "data:", "blob:")):
                foreign.append(asked.url)

        def says(said: ConsoleMessage) -> None:
            if complain and said.type in ("error", "warning") and DRIVER not in said.text:
                complaints.append(said.text)

        hears: Hears = {
            "request": asks,
            "console": says,
            "pageerror": lambda error: complaints.append(str(error)),
            "dialog": lambda dialog: complaints.append(dialog.message),
        }
        seen = Seen(tabs.open(hears, **shown), base, foreign, complaints)
        seen.page.goto(base + path)
        seen.page.wait_for_selector("html[data-ready]", timeout=30_000)
        return seen

    return open_page
