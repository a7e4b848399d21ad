"""The frame of every page: languages, theme, search box, shortcuts, foot."""

from __future__ import annotations

import httpx
import pytest

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
