"""The page of cities beside goals: numbers, gaps and what stands behind a cell."""

from __future__ import annotations

import httpx
import pytest

from tests.web.conftest import Look


def test_it_says_what_is_not_stated(site: str) -> None:
    text = httpx.get(f"{site}/en/sdgs", timeout=60).text
    assert "94 of 95 actions state no goal." in text
    assert "14 of the 17 goals are stated by no programme, action or agreement" in text
    assert text.count('<td class="gap"') == 32, "two cities, one goal each"
    every = httpx.get(f"{site}/en/sdgs", params={"rows": "all", "sort": "name"}, timeout=60).text
    assert every.count('<td class="gap"') == 140 * 17 - 2
    assert every.index(">Buenos Aires<") < every.index(">Madrid<")


def test_a_cell_opens_what_stands_behind_it(site: str) -> None:
    shown = httpx.get(f"{site}/es/sdgs", params={"city": "city/medellin", "goal": "4"}, timeout=60).text
    assert "Early childhood policies of Medellín and San Justo" in shown
    empty = httpx.get(f"{site}/es/sdgs", params={"city": "city/madrid", "goal": "4"}, timeout=60).text
    assert "Ninguna acción ni acuerdo de esta ciudad declara este objetivo." in empty
    assert (
        'id="cell"' not in httpx.get(f"{site}/es/sdgs", params={"city": "<x>", "goal": "99"}, timeout=60).text
    )


@pytest.mark.browser
def test_cells_and_switches_are_links(look: Look) -> None:
    seen = look("/en/sdgs")
    page = seen.page
    page.click("a:has-text('all (140)')")
    assert page.locator(".matrix tbody tr").count() == 140
    page.click("a[aria-label^='Medellín, 4.']")
    assert page.locator("#cell tbody tr").count() == 1 and "rows=all" in page.url
    seen.expect_quiet()


@pytest.mark.browser
def test_it_fits_a_phone(look: Look) -> None:
    seen = look("/pt/sdgs?rows=all", width=390, height=844, theme="dark")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
    seen.expect_quiet()
