"""The five cities of the explorer's tests as a release."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import coopgraph as cg
from coopgraph.namespaces import BASE

ID = f"{BASE}id/"


@pytest.fixture(scope="package")
def five(root: Path) -> Iterator[cg.Release]:
    with cg.open(root / "tests" / "views" / "explorer" / "five.ttl") as release:
        yield release
