"""What a notebook shows: tables in which every text stays a text, and says how much more there is."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow as pa
import pytest
import rdflib

import coopgraph as cg
from coopgraph.markup import Link, described, sentences, table, text
from coopgraph.rdf.client import Answer
from coopgraph.views.drawing import clean
from tests.views.conftest import SmallRelease, small
from tests.views.hostile import HOSTILE

__all__ = ["small"]  # a fixture

SAFE = {"table", "thead", "tbody", "tr", "th", "td", "p", "a", "h4", "ul", "li", "details", "summary"}


class Reader(HTMLParser):
    """All elements, attributes and texts of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def inert(html: str) -> Reader:
    """Nothing but tables, texts and links to the web."""
    read = Reader(html)
    assert set(read.tags) <= SAFE
    assert {name for name, _ in read.attributes} <= {"align", "href", "target", "rel"}
    assert all(str(value).startswith("http") for name, value in read.attributes if name == "href")
    html.encode("utf-8")
    return read


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_texts_stay_texts_everywhere(hostile: str) -> None:
    html = table([hostile], [[hostile], [Link(hostile, hostile)], [[hostile, hostile]]]) + sentences(
        [hostile]
    )
    read = inert(html)
    shown = clean(hostile).replace("\u2028", "").replace("\u2029", "")
    assert "".join(read.texts).replace("\u2028", "").replace("\u2029", "").count(shown) >= 6 or not shown
    held = hostile.encode("utf-8", "replace").decode("utf-8")  # Arrow refuses half a character itself
    label = pa.table({"city": [held, "https://example.org/a"], "label": [held, held]})
    inert(described(label, [hostile]))


def test_values_are_told_as_people_read_them() -> None:
    assert [text(value) for value in (True, False, None, 0.5, 12345.6, 1500)] == [
        *("yes", "no", "–", "0.5", "12,346", "1,500")
    ]
    assert text(Link("x", "HTTPS://example.org/?a=1&b=2")).startswith(
        '<a href="HTTPS://example.org/?a=1&amp;b=2"'
    )


@pytest.mark.parametrize(("total", "said"), [(1, ""), (2, "1 row more is not"), (5, "4 rows more are not")])
def test_rows_that_are_not_shown_are_counted(total: int, said: str) -> None:
    html = table(["a"], [[1]], total=total)
    assert (said in html) if said else "more" not in html


def test_an_answer_shows_its_first_rows() -> None:
    rows = "".join(f'<https://example.org/{i}>\t"<b>{i}</b>"\t{i}\n' for i in range(25))
    found = cg.Solutions(Answer("bindings", ("thing", "name", "n"), b"?thing\t?name\t?n\n" + rows.encode()))
    read = inert(found._repr_html_())
    assert read.tags.count("tr") == 21
    assert "5 rows more are not shown here." in read.texts
    assert "<b>19</b>" in read.texts
    assert ("href", "https://example.org/19") in read.attributes


def test_an_answer_of_triples_or_a_boolean_is_shown_too() -> None:
    triples = cg.Solutions(Answer("triples", (), b'<urn:a> <urn:b> "<i>"@en .\n'))
    assert inert(triples._repr_html_()).texts == ["subject", "predicate", "object", "urn:a", "urn:b", "<i>"]
    assert "yes" in inert(cg.Solutions(Answer("boolean", (), b"true"))._repr_html_()).texts


def test_a_cut_answer_says_so() -> None:
    found = cg.Solutions(Answer("bindings", ("a",), b"?a\n1\n", truncated="rows"))
    assert "The answer was cut: the limit of rows was reached." in inert(found._repr_html_()).texts


@pytest.fixture(scope="module")
def release() -> Iterator[cg.Release]:
    data = '<urn:a> a <https://w3id.org/coopgraph/ns#City> ; <urn:p> "<script>" .'
    with cg.open(rdflib.Graph().parse(data=data, format="turtle")) as opened:
        yield opened


def test_a_release_says_what_it_is(release: cg.Release) -> None:
    read = inert(release._repr_html_())
    told = dict(zip(read.texts[1::2], read.texts[2::2], strict=False))
    assert told["Release"] == "temporary, not published"
    assert told["Data as of"] == "not stated"


def test_a_published_release_says_what_it_holds(built: Path) -> None:
    with cg.open(built) as opened:
        shown = opened._repr_html_()
        read = inert(shown)
    assert read.texts[0] == "Ibero-American city cooperation"
    told = dict(zip(read.texts[1::2], read.texts[2::2], strict=False))
    assert (told["City"], told["Agreement"], told["Sources"]) == ("173", "100", "175")
    assert told["Data as of"] == "2026-11-22"
    assert opened.manifest.id == told["Release"]
    assert ("href", "https://creativecommons.org/licenses/by/4.0/") in read.attributes
    assert opened._repr_html_() == shown, "closed, it still says so"


def test_rankings_and_what_stands_beside_them_are_tables(built: Path) -> None:
    with cg.open(built) as opened:
        ranking = cg.rank(opened, top=30)
        read = inert(ranking._repr_html_())
        others: list[Any] = [
            cg.explain(opened, "Lisbon"),
            cg.ranges(opened, replicates=50),
            cg.dependence(opened, without=["Madrid"]),
            cg.whole_network(opened),
        ]
        shown = [inert(other._repr_html_()) for other in others]
    assert read.tags.count("tr") == 21
    assert "10 rows more are not shown here." in read.texts
    assert ranking.table["label"][0].as_py() in read.texts
    assert "city" not in read.texts, "the name leads to it"
    assert all("What this rests on" in one.texts for one in shown)


def test_a_view_is_a_page_in_a_sandbox(small: SmallRelease) -> None:
    G = nx.DiGraph([(HOSTILE[0], HOSTILE[5])])
    for view in (cg.show(G, title=HOSTILE[4]), cg.show(small, replicates=0)):
        read = Reader(view._repr_html_())
        assert read.tags == ["iframe"]
        told = dict(read.attributes)
        assert set(str(told["sandbox"]).split()) == {
            *("allow-scripts", "allow-popups", "allow-popups-to-escape-sandbox")
        }
        assert str(told["srcdoc"]).startswith("<!doctype html>")
        assert "default-src &#39;none&#39;" in str(told["srcdoc"])
    assert repr(cg.show(G, title="Two")) == "<View 'Two': 2 nodes, 1 links>"


def test_a_graph_of_networkx_stays_plain(built: Path) -> None:
    with cg.open(built) as opened:
        assert not hasattr(cg.exchange_graph(opened), "_repr_html_")
