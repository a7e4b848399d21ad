"""A tab that goes from test to test keeps nothing of the one before."""

from __future__ import annotations

import pytest

from tests.tabs import Tabs

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
LEFT = """() => [Object.keys(localStorage).length, document.cookie, matchMedia('print').matches,
  matchMedia('(prefers-color-scheme: dark)').matches, innerWidth,
  document.querySelectorAll(':hover').length]"""


def test_a_tab_used_again_keeps_nothing(all_tabs: Tabs, site: str) -> None:
    heard: list[str] = []
    first = all_tabs.open({"console": lambda said: heard.append(said.text)}, theme="dark", width=600)
    first.goto(f"{site}/en/about")
    first.evaluate("localStorage.setItem('theme', 'dark'); document.cookie = 'seen=1'; console.log('once')")
    first.emulate_media(media="print")
    first.route("**/en/about", lambda route: route.fulfill(body="another"))
    first.context.new_page()
    first.mouse.move(300, 300)
    assert heard == ["once"]
    all_tabs.give_back()

    again = all_tabs.open({})
    assert again is first, "it is the same tab"
    assert again.context.pages == [again]
    again.goto(f"{site}/en/about")
    assert again.locator("html[data-ready]").count() == 1
    assert again.evaluate(LEFT) == [0, "", False, False, 1280, 0]
    again.evaluate("console.log('twice')")
    assert heard == ["once"]
    all_tabs.give_back()


def test_a_fresh_tab_is_nobody_elses(all_tabs: Tabs) -> None:
    fresh = all_tabs.open({}, fresh=True)
    all_tabs.give_back()
    assert fresh.is_closed()
    assert all(fresh is not waiting for tabs in all_tabs.free.values() for waiting in tabs)
