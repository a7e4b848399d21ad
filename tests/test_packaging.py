"""The locks, the licences and the wheel: what a user of coopgraph gets installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

LOCKS = ("requirements.lock", "requirements-dev.lock")
FORBIDDEN = re.compile(r"\b[AL]?GPL|GNU (Affero |Lesser )?General Public", re.IGNORECASE)


@pytest.fixture(scope="session")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def pins(path: Path) -> list[Requirement]:
    """Return what a lock pins, markers and all."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Requirement(line.rstrip(" \\")) for line in lines if line and line[0] not in "# "]


def versions(path: Path) -> dict[str, str]:
    """Return the versions a lock has for this Python and platform."""
    return {pin.name: str(pin.specifier) for pin in pins(path) if pin.marker is None or pin.marker.evaluate()}


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_digests_and_no_address(root: Path, name: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=sha256:)", text, re.MULTILINE), (
        "an option, such as an index, is in the lock"
    )
    for pin in re.split(r"\n(?=\S)", text):
        if not pin.startswith("#"):
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", pin), pin.splitlines()[0]


def test_dev_lock_holds_the_runtime_lock(root: Path) -> None:
    runtime, dev = (set(map(str, pins(root / name))) for name in LOCKS)
    assert runtime <= dev


def test_locks_satisfy_the_project(root: Path, project: dict[str, Any]) -> None:
    groups = project["dependency-groups"]
    runtime = [*project["project"]["dependencies"], *groups["build"]]
    dev = [entry for entry in groups["dev"] if isinstance(entry, str)]
    extras = [entry for extra in project["project"]["optional-dependencies"].values() for entry in extra]
    for name, wanted in ((LOCKS[0], runtime), (LOCKS[1], [*runtime, *dev, *extras])):
        locked = versions(root / name)
        for requirement in map(Requirement, wanted):
            version = locked[requirement.name].removeprefix("==")
            assert requirement.specifier.contains(version), (
                f"{name}: {requirement}, locked {version}. Run: run.py lock"
            )


def test_what_is_installed_is_what_is_locked(root: Path) -> None:
    wrong = {
        name: (metadata(name)["Version"], pinned)
        for name, pinned in versions(root / LOCKS[0]).items()
        if f"=={metadata(name)['Version']}" != pinned
    }
    assert not wrong


def licence(name: str) -> str:
    """Return what a distribution says of its licence, in any of the three ways there are."""
    said = metadata(name)
    classifiers = [c for c in said.get_all("Classifier") or [] if c.startswith("License")]
    # A whole licence text in the field is not a name; its first line is.
    field = [text.strip().split("\n")[0] for text in said.get_all("License") or []]
    return " | ".join(filter(None, [*(said.get_all("License-Expression") or []), *classifiers, *field]))


def test_no_gpl_at_run_time(root: Path) -> None:
    said = {name: licence(name) for name in versions(root / LOCKS[0])}
    assert not {name: text for name, text in said.items() if FORBIDDEN.search(text)}
    assert not [name for name, text in said.items() if not text], "say by hand what these are"


def test_what_writes_pdf_is_no_gpl() -> None:
    brought = "weasyprint pydyf tinyhtml5 tinycss2 cssselect2 webencodings brotli zopfli fonttools pillow"
    said = {name: licence(name) for name in f"{brought} cffi pycparser".split()}
    assert not {name: text for name, text in said.items() if not text or FORBIDDEN.search(text)}
    assert "MPL 1.1" in licence("pyphen"), "the one of its three licences it is taken under (decision 27)"


def test_gpl_is_seen() -> None:
    for text in (
        "GPL-3.0-or-later",
        "License :: OSI Approved :: GNU General Public License v3 (GPLv3)",
        "AGPL",
        "LGPLv2",
    ):
        assert FORBIDDEN.search(text)
    assert not FORBIDDEN.search("Apache-2.0")


