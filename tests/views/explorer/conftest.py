"""A release of five cities and what joins them, small enough to work everything out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coopgraph.namespaces import BASE
from coopgraph.release import Release
from coopgraph.release import open as open_release
from coopgraph.views.explorer.graph import graph_of

ID = f"{BASE}id/"
FIVE = Path(__file__).parent / "five.ttl"


@pytest.fixture(scope="package")
def five() -> Iterator[Release]:
    with open_release(FIVE) as release:
        yield release


@pytest.fixture(scope="package")
def graph(five: Release) -> dict[str, Any]:
    return graph_of(five)
