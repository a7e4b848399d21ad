"""`coopgraph import twins | rdf | sparql` as a user runs it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.cli import main
from tests.cli.conftest import Command
from tests.remote.endpoint import Endpoint, Scripted, serving
from tests.sources.recording.wikidata import filled

PAIRS = [("Q1", "Q2"), ("Q2", "Q1"), ("Q1", "Q3")]


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving(Endpoint(store=filled(PAIRS))) as served:
        yield served


def flows(workspace: Path) -> set[tuple[str, str]]:
    assert main(["build", str(workspace)]) == 0
    with cg.open(workspace) as release:
        edges = cg.flows(release).edges.to_pylist()
        return {(edge["source"].rpartition("/")[2], edge["target"].rpartition("/")[2]) for edge in edges}


FILES = {
    "no header.tsv": "Q1\tQ2\nQ2\tQ1\nQ1\tQ3\n",
    "spanish.csv": "ciudad;hermana;año\nQ1;Q2;1990\nQ2;Q1;\nQ1;Q3;\n",
    "wide.csv": "id,city,cityLabel,twin,twinLabel\n1,Q1,A,Q2,B\n2,Q2,B,Q1,A\n3,Q1,A,Q3,C\n",
    "two columns.csv": "left,right\nQ1,Q2\nQ2,Q1\nQ1,Q3\n",
    "latin.csv": "cidade,geminada,observação\nQ1,Q2,não\nQ2,Q1,\nQ1,Q3,\n",
}


@pytest.mark.parametrize("name", FILES)
def test_pairs_are_read_whatever_their_columns_are_called(run: Command, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(FILES[name], encoding="latin-1" if name == "latin.csv" else "utf-8")
    done = run("import", "twins", file, "-w", tmp_path / "w")
    assert done.code == 0, done.err
    assert done.out.startswith(f"Imported 3 rows of pairs to {tmp_path / 'w'}.\nGo on with: coopgraph build")
    assert flows(tmp_path / "w") == {(f"wikidata-{city}", f"wikidata-{twin}") for city, twin in PAIRS}


GEONAMES = {"lisboa": "geonames-2267057", "munich": "geonames-2867714", "verona": "geonames-3164527"}


def test_names_are_looked_up_whichever_language_they_are_in(run: Command, tmp_path: Path) -> None:
    rows = "Múnich,DE,Verona,Italia\nVerona,IT,München,Alemania\nLisbon,PT,Nowhere,PT\n"
    text = f"Ciudad,País,Ciudad hermana,País hermana\n{rows}"
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    done = run("import", "twins", tmp_path / "p.csv", "-w", tmp_path / "w")
    assert "p.csv: the first line is the header ('Ciudad', 'Ciudad hermana'); 3 pairs below it." in done.err
    munich, verona, lisbon = GEONAMES["munich"], GEONAMES["verona"], GEONAMES["lisboa"]
    assert flows(tmp_path / "w") == {(munich, verona), (verona, munich), (lisbon, "name-pt-nowhere")}
    with cg.open(tmp_path / "w") as release:
        found = cg.one_sided(release)
    assert (found.basis.answered, found.basis.one_sided, found.basis.uncertain) == (2, 1, 1)
    assert "1 of the 3 statements rests on names of no certain place" in str(found)
    assert run("check", tmp_path / "w", "--review", tmp_path / "r.csv").code == 0
    (row,) = csv.DictReader((tmp_path / "r.csv").read_text(encoding="utf-8-sig").splitlines())
    assert (row["id"].removeprefix("city/"), row["name"]) == ("name-pt-nowhere", "Nowhere")


@pytest.mark.parametrize(
    ("text", "count"),
    [("Lisboa\tRoma\nRoma\tLisboa\n", 2), ("Lisboa\tRoma\t1979\nRoma\tLisboa\t\n", 2), ("Q1\tQ2\n", 1)],
)
def test_a_first_row_of_names_is_no_header(run: Command, tmp_path: Path, text: str, count: int) -> None:
    (tmp_path / "p.tsv").write_text(text, encoding="utf-8")
    done = run("import", "twins", tmp_path / "p.tsv", "-w", tmp_path / "w")
    assert done.out.startswith(f"Imported {count} rows of pairs to")
    assert f"p.tsv: no header: {count} pairs, from the first line on." in done.err
    assert len(flows(tmp_path / "w")) == count


def test_days_come_first_where_they_do(run: Command, tmp_path: Path) -> None:
    text = "city,twin,date\nLisboa,Praia,31/12/1982\nPraia,Lisboa,1983\nLisboa,Roma,long ago\n"
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    done = run("import", "twins", tmp_path / "p.csv", "-w", tmp_path / "w")
    assert "p.csv: no dates, so left out: long ago." in done.err
    assert len(flows(tmp_path / "w")) == 3
    with cg.open(tmp_path / "w") as release:
        dates = release.query("SELECT ?when { ?a a coop:Action ; schema:startDate ?when } ORDER BY ?when")
        assert [str(when) for (when,) in dates] == ["1982-12-31", "1983"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a,b,c\n1,2,3\n", "has no names of cities in its column 'a'."),
        (b"Lisboa,PT,Roma,IT\n", "has no header that says which columns are the city and its twin."),
        (b"city,twin\n", "has a header and no rows."),
        (b"city,twin,twin\nA,B,C\n", "has two columns called 'twin'."),
        (bytes(range(256)) * 4, "is no text but bytes of another kind."),
        (b"\x1b[2J,\x07\nLisboa,Roma\n", "has signs in its first line that are no text."),
    ],
)
def test_what_names_no_cities_is_refused(run: Command, tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "p.csv").write_bytes(content)
    done = run("import", "twins", tmp_path / "p.csv", "-w", tmp_path / "w")
    assert (done.code, f"p.csv, line 1: {told}" in done.err) == (1, True)
    assert all(sign.isprintable() or sign == "\n" for sign in done.err)
    assert not (tmp_path / "w").exists()


def test_names_of_items_may_have_a_header(run: Command, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("city,twin\nQ1,Q2\n")
    (tmp_path / "n.csv").write_text("item,name\nQ1,Lisboa\nQ2,Roma\n")
    done = run("import", "twins", tmp_path / "p.csv", tmp_path / "n.csv", "-w", tmp_path / "w")
    assert done.out.startswith("Imported 1 rows of pairs, 2 rows of names to")
    assert flows(tmp_path / "w") == {("wikidata-Q1", "wikidata-Q2")}


def test_columns_that_are_not_known_are_told_and_can_be_said(run: Command, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("x,y,z\nQ1,k,Q2\n", encoding="utf-8")
    done = run("import", "twins", tmp_path / "p.csv", "-w", tmp_path / "w")
    assert done.code == 1
    assert "p.csv, line 1: does not say which columns are the city and its twin: x, y, z." in done.err
    assert not (tmp_path / "w").exists()
    assert run("import", "twins", tmp_path / "p.csv", "--columns", "x,z", "-w", tmp_path / "w").code == 0
    assert flows(tmp_path / "w") == {("wikidata-Q1", "wikidata-Q2")}


def test_a_download_of_wikidata_s_query_service(run: Command, tmp_path: Path) -> None:
    """Items come as addresses there, with their labels beside them."""
    item = "http://www.wikidata.org/entity/Q"
    text = f"city,cityLabel,twin,twinLabel\n{item}1,Lisboa,{item}2,Madrid\n"
    (tmp_path / "query.csv").write_text(text, encoding="utf-8")
    assert run("import", "twins", tmp_path / "query.csv", "-w", tmp_path / "w").code == 0
    assert main(["build", str(tmp_path / "w")]) == 0
    with cg.open(tmp_path / "w") as release:
        cities = [row["city"] for row in release.table("cities").to_pylist()]
        assert sorted(map(release.label, cities)) == ["Lisboa", "Madrid"]


def test_another_kind_of_file_is_told(run: Command, tmp_path: Path) -> None:
    (tmp_path / "p.xlsx").write_bytes(b"PK")
    done = run("import", "twins", tmp_path / "p.xlsx", "-w", tmp_path / "w")
    assert (done.code, "p.xlsx, line 1: is xlsx, not CSV or TSV." in done.err) == (1, True)


@pytest.mark.parametrize("text", ["", "\n\n", "one\n", '"open\n', "\0\0\0\0"])
def test_what_is_no_table_of_pairs_is_told(run: Command, tmp_path: Path, text: str) -> None:
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    done = run("import", "twins", tmp_path / "p.csv", "-w", tmp_path / "w")
    assert done.code == 1
    assert "p.csv" in done.err
    assert not (tmp_path / "w").exists()


def test_an_endpoint_is_recorded_and_a_dry_run_only_counts(
    run: Command, tmp_path: Path, endpoint: Endpoint
) -> None:
    words = ("import", "twins", endpoint.url, "-w", tmp_path / "w", "--pause", "0")
    dry = run(*words, "--dry-run")
    assert dry.out == f"Would import 3 statements into {tmp_path / 'w'}.\n"
    assert not (tmp_path / "w").exists()
    done = run(*words, "--format", "json", "--country", "es,pt")
    assert json.loads(done.out)["counts"] == {"statements": 3, "references": 1, "places": 3}
    assert flows(tmp_path / "w") == {(f"wikidata-{city}", f"wikidata-{twin}") for city, twin in PAIRS}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Scripted(404), "answers no SPARQL at this address (HTTP 404). Check the address"),
        (Scripted(301, (("Location", "https://example.org/"),)), "Import from there if you trust it."),
        (Scripted(429, (("Retry-After", "3600"),)), "is busy (HTTP 429) and asks to wait 3600 seconds."),
        (Scripted(body=b"<html>", kind="text/html"), "answers with a web page"),
        (Scripted(kind="text/csv"), "The answer of the endpoint http://"),
        (Scripted(500, body=b"Virtuoso SR353: sorted TOP"), "Lower --page-rows; Virtuoso sorts 10,000."),
    ],
)
def test_an_endpoint_that_refuses_is_told_in_the_words_of_the_command(
    run: Command, tmp_path: Path, endpoint: Endpoint, answer: Scripted, told: str
) -> None:
    endpoint.script[:] = [answer] * 9
    done = run("import", "twins", endpoint.url, "-w", tmp_path / "w", "--pause", "0")
    assert done.code == 1
    assert told in done.err
    assert "coopgraph.toml" not in done.err
    assert "[store]" not in done.err


@pytest.mark.parametrize(
    "words",
    [
        ["import", "twins", "http://user:secret@127.0.0.1/"],
        ["import", "twins", "http://127.0.0.1/", "--country", "Spain"],
        ["import", "twins", "http://127.0.0.1/", "--city", "nowhere.txt"],
        ["import", "twins", "http://127.0.0.1/", "--city", "Q1", "--country", "ES"],
        ["import", "twins", "http://127.0.0.1/", "--columns", "a,b"],
        ["import", "twins", "http://127.0.0.1/", "--publisher", "A"],
        ["import", "twins", "a.csv", "--url", "nowhere"],
        ["import", "twins", "http://127.0.0.1/", "--contact", "a\nb"],
        ["import", "twins", "http://127.0.0.1/", "--licence", "free"],
        ["import", "twins", "a.csv", "--since", "1990"],
        ["import", "twins", "a.csv", "--name", "Big Name"],
    ],
)
def test_wrong_use_is_told_before_anything_is_done(run: Command, tmp_path: Path, words: list[str]) -> None:
    done = run(*words, "-w", tmp_path / "w")
    assert done.code == 2
    assert "secret" not in done.err
    assert not (tmp_path / "w").exists()


def test_rdf_files_by_a_mapping(run: Command, tmp_path: Path) -> None:
    (tmp_path / "a.data").write_text('<urn:a> <urn:name> "A" .')
    query = """CONSTRUCT { ?city a coop:City ; skos:prefLabel ?name }
    WHERE { ?s <urn:name> ?name BIND (IRI(CONCAT(STR(id:), "city/", ?name)) AS ?city) }"""
    (tmp_path / "m.rq").write_text(query)
    words = ("import", "rdf", tmp_path / "a.data", "--mapping", tmp_path / "m.rq", "-w", tmp_path / "w")
    done = run(*words)
    assert done.code == 1
    assert "a.data: '.data' is not an RDF file I know." in done.err
    assert run(*words, "--syntax", "nt", "--name", "ours").out.startswith("Imported 2 statements")
    assert main(["build", str(tmp_path / "w")]) == 0
    with cg.open(tmp_path / "w") as release:
        assert [row["city"] for row in release.table("cities").to_pylist()] == [
            "https://w3id.org/coopgraph/id/city/A"
        ]


FOREIGN = """@prefix dbo: <http://dbpedia.org/ontology/> .
<urn:lis> a dbo:City ; <urn:name> "Lisboa" . <urn:mad> a dbo:City . <urn:net> a dbo:Group ."""


def test_a_mapping_that_makes_nothing_is_refused(run: Command, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(FOREIGN)
    (tmp_path / "m.rq").write_text("CONSTRUCT { ?s coop:nope ?o } WHERE { ?s foaf:nix ?o ; <urn:name> ?o }")
    done = run("import", "rdf", tmp_path / "a.ttl", "--mapping", tmp_path / "m.rq", "-w", tmp_path / "w")
    assert done.code == 1
    assert (
        "m.rq: makes no statement of these files. It asks for <http://xmlns.com/foaf/0.1/nix>, which is not "
        "in the files. The files have the classes <http://dbpedia.org/ontology/City> (2), "
        "<http://dbpedia.org/ontology/Group> (1)."
    ) in done.err
    assert not (tmp_path / "w").exists()


def test_rdf_in_other_terms_needs_a_mapping(run: Command, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(FOREIGN)
    done = run("import", "rdf", tmp_path / "a.ttl", "-w", tmp_path / "w")
    assert done.out.startswith("Imported 4 statements")
    assert "Nothing in it is in coopgraph's terms" in done.err
    assert "<http://dbpedia.org/ontology/City> (2)" in done.err
    assert "--mapping QUERY.rq" in done.err
    (tmp_path / "b.ttl").write_text("<id/city/a> a <https://w3id.org/coopgraph/ns#City> .")
    assert "coopgraph's terms" not in run("import", "rdf", tmp_path / "b.ttl", "-w", tmp_path / "v").err


@pytest.mark.parametrize("kind", ["twins", "rdf"])
def test_files_are_described_as_a_source(run: Command, tmp_path: Path, kind: str) -> None:
    (tmp_path / "twins").write_text("city,twin\nQ1,Q2\n")
    city = '<id/city/a> a <https://w3id.org/coopgraph/ns#City> ; skos:prefLabel "A" .'
    (tmp_path / "rdf").write_text(f"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n{city}")
    file = (tmp_path / kind).rename(tmp_path / ("a.csv" if kind == "twins" else "a.ttl"))
    said = ("--publisher", "The City", "--url", "https://example.org/a", "--licence", "https://example.org/l")
    assert run("import", kind, file, "-w", tmp_path / "w", *said).code == 0
    assert main(["build", str(tmp_path / "w")]) == 0
    with cg.open(tmp_path / "w") as release:
        (row,) = release.table("sources").to_pylist()
        assert (row["title"], row["publisher"]) == (file.name, "The City")
        found = release.query("""SELECT (STR(?licence) AS ?l) (STR(?url) AS ?u) (COUNT(?graph) AS ?graphs) {
            ?s dcterms:license ?licence ; schema:url ?url . ?graph prov:hadPrimarySource ?s
        } GROUP BY ?licence ?url""")
        assert [[str(value) for value in row][:2] for row in found] == [[said[5], said[3]]]


def test_rdf_with_a_fault_leaves_nothing(run: Command, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:name>")
    done = run("import", "rdf", tmp_path / "a.ttl", "-w", tmp_path / "w")
    assert done.code == 1
    assert "a.ttl, line 1" in done.err
    assert not (tmp_path / "w").exists()


def test_an_answer_of_an_endpoint(run: Command, tmp_path: Path, endpoint: Endpoint) -> None:
    (tmp_path / "q.rq").write_text(
        "CONSTRUCT { ?p a coop:City ; skos:prefLabel ?n } WHERE { ?p rdfs:label ?n }"
    )
    words = (
        "import",
        "sparql",
        endpoint.url,
        "--query",
        tmp_path / "q.rq",
        "-w",
        tmp_path / "w",
        "--pause",
        "0",
    )
    assert run(*words, "--dry-run").out.startswith("Would import 12 rows")
    assert run(*words).out.startswith("Imported 15 statements")
    assert main(["build", str(tmp_path / "w")]) == 0
