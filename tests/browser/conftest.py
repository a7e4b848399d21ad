"""A real Chromium, offline: every request, console message and error of a page is written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.tabs import Hears, Tabs
from tests.views.conftest import small

__all__ = ["small"]  # the fixture, for releases


@dataclass
class Seen:
    """An open page, and all it did."""

    page: Page
    requests: list[str]
    complaints: list[str]

    def expect_quiet(self) -> None:
        """Nothing was asked of anybody, and nothing went wrong."""
        assert self.requests == []
        assert self.complaints == []


Open = Callable[..., Seen]


@pytest.fixture
def see(tabs: Tabs) -> Open:
    """Open a file at a given size and theme, and wait until the page says it is ready."""

    def open_page(path: Path, **shown: Any) -> Seen:
        address = path.as_uri()
        requests: list[str] = []
        complaints: list[str] = []
        hears: Hears = {
            "request": lambda asked: requests.append(asked.url) if asked.url != address else None,
            "console": lambda said: complaints.append(said.text),
            "pageerror": lambda error: complaints.append(str(error)),
            "dialog": lambda dialog: complaints.append(dialog.message),
        }
        page = tabs.open(hears, **shown)
        page.goto(address)
        page.wait_for_selector("html[data-ready]", timeout=20_000)
        return Seen(page, requests, complaints)

    return open_page
