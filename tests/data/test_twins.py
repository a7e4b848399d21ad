"""The example twins on a part of the real files: each statement once and one way, the one-sided listed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import coopgraph as cg

KEPT = {"Q656", "Q6163214"}  # the place with the most twins, and one whose statement stands three times
Pair = tuple[str, ...]


def lines(path: Path) -> list[Pair]:
    return [tuple(line.split("\t")) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def part(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files with the lines that speak of the places kept."""
    folder, whole = tmp_path_factory.mktemp("part"), shared_data / "sister_cities"
    relations, names = "L3viathan_relations.tsv", "L3viathan_names.tsv"
    statements = [pair for pair in lines(whole / relations) if KEPT & set(pair)]
    places = {place for pair in statements for place in pair}
    for file, rows in (
        (relations, statements),
        (names, [row for row in lines(whole / names) if row[0] in places]),
    ):
        (folder / file).write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def release(root: Path, part: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[cg.Release]:
    workspace = tmp_path_factory.mktemp("twins") / "workspace"
    shutil.copytree(root / "examples" / "twins", workspace, ignore=shutil.ignore_patterns(".coopgraph"))
    cg.build(workspace, settings={"data": str(part)})
    with cg.open(workspace) as opened:
        yield opened


def place(iri: str) -> str:
    return iri.rpartition("wikidata-")[2]


def test_each_statement_is_one_flow_from_who_names_to_who_is_named(release: cg.Release, part: Path) -> None:
    statements = lines(part / "L3viathan_relations.tsv")
    assert len(statements) == len(set(statements)) + 2, "one stands three times, the first line is not lost"
    found = cg.flows(release)
    assert {
        (place(edge["source"]), place(edge["target"]), edge["weight"]) for edge in found.edges.to_pylist()
    } == {(*pair, 1.0) for pair in statements}
    assert found.basis.selected_events == len(set(statements))
    assert found.basis.yes_derived == 2 * len(set(statements))


def test_one_sided_statements_are_listed(release: cg.Release, part: Path) -> None:
    statements = set(lines(part / "L3viathan_relations.tsv"))
    expected = {pair for pair in statements if pair[::-1] not in statements}
    assert 0 < len(expected) < 10
    rows = release.query("one-sided").to_arrow().to_pylist()
    assert sorted((place(row["city"]), place(row["twin"])) for row in rows) == sorted(expected)
    assert all(row["name"] and row["twinName"] for row in rows)


def test_places_have_their_names(release: cg.Release) -> None:
    labels = {place(row["city"]): row["label_en"] for row in release.table("cities").to_pylist()}
    assert labels["Q656"] == "Sankt Petersburg"
    assert None not in labels.values()
