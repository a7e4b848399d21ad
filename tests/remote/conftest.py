"""What the tests of the remote store share: a real Virtuoso 7, a release it holds, a small endpoint."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pytest

import coopgraph as cg
from coopgraph.release.evidence import Row, rows_of
from coopgraph.secretariat.catalogue import ANSWERS
from coopgraph.secretariat.dossier import Dossier
from tests.remote.endpoint import Endpoint, serving
from tests.remote.virtuoso import Virtuoso, running

MADRID: dict[str, dict[str, object]] = {
    "reciprocity": {"city": "madrid"},
    "reliance": {"without": ("madrid",)},
    "money": {"by": "programme"},
    "partners": {"city": "madrid"},
}


def told_of(release: cg.Release) -> dict[str, tuple[Dossier, dict[str, tuple[Row, ...]]]]:
    """Every answer of the catalogue but for the release's id, with the rows of files that prove it."""
    found = {}
    for name, answer in ANSWERS.items():
        dossier = replace(answer(release, **MADRID.get(name, {})), release="")
        things = {iri for table in dossier.tables for row in table.rows for iri in row.evidence}
        found[name] = dossier, rows_of(release, things)
    return found


@dataclass(frozen=True)
class Pair:
    """A workspace that is built here, and one that asks a store which holds the same graph."""

    built: Path
    remote: Path


def workspace(folder: Path, store: str) -> Path:
    """Make a workspace that asks a store; `store` are lines of its file."""
    folder.mkdir(exist_ok=True)
    (folder / "coopgraph.toml").write_text(f'{store}\n[workspace]\ntitle = "Remote"\n', encoding="utf-8")
    return folder


def statements(built: Path) -> bytes:
    """The N-Quads of the release in force."""
    (packed,) = built.glob(".coopgraph/releases/*/graph.nq.zst")
    with pa.OSFile(str(packed)) as file, pa.CompressedInputStream(file, "zstd") as stream:
        return bytes(stream.read())


def built_data(root: Path, folder: Path) -> Path:
    """The bundled workspace, built in a folder of its own."""
    shutil.copytree(root / "data", folder, ignore=shutil.ignore_patterns(".coopgraph"))
    cg.build(folder)
    return folder


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """A real Virtuoso 7, empty at first."""
    with running(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(scope="session")
def pair(root: Path, virtuoso: Virtuoso, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """The bundled workspace, built here and held by Virtuoso."""
    built = built_data(root, tmp_path_factory.mktemp("built") / "data")
    virtuoso.load(statements(built))
    remote = workspace(tmp_path_factory.mktemp("remote"), f'store = "{virtuoso.url}"')
    return Pair(built, remote)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A small endpoint, right as long as no test makes it wrong."""
    with serving(Endpoint()) as served:
        yield served
