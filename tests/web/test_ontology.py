"""The page of the ontology: counts as the stored query gives them, a drawing true to the ontology."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.namespaces import COOP
from coopgraph.views.answer import things_in
from coopgraph.views.answer.diagram import BOX, HEIGHT, WIDTH, Diagram, diagram_of
from coopgraph.views.answer.vocabulary import Vocabulary, vocabulary_in
from tests.web.conftest import Look
from tests.web.test_ask import get

ACTOR = f"{COOP}Actor"


@pytest.fixture(scope="module")
def release(built: Path) -> Iterator[cg.Release]:
    with cg.open(built) as opened:
        yield opened


@pytest.fixture(scope="module")
def vocabulary(release: cg.Release) -> Vocabulary:
    return vocabulary_in(release, things_in(release))


@pytest.fixture(scope="module")
def diagram(vocabulary: Vocabulary) -> Diagram:
    return diagram_of(vocabulary)


def test_every_use_is_the_stored_querys(release: cg.Release, site: str) -> None:
    text = unescape(get(f"{site}/es/ontology").text)
    rows = re.findall(r'<tr id="([^"]+)">.*?data-value="(\d+)"', text, re.DOTALL)
    asked = [(str(row[0]), str(row[2])) for row in release.query("uses-of-terms")]
    assert set(asked) <= set(rows)
    assert {uses for iri, uses in rows if iri not in dict(asked)} == {"0"}


def test_the_drawing_says_what_the_ontology_says(diagram: Diagram, vocabulary: Vocabulary) -> None:
    assert (len(diagram.boxes), len(diagram.arrows)) == (12, 11)
    for arrow in diagram.arrows:
        for stated, drawn in ((arrow.term.domains, arrow.source), (arrow.term.ranges, arrow.target)):
            assert not stated or {drawn, *vocabulary.terms[drawn].above} & set(stated), arrow.term.short


def test_no_arrow_crosses_a_box(diagram: Diagram) -> None:
    for box in diagram.boxes:
        assert BOX[0] / 2 <= box.x <= WIDTH - BOX[0] / 2 and BOX[1] / 2 <= box.y <= HEIGHT - BOX[1] / 2
        for arrow in diagram.arrows:
            for step in range(1, 50):
                x, y = (a + (b - a) * step / 50 for a, b in zip(arrow.start, arrow.end, strict=True))
                inside = abs(x - box.x) < BOX[0] / 2 and abs(y - box.y) < BOX[1] / 2
                assert not inside, (arrow.term.short, box.term.short)


def test_schemes_hold_their_concepts(site: str) -> None:
    text = get(f"{site}/en/ontology").text
    goals = re.findall(r'thing\?iri=http%3A%2F%2Fmetadata\.un\.org%2Fsdg%2F([\d.a-z]+)"', text)
    assert goals[:5] == ["1", "1.1", "1.2", "1.3", "1.4"] and goals.index("2") < goals.index(
        "10"
    ) < goals.index("17")
    assert "249 concepts" in text


@pytest.mark.browser
def test_a_class_leads_to_its_meaning_and_its_members(look: Look) -> None:
    seen = look("/en/ontology")
    page = seen.page
    page.locator("svg a.class", has_text="network of cities").click()
    row = page.locator("tr:target")
    assert "coop:Network" in row.inner_text()
    row.locator("td.number a").click()
    page.wait_for_selector("h1:has-text('Which things of a class')")
    assert page.locator("table[data-download] tbody tr").count() == 8
    page.goto(f"{seen.site}/en/ask/cq-043")
    page.locator("table[data-download] a", has_text="city").first.click()
    assert page.locator("tr:target code").inner_text() == "coop:City"
    seen.expect_quiet()
