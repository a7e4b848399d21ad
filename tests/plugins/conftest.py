"""Installed plugins: the documented one, installed by pip into a folder, and broken ones made up."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parent / "coopgraph-diary"
collect_ignore = ["coopgraph-diary"]

Shell = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def diary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder pip installed the example into, from a copy: a build writes beside its sources."""
    import shutil

    folder = tmp_path_factory.mktemp("plugins")
    source = shutil.copytree(EXAMPLE, folder / "source")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    done = subprocess.run(
        [*pip, "--no-build-isolation", "--target", str(folder / "installed"), str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "installed"


@pytest.fixture
def shell(root: Path, diary: Path, tmp_path: Path) -> Shell:
    """Run the command with the example installed, and with other folders of plugins before it."""

    def run(
        *words: str, also: tuple[Path, ...] = (), without: bool = False
    ) -> subprocess.CompletedProcess[str]:
        places = [*also, *(() if without else (diary,)), root / "src"]
        return subprocess.run(
            [sys.executable, "-m", "coopgraph", *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, places))},
        )

    return run


@pytest.fixture
def broken(tmp_path: Path) -> Callable[..., Path]:
    """Make a distribution of one module and one entry point, as an installer lays it out."""

    def make(name: str, code: str, point: str, group: str = "coopgraph.sources") -> Path:
        folder = tmp_path / f"broken-{name}"
        about = folder / f"{name}-2.0.dist-info"
        about.mkdir(parents=True)
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 2.0\n", "utf-8")
        (about / "entry_points.txt").write_text(f"[{group}]\n{point}\n", "utf-8")
        return folder

    return make
