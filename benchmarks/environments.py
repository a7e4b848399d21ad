"""The Pythons the contenders run in: the project's own, and one for each peer, made once.

In: the checkout. Out: interpreters. `.venv` is made by `python3 run.py`; `.venv-morph` holds morph-kgc,
`.venv-peers` maplib and polars, `.venv-commands` what the runtime lock says and nothing else (pandas, where
it is installed, costs every command that imports pyarrow half a second).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MORPH = "morph-kgc==2.10.0"
PEERS = ("maplib==0.20.26", "polars==2.1.0", "pyarrow==23.0.1")
SHOWN = (
    "pyoxigraph", "duckdb", "ibis-framework", "pyarrow", "rdflib", "oxrdflib", "pyshacl", "networkx", "numpy",
    "scipy", "networkit", "igraph", "pyvis", "click", "rich", "pandas", "morph-kgc", "maplib", "polars",
)  # fmt: skip


def own() -> str:
    """The project's interpreter, made by run.py where it is missing."""
    python = _python(ROOT / ".venv")
    if not python.is_file():
        subprocess.run([sys.executable, str(ROOT / "run.py"), "test", "--collect-only", "-q"], check=True)
    return str(python)


def morph() -> str:
    """An environment with morph-kgc, which needs old releases of rdflib and pyoxigraph."""
    return _made(".venv-morph", MORPH.replace("==", "-"), [MORPH])


def peers() -> str:
    """An environment with maplib and polars."""
    return _made(".venv-peers", "peers", PEERS)


def commands() -> str:
    """An environment with the runtime lock and the project: what a user has, and no more."""
    lock = ["--require-hashes", "--no-deps", "-r", str(ROOT / "requirements.lock")]
    python = _made(".venv-commands", "commands", lock)
    if not (Path(python).parents[1] / "project").is_file():
        _pip(python, ["--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
        (Path(python).parents[1] / "project").write_text("")
    return python


def versions(pythons: Sequence[str]) -> dict[str, str]:
    """The version of everything that was measured; the first environment that has a package counts."""
    found: dict[str, str] = {}
    for python in pythons:
        listed = subprocess.run(
            [python, "-m", "pip", "list", "--format=json", "--disable-pip-version-check"],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        installed = {
            row["name"].lower().replace("_", "-"): row["version"] for row in json.loads(listed.stdout)
        }
        found = installed | found
    return {name: found[name] for name in SHOWN if name in found}


def _made(name: str, marker: str, requirements: Sequence[str]) -> str:
    home = ROOT / name
    if not (home / marker).is_file():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        _pip(str(_python(home)), requirements)
        (home / marker).write_text("")
    return str(_python(home))


def _pip(python: str, arguments: Sequence[str]) -> None:
    subprocess.run([python, "-m", "pip", "install", "-qq", *arguments], check=True)


def _python(home: Path) -> Path:
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
