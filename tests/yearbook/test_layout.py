"""How a year book is laid out: words in three languages, a page without barriers, a designer's templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

import coopgraph as cg
from coopgraph.errors import ProjectionError
from coopgraph.languages import LANGUAGES
from coopgraph.secretariat.wording import texts
from coopgraph.views.names import names_in
from coopgraph.views.profiles.reader import Reader
from coopgraph.yearbook import answers, layout
from coopgraph.yearbook.book import Book, book_of
from coopgraph.yearbook.layout import OWN, laid_out, write_templates
from tests.web.test_everywhere import axe, barriers
from tests.yearbook.made import TURTLE

__all__ = ["axe"]  # a fixture


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Book]]:
    path = tmp_path_factory.mktemp("layout") / "made.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched, cg.open(path) as release:
        patched.setattr(answers, "CARRIED", {"lifecycle": ("states",), "money": ("totals",)})
        yield {lang: book_of(release, 2018, lang) for lang in LANGUAGES}


class Read(HTMLParser):
    """The elements and the texts of a page, as a reader that is not a browser sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._within: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "style" not in self._within and data.strip():
            self.texts.append(data.strip())


def test_templates_hold_no_words_of_their_own() -> None:
    for path in OWN.glob("*.j2"):
        if path.name.endswith(".css.j2"):
            continue
        text = re.sub(
            r"{#.*?#}|{%.*?%}|{{.*?}}|<style>.*?</style>", "", path.read_text("utf-8"), flags=re.DOTALL
        )
        bare = re.sub(r"<[^>]*>", "", text)
        assert not re.search(r"[A-Za-z]{2}", bare), (path.name, bare)
        assert not re.search(r'(?:alt|title|aria-label)="[A-Za-z]', text), path.name


def test_every_word_of_the_templates_is_there() -> None:
    known = texts("yearbook") | texts("all")
    for path in OWN.glob("*.j2"):
        for key in re.findall(r"word\(\"([^\"]+)\"", path.read_text("utf-8")):
            assert set(known[key]) == set(LANGUAGES), key


@pytest.mark.parametrize("lang", ["es", "pt"])
def test_no_english_is_left(books: dict[str, Book], lang: str) -> None:
    """A text of the English page is in another one only if it is a name, a number, or the same word."""
    english = {
        text
        for said in (texts("yearbook") | texts("all")).values()
        for text in [said["en"] if isinstance(said["en"], str) else said["en"][1]]
        if text != (said[lang] if isinstance(said[lang], str) else said[lang][1])
    }
    page = Read(laid_out(books[lang]))
    assert ("html", {"lang": lang}) in page.elements
    assert not english & set(page.texts)
    both = set(page.texts) & set(Read(laid_out(books["en"])).texts)
    places = r"(, |Lima|Łódź|Quito & <b>más</b>|Nowhere|Ecuador|Peru)+"
    names = rf"{places}|coopgraph|exchange|lesson|ended|signed|begun|over|https:.*|[\d.,–\[\]; %+−…/-]+"
    assert not [text for text in both if not re.fullmatch(names, text)], both


def test_the_page_can_be_read_aloud(books: dict[str, Book]) -> None:
    page = Read(laid_out(books["en"]))
    heads = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert heads[0] == 1 and heads.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(heads))
    assert all(about.get("scope") in ("col", "row") for tag, about in page.elements if tag == "th")
    pictures = [about for tag, about in page.elements if tag == "svg"]
    assert len(pictures) == 3 and all(about["aria-label"] for about in pictures)
    ids = [about["id"] for _, about in page.elements if "id" in about]
    assert len(ids) == len(set(ids))
    links = {about["href"] for tag, about in page.elements if tag == "a"}
    assert {link[1:] for link in links if link and link[0] == "#"} <= set(ids)


def test_the_page_needs_nothing_beside_it(books: dict[str, Book]) -> None:
    text = laid_out(books["en"])
    assert not re.findall(r"(?:src|poster)=[\"'](?!data:)|url\((?!data:|#)|@import|<script|<link", text)
    assert "Quito &amp; &lt;b&gt;más&lt;/b&gt;" in text and "<b>" not in text
    assert text == laid_out(books["en"])


@pytest.mark.browser
def test_the_page_has_no_barrier(books: dict[str, Book], browser: Browser, axe: str) -> None:
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(laid_out(books["pt"]))
    assert barriers(page, axe) == []
    fonts: Any = page.evaluate("document.fonts.ready.then(() => [...document.fonts].map((f) => f.status))")
    assert "loaded" in fonts and "error" not in fonts
    assert not [url for url in asked if not url.startswith("data:")]
    page.close()


def test_a_designers_template_is_used(books: dict[str, Book], tmp_path: Path) -> None:
    folder = write_templates(tmp_path / "look")
    assert {path.name for path in folder.iterdir()} == {path.name for path in OWN.iterdir()}
    assert laid_out(books["es"], folder) == laid_out(books["es"])
    for path in folder.iterdir():
        if path.name != "cover.html.j2":
            path.unlink()
    (folder / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (folder / "cover.html.j2").write_text(
        "<h1>Our {{ book.year }}</h1><img alt='' src='{{ asset('logo.svg') }}'>"
    )
    page = laid_out(books["es"], folder)
    assert "<h1>Our 2018</h1>" in page and "data:image/svg+xml;base64," in page and "Índice" not in page
    with pytest.raises(ProjectionError, match="not copied"):
        write_templates(folder)


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("<h1>{{ book.yeer }}</h1>", "cover.html.j2, line 1: .*yeer"),
        ("\n{% if %}", "cover.html.j2, line 2: "),
        ("{{ 1 + 'a' }}", "cover.html.j2, line 1: "),
        ("{{ word('no.such') }}", "no.such"),
        ("{{ asset('../secret.png') }}", "beside the templates"),
        ("{{ asset('/etc/passwd') }}", "beside the templates"),
        ("{{ asset('none.png') }}", "no such file"),
        ("{{ book.__class__.__mro__ }}", "unsafe"),
        ("{% include 'none.j2' %}", "none.j2"),
        ("\udcff", ""),
    ],
)
def test_a_wrong_template_is_told(books: dict[str, Book], tmp_path: Path, template: str, told: str) -> None:
    (tmp_path / "cover.html.j2").write_bytes(template.encode("utf-8", "surrogateescape"))
    with pytest.raises(ProjectionError) as error:
        laid_out(books["en"], tmp_path)
    assert re.search(told, error.value.faults[0].what)


def test_templates_that_are_not_there(books: dict[str, Book], tmp_path: Path) -> None:
    with pytest.raises(ProjectionError) as error:
        laid_out(books["en"], tmp_path / "none")
    assert "no folder" in error.value.faults[0].what
    assert layout.FIRST in {path.name for path in OWN.iterdir()}


def test_sources_get_the_same_numbers_in_every_process(tmp_path: Path) -> None:
    """Numbers once were given in the order of a set, which differs from one process to the next."""
    (tmp_path / "made.ttl").write_text(TURTLE, encoding="utf-8")
    with cg.open(tmp_path / "made.ttl") as release:
        reader = Reader(release, "en", names_in(release))
        iris = [f"urn:source:{n:02}" for n in range(30)]
        assert reader.cite(reversed(iris)) == tuple(range(30))
        assert [source.title for source in reader.sources()] == [release.label(iri) for iri in iris]
