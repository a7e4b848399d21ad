"""The timeline page: without a script, with one, on a phone; its drawing as a file."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import httpx
import pytest

from tests.web.conftest import Look

SVG = "{http://www.w3.org/2000/svg}"


def test_it_works_without_a_script(site: str) -> None:
    whole = httpx.get(f"{site}/en/timeline", timeout=60).text
    assert "100 of 100 agreements · state on 22 November 2026" in whole
    assert "20 agreements without any date" in whole and whole.count('<tr id="') == 100
    lapsed = httpx.get(f"{site}/es/timeline", params={"state": "expired", "group": "none"}, timeout=60).text
    assert "4 de 100 acuerdos" in lapsed and lapsed.count('class="span expired"') == 5, "four bars and a key"
    assert lapsed.count("<ol>") == 1 and lapsed.count('<li class="row') == 4
    nothing = httpx.get(f"{site}/en/timeline", params={"kind": "<script>alert(1)</script>"}, timeout=60).text
    assert "No agreement is like this." in nothing and "<script>alert" not in nothing


def test_an_agreement_without_an_end_is_never_called_in_force(site: str) -> None:
    text = httpx.get(f"{site}/en/timeline", params={"state": "in-force"}, timeout=60).text
    assert text.count('<tr id="') == 1 and "5 November 2029" in text


def test_the_legend_counts_what_is_selected(site: str) -> None:
    html = httpx.get(f"{site}/es/timeline", params={"city": "city/quito"}, timeout=60).text
    assert "3 de 100 acuerdos" in html
    legend = html.split('<ul class="states"')[1].split("</ul>")[0]
    drawn = html.split('<div class="timeline"')[1].split("</section>")[0]
    counts = re.findall(r'class="quiet">(\d+)<', legend)
    assert counts and sum(map(int, counts)) == drawn.count('<li class="row')
    heads = re.findall(r'<th scope="col">([^<]+)<', html)
    assert heads[:2] == ["Acuerdo", "Situación"], "the state is in sight"


def test_a_year_that_is_none_is_told(site: str) -> None:
    answer = httpx.get(f"{site}/pt/timeline", params={"from": "200l"}, timeout=60)
    assert answer.status_code == 400 and "não é um ano" in answer.text


def test_the_drawing_is_a_file(site: str) -> None:
    answer = httpx.get(f"{site}/en/timeline.svg", params={"kind": "friendship"}, timeout=60)
    assert answer.headers["content-type"].startswith("image/svg+xml")
    drawing = ElementTree.fromstring(answer.text)
    bars = [mark for mark in drawing.iter(f"{SVG}svg") if mark.get("width") == "740" and mark.get("class")]
    assert len(bars) == 11, "of twelve friendship agreements one has no date"


@pytest.mark.browser
def test_a_choice_changes_the_page_in_place(look: Look) -> None:
    seen = look("/en/timeline")
    page = seen.page
    page.evaluate("window.same = true")
    page.select_option("select[name=state]", "expired")
    page.wait_for_function("() => document.querySelectorAll('.timeline .row').length === 4")
    assert page.evaluate("window.same") and "state=expired" in page.url
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('.timeline .row').length === 80")
    assert page.locator("select[name=state]").input_value() == ""
    page.click("a[data-agreement$='barcelona-medellin-2009']")
    told = page.locator("dialog.agreement").inner_text()
    assert "renewed by Barcelona and Medellín friendship and cooperation protocol 2013-2017" in told
    assert "All evidence" in told
    page.keyboard.press("Escape")
    with page.expect_download() as given:
        page.click("button:has-text('PNG')")
    assert given.value.suggested_filename == "agreements.png"
    seen.expect_quiet()


@pytest.mark.browser
def test_it_fits_a_phone(look: Look) -> None:
    seen = look("/es/timeline?group=city&city=city/lisbon", width=390, height=844, theme="dark")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert seen.page.locator(".timeline h3").count() == 1
    seen.expect_quiet()
