"""What the release tests share: a small world in Turtle, and a build of it without the pipeline."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coopgraph.columns import parquet
from coopgraph.rdf import create, open_read_only, parse_rdf
from coopgraph.rdf.ontology import ontology_version
from coopgraph.release import Manifest, Published, compress, make_tables, publish, staging

WORLD = (Path(__file__).parent / "world.trig").read_text(encoding="utf-8")
BASE = "https://w3id.org/coopgraph/"


def fill(staged: Path, trig: str) -> Manifest:
    """Write graph, store and tables of some TriG into a staging folder, as a build does."""
    (staged / "in.trig").write_text(trig, encoding="utf-8")
    lines = parse_rdf(staged / "in.trig", graph=f"{BASE}graph/file/in", base=BASE, genid="urn:b")
    (staged / "graph.nq").write_text("".join(sorted(set(lines))), encoding="utf-8")
    (staged / "in.trig").unlink()
    stored = create(staged / "store", staged / "graph.nq")
    graph = compress(staged / "graph.nq", staged / "graph.nq.zst")
    (staged / "graph.nq").unlink()
    (staged / "tables").mkdir()
    made = make_tables(open_read_only(staged / "store"))
    for name, table in made.tables.items():
        parquet.write(table, staged / "tables" / f"{name}.parquet")
    versions = {"ontology": ontology_version(), "coopgraph": "0.1.0"}
    return Manifest(graph.sha256, graph.quads, stored, versions=versions, workspace={"base": BASE})


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Published]:
    """Publish TriG in a workspace at `tmp_path`."""

    def make(trig: str = WORLD) -> Published:
        with staging(tmp_path) as staged:
            return publish(tmp_path, staged, fill(staged, trig))

    return make


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a release of WORLD; nobody changes it."""
    folder = tmp_path_factory.mktemp("world")
    with staging(folder) as staged:
        publish(folder, staged, fill(staged, WORLD))
    return folder


@pytest.fixture
def copy(world: Path, tmp_path: Path) -> Path:
    """A copy of that workspace to damage."""
    return Path(shutil.copytree(world, tmp_path / "copy"))
