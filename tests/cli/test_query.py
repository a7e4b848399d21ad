"""query: by name, number, file and text; every format; limits; and RDF files without a workspace."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyarrow import parquet

from tests.cli.conftest import Command

COUNT = "SELECT (COUNT(?c) AS ?cities) { ?c a coop:City }"
COMPETENCY = sorted((Path(__file__).parents[2] / "ontology/queries/competency").glob("*.rq"))


@pytest.mark.parametrize("query", COMPETENCY, ids=lambda path: path.stem)
def test_each_competency_question_has_its_expected_answer(run: Command, built: Path, query: Path) -> None:
    done = run("query", "-w", built, query.stem, "--format", "tsv")
    assert done.code == 0, done.err
    assert done.out == query.with_suffix(".tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["cq-011", "programme-money", "cq-011-programme-money"])
def test_a_stored_question_answers_to_its_names(run: Command, built: Path, name: str) -> None:
    done = run("query", "-w", built, name)
    assert "6600000" in done.out.replace(",", "")
    assert done.out.endswith("1 row\n")


def test_a_parameter(run: Command, built: Path) -> None:
    def rows(*more: str) -> str:
        done = run("query", "-w", built, "cq-021", "--format", "csv", *more)
        assert done.code == 0, done.err
        return done.out

    assert rows("--param", "city=la-paz") != rows("--param", "city=id:city/montevideo")
    wrong = run("query", "-w", built, "cq-021", "--param", "town=la-paz")
    assert wrong.code == 2
    assert "town" in wrong.err
    sly = run("query", "-w", built, COUNT, "--param", "trusted=yes")
    assert sly.code == 2
    assert "'trusted' is no parameter" in sly.err


def test_a_file_and_a_text(run: Command, built: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(
        "PREFIX coop: <https://w3id.org/coopgraph/ns#>\n" + COUNT, encoding="utf-8-sig"
    )
    asked = run("query", "-w", built, tmp_path / "mine.rq")
    assert asked.code == 0, asked.err
    assert run("query", "-w", built, COUNT).out == asked.out


def test_every_format(run: Command, built: Path, tmp_path: Path) -> None:
    def out(fmt: str, text: str = COUNT) -> str:
        done = run("query", "-w", built, text, "--format", fmt)
        assert done.code == 0, done.err
        return done.out

    number = out("csv").split()[1]
    assert out("csv").replace("\r", "") == f"cities\n{number}\n"
    assert out("tsv").startswith("?cities\n")
    assert json.loads(out("json"))["results"]["bindings"][0]["cities"]["value"] == number
    assert ElementTree.fromstring(out("xml")).tag.endswith("sparql")
    assert run("query", "-w", built, COUNT, "-o", tmp_path / "a.parquet").code == 0
    assert parquet.read_table(tmp_path / "a.parquet").to_pydict() == {"cities": [int(number)]}
    construct = "CONSTRUCT { ?c a coop:City } { ?c a coop:City } LIMIT 1"
    assert "coop:City" in out("table", construct)
    assert out("nt", construct).endswith(" .\n")
    wrong = run("query", "-w", built, COUNT, "--format", "ttl")
    assert wrong.code == 2
    assert "ttl" in wrong.err


def test_iris_are_shortened_for_people_only(run: Command, built: Path) -> None:
    text = "SELECT ?city { ?city skos:prefLabel 'Quito'@en }"
    assert "id:city/quito" in run("query", "-w", built, text).out
    assert (
        "https://w3id.org/coopgraph/id/city/quito" in run("query", "-w", built, text, "--format", "csv").out
    )


def test_limits_are_said(run: Command, built: Path) -> None:
    cut = run("query", "-w", built, "SELECT ?s { ?s ?p ?o }", "--rows", "3", "--format", "csv")
    assert len(cut.out.split()) == 4
    assert "limit of rows" in cut.err
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?d != ?g) }"
    late = run("query", "-w", built, endless, "--timeout", "0.5")
    assert late.code == 1
    assert "0.5" in late.err


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "LOAD <file:///etc/passwd>",
        "DELETE WHERE { ?s ?p ?o }",
        "SELECT * { ?s ?p",
    ],
)
def test_what_is_no_question_is_refused_in_words(run: Command, built: Path, text: str) -> None:
    done = run("query", "-w", built, text)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Error: ")


def test_unknown_name_tells_near_ones(run: Command, built: Path) -> None:
    done = run("query", "-w", built, "programme-mony")
    assert done.code == 2
    assert "programme-money" in done.err


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "How much was planned"), ("es", "Cuánto se previó"), ("pt", "Quanto foi")]
)
def test_list_tells_the_questions(run: Command, built: Path, lang: str, word: str) -> None:
    assert word in run("query", "-w", built, "--list", "--lang", lang).out
    told = json.loads(run("query", "-w", built, "--list", "--format", "json").out)
    assert {"cq-011-programme-money"} <= {query["name"] for query in told}


def test_rdf_files_need_no_workspace(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.ttl").write_text("<urn:a> <urn:p> 1, 007 .")
    Path("b.nt").write_text("<urn:b> <urn:p> <urn:c> .\n")
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    for words in (("--from", "a.ttl", "b.nt", text), (text, "--from", "a.ttl", "--from", "b.nt")):
        done = run("query", *words, "--format", "csv")
        assert done.code == 0, done.err
        assert done.out.split() == ["n", "3"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ttl", "b.nt"]
    missing = run("query", "--from", "c.ttl", text)
    assert missing.code in (1, 2)
    assert "c.ttl" in missing.err


def test_nothing_built_yet(run: Command, small: Path) -> None:
    done = run("query", "-w", small, COUNT)
    assert done.code == 1
    assert "coopgraph build" in done.err


def test_hints_can_be_pasted(run: Command, small: Path, tmp_path: Path) -> None:
    place = small.rename(tmp_path / "three cities")
    unbuilt = run("query", "-w", place, COUNT)
    assert f"coopgraph build '{place}'" in unbuilt.err
    assert f"coopgraph build '{place}'" in run("release", "list", "-w", place).out
    assert f"query -w '{place}' --list" in run("build", place).out
    made = run("init", tmp_path / "our cities")
    assert f"coopgraph check '{tmp_path / 'our cities'}'" in made.out


def test_words_for_parameters(run: Command, built: Path) -> None:
    wrong = run("query", "-w", built, "cq-021", "--param", "ciudad=lima")
    assert "'ciudad' is no parameter of this query. It has: city" in wrong.err
    assert "column" not in wrong.err
    free = run("query", "-w", built, COUNT, "--param", "year=2017")
    assert free.code == 2
    assert "'year' is no parameter of this query. Write the value into the text" in free.err


def test_a_thing_that_occurs_nowhere_is_told(run: Command, built: Path) -> None:
    done = run("query", "-w", built, "cq-021", "--param", "city=nowhere", "--format", "csv")
    assert (done.code, len(done.out.splitlines())) == (0, 1)
    assert done.err == "id:city/nowhere does not occur in this release.\n"
    assert run("query", "-w", built, "cq-021", "--param", "city=la-paz").err == ""
    used = "# param: p iri | P\nSELECT * { VALUES ?p { <urn:p> } ?s ?p ?o } LIMIT 1"
    assert run("query", "-w", built, used, "--param", "p=coop:party").err == ""


def test_lang_is_for_the_queries_that_have_it(run: Command, built: Path) -> None:
    ignored = run("query", "-w", built, "cq-011", "--lang", "es")
    assert ignored.code == 0
    assert "--lang changes nothing here" in ignored.err
    text = '# param: l lang | L\nSELECT ?l { VALUES ?l { "en" } }'
    taken = run("query", "-w", built, text, "--lang", "es", "--format", "csv")
    assert (taken.out.split(), taken.err) == (["l", "es"], "")
    assert run("query", "-w", built, text, "--format", "csv").out.split() == ["l", "en"]


def test_the_list_as_a_table_for_machines(run: Command, built: Path) -> None:
    listed = run("query", "-w", built, "--list", "--format", "csv").out.splitlines()
    assert listed[0] == "name,question,parameters"
    assert any(
        line.startswith(("cq-011-programme-money,How", 'cq-011-programme-money,"How')) for line in listed
    )


@pytest.mark.parametrize("fmt", ["csv", "tsv", "table"])
def test_a_star_keeps_the_order_of_the_query(run: Command, built: Path, fmt: str) -> None:
    done = run("query", "-w", built, "SELECT * { ?s ?p ?o } LIMIT 1", "--format", fmt)
    assert done.out.splitlines()[0].replace("?", "").replace(",", " ").split() == ["s", "p", "o"]


def test_no_grammar_in_a_syntax_error(run: Command, built: Path) -> None:
    done = run("query", "-w", built, "SELECT * { ?s nope:a ?o }")
    assert done.code == 2
    assert "The prefix nope: is not declared. Known: concept, coop, country," in done.err
    assert ", id, " in done.err
    assert len(done.err) < 400


def test_an_unknown_release_is_wrong_use(run: Command, built: Path) -> None:
    done = run("release", "rollback", "zzz", "-w", built)
    assert (done.code, "No release begins with 'zzz'" in done.err) == (2, True)
