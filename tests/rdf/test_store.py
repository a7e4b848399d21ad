"""The store: made once, merged as a set, refused everywhere else."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from coopgraph.errors import StoreError
from coopgraph.rdf.client import Request
from coopgraph.rdf.engine import Engine
from coopgraph.rdf.store import compact, create, extend, open_read_only

A = "<https://example.org/a> <https://example.org/p>"
QUADS = "".join(f"{A} <https://example.org/b> <https://example.org/g{number}> .\n" for number in (1, 2))
SUM = "SELECT (SUM(?n) AS ?sum) { ?s <https://example.org/amount> ?n }"
REQUEST = Request(SUM, {}, "https://example.org/")
MONEY = '<urn:m> <https://example.org/amount> "5"^^<http://www.w3.org/2001/XMLSchema#integer>'


def test_the_default_graph_is_a_set(tmp_path: Path) -> None:
    (tmp_path / "g.nq").write_text(f"{MONEY} <urn:g1> .\n{MONEY} <urn:g2> .\n", encoding="utf-8")
    assert create(tmp_path / "store", tmp_path / "g.nq") == 3
    assert [row[0] for row in Engine(tmp_path / "store").ask(REQUEST, trusted=True)] == [5]


def test_the_engines_union_still_counts_twice(tmp_path: Path) -> None:
    """Why there is a merge at all; when this fails, the union can be used."""
    (tmp_path / "g.nq").write_text(f"{MONEY} <urn:g1> .\n{MONEY} <urn:g2> .\n", encoding="utf-8")
    create(tmp_path / "store", tmp_path / "g.nq")
    found = open_read_only(tmp_path / "store").query(
        SUM, default_graph=[ox.NamedNode("urn:g1"), ox.NamedNode("urn:g2")]
    )
    assert isinstance(found, ox.QuerySolutions)
    assert [row["sum"].value for row in found] == ["10"]


def test_a_merge_that_is_given_is_taken(tmp_path: Path) -> None:
    (tmp_path / "g.nq").write_text(QUADS, encoding="utf-8")
    (tmp_path / "m.nt").write_text(f"{A} <https://example.org/b> .\n", encoding="utf-8")
    given = create(tmp_path / "one", tmp_path / "g.nq", merged=tmp_path / "m.nt")
    assert given == create(tmp_path / "two", tmp_path / "g.nq") == 3
    one, two = open_read_only(tmp_path / "one"), open_read_only(tmp_path / "two")
    assert set(one) == set(two)


def test_literals_that_look_like_graph_names_stay(tmp_path: Path) -> None:
    line = f'{A} "see <urn:x> ." <urn:g> .\n'
    (tmp_path / "g.nq").write_text(line, encoding="utf-8")
    create(tmp_path / "store", tmp_path / "g.nq")
    assert {quad.object.value for quad in open_read_only(tmp_path / "store")} == {"see <urn:x> ."}


def test_lines_longer_than_a_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coopgraph.rdf import store

    monkeypatch.setattr(store, "_PART", 64)
    lines = [f'{A} "{"x" * 200}{number}" <urn:g{number % 3}> .\n' for number in range(50)]
    (tmp_path / "g.nq").write_text("".join(lines), encoding="utf-8")
    assert create(tmp_path / "store", tmp_path / "g.nq") == 100


def test_a_broken_line_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "g.nq").write_text("<urn:a b> <urn:p> 1 <urn:g> .\n", encoding="utf-8")
    with pytest.raises(StoreError, match="could not be written"):
        create(tmp_path / "store", tmp_path / "g.nq")


def test_a_folder_with_files_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(StoreError, match="new or empty"):
        create(tmp_path, tmp_path / "letter.txt")
    with pytest.raises(StoreError, match="not the store of a coopgraph release"):
        open_read_only(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_reading_writes_nothing(store: Path) -> None:
    before = {path.name: path.read_bytes() for path in store.iterdir()}
    assert len(list(open_read_only(store))) == 9
    assert {path.name: path.read_bytes() for path in store.iterdir()} == before


def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "g.nq").write_text(QUADS, encoding="utf-8")
    create(tmp_path / "store", tmp_path / "g.nq")
    (tmp_path / "store" / "CURRENT").unlink()
    with pytest.raises(StoreError, match="Build the release again"):
        open_read_only(tmp_path / "store")


def test_the_engine_changes_lexical_forms(tmp_path: Path) -> None:
    """Why `graph.nq.zst` is the truth and validation comes first; when this fails, the store is lossless."""
    text = '<urn:a> <urn:p> "007"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g> .\n'
    (tmp_path / "g.nq").write_text(text, encoding="utf-8")
    create(tmp_path / "store", tmp_path / "g.nq")
    assert {quad.object.value for quad in open_read_only(tmp_path / "store")} == {"7"}


def test_a_compacted_store_holds_the_same(tmp_path: Path) -> None:
    (tmp_path / "g.nq").write_text(QUADS, encoding="utf-8")
    create(tmp_path / "store", tmp_path / "g.nq")
    before = {str(quad) for quad in open_read_only(tmp_path / "store")}
    compact(tmp_path / "store")
    assert before
    assert {str(quad) for quad in open_read_only(tmp_path / "store")} == before


def test_lines_added_before_publishing(tmp_path: Path) -> None:
    (tmp_path / "g.nq").write_text(QUADS, encoding="utf-8")
    create(tmp_path / "store", tmp_path / "g.nq")
    added = [
        f"{A} <https://example.org/c> <urn:inferred> .\n",
        f"{A} <https://example.org/b> <urn:inferred> .\n",
    ]
    assert extend(tmp_path / "store", added) == 6
    names = {str(graph) for graph in open_read_only(tmp_path / "store").named_graphs()}
    assert names == {"<https://example.org/g1>", "<https://example.org/g2>", "<urn:inferred>"}
