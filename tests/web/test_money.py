"""The page of money: figures side by side, unknown said, nothing added across currencies."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from tests.web.conftest import Look, serving


def test_the_bundled_money_is_told(site: str) -> None:
    html = httpx.get(f"{site}/en/money", timeout=60).text
    assert "93 of 95 actions state no amount" in html
    kinds = html.split('data-sort="kinds"')[1].split("</table>")[0]
    rows = re.findall(r'="(\d+)">\d+</td><td class="number[^=]*="([\d.]*)">[^<]*</td><td data-sources', kinds)
    assert rows == [
        ("0", ""),  # ceilings: rules, not money
        ("1", "6600000.00"),
        ("1", "4759000.00"),
        ("1", "1500000.00"),
        ("1", "959000.00"),  # of two: the undated 900,000 may be the same
        ("1", "250000.00"),
    ]
    apart = html.split('data-sort="apart"')[1].split("</table>")[0]
    assert "900,000" in apart and "its period is not stated" in apart and apart.count("a rule for each") == 3
    assert 'data-value="72.1"' in html and "1,859,000" not in html and "3,359,000" not in html


def test_a_release_without_money_says_unknown_not_zero(root: Path, tmp_path: Path) -> None:
    (tmp_path / "none.ttl").write_text(
        "PREFIX coop: <https://w3id.org/coopgraph/ns#> <urn:a> a coop:Action .", "utf-8"
    )
    with serving(tmp_path / "none.ttl") as address:
        html = httpx.get(f"{address}/es/money", timeout=60).text
    assert html.count("Desconocido no es cero") == 3 and "1 de 1 acciones no declara ningún importe" in html


@pytest.mark.browser
def test_groups_are_chosen_by_the_address(look: Look) -> None:
    seen = look("/en/money")
    page = seen.page
    page.click(".by a:has-text('Strategic line')")
    page.wait_for_selector("html[data-ready]")
    assert "by=line" in page.url
    row = page.locator("#groups tbody tr", has_text="gender equality").first
    assert "Integral" not in row.inner_text() and "6,600,000" in row.inner_text()
    page.click("#groups thead button:has-text('Shared')")
    assert "groups-desc=1" in page.url
    page.click("nav a[data-lang=pt]")
    page.wait_for_selector("html[data-ready]")
    assert page.locator("h1").text_content() == "Dinheiro"
    assert page.locator("#groups th[aria-sort=descending]").count() == 1
    seen.expect_quiet()
