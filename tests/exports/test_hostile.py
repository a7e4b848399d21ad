"""Labels that mean something to a format: each reads back as it is, without what no text may hold."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import igraph
import networkx as nx
import pyogrio
import pytest
from openpyxl import load_workbook

import coopgraph as cg
from coopgraph.exports.iati.xml import element
from coopgraph.release import Release

BASE = "https://w3id.org/coopgraph/id/"
LABELS = {
    "cdata": "a ]]> b <![CDATA[ c",
    "markup": "<b>&amp;</b> \"quoted\" 'too'",
    "lines": "two\nlines; and | bars, commas",
    "formula": "=HYPERLINK(1)",
    "bidi": "abc\u202etxt.exe",
    "control": "bell\u0007 and vertical\u000btab",
    "nothing": "no\ufffe character",
    "sql": "'); DROP TABLE things; --",
    "tall": "🏙 São Tomé",
}
SAFE = LABELS | {
    "bidi": "abctxt.exe", "control": "bell and verticaltab", "nothing": "no character",
}  # fmt: skip


def _turtle() -> str:
    lines = [
        "@prefix coop: <https://w3id.org/coopgraph/ns#> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
        "@prefix answer: <https://w3id.org/coopgraph/concept/answer/> .",
    ]
    for name, text in LABELS.items():
        escaped = "".join(c if c.isalnum() or c == " " else f"\\U{ord(c):08X}" for c in text)
        lines.append(f'<{BASE}city/{name}> a coop:City ; skos:prefLabel "{escaped}"@en .')
        lines.append(
            f"<{BASE}participation/{name}> a coop:Participation ; coop:event <{BASE}action/all> ; "
            f"coop:participant <{BASE}city/{name}> ; coop:contributes answer:yes ; coop:benefits answer:yes ."
        )
    lines.append(f'<{BASE}action/all> a coop:Action ; skos:prefLabel "All"@en .')
    return "\n".join(lines)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    source = tmp_path_factory.mktemp("hostile") / "hostile.ttl"
    source.write_text(_turtle(), "utf-8")
    with cg.open(source) as release:
        yield release


def _iris(found: dict[str, str]) -> dict[str, str]:
    return {iri.removeprefix(f"{BASE}city/"): text for iri, text in found.items() if "/city/" in iri}


def test_xml(hostile: Release, tmp_path: Path) -> None:
    for name in ("x.gexf", "x.graphml"):
        cg.export(hostile, tmp_path / name)
    assert _iris(dict(nx.read_gexf(tmp_path / "x.gexf").nodes(data="label"))) == SAFE
    assert _iris(dict(nx.read_graphml(tmp_path / "x.graphml").nodes(data="label"))) == SAFE
    theirs = igraph.Graph.Read_GraphML(str(tmp_path / "x.graphml"))
    assert _iris(dict(zip(theirs.vs["id"], theirs.vs["label"], strict=True))) == SAFE


def test_maps(hostile: Release, tmp_path: Path) -> None:
    for name in ("x.geojson", "x.gpkg"):
        cg.export(hostile, tmp_path / name)
    made = json.loads((tmp_path / "x.geojson").read_bytes())
    points = {each["id"]: each["properties"]["label"] for each in made["features"] if "id" in each}
    assert _iris(points) == SAFE
    about, _, _, values = pyogrio.raw.read(tmp_path / "x.gpkg", layer="cities")
    column = dict(zip(about["fields"], values, strict=True))
    assert _iris(dict(zip(column["iri"], column["label"], strict=True))) == SAFE


def test_databases(hostile: Release, tmp_path: Path) -> None:
    cg.export(hostile, tmp_path / "x.sqlite")
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as database:
        assert _iris(dict(database.execute("SELECT iri, label FROM actors"))) == SAFE
        assert _iris(dict(database.execute("SELECT iri, label FROM things"))) == SAFE
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_neo4j(hostile: Release, tmp_path: Path) -> None:
    cg.export(hostile, tmp_path / "out", "neo4j")
    with (tmp_path / "out" / "City.csv").open(encoding="utf-8", newline="") as file:
        assert _iris({row["iri:ID(Actor)"]: row["label"] for row in csv.DictReader(file)}) == SAFE


def test_a_workbook_and_iati_hold_none_of_it_and_it_is_counted(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "all.ttl").write_text(_turtle(), "utf-8")
    (home / "coopgraph.toml").write_text("[workspace]\ntitle = 'X'\n[sources.all]\npath = 'all.ttl'\n")
    cg.build(home)
    with cg.open(home) as release:
        written = cg.export(release, tmp_path / "x.xlsx")
    assert written.left_out["texts that are written without their control and direction characters"] == 3
    cells = {
        cell for page in load_workbook(tmp_path / "x.xlsx") for row in page.iter_rows(values_only=True)
        for cell in row
    }  # fmt: skip
    assert cells >= set(SAFE.values())
    assert element("title", "no\ufffe\uffff \ud800\x0bcharacter").text == "no ?character"


def test_every_format_that_takes_characters_away_counts_them(hostile: Release, tmp_path: Path) -> None:
    for name in ("x.gexf", "x.graphml", "x.geojson", "x.sqlite", "x.duckdb"):
        left_out = cg.export(hostile, tmp_path / name).left_out
        assert sum("control and direction" in why and count == 3 for why, count in left_out.items()) == 1, (
            name
        )
    assert not cg.export(hostile, tmp_path / "x.ttl").left_out


def test_a_readme_is_short_whatever_a_source_is_called(tmp_path: Path) -> None:
    source = "<https://w3id.org/coopgraph/ns#Source>"
    title = "<http://purl.org/dc/terms/title>"
    text = f'<urn:s> a {source} ; {title} "{"long " * 8_000}" .'
    (tmp_path / "long.ttl").write_text(f"{_turtle()}\n{text}", "utf-8")
    with cg.open(tmp_path / "long.ttl") as release:
        cg.export(release, tmp_path / "out", "neo4j")
    readme = (tmp_path / "out" / "README.md").read_text("utf-8")
    assert "long long" in readme and max(map(len, readme.splitlines())) < 1_010
