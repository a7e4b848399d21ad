"""The SPARQL editor: answers by name, faults with their place, completion from this release."""

from __future__ import annotations

import html
import re
from pathlib import Path

import httpx
import pytest

from tests.web.conftest import Look
from tests.web.test_ask import Table, get

CITIES = "SELECT ?city WHERE { ?city a coop:City } ORDER BY ?city LIMIT 3"


def ask(site: str, query: str, lang: str = "en") -> httpx.Response:
    return get(f"{site}/{lang}/query", params={"query": query})


def test_a_query_is_answered_by_names(site: str) -> None:
    answer = ask(site, CITIES, "pt")
    rows = Table(answer.text).rows
    assert answer.status_code == 200 and len(rows) == 3
    assert rows[0][3].startswith("https://w3id.org/coopgraph/id/city/")
    assert rows[0][1] and not rows[0][1].startswith("http")


@pytest.mark.parametrize(
    "query, said",
    [
        ("ASK { ?s a coop:City }", '<p class="verdict">Yes</p>'),
        ("ASK { ?s a coop:Nothing }", '<p class="verdict">No</p>'),
        ("SELECT ?s { ?s a coop:Nothing }", "Nothing in these data answers this."),
        ("SELECT ?s ?p ?o { ?s ?p ?o }", "Only the first 1,000 rows are shown"),
        ("CONSTRUCT { ?s a coop:City } { ?s a coop:City } LIMIT 2", '<h2 id="answer-title">2 rows</h2>'),
    ],
)
def test_every_form_of_query_is_answered(site: str, query: str, said: str) -> None:
    assert said in ask(site, query).text


@pytest.mark.parametrize(
    "query, where",
    [
        ("SELECT ?s {\n ?s nope:x ?o }", 'data-line="2"'),
        ("SELECT ?s {\n ?s ?p }\n", 'data-line="2" data-character="8"'),
        ("SELECT * { SERVICE <http://evil.example/> { ?s ?p ?o } }", 'data-line="1"'),
        ("DELETE WHERE { ?s ?p ?o }", 'data-line="1"'),
    ],
)
def test_a_fault_is_said_with_its_place(site: str, query: str, where: str) -> None:
    answer = ask(site, query, "es")
    assert answer.status_code == 400
    assert where in answer.text and "No se pudo responder a esta consulta" in answer.text
    assert html.escape(query, quote=False) in answer.text  # what was written stays


@pytest.mark.parametrize(
    "query, es, pt",
    [
        ("SELECT ?s { ?s b }", "No se esperaba 'b' aquí; se esperaba: ", "'b' não era esperado aqui"),
        ("SELECT ?s { ?s ?p", "La consulta termina demasiado pronto", "A consulta termina demasiado cedo"),
        ("SELECT ?s { ?s nope:x ?o }", "El prefijo nope: no está declarado.", "O prefixo nope: não está"),
        ("SELECT ?s { ?s ?p 'x }", "El texto que empieza aquí con ' no", "O texto que começa aqui com '"),
        ("SELECT ?s { ?s ?p http://x/ }", "Escriba <http://...>.", "Escreva <http://...>."),
    ],
)
def test_common_faults_are_said_in_the_readers_language(site: str, query: str, es: str, pt: str) -> None:
    for lang, said in (("es", es), ("pt", pt)):
        (fault,) = re.findall(r"<span( lang=.en.)?>([^<]*)</span></li>", ask(site, query, lang).text)
        assert fault[0] == "" and said in html.unescape(fault[1])
    rare = ask(site, "DELETE WHERE { ?s ?p ?o }", "es").text
    assert '<span lang="en">DELETE' in rare


def test_the_endpoint_gives_the_same_rows_in_every_form(site: str) -> None:
    text = html.unescape(ask(site, CITIES).text)
    forms = dict(re.findall(r'href="(/sparql\?release=[^"]+format=(\w+))"', text))
    assert sorted(forms.values()) == ["csv", "json", "tsv", "xml"]
    shown = [row[3] for row in Table(text).rows]
    for address, form in forms.items():
        answer = get(site + address)
        assert answer.status_code == 200 and form in answer.headers["content-type"].replace(
            "tab-separated", "tsv"
        )
        assert all(iri in answer.text for iri in shown)


