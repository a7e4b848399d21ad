"""The pages of the answers: what their forms suggest, and what they say of what cannot be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from coopgraph.errors import CoopgraphError, ProjectionError
from coopgraph.languages import LANGUAGES
from coopgraph.network.faults import fault
from coopgraph.network.trend.windows import windows
from coopgraph.release import Release
from coopgraph.release.served import Served
from coopgraph.secretariat.asked import asked_of
from coopgraph.secretariat.catalogue import ANSWERS, Answer
from coopgraph.views.names import names_in
from coopgraph.web.answer_faults import Reading, Sentence
from coopgraph.web.app import make_app
from coopgraph.web.pages.secretariat import called
from coopgraph.web.words import words_in

ASKED = tuple(ANSWERS[name] for name in ("partners", "reciprocity", "lifecycle", "reliance", "money"))


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[TestClient]:
    with Served(built) as served, TestClient(make_app(served), base_url="http://127.0.0.1") as client:
        yield client


def offers(page: str, field: str) -> list[str]:
    found = re.search(f'<datalist id="names-{field}">(.*?)</datalist>', page)
    assert found and f'list="names-{field}"' in page
    return re.findall('value="(.*?)"', found[1])


def test_fields_suggest_what_the_release_speaks_of(client: TestClient) -> None:
    page = client.get("/es/secretariat/partners?city=none").text
    assert offers(page, "sdg") == ["4", "11", "17"]
    assert 'value="11" label="11 Ciudades inclusivas' in page
    assert "redes urbanas verdes" in offers(page, "line") and "air quality" in offers(page, "theme")
    assert {"Bogotá", "Ciudad de México"} <= set(offers(page, "city"))
    parts = offers(client.get("/es/secretariat/reliance?ties=none").text, "without")
    assert {"Ciudad de México", "UCCI", "Cooperación integral con ciudades y territorios"} <= set(parts)
    assert offers(client.get("/pt/secretariat/reciprocity?partner=madrid").text, "partner")[0] == "A Coruña"


SAID = [  # what is asked -> what is said of it in Spanish
    ({"city": "Madridd"}, "Aquí ninguna ciudad se llama «Madridd». El buscador"),
    ({"city": "Madridd"}, "¿Quiso decir Madrid, ES (city/madrid)?"),
    ({"sdg": "99"}, "No existe el objetivo ni la meta «99». Escriba un objetivo (13) o una de"),
    ({"line": "verde"}, "¿Quiso decir redes urbanas verdes (strategic-line/green-urban-networks)?"),
    ({"theme": "air qality"}, "Ningún evento tiene el tema «air qality». ¿Quiso decir air quality"),
    ({"first": "0"}, "No se pueden proponer tantas ciudades."),
    ({"first": "0"}, "Se piden 0. Escriba 1 o más."),
    ({"first": "x"}, "«Cuántas ciudades» es un número entero, de 0 en adelante, no «x». Escríbalo en cifras"),
    ({"partner": "madrid"}, "Falta la ciudad de la que es socia. Rellene también la ciudad."),
    ({"city": "none", "partner": "neither"}, "No se encuentra ninguna de las dos ciudades."),
    ({"city": "madrid", "partner": "Madrid"}, "«Madrid» es la propia ciudad. Escriba otra ciudad"),
    ({"unknown": "foo"}, "admite solo: no se cuentan, cuentan como sí; no «foo». Elija una opción."),
    ({"as_of": "2026-13-45"}, "«A fecha de» es un día como 2026-11-22, no «2026-13-45». Escriba año"),
    ({"quiet_months": "0"}, " es 0, que no es un número de meses de 1 a 1200. Escriba uno, por ejemplo 12."),
    ({"without": "Atlantis"}, "Aquí nada se llama «Atlantis». El buscador"),
    ({"by": "foo"}, "; no «foo». Elija una opción."),
]  # fmt: skip
WINDOWS = [
    ((1987, 2025, 0), "«Años de cada ventana en el tiempo» es 0, que no es un número de años. Escriba 1"),
    ((1987, 2025, 99), "99 años seguidos son más de los que hay de 1987 a 2025. Escriba menos."),
    ((2020, 2010, 1), "De 2020 a 2010 termina antes de empezar. Cambie el uno por el otro."),
    ((0, 2025, 1), "De 0 a 2025 son 2026 filas, más de 400. Escriba un primer año posterior"),
]  # fmt: skip


def told_of(answer: Answer, error: CoopgraphError, release: Release, lang: str) -> list[str]:
    """What is said of an error; every sentence is one that has a translation."""
    reading = Reading(words_in(lang), names_in(release), lambda key: called(answer, key, lang))
    told = reading.of(error)
    assert [one.text for one in told if one.lang != lang] == []
    return [one.text for one in told]


@pytest.mark.parametrize(("asked", "wanted"), SAID)
def test_what_cannot_be_asked_is_said_in_the_readers_language(
    bundled: Release, asked: dict[str, str], wanted: str
) -> None:
    """By the first answer that has such fields."""
    answer = next(one for one in ASKED if set(asked) <= {field.name for field in one.parameters})
    with pytest.raises(CoopgraphError) as caught:
        answer(bundled, **asked_of(answer, asked))
    told = {lang: told_of(answer, caught.value, bundled, lang) for lang in LANGUAGES}
    assert wanted in " / ".join(told["es"])
    assert not set(told["es"]) & set(told["pt"] + told["en"]) - {one for one in told["es"] if "/" in one}


@pytest.mark.parametrize(("asked", "wanted"), WINDOWS)
def test_years_that_cannot_be(bundled: Release, asked: tuple[int, int, int], wanted: str) -> None:
    with pytest.raises(ProjectionError) as caught:
        windows(*asked, 1)
    told = {lang: told_of(ANSWERS["reciprocity"], caught.value, bundled, lang) for lang in LANGUAGES}
    assert told["es"][0] == "Los años no se pueden mostrar como se piden." and wanted in told["es"][1]


def test_a_page_says_it_with_the_same_status(client: TestClient) -> None:
    answer = client.get("/pt/secretariat/reciprocity?first=3000")
    alert = re.search('<div class="note warn" role="alert">(.*?)</div>', answer.text, re.DOTALL)
    assert answer.status_code == 400 and alert and "lang=" not in alert[1]
    assert "<p>Os dados não vão além de 2026-11-22.</p>" in alert[1]
    assert "<li>3000 é posterior. Termine em 2026 ou antes.</li>" in alert[1]


def test_several_cities_of_a_name_are_told_with_what_to_write() -> None:
    reading = Reading(words_in("pt"), {}, str)
    wrong = ProjectionError(
        "Several cities are called 'Lima'. Write the id of the one you mean.",
        faults=[fault("Lima, PE (city/lima).")],
    )
    assert [one.text for one in reading.of(wrong)] == [
        "Várias cidades chamam-se «Lima». Escreva o que está entre parênteses a seguir à que procura.",
        "Lima, PE (city/lima)",
    ]
    assert reading.of(ProjectionError("Another thing."))[0] == Sentence("Another thing.", "en")


def test_a_calendar_and_a_release_that_are_not_there_say_so(client: TestClient) -> None:
    assert "é um dia como" in client.get("/pt/secretariat/lifecycle.ics?as_of=soon").text
    gone = client.get("/pt/secretariat/money?release=none")
    assert gone.status_code == 410 and "Esta versão já não existe." in gone.text


def test_on_a_phone_each_cell_stands_under_its_head(client: TestClient) -> None:
    """The heads of a table, in order, are the labels of the cells of its first row."""
    pages = [client.get(f"/pt/secretariat/{name}").text for name in ("partners?sdg=4", "yearbook", "forms")]
    for page in pages:
        tables = re.findall(r'<div class="scroll cards" tabindex="0".*?</table>', page, re.DOTALL)
        assert tables
        for table in tables:
            heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", table)
            cells = re.findall(r"<t[hd] [^>]*>", re.split("<tbody>", table)[1].split("</tr>")[0])
            assert [re.findall('data-label="(.*?)"', cell) for cell in cells] == [[head] for head in heads]


def test_the_front_page_leads_to_every_answer(client: TestClient) -> None:
    page = client.get("/pt/explore").text
    asks = re.search('<nav class="asks".*?</nav>', page, re.DOTALL)
    assert asks and "Respostas para um secretariado" in asks[0]
    assert set(re.findall(r"/pt/secretariat/(\w+)", asks[0])) == set(ANSWERS)
    assert 'class="asks"' not in client.get("/pt/map").text
