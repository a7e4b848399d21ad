"""The bundled workspace, built once, and opened, for all formats."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.exports.formats import Options
from coopgraph.exports.network.model import Edge, Node
from coopgraph.exports.network.of_release import network_of
from coopgraph.release import Release


@pytest.fixture(scope="session")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a release of the bundled data; nobody changes it."""
    folder = tmp_path_factory.mktemp("bundled") / "data"
    shutil.copytree(root / "data", folder, ignore=shutil.ignore_patterns(".coopgraph"))
    cg.build(folder)
    return folder


@pytest.fixture(scope="session")
def bundled(built: Path) -> Iterator[Release]:
    """That release, open."""
    with cg.open(built) as release:
        yield release


@pytest.fixture(scope="session")
def everything(bundled: Release) -> tuple[list[Node], list[Edge]]:
    """Its nodes and edges, all of them."""
    with network_of(bundled, Options()) as network:
        return list(network.nodes()), list(network.edges())
