"""Rules add what follows and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coopgraph.errors import QueryError
from coopgraph.rdf.rules import infer
from coopgraph.rdf.store import open_read_only

RULE = "PREFIX : <https://example.org/> CONSTRUCT { ?b :inverse ?a } WHERE { ?a :p ?b }"


def rule(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_what_follows_once_and_sorted(store: Path, tmp_path: Path) -> None:
    found = infer(
        open_read_only(store), [rule(tmp_path, "a.rq", RULE), rule(tmp_path, "b.rq", RULE)], "urn:i"
    )
    assert found == [
        "<https://example.org/b> <https://example.org/inverse> <https://example.org/a> <urn:i> .\n",
        "<https://example.org/c> <https://example.org/inverse> <https://example.org/b> <urn:i> .\n",
    ]


def test_what_is_stated_is_not_inferred(make_store: Callable[[str], Path], tmp_path: Path) -> None:
    store = make_store("@prefix : <https://example.org/> . :g { :a :p :b . :b :inverse :a . }")
    assert infer(open_read_only(store), [rule(tmp_path, "a.rq", RULE)], "urn:i") == []


def test_every_wrong_rule_is_told(store: Path, tmp_path: Path) -> None:
    wrong = [
        rule(tmp_path, "a.rq", "SELECT * { ?s ?p ?o }"),
        rule(tmp_path, "b.rq", "CONSTRUCT { _:x ?p ?o } WHERE { ?s ?p ?o }"),
        rule(tmp_path, "c.rq", "CONSTRUCT {"),
    ]
    with pytest.raises(QueryError) as caught:
        infer(open_read_only(store), wrong, "urn:i")
    assert [fault.file for fault in caught.value.faults] == ["a.rq", "b.rq", "c.rq"]
