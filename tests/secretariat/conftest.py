"""What the tests of several answers read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import coopgraph as cg


@pytest.fixture(scope="module")
def bundled(built: Path) -> Iterator[cg.Release]:
    """The release of the bundled workspace."""
    with cg.open(built) as release:
        yield release
