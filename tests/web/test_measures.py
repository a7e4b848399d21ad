"""The page of measures says what `coopgraph rank` says, and what a measure is."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from coopgraph.network.catalogue import measures
from coopgraph.web.measure_words import catalogue_words
from coopgraph.web.words import words_in
from tests.web.conftest import Look

CELL = re.compile(r"<t([hd])\b([^>]*)>(.*?)</t[hd]>", re.DOTALL)


def rows_of(html: str) -> list[dict[str, str]]:
    """Return the cells of the page's table by the keys of their columns, as a download takes them."""
    table = html.split('data-sort=""')[1].split("</table>")[0]
    head, body = table.split("<tbody>")
    keys = re.findall(r'data-key="([^"]+)"', head)
    rows = []
    for row in body.split("<tr>")[1:]:
        cells = [_value(attributes, text) for _, attributes, text in CELL.findall(row)]
        city = re.findall(r'city\?iri=([^"]+)"', row)[0]
        rows.append({**dict(zip(keys, cells, strict=True)), "city": city})
    return rows


def _value(attributes: str, text: str) -> str:
    found = re.search(r'data-value="([^"]*)"', attributes)
    return found[1] if found else re.sub("<[^>]*>", "", text)


@pytest.mark.parametrize(
    "asked, options",
    [
        ("", []),
        ("measure=given&unknown=both", ["--measure", "given", "--unknown", "both"]),
        ("measure=pagerank&from=2016&to=2022", ["--measure", "pagerank", "--period", "2016/2022"]),
        ("programme=urb-al&country=ES", ["--programme", "urb-al", "--country", "ES"]),
    ],
)
def test_the_table_equals_the_shells(site: str, built: Path, asked: str, options: list[str]) -> None:
    shown = rows_of(httpx.get(f"{site}/en/measures?{asked}", timeout=60).text)
    command = [sys.executable, "-m", "coopgraph", "rank", "-w", str(built), "--format", "csv"]
    told = subprocess.run([*command, *options], check=True, capture_output=True, text=True).stdout
    rows = list(csv.DictReader(io.StringIO(told)))
    assert len(shown) == len(rows) > 0
    for mine, row in zip(shown, rows, strict=True):
        assert mine["city"].replace("%3A", ":").replace("%2F", "/") == row["city"]
        for key in set(mine) & set(row) - {"city", "country"}:
            assert (mine[key] or None) == (row[key] or None) or float(mine[key]) == float(row[key])
        for key in ("score-low", "score-high", "rank-low", "rank-high"):
            if key in mine:
                assert float(mine[key] or -1) == float(row[key.replace("-", "_")] or -1)


def test_both_readings_of_unknown_roles_are_shown(site: str) -> None:
    usual = rows_of(httpx.get(f"{site}/en/measures", timeout=60).text)
    other = rows_of(httpx.get(f"{site}/en/measures?unknown=both", timeout=60).text)
    both = {row["city"]: row for row in other}
    assert {row["otherwise"] for row in usual} > {"1", "8"}
    assert all(row["otherwise"] == both[row["city"]]["rank"] for row in usual)
    assert all(row["rank"] == both[row["city"]]["otherwise"] for row in usual)


def test_a_measure_is_told_in_words(site: str) -> None:
    html = httpx.get(f"{site}/es/measures?measure=eigenvector", timeout=60).text
    assert "https://doi.org/" in html and "Cada grupo de ciudades" in html and "14 partes" in html
    assert "score-low" not in html  # classical measures have no ranges
    assert "248 de 354" in html.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("lang", ["en", "es", "pt"])
def test_all_the_catalogue_says_has_words(lang: str) -> None:
    for measure in measures():
        assert all(catalogue_words(measure, words_in(lang)).values())


def test_what_cannot_be_asked_is_refused_in_words(site: str) -> None:
    wrong = httpx.get(f"{site}/en/measures?measure=nothing")
    assert wrong.status_code == 400 and "is not known" in wrong.text
    wrong = httpx.get(f"{site}/en/measures?programme=nowhere", timeout=60)
    assert wrong.status_code == 400 and "nowhere" in wrong.text
    wrong = httpx.get(f"{site}/en/measures?half_life=long")
    assert wrong.status_code == 400 and "Write a number" in wrong.text


@pytest.mark.browser
def test_a_measure_is_chosen_and_the_table_sorted(look: Look) -> None:
    seen = look("/en/measures")
    page = seen.page
    assert page.locator("svg.dots circle").count() == 25
    page.select_option("select[name=measure]", "received")
    page.click("form.asked button")
    page.wait_for_selector("html[data-ready]")
    assert "measure=received" in page.url and page.locator("#measure-title").text_content() == "Received"
    page.click("#cities thead button:has-text('Given')")
    assert "sort=given" in page.url and "desc=1" in page.url
    given = page.locator("#cities tbody tr td:nth-last-child(4)").all()[:3]
    values = [float(cell.get_attribute("data-value") or 0) for cell in given]
    assert values == sorted(values, reverse=True)
    page.go_back()
    assert page.locator("#cities th[aria-sort=descending]").count() == 0
    seen.expect_quiet()


@pytest.mark.browser
def test_the_whole_network_is_worked_out_when_asked(look: Look) -> None:
    seen = look("/pt/measures")
    assert seen.page.locator("#whole table").count() == 0
    seen.page.click("#whole a")
    seen.page.wait_for_selector("#whole table", timeout=60_000)
    row = seen.page.locator("#whole tr", has_text="Sem fluxo")
    assert row.locator("td").first.get_attribute("data-value") == "62.0"
    seen.expect_quiet()
