"""The bundled workspace, opened once for all formats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.exports.formats import Options
from coopgraph.exports.network.model import Edge, Node
from coopgraph.exports.network.of_release import network_of
from coopgraph.release import Release


@pytest.fixture(scope="session")
def bundled(built: Path) -> Iterator[Release]:
    """The release of the bundled workspace, open."""
    with cg.open(built) as release:
        yield release


@pytest.fixture(scope="session")
def everything(bundled: Release) -> tuple[list[Node], list[Edge]]:
    """Its nodes and edges, all of them."""
    with network_of(bundled, Options()) as network:
        return list(network.nodes()), list(network.edges())
