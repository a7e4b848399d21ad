"""Tabs of the one Chromium that go from test to test: opening one costs more than most pages in it.

In: the browser, what a test hears of a page, its size and theme. Out: an empty page that keeps nothing of an
earlier test: no address, nothing the site has stored, no cache, no listener, no route.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page

Hears = Mapping[Any, Callable[[Any], None]]  # an event of a page, and what is done about it


@dataclass
class Tabs:
    """The tabs of a test run that nobody uses now, by whether they are of a phone, and those in use."""

    browser: Browser
    free: dict[bool, list[Page]] = field(default_factory=lambda: {False: [], True: []})
    used: list[tuple[Page, Hears, bool | None]] = field(default_factory=list)

    def open(
        self,
        hears: Hears,
        *,
        width: int = 1280,
        height: int = 800,
        theme: str = "light",
        touch: bool = False,
        fresh: bool = False,
    ) -> Page:
        """Give an empty page; a `fresh` one, whose clock or scripts may be changed, is nobody else's."""
        waiting = [] if fresh else self.free[touch]
        page = waiting.pop() if waiting else self._new(touch)
        self.used.append((page, hears, None if fresh else touch))
        page.set_viewport_size({"width": width, "height": height})
        dark = theme == "dark"
        page.emulate_media(media="null", color_scheme="dark" if dark else "light", reduced_motion="reduce")
        for event, hear in hears.items():
            page.on(event, hear)
        return page

    def _new(self, touch: bool) -> Page:
        return self.browser.new_context(has_touch=touch, is_mobile=touch).new_page()

    def give_back(self) -> None:
        """Make what was opened as it was before, or close it."""
        while self.used:
            page, hears, touch = self.used.pop()
            if touch is None:
                page.context.close()
            else:
                emptied(page, hears)
                self.free[touch].append(page)


def emptied(page: Page, hears: Hears) -> None:
    """Leave nothing behind: another test comes."""
    for event, hear in hears.items():
        page.remove_listener(event, hear)
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.unroute_all()
    if page.url.startswith(("http", "file")):
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    page.goto("about:blank")
    asks = page.context.new_cdp_session(page)
    for forget in ("Network.clearBrowserCache", "Network.clearBrowserCookies"):
        asks.send(forget)
    asks.detach()
