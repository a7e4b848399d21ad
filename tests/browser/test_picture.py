"""A photograph of the page: all of it, without what is worked by hand."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
import rdflib
from matplotlib.image import imread
from playwright.sync_api import Browser

import coopgraph as cg
from coopgraph.namespaces import COOP
from coopgraph.views import show
from coopgraph.views.drawing import clean
from coopgraph.views.page import render
from coopgraph.views.photograph import HEIGHT, SHARPNESS, WIDTH, photograph
from tests.browser.conftest import Open
from tests.conftest import CHROMIUM
from tests.views.conftest import SmallRelease
from tests.views.hostile import HOSTILE

pytestmark = pytest.mark.browser


def test_chromium_photographs_the_page(small: SmallRelease, monkeypatch: pytest.MonkeyPatch) -> None:
    assert CHROMIUM
    monkeypatch.setenv("CHROMIUM", CHROMIUM)
    taken = photograph(render(show(small, replicates=0).composition, picture=True))
    assert taken is not None
    size = (int.from_bytes(taken[16:20], "big"), int.from_bytes(taken[20:24], "big"))
    assert size == (WIDTH * SHARPNESS, HEIGHT * SHARPNESS)
    assert len(taken) > 60_000  # an empty page is far smaller


def test_the_photograph_holds_the_whole_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chromium takes it at another height than the page opened at; the drawing must not outgrow it."""
    assert CHROMIUM
    monkeypatch.setenv("CHROMIUM", CHROMIUM)
    G = nx.relabel_nodes(nx.path_graph(60), {i: f"{i}" for i in range(60)})
    taken = photograph(render(show(nx.disjoint_union_all([G] * 5), title="Wide").composition, picture=True))
    assert taken is not None
    graph = np.asarray(imread(io.BytesIO(taken)))[
        200 : (HEIGHT - 100) * SHARPNESS, : (WIDTH - 308) * SHARPNESS, :3
    ]
    inked = graph.min(axis=(0, 2)) < 0.97
    assert inked.any()
    assert not inked[:8].any()
    assert not inked[-8:].any()


def test_a_picture_shows_all_and_nothing_to_press(see: Open, small: SmallRelease, tmp_path: Path) -> None:
    path = tmp_path / "picture.html"
    path.write_bytes(render(show(small, replicates=0).composition, picture=True))
    seen = see(path, width=WIDTH, height=HEIGHT)
    for what in (".search", ".switches", ".zoom", ".sheet", ".caveat", ".tick >> nth=0"):
        assert not seen.page.locator(what).first.is_visible()
    foot = seen.page.locator("footer").inner_text()
    for told in ("unknown flag", "2026-11-22", "A report", "https://example.org/licence"):
        assert told in foot
    assert seen.page.evaluate("document.documentElement.scrollHeight") <= HEIGHT
    box = seen.page.locator("footer").bounding_box()
    assert box
    assert box["y"] + box["height"] <= HEIGHT
    seen.expect_quiet()


@pytest.fixture
def hostile() -> Iterator[cg.Release]:
    """A release of which every label, text and name of a source would be code where it is not a text."""
    graph = rdflib.Graph()
    for place, text in enumerate(HOSTILE):
        thing, other = (rdflib.URIRef(f"https://example.org/{i}") for i in (place, place + 1))
        held = rdflib.Literal(clean(text) or "-")
        graph.add((thing, rdflib.RDF.type, rdflib.URIRef(f"{COOP}City")))
        graph.add((thing, rdflib.SKOS.prefLabel, held))
        graph.add((thing, rdflib.URIRef("https://example.org/says"), held))
        graph.add((thing, rdflib.URIRef("https://example.org/knows"), other))
    with cg.open(graph) as opened:
        yield opened


ASKED = "SELECT ?a ?says ?b { ?a <https://example.org/knows> ?b ; <https://example.org/says> ?says }"
MADE = "CONSTRUCT { ?a ?p ?o } { ?a a coop:City ; ?p ?o }"


@pytest.mark.parametrize("asked", [ASKED, MADE])
@pytest.mark.parametrize("picture", [False, True])
def test_a_hostile_answer_stays_text(
    see: Open, hostile: cg.Release, tmp_path: Path, asked: str, picture: bool
) -> None:
    path = tmp_path / "answer.html"
    view = cg.show(hostile, query=asked, title=HOSTILE[1])
    path.write_bytes(render(view.composition, picture=picture))
    seen = see(path)
    assert seen.page.evaluate("window.hurt") is None
    assert seen.page.locator("body img, body svg[onload]").count() == 0
    seen.expect_quiet()


def test_a_hostile_notebook_stays_text(browser: Browser, hostile: cg.Release, tmp_path: Path) -> None:
    view = cg.show(hostile, query=ASKED, title=HOSTILE[4])
    shown = [thing._repr_html_() for thing in (hostile, hostile.query(ASKED), hostile.query(MADE), view)]
    path = tmp_path / "notebook.html"
    path.write_text("<!doctype html><meta charset=utf-8><body>" + "".join(shown), encoding="utf-8")
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    page.frames[1].wait_for_selector("html[data-ready]", timeout=20_000)
    assert [frame.evaluate("window.hurt") for frame in page.frames] == [None, None]
    assert "<script>window.hurt=1</script>" in page.locator("td").all_inner_texts()
    assert complaints == []
    page.close()
