"""CSV by class: its description makes the statements of the release again, and leads from table to table."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import coopgraph as cg
from coopgraph.namespaces import COOP, ORG, PROV, RDF, SCHEMA, TIME
from coopgraph.release import Release
from coopgraph.release.graph import read_graph
from tests.exports.csvw_rdf import statements


@pytest.fixture(scope="module")
def folder(bundled: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled release as CSV."""
    target = tmp_path_factory.mktemp("csvw") / "tables"
    cg.export(bundled, target, "csvw")
    return target


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def stated(release: Release) -> set[tuple[str, str, str, str]]:
    """What the sources state, and the rows it came from, as pyoxigraph reads the canonical graph."""
    found = set()
    for quad in ox.parse(b"".join(read_graph(release.directory)), ox.RdfFormat.N_QUADS, lenient=True):
        graph = quad.graph_name.value.rsplit("/", 1)[-1]
        said = graph not in ("ontology", "inferred", "provenance")
        if said or (graph == "provenance" and quad.predicate.value == f"{PROV}wasDerivedFrom"):
            term = quad.object
            lang = "@iri" if isinstance(term, ox.NamedNode) else term.language or ""
            found.add((quad.subject.value, quad.predicate.value, term.value, lang))
    return found


def test_the_description_makes_every_statement_again(bundled: Release, folder: Path) -> None:
    expected, made = stated(bundled), set(statements(folder))
    missing = {each for each in expected - made if not each[0].endswith("/during")}
    assert Counter(each[1] for each in missing) == {
        "http://www.w3.org/ns/prov#wasDerivedFrom": 1,
        f"{COOP}evolvesInto": 1,
        "http://www.w3.org/2004/02/skos/core#note": 1,
    }
    during = {each for each in expected if each[0].endswith("/during") and each[1].startswith(SCHEMA)}
    assert during <= made and len(during) > 20
    more = Counter(each[1] for each in made - expected)
    assert set(more) == {"http://purl.org/dc/terms/source"}, "the graph of a statement, said as its source"
    assert (f"{bundled.base}id/membership/al-las/lima", f"{ORG}memberDuring",
            f"{bundled.base}id/membership/al-las/lima/during", "@iri") in made  # fmt: skip
    assert not [each for each in made if each[2].startswith(TIME)]


def test_each_thing_is_a_row(bundled: Release, folder: Path) -> None:
    graph = ox.parse(b"".join(read_graph(bundled.directory)), ox.RdfFormat.N_QUADS, lenient=True)
    found: dict[str, set[str]] = {}
    for quad in graph:
        if quad.predicate.value == f"{RDF}type":
            found.setdefault(quad.object.value, set()).add(quad.subject.value)
    for name, iri in {"cities": "City", "agreements": "Agreement", "actions": "Action", "money": "Money",
                      "participations": "Participation", "figures": "ReportedFigure", "sources": "Source",
                      "programmes": "Programme", "networks": "Network"}.items():  # fmt: skip
        assert {row["iri"] for row in rows(folder / f"{name}.csv")} == found[f"{COOP}{iri}"]
    assert len(rows(folder / "parties.csv")) == len(
        bundled.table("agreements").group_by(["agreement", "party"]).aggregate([])
    )


def test_cells_are_short_and_as_stated(folder: Path) -> None:
    (lima,) = (row for row in rows(folder / "cities.csv") if row["id"] == "lima")
    assert (lima["name_pt"], lima["country"], lima["geonames_id"], lima["lat"]) == (
        "Lima",
        "PE",
        "3936456",
        "-12.04318",
    )
    (grant,) = (row for row in rows(folder / "agreements.csv") if row["id"] == "allas-grant")
    assert (grant["signed"], grant["kind"], grant["cities"]) == (
        "2013-05",
        "funding-agreement",
        "mexico-city",
    )
    assert grant["rows"] == "agreements#row=101;money#row=6"


def test_titles_are_in_three_languages_and_keys_lead_somewhere(folder: Path) -> None:
    told = json.loads((folder / "csv-metadata.json").read_text(encoding="utf-8"))
    assert told["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    tables = {table["url"]: table["tableSchema"] for table in told["tables"]}
    assert set(tables) == {path.name for path in folder.glob("*.csv")}
    for url, schema in tables.items():
        named = [column["name"] for column in schema["columns"] if not column.get("virtual")]
        with (folder / url).open(encoding="utf-8", newline="") as file:
            assert named == next(csv.reader(file))
        assert all(
            set(column["titles"]) == {"en", "es", "pt"} for column in schema["columns"] if "titles" in column
        )
        for key in schema.get("foreignKeys", ()):
            known = {row["id"] for row in rows(folder / key["reference"]["resource"])}
            assert {row[key["columnReference"]] for row in rows(folder / url)} <= known | {""}
    assert len(tables["actions.csv"]["foreignKeys"]) == 6
    dates = next(column for column in tables["actions.csv"]["columns"] if column["name"] == "start")
    assert dates["datatype"]["@id"] == "http://purl.org/dc/terms/W3CDTF"


HOSTILE = """
@prefix coop: <https://w3id.org/coopgraph/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> . @prefix id: <https://w3id.org/coopgraph/id/> .
<urn:c1> a coop:City ; skos:prefLabel "=1+1", "Same, with \\"quotes\\"\\nand a line", "fr"@fr .
<urn:a1> a coop:Action ; coop:theme "a;b", "c" ; schema:startDate "2019", "2018" ;
  schema:organizer <urn:nobody> .
<urn:p1> a coop:Participation ; coop:event <urn:a1> ; coop:participant <urn:c1>, <urn:c2> .
<urn:m1> a coop:Money ; schema:value "lots", 7 .
"""


def test_what_a_cell_cannot_hold_is_counted(tmp_path: Path) -> None:
    (tmp_path / "in.ttl").write_text(HOSTILE, encoding="utf-8")
    with cg.open(tmp_path / "in.ttl", ontology=False) as release:
        written = cg.export(release, tmp_path / "out", "csvw")
    assert written.left_out == {
        "cells of cities.name that join several texts": 1,
        "texts that begin like a formula, now with an apostrophe before them": 1,
        "texts with a semicolon, which stands between texts of a list": 1,
        "further values of actions.start": 1,
        "further values of money.amount": 1,
        "statements of coop:participant": 1,
        "statements of schema:organizer": 1,
        "statements of skos:prefLabel": 1,
    }
    (city,) = rows(tmp_path / "out" / "cities.csv")
    assert city == {**dict.fromkeys(city, ""), "id": "urn:c1", "iri": "urn:c1",
                    "name": "'=1+1 | Same, with \"quotes\"\nand a line"}  # fmt: skip
    (part,) = rows(tmp_path / "out" / "participations.csv")
    assert (part["action"], part["city"]) == ("urn:a1", "urn:c1")


def test_the_same_release_gives_the_same_bytes(bundled: Release, folder: Path, tmp_path: Path) -> None:
    cg.export(bundled, tmp_path / "again", "csvw")
    first: dict[str, Any] = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert first == {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()}
