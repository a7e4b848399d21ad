"""What every answer has in common: words in three languages, and how it is written for people and tools."""

from __future__ import annotations

import json
import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import coopgraph as cg
from coopgraph.languages import LANGUAGES
from coopgraph.release.evidence import rows_of
from coopgraph.release.served import Served
from coopgraph.secretariat import catalogue, wording
from coopgraph.secretariat.asked import asked_of
from coopgraph.secretariat.catalogue import ANSWERS, Answer, Parameter
from coopgraph.secretariat.dossier import Column, Dossier, Interval, Money, Row, Said, Table
from coopgraph.secretariat.naming import named
from coopgraph.web.app import make_app

WORDS = Path(wording.__file__).with_name("words")
DEMO = """
title = { en = "A try", es = "Una prueba", pt = "Uma prova" }
lead = { en = "What a try has to say.", es = "Lo que dice una prueba.", pt = "O que diz uma prova." }
[table]
first = { en = "First", es = "Primera", pt = "Primeira" }
none = { en = "None", es = "Ninguna", pt = "Nenhuma" }
[column]
state = { en = "State", es = "Estado", pt = "Estado" }
since = { en = "Since", es = "Desde", pt = "Desde" }
amount = { en = "Amount", es = "Importe", pt = "Montante" }
share = { en = "Share", es = "Parte", pt = "Parte" }
range = { en = "Range", es = "Rango", pt = "Intervalo" }
[parameter]
city = { en = "City", es = "Ciudad", pt = "Cidade" }
as_of = { en = "As of", es = "A fecha de", pt = "À data de" }
[said.one]
en = ["{n} city: {who}", "{n} cities, {who}"]
es = ["{n} ciudad: {who}", "{n} ciudades, {who}"]
pt = ["{n} cidade: {who}", "{n} cidades, {who}"]
"""


