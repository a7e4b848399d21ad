"""What is built of the front end is what its sources give, and holds no more than it may."""

from __future__ import annotations

import filecmp
import gzip
import subprocess
from pathlib import Path

import pytest

from coopgraph.web.shell import HERE, STATIC

FRONT = HERE / "front"
LAZY = {"yasqe.js"}  # the SPARQL editor, fetched by its page alone
MOST = 300_000  # bytes of script a page, gzipped


@pytest.fixture(scope="module")
def modules() -> Path:
    """The packages of the lock file."""
    if not (FRONT / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=FRONT, check=True, capture_output=True)
    return FRONT / "node_modules"


def test_the_built_files_are_current(modules: Path, tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs", str(tmp_path / "static")], cwd=FRONT, check=True)
    built = sorted(path.name for path in (tmp_path / "static").iterdir())
    assert sorted(path.name for path in STATIC.iterdir()) == built
    assert filecmp.cmpfiles(STATIC, tmp_path / "static", built, shallow=False)[1:] == ([], [])


def test_every_script_is_small() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in STATIC.glob("*.js")}
    assert {name: size for name, size in sizes.items() if size > MOST and name not in LAZY} == {}


def test_the_lock_names_no_address() -> None:
    text = (FRONT / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text and '"integrity"' in text
