"""The reference pages: the same bytes each time, whole in three languages, nothing asked of the network."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from rdflib import RDF, SH, Graph, URIRef

from coopgraph.errors import ConfigError
from coopgraph.rdf.pages import reference_pages

from .conftest import ONTOLOGY

pytestmark = pytest.mark.filterwarnings(  # pyLODE leaves files open and uses what Python deprecates
    "ignore::ResourceWarning",
    "ignore::DeprecationWarning",
    "default::pytest.PytestUnraisableExceptionWarning",
)
LANGUAGES = ("en", "es", "pt")


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {name: page.decode() for name, page in reference_pages(ONTOLOGY).items()}


def test_same_ontology_same_bytes(pages: dict[str, str]) -> None:
    assert {name: page.decode() for name, page in reference_pages(ONTOLOGY).items()} == pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_there_and_no_other(pages: dict[str, str], modules: Graph, language: str) -> None:
    listed = set(re.findall(r"<th>IRI</th>\s*<td>\s*<code>([^<]+)</code>", pages[f"terms.{language}.html"]))
    assert listed == {
        str(s) for s in modules.subjects() if str(s).startswith("https://w3id.org/coopgraph/ns#")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shape_is_there(pages: dict[str, str], shapes: Graph, language: str) -> None:
    named = [s for s in shapes.subjects(RDF.type, SH.PropertyShape) if isinstance(s, URIRef)]
    assert pages[f"shapes.{language}.html"].count("<tr>") == len(named) + 1


def test_pylode_words_are_translated(pages: dict[str, str]) -> None:
    assert ">Object Properties<" in pages["terms.en.html"]
    for language in ("es", "pt"):
        for words in ("Table of Contents", "Object Properties", "Is Defined By", "Sub Class Of"):
            assert f">{words}<" not in pages[f"terms.{language}.html"]


def test_without_pylode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pylode.profiles.ontpub", None)
    with pytest.raises(ConfigError, match=re.escape("pip install 'coopgraph[docs]'")):
        reference_pages(ONTOLOGY)


@pytest.mark.browser
def test_pages_open_offline(pages: dict[str, str], tmp_path: Path, browser: Browser) -> None:
    """No request but for the page itself, no console message, and no link to a page that is not there."""
    for name, page in pages.items():
        (tmp_path / name).write_text(page, encoding="utf-8")
    tab = browser.new_page()
    requests: list[str] = []
    messages: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: messages.append(message.text))
    for name in sorted(pages):
        tab.goto((tmp_path / name).as_uri())
        links = tab.eval_on_selector_all("a[href$='.html']", "all => all.map(a => a.getAttribute('href'))")
        assert set(links) <= set(pages)
    tab.close()
    assert requests == [(tmp_path / name).as_uri() for name in sorted(pages)]
    assert messages == []
