"""The pages of the year book: the list of years, each book as a page and as a PDF, and what is no year."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import coopgraph as cg
from coopgraph.release.served import Served
from coopgraph.web.app import make_app
from coopgraph.web.pages.yearbook import POLICY
from coopgraph.yearbook import answers
from coopgraph.yearbook.facts import facts_of
from coopgraph.yearbook.parts import figures
from coopgraph.yearbook.years import COUNTED, years_of
from tests.yearbook.made import PREFIXES, TURTLE, action

BOOK = "/pt/secretariat/yearbook"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "made.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def client(made: Path) -> Iterator[TestClient]:
    with (
        pytest.MonkeyPatch.context() as patched,
        Served(made) as served,
        TestClient(make_app(served), base_url="http://127.0.0.1") as client,
    ):
        patched.setattr(answers, "CARRIED", {})
        yield client


def test_years_by_hand(made: Path) -> None:
    with cg.open(made) as release:
        facts = facts_of(release)
    found = years_of(facts, None)
    assert found.counts == (
        (2020, (0, 0, 1, 0)),  # the end of what was signed in 2018
        (2019, (1, 0, 0, 0)),
        (2018, (3, 2, 1, 0)),
        (2017, (1, 0, 0, 0)),
        (2016, (1, 0, 0, 0)),
        (2015, (1, 0, 0, 0)),
        (2010, (0, 1, 0, 0)),
    )
    assert found.undated == {"actions": 1, "agreements": 1, "memberships": 0}
    for year, counts in found.counts:
        assert counts == tuple(figures(facts, year)[key] for key in COUNTED)
    assert [year for year, _ in years_of(facts, "2018-06-01").counts] == [2018, 2017, 2016, 2015, 2010]


def test_no_year_beyond_those_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "long.ttl").write_text(
        PREFIXES + action("long", {"a": "g"}, "0800", "9000"), encoding="utf-8"
    )
    with cg.open(tmp_path / "long.ttl") as release:
        counts = years_of(facts_of(release), None).counts
    assert (counts[0][0], counts[-1][0], len(counts)) == (2999, 1000, 2000)


def test_the_list_leads_to_each_book(client: TestClient) -> None:
    shown = client.get(BOOK)
    assert shown.status_code == 200
    row = re.search(r'<tr><th scope="row"[^>]*><a href="[^"]+/2018".*?</tr>', shown.text, re.DOTALL)
    assert row and re.findall(r'"number"[^>]*>(\d+)<', row[0]) == ["3", "2", "1", "0"]
    assert f'href="{BOOK}/2018.pdf"' in row[0]
    assert "Uma ação não tem data" in shown.text and "Anos de que algo tem data" in shown.text
    assert BOOK in client.get("/pt/secretariat").text


def test_the_release_asked_for_is_kept(client: TestClient) -> None:
    identity = client.get("/data/release.json").json()["id"]
    shown = client.get(f"{BOOK}?release={identity}").text
    assert f'href="{BOOK}/2018?release={identity}"' in shown
    assert f'type="hidden" name="release" value="{identity}"' in shown
    led = client.get(f"{BOOK}?year=2018&release={identity}", follow_redirects=False)
    assert led.headers["location"] == f"{BOOK}/2018?release={identity}"


def test_the_form_leads_to_any_year(client: TestClient) -> None:
    led = client.get(f"{BOOK}?year=+1999+", follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (303, f"{BOOK}/1999")
    book = client.get(f"{BOOK}/1999")
    assert book.status_code == 200 and "<title>Anuário 1999" in book.text


@pytest.mark.parametrize("text", ["soon", "999", "3000", "02018", "２０１８", "20 18", "<b>"])
def test_what_is_no_year_is_told(client: TestClient, text: str) -> None:
    shown = client.get(BOOK, params={"year": text})
    assert shown.status_code == 400
    assert f"«{text.replace('<', '&lt;').replace('>', '&gt;')}» não é um ano" in shown.text
    assert client.get(f"{BOOK}/{text}").status_code == 404
    assert client.get(f"{BOOK}/{text}.pdf").status_code == 404


def test_the_book_is_what_the_command_writes(client: TestClient, made: Path, tmp_path: Path) -> None:
    with cg.open(made) as release:
        page, pdf = cg.report(release, 2018, tmp_path, lang="pt")
    shown = client.get(f"{BOOK}/2018")
    assert shown.content == page.read_bytes()
    assert shown.headers["content-security-policy"] == POLICY
    assert shown.headers["content-language"] == "pt"
    got = client.get(f"{BOOK}/2018.pdf")
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["content-disposition"] == 'inline; filename="yearbook-2018-pt.pdf"'
    assert got.content == pdf.read_bytes()


def test_a_book_is_made_once_for_each_language(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = [client.get(f"/{lang}/secretariat/yearbook/2016").content for lang in ("en", "es")]

    def again(*_: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr("coopgraph.yearbook.book.book_of", again)
    assert [client.get(f"/{lang}/secretariat/yearbook/2016").content for lang in ("en", "es")] == first
    assert first[0] != first[1]


def test_without_what_prints_it_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    refused = client.get(f"{BOOK}/2018.pdf")
    assert refused.status_code == 501
    assert "pip install &#39;coopgraph[pdf]&#39;" in refused.text
    assert client.get(f"{BOOK}/2018").status_code == 200
