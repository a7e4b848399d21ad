"""YASGUI as npm gives it, on a page of another site, asks the real endpoint: rows, a graph, what is wrong."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.tabs import Tabs
from tests.web.conftest import serving

BUILT = Path(__file__).parents[1] / "npm" / "node_modules" / "@zazuko" / "yasgui" / "build"
PAGE = """<!doctype html><meta charset="utf-8"><title>Another site</title>
<link rel="stylesheet" href="yasgui.min.css"><div id="here"></div><script src="yasgui.min.js"></script>
"""
OPEN = """endpoint => {
  Yasgui.Yasr.defaults.pluginOrder = ["table", "response"];
  window.yasgui = new Yasgui(document.getElementById("here"), {
    requestConfig: { endpoint }, persistenceId: null, copyEndpointOnNewTab: false,
  });
}"""
P = "<https://example.org/p>"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Keep standard error for what went wrong."""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The origin of another site, with YASGUI on its only page."""
    if not BUILT.is_dir():
        pytest.fail("YASGUI is missing: npm ci --prefix tests/web/npm")
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    for name in ("yasgui.min.js", "yasgui.min.css"):
        (folder / name).symlink_to(BUILT / name)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def open_to_it(trig: Path, elsewhere: str) -> Iterator[str]:
    """A server that lets the scripts of that site ask."""
    with serving(trig, "--allow-origin", elsewhere) as address:
        yield address


@pytest.fixture
def page(tabs: Tabs, elsewhere: str) -> Page:
    page = tabs.open({}, height=900)
    page.goto(elsewhere)
    return page


def ask(page: Page, endpoint: str, query: str) -> None:
    """Type a query into YASGUI and press its button."""
    page.evaluate(OPEN, f"{endpoint}/sparql")
    page.evaluate("query => yasgui.getTab().getYasqe().setValue(query)", query)
    page.locator(".yasqe_queryButton").click()


def test_select_shows_rows(page: Page, open_to_it: str) -> None:
    ask(page, open_to_it, f"SELECT ?s ?o {{ ?s {P} ?o }} ORDER BY ?s")
    rows = page.locator(".yasr_results table.dataTable tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("https://example.org/a")
    expect(rows.nth(1)).to_contain_text("https://example.org/c")
    expect(page.locator(".yasr_response_chip")).to_contain_text("2 results")


def test_construct_shows_the_graph(page: Page, open_to_it: str) -> None:
    ask(page, open_to_it, f"CONSTRUCT {{ ?o <https://example.org/of> ?s }} WHERE {{ ?s {P} ?o }}")
    rows = page.locator(".yasr_results table.dataTable tbody tr")
    expect(rows).to_have_count(2)
    for name in ("b", "of", "a"):
        expect(rows.nth(0)).to_contain_text(f"<https://example.org/{name}>")


def test_what_is_wrong_is_shown_with_its_place(page: Page, open_to_it: str) -> None:
    ask(page, open_to_it, "SELECT * { ?s ?p }")
    expect(page.locator(".yasr_results .errorResult")).to_contain_text("line 1, character 18")


def test_a_site_that_is_not_named_is_refused(page: Page, tiny: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    ask(page, tiny, f"SELECT ?s ?o {{ ?s {P} ?o }}")
    expect(page.locator(".yasr_results .errorResult")).to_be_visible()
    assert any("CORS policy" in text for text in said), said
    assert page.locator(".yasr_results table").count() == 0
