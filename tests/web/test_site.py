"""The frame of every page: languages, theme, search box, shortcuts, foot."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page, Route

from tests.web.conftest import Look


@pytest.mark.parametrize("accepted, lang", [("pt-BR,en;q=0.5", "pt"), ("de", "en"), ("es", "es")])
def test_the_front_door_leads_to_the_readers_language(site: str, accepted: str, lang: str) -> None:
    answer = httpx.get(site + "/", headers={"Accept-Language": accepted})
    assert answer.headers["location"].startswith(f"/{lang}/")


def test_a_page_that_is_not_there_says_so_in_the_readers_language(site: str) -> None:
    answer = httpx.get(site + "/es/nowhere")
    assert answer.status_code == 404 and "Esa página no existe." in answer.text


def test_a_release_that_is_gone_is_told(site: str) -> None:
    answer = httpx.get(site + "/en/about", params={"release": "../../etc"})
    assert answer.status_code == 410 and "no longer there" in answer.text


@pytest.mark.browser
def late(route: Route, page: Page) -> None:
    """Answer what is asked for a whole name later than its first letters."""
    if "cordoba" in route.request.url:
        page.wait_for_timeout(400)
    route.continue_()


def test_enter_means_what_is_written_though_finds_come_late(look: Look) -> None:
    """The finds of the first letters are shown while those of the whole name are on their way."""
    page = look("/en/about").page
    page.route("**/data/search*", lambda route: late(route, page))
    box = page.locator("#search")
    box.press_sequentially("c")
    page.wait_for_selector("#found li[aria-selected=true]")
    box.press_sequentially("ordoba")
    box.press("Enter")
    page.wait_for_url("**/city?iri=*cordoba*")


def test_the_frame_works(look: Look) -> None:
    seen = look("/es/about")
    page = seen.page
    page.keyboard.press("?")
    assert page.locator("dialog h2").text_content() == "Atajos de teclado"
    page.keyboard.press("Escape")
    page.click("#theme")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.click("nav a[data-lang=pt]")
    assert page.locator("h1").text_content() == "Acerca destes dados"
    assert page.locator("html").get_attribute("data-theme") == "dark"
    seen.expect_quiet()
