"""The CSV files for Neo4j: read by DuckDB's reader, a different one, and every reference followed.

No Neo4j was run: it is no Python or Debian package.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

import coopgraph as cg
from coopgraph.exports.neo4j import KINDS, LAYERS, command, listed
from coopgraph.exports.network.model import Edge, Node
from coopgraph.release import Release

TYPED = re.compile(
    r"[a-z_0-9]*(:(string|long|double|boolean|string\[\]|ID\(Actor\)))?|:(START|END)_ID\(Actor\)|:(LABEL|TYPE)"
)


def _read(path: Path) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        found = connection.read_csv(str(path), all_varchar=True, header=True, quotechar='"', escapechar='"')
        rows: list[dict[str, Any]] = found.to_arrow_table().to_pylist()
        return rows


@pytest.fixture(scope="module")
def folder(bundled: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("neo4j") / "out"
    cg.export(bundled, target, "neo4j")
    return target


def test_every_node_and_edge_is_there(folder: Path, everything: tuple[list[Node], list[Edge]]) -> None:
    nodes, edges = everything
    for kind, name in KINDS.items():
        rows = _read(folder / f"{name}.csv")
        assert [row["iri:ID(Actor)"] for row in rows] == [n.iri for n in nodes if n.values[0] == kind]
        assert {row[":LABEL"] for row in rows} == {f"{name}|Actor"}
    for layer, name in LAYERS.items():
        rows = _read(folder / f"{name}.csv")
        wanted = [edge for edge in edges if edge.values[0] == layer]
        assert [(r[":START_ID(Actor)"], r[":END_ID(Actor)"], float(r["weight:double"])) for r in rows] == [
            (edge.source, edge.target, edge.weight) for edge in wanted
        ]
        for row, edge in zip(rows, wanted, strict=True):
            assert (row["sources:string[]"] or "").split("|") == edge.values[-1].split(" ")
            times = [tuple(time.split("/")) for time in (row["times:string[]"] or "").split("|") if time]
            assert tuple(times) == edge.spans


def test_every_reference_leads_to_a_node(folder: Path) -> None:
    known = {row["iri:ID(Actor)"] for name in KINDS.values() for row in _read(folder / f"{name}.csv")}
    for name in LAYERS.values():
        for row in _read(folder / f"{name}.csv"):
            assert {row[":START_ID(Actor)"], row[":END_ID(Actor)"]} <= known


def test_headers_are_of_the_import_tool_and_the_command_names_every_file(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        header = path.read_text("utf-8").split("\n", 1)[0].split(",")
        assert all(TYPED.fullmatch(name) for name in header), header
    named = {word.partition("=")[2] for word in command() if word.endswith(".csv")}
    assert named == {path.name for path in folder.glob("*.csv")}
    readme = (folder / "README.md").read_text("utf-8")
    assert "\n    neo4j-admin database import full neo4j --nodes=City.csv" in readme


def test_lists_of_iris_are_lists_and_sentences_are_not() -> None:
    assert list(listed(("kind", "sources"), ("sister city", "urn:a;b urn:c"))) == [
        "sister city",
        "urn:a;b|urn:c",
    ]
