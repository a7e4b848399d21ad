"""The five cities of the explorer's tests, and the bundled workspace, each as a release."""

from __future__ import annotations

import shutil
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


@pytest.fixture(scope="package")
def bundled(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[cg.Release]:
    folder = tmp_path_factory.mktemp("profiles") / "data"
    shutil.copytree(root / "data", folder, ignore=shutil.ignore_patterns(".coopgraph"))
    cg.build(folder)
    with cg.open(folder) as release:
        yield release
