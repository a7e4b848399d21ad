"""Questions in plain words: every one opens in three languages with the answer the release gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest

import coopgraph as cg
from coopgraph.rdf.terms import plain_text
from coopgraph.resources import bundled
from coopgraph.views.drawing import clean
from coopgraph.web.answer_words import ABOUT, HEADINGS, heading
from coopgraph.web.words import words_in
from tests.web.conftest import Look

NAMES = sorted(path.stem for path in (bundled("ontology") / "queries" / "competency").glob("cq-*.rq"))
ID = "https://w3id.org/coopgraph/id/"


def get(address: str, params: dict[str, str] | None = None) -> httpx.Response:
    """Ask for a page; the first makes the server read what it needs."""
    return httpx.get(address, params=params, timeout=60)


class Table(HTMLParser):
    """The rows of the table of an answer: what each cell holds, and what it shows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = self._answer = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self._answer = "data-download" in given
        elif tag == "tbody":
            self._inside = self._answer
        elif self._inside and tag == "tr":
            self.rows.append([])
        elif self._inside and tag in ("td", "th"):
            self.rows[-1] += [given.get("data-value") or "", ""]

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "tbody"

    def handle_data(self, data: str) -> None:
        if self._inside and self.rows and self.rows[-1]:
            self.rows[-1][-1] = (self.rows[-1][-1] + data).strip()


@pytest.fixture(scope="module")
def release(built: Path) -> Iterator[cg.Release]:
    with cg.open(built) as opened:
        yield opened


@pytest.mark.parametrize("lang", ["en", "es", "pt"])
@pytest.mark.parametrize("name", NAMES)
def test_a_question_opens_with_its_answer(site: str, release: cg.Release, name: str, lang: str) -> None:
    answer = get(f"{site}/{lang}/ask/{name}")
    assert answer.status_code == 200
    query = release.library.get(name)
    assert f"<h1>{query.title(lang)}</h1>" in answer.text.replace("&#39;", "'")
    speaks: dict[str, Any] = {"lang": lang} if any(one.kind == "lang" for one in query.parameters) else {}
    asked = [[clean(plain_text(term)) for term in terms] for terms in release.query(name, **speaks).terms()]
    shown = Table(answer.text).rows
    if 'class="record"' in answer.text:  # a single row stands upright
        shown = [[text for row in shown for text in row]]
    assert len(shown) == len(asked) > 0
    lost = [
        (given, row)
        for given, row in zip(asked, shown, strict=True)
        if not {text.strip() for text in given if text} <= set(row)
    ]
    assert lost == []


def test_every_question_is_in_the_gallery(site: str) -> None:
    text = get(f"{site}/es/ask").text
    assert [name for name in NAMES if f"/es/ask/{name}" not in text] == []
    assert f"{len(NAMES)} preguntas" in text and "Redes de ciudades" in text


def test_a_question_answers_to_its_number(site: str) -> None:
    assert get(f"{site}/en/ask/cq-035").status_code == 200
    assert get(f"{site}/en/ask/cq-999").status_code == 404
    assert get(f"{site}/en/ask/participations.part-of").status_code == 404  # it has no title


@pytest.mark.parametrize("city", ["Lisboa", "lisbon", f"{ID}city/lisbon", "id:city/lisbon", " LISBÓA "])
def test_a_thing_is_found_by_its_name_or_its_identifier(site: str, release: cg.Release, city: str) -> None:
    answer = get(f"{site}/en/ask/cq-025", params={"city": city})
    expected = release.query("cq-025", city=f"{ID}city/lisbon")
    assert len(Table(answer.text).rows) == len(expected) > 0
    assert 'value="Lisbon"' in answer.text


def test_all_that_is_wrong_is_said_beside_the_fields(site: str) -> None:
    answer = get(f"{site}/es/ask/cq-021", params={"city": "Atlántida", "now": "ayer"})
    assert answer.status_code == 400
    assert "Nada en estos datos se llama así." in answer.text and "Esto no es una fecha." in answer.text
    assert 'value="Atlántida"' in answer.text and 'value="ayer"' in answer.text
    assert Table(answer.text).rows == []


