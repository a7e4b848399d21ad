"""run.py on a small project of its own: real environments, real pip, hash-pinned locks, and no network."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

WHEEL = {
    "tiny.py": "VALUE = {version}\n",
    "tiny-{version}.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
    "tiny-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "tiny-{version}.dist-info/RECORD": "tiny.py,,\n",
}
BACKEND = """
import zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "coopgraph-0-py3-none-any.whl"
    with zipfile.ZipFile(f"{wheel_directory}/{name}", "w") as wheel:
        wheel.writestr("coopgraph_editable.pth", __file__.rsplit("backend.py", 1)[0] + "\\n")
        said = "Metadata-Version: 2.1\\nName: coopgraph\\nVersion: 0\\n"
        wheel.writestr("coopgraph-0.dist-info/METADATA", said)
        made = "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
        wheel.writestr("coopgraph-0.dist-info/WHEEL", made)
        wheel.writestr("coopgraph-0.dist-info/RECORD", "")
    return name
"""
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "coopgraph"
version = "0"
"""


@pytest.fixture(scope="session")
def empty_environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with pip and nothing else: making one costs seconds, copying one does not."""
    place = tmp_path_factory.mktemp("environment") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    return place


@pytest.fixture
def checkout(bare_checkout: Path, empty_environment: Path) -> Path:
    """A checkout in which somebody has made an environment already."""
    shutil.copytree(empty_environment, bare_checkout / ".venv", symlinks=True)
    return bare_checkout


@pytest.fixture
def bare_checkout(tmp_path: Path, root: Path) -> Path:
    """A checkout with a space in its path, one dependency, and a coopgraph that repeats its arguments."""
    place = tmp_path / "my check out"
    (place / "coopgraph").mkdir(parents=True)
    shutil.copy(root / "run.py", place)
    (place / "pyproject.toml").write_text(PROJECT)
    (place / "backend.py").write_text(BACKEND)
    said = "import os, sys, tiny\nprint(os.getcwd(), tiny.VALUE, *sys.argv[1:], sep='|')\nsys.exit(3)\n"
    (place / "coopgraph" / "__main__.py").write_text(said)
    (place / "coopgraph" / "__init__.py").touch()
    for version in ("1", "2"):
        make_wheel(place, version)
    lock(place, "1")
    return place


def make_wheel(place: Path, version: str) -> None:
    (place / "wheels").mkdir(exist_ok=True)
    with zipfile.ZipFile(wheel(place, version), "w") as packed:
        for name, text in WHEEL.items():
            packed.writestr(name.format(version=version), text.format(version=version))


def wheel(place: Path, version: str) -> Path:
    return place / "wheels" / f"tiny-{version}-py3-none-any.whl"


def lock(place: Path, version: str) -> None:
    digest = hashlib.sha256(wheel(place, version).read_bytes()).hexdigest()
    for name in ("requirements.lock", "requirements-dev.lock"):
        (place / name).write_text(f"tiny=={version} \\\n    --hash=sha256:{digest}\n")


def run(
    place: Path, *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    shielded = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON", "COV_"))}
    offline = {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": (place / "wheels").as_uri(),
        "PIP_CONFIG_FILE": os.devnull,
    }
    return subprocess.run(
        [sys.executable, str(place / "run.py"), *arguments],
        cwd=cwd or place,
        env={**shielded, **offline, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_first_time_installs_second_time_does_nothing(bare_checkout: Path, tmp_path: Path) -> None:
    first = run(bare_checkout, "query", "cq 004", "-w", "a b", cwd=tmp_path)
    assert (first.stdout, first.returncode) == (f"{tmp_path}|1|query|cq 004|-w|a b\n", 3)
    assert "installing what requirements.lock says" in first.stderr
    shutil.rmtree(bare_checkout / "wheels")  # nothing is left to install from
    second = run(bare_checkout, "demo")
    assert (second.stdout, second.stderr) == (f"{bare_checkout}|1|demo\n", "")


def test_changed_lock_is_installed_and_a_changed_file_is_refused(checkout: Path) -> None:
    run(checkout, "demo")
    lock(checkout, "2")
    assert run(checkout, "demo").stdout == f"{checkout}|2|demo\n"
    lock(checkout, "1")
    with zipfile.ZipFile(wheel(checkout, "1"), "a") as packed:
        packed.writestr("evil.py", "")
    refused = run(checkout, "demo")
    assert refused.returncode == 1
    assert "HASH" in refused.stderr
    assert "could not install requirements.lock" in refused.stderr
    make_wheel(checkout, "1")
    lock(checkout, "1")
    again = run(checkout, "demo")
    assert again.stdout == f"{checkout}|1|demo\n", again.stderr


@pytest.mark.parametrize("damage", ["unfinished", "no python", "other python", "no pip"])
def test_what_does_not_work_is_made_anew(checkout: Path, damage: str) -> None:
    run(checkout, "demo")
    environment = checkout / ".venv"
    litter = environment / "litter"
    litter.touch()
    state = environment / "coopgraph-setup.json"
    if damage == "unfinished":  # pip was killed at work
        (environment / "coopgraph-setup.unfinished").touch()
    elif damage == "no python":  # the Python it was made with is gone
        for python in [*environment.glob("bin/python*"), *environment.glob("Scripts/python*")]:
            python.unlink()
    elif damage == "no pip":
        state.unlink()
        for pip in environment.glob("**/site-packages/pip"):
            shutil.rmtree(pip)
    else:
        found = json.loads(state.read_text())
        state.write_text(json.dumps({**found, "python": "3.10", "root": "/elsewhere"}))
    again = run(checkout, "demo")
    assert again.stdout == f"{checkout}|1|demo\n", again.stderr
    assert "making" in again.stderr
    assert not litter.exists()
    assert run(checkout, "demo").stderr == ""


def test_runtime_serves_dev_only_after_its_own_lock(checkout: Path) -> None:
    run(checkout, "demo")
    (checkout / "pytest.py").write_text("import sys\nprint('tests', *sys.argv[1:])")
    tested = run(checkout, "test", "-k", "peer or rank", "-n0", cwd=checkout.parent)
    assert tested.stdout == "tests -k peer or rank -n0\n"
    assert "installing what requirements-dev.lock says" in tested.stderr
    assert run(checkout, "demo").stderr == ""  # what dev installed holds the runtime


def test_a_folder_that_is_no_environment_is_left_alone(bare_checkout: Path) -> None:
    (bare_checkout / ".venv").mkdir()
    (bare_checkout / ".venv" / "thesis.txt").write_text("mine")
    refused = run(bare_checkout, "demo")
    assert refused.returncode == 1
    assert "not a virtual environment" in refused.stderr
    assert (bare_checkout / ".venv" / "thesis.txt").read_text() == "mine"


def test_missing_venv_support_says_what_to_install(bare_checkout: Path) -> None:
    blocked = bare_checkout / "blocked"
    blocked.mkdir()
    (blocked / "sitecustomize.py").write_text(
        "import importlib.util as u\nfind = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'ensurepip' else find(name, *a)\n"
    )
    refused = run(bare_checkout, "demo", PYTHONPATH=str(blocked))
    assert refused.returncode == 1
    assert "apt install python3-venv" in refused.stderr
    assert not (bare_checkout / ".venv").exists()


def test_settings_that_send_packages_elsewhere_do_not_count(checkout: Path, tmp_path: Path) -> None:
    done = run(checkout, "demo", PIP_USER="1", PIP_TARGET=str(tmp_path / "elsewhere"), PYTHONHOME="")
    assert done.stdout == f"{checkout}|1|demo\n", done.stderr
    assert not (tmp_path / "elsewhere").exists()


def test_help_and_unknown_python_need_no_environment(bare_checkout: Path) -> None:
    for arguments in ([], ["--help"], ["help"]):
        assert run(bare_checkout, *arguments).stdout.startswith("Usage: python3 run.py")
    old = "import sys; sys.version_info = (3, 9, 2, 'final', 0); exec(open('run.py').read())"
    answer = subprocess.run(
        [sys.executable, "-c", old], cwd=bare_checkout, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith("run.py: coopgraph needs Python 3.11 or newer, and this is Python 3.9")
    assert not (bare_checkout / ".venv").exists()


def test_old_pythons_can_read_it(root: Path) -> None:
    tree = ast.parse((root / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    # Nothing an old Python lacks may come before the check.
    kinds = [type(node).__name__ for node in tree.body[:3]]
    assert kinds == ["Expr", "Import", "If"]


def test_missing_lock_says_how_to_get_it(bare_checkout: Path) -> None:
    (bare_checkout / "requirements.lock").unlink()
    refused = run(bare_checkout, "demo")
    assert refused.returncode == 1
    assert "git checkout requirements.lock" in refused.stderr
