"""A saved view: one file that opens without a server, runs what was built and nothing else, asks nobody."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from coopgraph.release.served import Served
from coopgraph.web.app import make_app
from tests.web.data.conftest import Ask, asking

HOSTILE = "</title><script>alert(1)</script>"
PART = {
    "title": HOSTILE,
    "lang": "es",
    "state": '?colour=kind&q="><b>',
    "nodes": [3, 4],
    "links": [7],
    "events": [4],
}


def scripts(text: str) -> list[tuple[str, str]]:
    return re.findall(r"<script([^>]*)>(.*?)</script>", text, flags=re.DOTALL)


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def graph_in(text: str) -> dict[str, Any]:
    (told,) = [body for attributes, body in scripts(text) if 'id="graph"' in attributes]
    found: dict[str, Any] = json.loads(told)
    return found


def test_exactly_what_is_in_the_file_may_run(ask: Ask) -> None:
    text = ask("/download/html", "POST", json=PART).text
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', text)[0])
    running = [body for attributes, body in scripts(text) if "application/json" not in attributes]
    assert len(running) == 2
    for body in running:
        assert hashed(body) in policy
    (style,) = re.findall(r"<style>(.*?)</style>", text, flags=re.DOTALL)
    assert f"style-src {hashed(style)};" in policy and policy.startswith(
        "default-src 'none'; script-src 'sha256-"
    )
    assert HOSTILE not in text and html.escape(HOSTILE) in text
    assert re.findall(r'<html[^>]*data-saved="([^"]*)"', text) == ["colour=kind&amp;q=&#34;&gt;&lt;b&gt;"]


def test_the_file_holds_what_is_seen_and_names_its_sources(ask: Ask) -> None:
    answer = ask("/download/html", "POST", json=PART)
    graph = graph_in(answer.text)
    assert graph["nodes"]["label"]["es"] == ["Lisbon", "Madrid"]
    assert graph["events"]["label"]["en"] == ["Twins"]
    assert graph["links"]["events"] == [[0]]
    assert answer.headers["content-disposition"].endswith('-2026-11-22.html"')
    assert "graph/file/five" in answer.text.split('class="cited"')[1]
    whole = ask("/download/html", "POST", json={"title": "All"})
    assert graph_in(whole.text) == ask("/data/graph.json").json()


def test_nothing_in_the_file_is_fetched_from_anywhere(ask: Ask) -> None:
    text = ask("/download/html", "POST", json={"title": "All"}).text
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", text, flags=re.DOTALL)
    assert not re.findall(r"<(?:link|img|iframe|script|object|embed)\b", markup)
    assert not re.findall(r'(?:src|srcset|action)="', markup)


def test_a_name_that_ends_the_script_does_not(tmp_path: Path) -> None:
    hostile = "</script><script>alert(1)</script><!--"
    (tmp_path / "hostile.ttl").write_text(
        "PREFIX coop: <https://w3id.org/coopgraph/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        f'<urn:x> a coop:City ; skos:prefLabel "{hostile}" .',
        encoding="utf-8",
    )
    with Served(tmp_path / "hostile.ttl") as served:
        text = asking(make_app(served))("/download/html", "POST", json={"title": "All"}).text
    assert hostile not in text and len(scripts(text)) == 4
    assert graph_in(text)["nodes"]["label"]["en"] == [hostile]


@pytest.mark.browser
def test_it_opens_from_a_folder_and_asks_nobody(ask: Ask, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_bytes(ask("/download/html", "POST", json=PART | {"title": "Two"}).content)
    page = browser.new_context().new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto((tmp_path / "saved.html").as_uri())
    page.wait_for_selector("html[data-ready]", timeout=30_000)
    assert [address for address in asked if not address.startswith(("data:", "blob:"))] == [
        (tmp_path / "saved.html").as_uri()
    ]
    assert complaints == []
    assert not page.locator("[data-server]:visible").count()
    page.fill("#search", "madr")
    page.wait_for_selector("#found li")
    assert page.locator("#found li b").first.text_content() == "Madrid"
    page.context.close()