@pytest.mark.parametrize(
    "hostile",
    [
        "> } UNION { ?s ?p ?o } #",
        '" } DROP ALL #',
        "urn:x> . SERVICE <http://evil.example/> { ?s ?p ?o",
        "<script>alert(1)</script>",
        "javascript:alert(1)",
        "\\u0022 } #",
        "%00\x00",
        "x" * 20_000,
    ],
)
@pytest.mark.parametrize("name, parameter", [("cq-025", "city"), ("cq-031", "atLeast"), ("cq-021", "now")])
def test_a_hostile_parameter_is_inert(site: str, name: str, parameter: str, hostile: str) -> None:
    answer = get(f"{site}/en/ask/{name}", params={parameter: hostile})
    assert answer.status_code == 400
    assert "<script>alert" not in answer.text and 'href="javascript' not in answer.text


def test_an_answer_with_nothing_says_so(site: str) -> None:
    answer = get(f"{site}/en/ask/cq-031", params={"atLeast": "1000"})
    assert answer.status_code == 200 and "Nothing in these data answers this." in answer.text


def test_every_heading_and_every_meaning_has_its_words(release: cg.Release) -> None:
    asked = release.queries()
    used = {name for query in asked for name in release.query(query.name).variables}
    assert sorted(used - set(HEADINGS)) == []
    meanings = {one.about for query in asked for one in query.parameters if one.kind != "lang"}
    assert meanings == set(ABOUT)
    spanish = words_in("es")
    assert {heading(name, spanish) for name in ("kindLabel", "kind")} == {"Tipo"}


@pytest.mark.browser
def test_a_question_is_found_asked_and_shared(look: Look) -> None:
    seen = look("/en/ask")
    page = seen.page
    page.fill("#filter", "RENEW documented")
    assert page.locator(".theme li:visible").all_inner_texts() == [
        "Which agreements have ended by a given day without a documented renewal?"
    ]
    page.fill("#filter", "xyzzy")
    assert page.locator("#none").is_visible()
    page.fill("#filter", "with whom")
    page.click(".theme li:visible a")
    page.fill("[name=city]", "Lisboa")
    page.press("[name=city]", "Enter")
    page.wait_for_url("**city=Lisboa")
    first = page.locator("tbody th").first
    assert page.locator("td.identifier").first.is_hidden()
    page.check("#identifiers")
    assert page.locator("td.identifier").first.inner_text().startswith(ID)
    page.click("nav a[data-lang=pt]")
    assert page.locator("h1").inner_text().startswith("Com quem coopera")
    assert page.locator("[name=city]").input_value() == "Lisboa"
    page.go_back()
    assert first.is_visible()
    seen.expect_quiet()


@pytest.mark.parametrize(
    "name, shown, mark",
    [
        ("cq-025", "", '<ol class="answer-bars">'),
        ("cq-025", "map", "small-map"),
        ("cq-037", "", "small-map"),
        ("cq-024", "graph", 'class="net"'),
        ("cq-025", "table", "<table data-download>"),
    ],
)
def test_an_answer_is_drawn_without_a_script(site: str, name: str, shown: str, mark: str) -> None:
    text = get(f"{site}/en/ask/{name}", params={"as": shown} if shown else {}).text
    drawn = [one for one in ('<ol class="answer-bars">', "small-map", 'class="net"') if one in text]
    assert mark in text and drawn == ([mark] if shown != "table" else [])
    assert len(Table(text).rows) > 3


def test_bars_show_what_the_table_says(site: str) -> None:
    text = get(f"{site}/en/ask/cq-025", params={"y": "actions"}).text
    bars = re.findall(r'<rect width="([\d.]+)%".*?<span class="number">(\d+)', text)
    rows = Table(text).rows
    assert sorted(int(number) for _, number in bars) == sorted(int(row[-2]) for row in rows)
    assert all(abs(float(width) - 100 * int(number) / 8) < 0.01 for width, number in bars)


@pytest.mark.browser
def test_an_answer_is_kept_as_a_file(look: Look, release: cg.Release) -> None:
    seen = look("/en/ask/cq-025?as=table")
    page = seen.page
    page.click("#answer .menu summary")
    with page.expect_download() as waited:
        page.click("button[data-download=csv]")
    text = Path(waited.value.path()).read_text("utf-8-sig")
    asked = [str(row[0]) for row in release.query("cq-025")]
    assert [iri for iri in asked if iri not in text] == []
    assert "Buenos Aires" in text and "Agreements" in text
    seen.expect_quiet()
