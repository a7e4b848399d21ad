"""The real server over the bundled workspace, and a real Chromium that writes down all a page does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import coopgraph as cg

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
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def expect_quiet(self) -> None:
        """Nobody but the site was asked, and nothing went wrong."""
        assert self.foreign == []
        assert self.complaints == []


Look = Callable[..., Seen]


@pytest.fixture
def look(browser: Browser, site: str) -> Iterator[Look]:
    """Open a page of the site, such as `/en/explore`, and wait until it says it is ready."""
    opened = []

    def open_page(
        path: str,
        *,
        at: str = "",
        width: int = 1280,
        height: int = 800,
        theme: str = "light",
        touch: bool = False,
        complain: bool = True,
    ) -> Seen:
        base = at or site
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
            has_touch=touch,
            is_mobile=touch,
        )
        opened.append(context)
        page = context.new_page()
        seen = Seen(page, base)
        page.on(
            "request",
            lambda asked: (
                None
                if asked.url.startswith((f"{base}/", "data:", "blob:"))
                else seen.foreign.append(asked.url)
            ),
        )
        if complain:
            page.on(
                "console",
                lambda said: (
                    seen.complaints.append(said.text)
                    if said.type in ("error", "warning") and DRIVER not in said.text
                    else None
                ),
            )
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on("dialog", lambda dialog: seen.complaints.append(dialog.message))
        page.goto(base + path)
        page.wait_for_selector("html[data-ready]", timeout=30_000)
        return seen

    yield open_page
    for context in opened:
        context.close()