def test_a_hostile_query_stays_text(site: str) -> None:
    answer = ask(site, "</textarea><script>alert(1)</script> SELECT ?\u202e")
    assert "<script>alert" not in answer.text


def test_a_stored_question_comes_with_its_parameters(site: str) -> None:
    answer = get(f"{site}/es/query", params={"name": "cq-025", "city": "Lisboa"})
    assert "id/city/lisbon&gt; }" in answer.text and "# param" not in answer.text
    assert "# ¿Con quién coopera una ciudad" in answer.text
    assert len(Table(answer.text).rows) > 1


def test_the_day_written_in_a_query_counts(site: str) -> None:
    stored = get(f"{site}/en/query", params={"name": "cq-023", "now": "1990-01-01"}).text
    pasted = '# param: now date | The day\nSELECT ?now { VALUES ?now { "1990-01-01"^^xsd:date } }'
    assert '"1990-01-01"^^' in html.unescape(stored)
    assert Table(ask(site, pasted).text).rows == [["1990-01-01", "1 January 1990"]]


@pytest.mark.browser
def test_the_editor_runs_completes_and_marks(look: Look) -> None:
    seen = look("/en/query")
    page = seen.page
    page.wait_for_selector("form[data-open] .CodeMirror")
    page.click(".CodeMirror")
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?x WHERE { ?x a coop:Netw")
    page.wait_for_selector(".CodeMirror-hint-active >> text=coop:Network")
    page.keyboard.press("Enter")
    page.keyboard.type(" ; coop:acron")
    page.wait_for_selector(".CodeMirror-hint-active >> text=coop:acronym")
    page.keyboard.press("Enter")
    page.keyboard.type(" ?short }")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#result tbody tr")
    assert (
        "UCCI" in page.locator("#result tbody").inner_text() or page.locator("#result tbody tr").count() > 1
    )
    assert "acronym" in page.url
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "run"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.CodeMirror')") is None
    page.go_back()
    page.wait_for_selector("form[data-open] .CodeMirror")
    assert "acronym" not in page.url
    assert page.evaluate("Object.keys(localStorage).filter(key => key !== 'theme')") == []
    seen.expect_quiet()


@pytest.mark.browser
def test_completion_asked_for_by_keys_is_ours_alone(look: Look) -> None:
    seen = look("/en/query")
    page = seen.page
    page.wait_for_selector("form[data-open] .CodeMirror")
    page.click(".CodeMirror")
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?x WHERE { ?x a coop:Ci")
    page.wait_for_selector(".CodeMirror-hints >> text=coop:City")
    for typed in ("", "ty ; coop:na", "me ?name }", "\nPREFIX fo"):
        page.keyboard.press("Escape")
        page.click(".CodeMirror-lines", position={"x": 400, "y": 10})
        page.keyboard.press("Control+End")
        page.keyboard.type(typed)
        page.keyboard.press("Control+ ")
        page.wait_for_timeout(150)
    assert page.locator(".notificationContainer .active, .notification.active").count() == 0
    seen.expect_quiet()


def test_the_editor_holds_no_address_it_could_ask(root: Path) -> None:
    text = (root / "src/coopgraph/web/static/yasqe.js").read_text("utf-8")
    held = set(re.findall(r"https?://[\w.-]+", text))
    assert held == {"http://www.w3.org"}, sorted(held)
    assert "lov.linkeddata" not in text and "prefix.cc" not in text


@pytest.mark.browser
def test_a_fault_is_marked_in_the_editor(look: Look) -> None:
    seen = look("/en/query?query=" + "SELECT+%3Fs+%7B%0A+%3Fs+%3Fp+%7D", complain=False)
    page = seen.page
    page.wait_for_selector(".wrong-line")
    assert page.locator(".wrong-here").inner_text() == "}"
    assert page.locator("#result [data-line]").get_attribute("data-line") == "2"
    page.click(".CodeMirror")
    page.keyboard.press("Control+a")
    page.keyboard.type(CITIES)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#result tbody tr")
    assert page.locator(".wrong-line").count() == 0
    assert seen.foreign == []