def test_each_dependency_has_a_reason(root: Path, project: dict[str, Any]) -> None:
    decision = (root / "docs" / "decisions" / "0005-layers.md").read_text(encoding="utf-8").lower()
    entries = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["docs"]]
    entries += project["project"]["optional-dependencies"]["pdf"]
    missing = [
        name for name in (Requirement(entry).name for entry in entries) if name.lower() not in decision
    ]
    assert not missing, "give each its home, reason and licence in docs/decisions/0005-layers.md"


@pytest.fixture(scope="session")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the checkout in which somebody has built a release."""
    place = tmp_path_factory.mktemp("wheel")
    copy = place / "checkout"
    left_out = shutil.ignore_patterns("__pycache__", ".coopgraph", "node_modules")
    for name in ("src", "ontology", "data", "gazetteer"):
        shutil.copytree(root / name, copy / name, ignore=left_out)
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-data", ".gitignore"):
        shutil.copy(root / name, copy)
    release = copy / "data" / ".coopgraph" / "releases" / "0000"
    release.mkdir(parents=True)
    (release / "manifest.json").write_text("{}")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place / "dist")]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)
    (built,) = (place / "dist").glob("*.whl")
    return built


def test_wheel_holds_what_coopgraph_needs(wheel: Path, root: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        inside = set(packed.namelist())
    for folder, packed_as in (("ontology", "coopgraph/bundled/ontology"), ("data", "coopgraph/bundled/data")):
        assert {packed_as + name for name in tracked(root, folder)} <= inside
    sources = {name for name in tracked(root, "src/coopgraph") if not name.startswith("/web/front/")}
    assert {f"coopgraph{name}" for name in sources} <= inside
    assert "coopgraph/web/static/app.css" in inside and not [name for name in inside if "/front/" in name]
    assert {
        "coopgraph/bundled/data/coopgraph.toml",
        "coopgraph/bundled/gazetteer/cities.parquet",
        "coopgraph/bundled/gazetteer/countries.tsv",
        "coopgraph/starter/tables.toml",
        "coopgraph/py.typed",
    } <= inside
    assert any(name.endswith("licenses/LICENSE-data") for name in inside)
    assert not [name for name in inside if ".coopgraph" in name or name.startswith(("tests", "docs", "src"))]


def tracked(root: Path, folder: str) -> list[str]:
    """Return the files below a folder, as '/name', that are not made by running something."""
    files = [path for path in (root / folder).rglob("*") if path.is_file()]
    made = ("__pycache__", ".coopgraph")
    return [
        "/" + f.relative_to(root / folder).as_posix()
        for f in files
        if not any(part in made for part in f.parts)
    ]


def test_version_is_said_once(project: dict[str, Any]) -> None:
    import coopgraph

    assert coopgraph.__version__ == project["project"]["version"]
    try:
        assert metadata("coopgraph")["Version"] == project["project"]["version"]
    except PackageNotFoundError:
        pytest.fail("coopgraph itself is not installed: run the tests with python3 run.py test")


@pytest.mark.slow
def test_wheel_in_an_empty_environment_runs_the_demo_offline(wheel: Path, root: Path, tmp_path: Path) -> None:
    home = tmp_path / "some where else"
    subprocess.run([sys.executable, "-m", "venv", str(home / "env")], check=True)
    scripts = home / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(scripts / "python"), "-m", "pip", "-qq"]
    locked = ["--require-hashes", "--no-deps", "--no-compile", "-r", str(root / LOCKS[0])]
    subprocess.run([*pip, "install", *locked], check=True)
    subprocess.run([*pip, "install", "--no-index", "--no-deps", str(wheel)], check=True)
    subprocess.run([*pip, "check"], check=True)
    # From here on there is no network: any use of a socket beyond this machine ends the process with a
    # sentence.
    (tmp_path / "sitecustomize.py").write_text(OFFLINE)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "NO_COLOR": "1"}
    command = [str(scripts / "coopgraph"), "demo"]
    done = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (home / "coopgraph-demo" / "coopgraph.toml").is_file()
    assert list((home / "coopgraph-demo").glob("*.html"))
    assert "of 354 participations" in done.stdout


OFFLINE = """
import sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto") and "coopgraph" in sys.modules:
        raise RuntimeError(f"the demo uses the network: {event} {arguments}")

sys.addaudithook(refuse)
"""
