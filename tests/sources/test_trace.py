"""Provenance: from a statement back to a file and a row."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from coopgraph.columns.duck import connect
from coopgraph.namespaces import DCTERMS, PROV, workspace_prefixes
from coopgraph.sources.compile import map_records
from coopgraph.sources.mapping import load_mapping
from coopgraph.sources.rdffiles import insert_rdf
from coopgraph.sources.read import read_all
from coopgraph.sources.trace import trace
from coopgraph.sources.workspace import load_workspace

BASE = "https://example.org/"
PROVENANCE = f"<{BASE}graph/provenance>"


@pytest.fixture
def statements(tmp_path: Path) -> set[tuple[str, str, str]]:
    """The provenance of a workspace with a table, two files of one source, and RDF."""
    (tmp_path / "coopgraph.toml").write_text(
        f"""
[workspace]
title = "T"
base = "{BASE}"
[sources.cities]
path = "cities.csv"
mapping = "m.yml"
[sources.more]
path = ["a.csv", "b b.csv"]
mapping = "m.yml"
source_id = "seed"
[sources.places]
path = "places.ttl"
"""
    )
    (tmp_path / "m.yml").write_text(
        "mappings:\n  c:\n    graphs: graph:$(g)\n    s: id:city/$(id)\n    po:\n      - [a, coop:City]\n"
    )
    (tmp_path / "cities.csv").write_text("id,g\nx,\n\ny,cited\nx,\n")
    (tmp_path / "a.csv").write_text("id,g\nx,\n")
    (tmp_path / "b b.csv").write_text("id,g\nz,\n")
    (tmp_path / "places.ttl").write_text("<http://a> <http://b> <http://c> .")
    workspace = load_workspace(tmp_path)
    with connect(allow=workspace.files) as connection:
        records = read_all(workspace.sources, connection)
        for spec in workspace.sources:
            if spec.mapping:
                mapping = load_mapping(spec.mapping, workspace_prefixes(BASE))
                map_records(records[spec.name], mapping, spec, BASE, connection)
        insert_rdf(tmp_path / "places.ttl", f"{BASE}graph/file/places", BASE, connection)
        trace(workspace, records, connection)
        rows = connection.table("quads").fetchall()
        assert len(rows) == len(set(rows)) + 1  # city x is stated twice by one file
    return {(s, p, o) for s, p, o, g in rows if g == PROVENANCE}


def objects(statements: set[tuple[str, str, str]], subject: str, predicate: str) -> set[str]:
    return {o for s, p, o in statements if (s, p) == (f"<{subject}>", f"<{predicate}>")}


def test_each_subject_leads_to_every_row_it_came_from(statements: set[tuple[str, str, str]]) -> None:
    assert objects(statements, f"{BASE}id/city/x", f"{PROV}wasDerivedFrom") == {
        f"<{BASE}id/file/cities#row=2>",
        f"<{BASE}id/file/cities#row=4>",
        f"<{BASE}id/file/more/a.csv#row=2>",
    }
    assert objects(statements, f"{BASE}id/city/z", f"{PROV}wasDerivedFrom") == {
        f"<{BASE}id/file/more/b%20b.csv#row=2>"
    }


def test_each_graph_leads_to_its_source_or_file(statements: set[tuple[str, str, str]]) -> None:
    assert {(s, o) for s, p, o in statements if p == f"<{PROV}hadPrimarySource>"} == {
        (f"<{BASE}graph/file/cities>", f"<{BASE}id/file/cities>"),
        (f"<{BASE}graph/file/places>", f"<{BASE}id/file/places>"),
        (f"<{BASE}graph/cited>", f"<{BASE}id/source/cited>"),
        (f"<{BASE}graph/seed>", f"<{BASE}id/source/seed>"),
    }


def test_each_file_has_its_name_and_digest(statements: set[tuple[str, str, str]], tmp_path: Path) -> None:
    digest = hashlib.sha256((tmp_path / "cities.csv").read_bytes()).hexdigest()
    file = f"{BASE}id/file/cities"
    assert objects(statements, file, f"{DCTERMS}identifier") == {f'"sha256:{digest}"'}
    assert objects(statements, file, f"{DCTERMS}title") == {'"cities.csv"'}
    assert len(objects(statements, f"{BASE}id/load", f"{PROV}used")) == 4
