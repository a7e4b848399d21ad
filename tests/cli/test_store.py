"""`--store`: a workspace that has both sources and a store is asked there, by every command that reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import coopgraph as cg
from tests.cli.conftest import Command
from tests.remote.endpoint import Endpoint, serving
from tests.web.conftest import serving as site

READS = (
    ("query", "SELECT ?l { ?c a coop:City ; skos:prefLabel ?l } ORDER BY ?l"),
    ("rank", "--format", "csv"),
    ("explain", "Quito", "--format", "csv"),
    ("dependence", "Quito", "--format", "csv"),
    ("trend", "--format", "csv"),
)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving(Endpoint(union=False)) as served:
        yield served


def publish(place: Path, store: str) -> None:
    """Build a workspace and publish it to the store it names from now on."""
    file = place / "coopgraph.toml"
    file.write_text(f'store = "{store}"\n{file.read_text("utf-8")}', encoding="utf-8")
    cg.build(place)
    cg.publish(place, to=store)


def build_another(place: Path) -> None:
    """Build a release that says something else."""
    for name, old, new in (("participations", "visit,quito,no,yes\n", ""), ("cities", "Quito", "Kitu")):
        path = place / f"{name}.csv"
        path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    cg.build(place)


def test_what_reads_asks_the_store(run: Command, small: Path, endpoint: Endpoint) -> None:
    publish(small, endpoint.url)
    published = [run(command, "-w", small, *words) for command, *words in READS]
    build_another(small)
    for (command, *words), before in zip(READS, published, strict=True):
        assert before.code == 0, before.err
        there = run(command, "-w", small, "--store", *words)
        assert (there.code, there.out) == (0, before.out), (command, there.err)
        assert run(command, "-w", small, *words).out != before.out, command


def test_what_writes_and_serves_asks_the_store(
    run: Command, small: Path, endpoint: Endpoint, tmp_path: Path
) -> None:
    publish(small, endpoint.url)
    build_another(small)
    for command, file in (("view", tmp_path / "a.html"), ("export", tmp_path / "a.gexf")):
        words = (file,) if command == "view" else ("-o", file)
        done = run(command, *words, "-w", small, "--store")
        assert done.code == 0, done.err
        assert "Quito" in file.read_text("utf-8") and "Kitu" not in file.read_text("utf-8")
    query = {"query": 'ASK { ?c skos:prefLabel "Quito"@en }', "format": "json"}
    with site(small, "--store") as address:
        assert httpx.get(f"{address}/sparql", params=query, timeout=60).json()["boolean"] is True


@pytest.mark.parametrize("command", ["serve", "mcp"])
def test_a_file_names_no_store(run: Command, tmp_path: Path, command: str) -> None:
    (tmp_path / "a.ttl").write_text("", encoding="utf-8")
    done = run(command, tmp_path / "a.ttl", "--store")
    assert done.code == 2 and "--store asks the store that a workspace names" in done.err