@named
def demo(release: cg.Release, *, city: str = "", as_of: str | None = None) -> Dossier:
    iri = f"{release.base}id/city/madrid"
    columns = (
        Column("city", "thing"), Column("state", "word"), Column("since", "day"), Column("amount", "money"),
        Column("share", "share"), Column("range", "interval"),
    )  # fmt: skip
    full = Row(
        (iri, "yes", "2016", Money(Decimal("1234.50"), "EUR"), 0.125, Interval(0.5, 0.25, 0.75)),
        (f"{release.base}id/source/seed",),
        (f"{release.base}id/agreement/madrid-ucci-2017",),
    )
    tables = (
        Table("first", columns, (full, Row((iri, None, None, None, None, None)))),
        Table("none", columns, ()),
    )
    said = (Said("one", {"n": 1}, {"who": iri}), Said("one", {"n": 2000}, {"who": iri}))
    return Dossier(
        "demo", {"city": city, "as_of": as_of}, tables, said, said[:1], release.manifest.id, release.now or ""
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Answer:
    answer = Answer(
        "demo",
        "Try.",
        f"{__name__}:demo",
        (
            Parameter("city", "city", "A city.", positional=True, required=True),
            Parameter("as_of", "day", "A day."),
        ),
    )
    read = wording.texts

    def texts(name: str) -> dict[str, Any]:
        return dict(wording._flat(tomllib.loads(DEMO))) if name == "demo" else read(name)

    monkeypatch.setattr(wording, "texts", texts)
    monkeypatch.setattr("coopgraph.web.pages.secretariat.texts", texts)
    monkeypatch.setattr(
        "coopgraph.secretariat.catalogue.import_module",
        lambda _: __import__("types").SimpleNamespace(demo=demo),
    )
    monkeypatch.setitem(catalogue.ANSWERS, "demo", answer)
    return answer


def shell(built: Path, *words: str) -> Any:
    from coopgraph.cli.answering import command

    return CliRunner().invoke(command("demo"), ["madrid", "-w", str(built), *words])


def test_as_text_in_each_language(asked: Answer, built: Path) -> None:
    spanish = shell(built, "--lang", "es", "--evidence").output
    row = re.sub(" +", " ", next(line for line in spanish.splitlines() if line.startswith("Madrid")))
    assert row == "Madrid sí 2016 1\u202f234,5\xa0EUR 12,5\xa0% 0,5 [0,25; 0,75] agreements.csv fila 4"
    assert "- 1 ciudad: Madrid\n- 2\u202f000 ciudades, Madrid" in spanish
    assert "Nada de esto está documentado." in spanish
    assert "Lo que no se sabe" in spanish


def test_as_json_with_rows_of_files(asked: Answer, built: Path) -> None:
    told = json.loads(shell(built, "--format", "json", "--evidence").output)
    first, second = told["tables"]["first"]
    assert first["city_iri"] == ["https://w3id.org/coopgraph/id/city/madrid"]
    assert (first["share"], first["amount"], first["amount_number"]) == (0.125, "1,234.5\xa0EUR", 1234.5)
    assert first["rows"] == ["agreements.csv row 4"]
    assert second["share"] is None and second["amount"] is None
    assert told["sources"] == {
        "https://w3id.org/coopgraph/id/source/seed": "Comprehensive Cooperation with Cities and Territories"
    }


def test_as_files(asked: Answer, built: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    for name in ("a.xlsx", "b.xlsx"):
        assert shell(built, "-o", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["First", "None", "What this rests on", "About"]
    heads = ["Amount", "Amount: currency", "Share", "Range", "Range: from", "Range: to", "Sources", "Rows"]
    assert [cell.value for cell in book["First"][1]][3:] == heads
    assert [cell.value for cell in book["First"][2]][3:] == [
        1234.5,
        "EUR",
        0.125,
        0.5,
        0.25,
        0.75,
        "Comprehensive Cooperation with Cities and Territories",
        "agreements.csv row 4",
    ]
    separated = shell(built, "--format", "csv", "--top", "1")
    assert separated.stdout.splitlines()[1].startswith("Madrid,yes,2016,1234.5,EUR,0.125,0.5,0.25,0.75,")
    unknown = shell(built, "--format", "csv").stdout.splitlines()[2]
    assert unknown == "Madrid" + "," * 10
    spanish = shell(built, "--format", "csv", "--lang", "es").stdout.splitlines()[0]
    assert "Importe,Importe: moneda,Parte,Rango,Rango: desde,Rango: hasta," in spanish
    assert "Others: --table NAME (none)" in separated.stderr
    assert "| Madrid | yes | 2016 |" in shell(built, "--format", "md").output


def test_wrong_use_is_told_all_at_once(asked: Answer) -> None:
    with pytest.raises(cg.ProjectionError) as caught:
        asked_of(asked, {"as_of": "soon"})
    assert [fault.what for fault in caught.value.faults] == [
        "'city' is missing.", "as-of is a day like 2026-11-22, not 'soon'.",
    ]  # fmt: skip


def test_as_a_page(asked: Answer, built: Path) -> None:
    with Served(built) as served, TestClient(make_app(served), base_url="http://127.0.0.1") as client:
        page = client.get("/pt/secretariat/demo?city=madrid").text
        assert "Uma prova" in page and "1\u202f234,5\xa0EUR" in page and 'data-value="1234.5"' in page
        assert "id%2Fagreement%2Fmadrid-ucci-2017" in page and 'id="source-1"' in page
        assert "preencha os campos" in client.get("/pt/secretariat/demo").text
        wrong = client.get("/pt/secretariat/demo?city=madrid&as_of=soon")
        assert wrong.status_code == 400 and "e não «soon»" in wrong.text
        assert client.get("/pt/secretariat/nothing").status_code == 404
        assert "Uma prova" in client.get("/pt/secretariat").text


@pytest.mark.parametrize("path", sorted(WORDS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_word_is_there_in_every_language(path: Path) -> None:
    """The same blanks in each, and one and many in all languages or in none."""
    for key, said in wording.texts(path.stem).items():
        assert tuple(said) == LANGUAGES, key
        each = [[text] if isinstance(text, str) else text for text in said.values()]
        assert len({len(texts) for texts in each}) == 1, key
        for texts in zip(*each, strict=True):
            assert len({frozenset(re.findall(r"{(\w+)}", text)) for text in texts}) == 1, key


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_every_answer_has_its_words(name: str) -> None:
    known = wording.texts(name)
    wanted = {
        "title",
        "lead",
        *(f"parameter.{one.name}" for one in ANSWERS[name].parameters if one.kind != "file"),
    }
    assert wanted <= set(known)


ASKED: dict[str, dict[str, Any]] = {"partners": {"city": "madrid"}, "reciprocity": {"city": "madrid"}}


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_every_answer_names_its_things_after_the_release_is_closed(name: str, built: Path) -> None:
    """The public function, which is the answer of the catalogue."""
    function = getattr(cg, ANSWERS[name].home.partition(":")[2])
    assert catalogue._found(ANSWERS[name].home) is function
    with cg.open(built) as release:
        told = function(release, **ASKED.get(name, {}))
        things = {iri for iri in told.iris() if iri.startswith(release.base)}
    assert things and set(told.names) >= things
    assert not re.search("https?:", str(told))


def test_rows_of_many_things_are_those_of_each(built: Path) -> None:
    """More than are asked for one by one are read at once, and are the same."""
    with cg.open(built) as release:
        things = sorted({row["agreement"] for row in release.table("agreements").to_pylist()})
        assert len(things) == 100
        assert rows_of(release, things) == {iri: release.evidence(iri).rows for iri in things}
        assert rows_of(release, ["urn:none"]) == {"urn:none": ()}
