"""A real Chromium, offline: every request, console message and error of a page is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.views.conftest import small

__all__ = ["small"]  # the fixture, for releases


@dataclass
class Seen:
    """An open page, and all it did."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def expect_quiet(self) -> None:
        """Nothing was asked of anybody, and nothing went wrong."""
        assert self.requests == []
        assert self.complaints == []


Open = Callable[..., Seen]


@pytest.fixture
def see(browser: Browser) -> Iterator[Open]:
    """Open a file at a given size and theme, and wait until the page says it is ready."""
    opened: list[Page] = []

    def open_page(path: Path, *, width: int = 1280, height: int = 800, theme: str = "light") -> Seen:
        page = browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
        )
        opened.append(page)
        seen = Seen(page)
        address = path.as_uri()
        page.on(
            "request", lambda request: seen.requests.append(request.url) if request.url != address else None
        )
        page.on("console", lambda message: seen.complaints.append(message.text))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on("dialog", lambda dialog: seen.complaints.append(dialog.message))
        page.goto(address)
        page.wait_for_selector("html[data-ready]", timeout=20_000)
        return seen

    yield open_page
    for page in opened:
        page.close()
