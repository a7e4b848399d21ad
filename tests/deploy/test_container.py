"""The Dockerfile, read and tried as far as it goes without an engine: what it copies is enough to install."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.conftest import serving

Instructions = list[tuple[str, str]]


@pytest.fixture(scope="module")
def instructions(root: Path) -> Instructions:
    text = (root / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(
        r"\\\n\s*", "", "\n".join(x for x in text.splitlines() if not x.startswith("#"))
    ).splitlines()
    found = [(word, rest) for word, _, rest in (line.partition(" ") for line in lines if line)]
    known = {"ARG", "FROM", "WORKDIR", "COPY", "RUN", "LABEL", "ENV", "USER", "EXPOSE", "HEALTHCHECK"}
    assert {word for word, _ in found} <= known | {"ENTRYPOINT", "CMD"}
    return found


def values(instructions: Instructions, word: str) -> list[str]:
    return [rest for name, rest in instructions if name == word]


def copied(instructions: Instructions) -> list[str]:
    """What comes from the project, not from another stage."""
    return [
        name
        for rest in values(instructions, "COPY")
        if not rest.startswith("--from")
        for name in shlex.split(rest)[:-1]
    ]


def ignored(root: Path, name: str) -> bool:
    """Tell as .dockerignore does: the last line that fits a path or a folder above it counts."""
    last = False
    for line in (root / ".dockerignore").read_text(encoding="utf-8").splitlines():
        pattern = line.lstrip("!")
        above = ["/".join(name.split("/")[:n]) for n in range(1, name.count("/") + 2)]
        if line and line[0] != "#" and any(fnmatch.fnmatch(part, pattern) for part in above):
            last = not line.startswith("!")
    return last


def test_image_is_pinned_and_runs_without_rights(instructions: Instructions) -> None:
    (image,) = values(instructions, "ARG")
    assert re.fullmatch(r"PYTHON_IMAGE=python:3\.\d+-slim-\w+", image)
    assert values(instructions, "FROM") == ["${PYTHON_IMAGE} AS build", "${PYTHON_IMAGE}"]
    assert values(instructions, "USER") == ["10001:10001"]
    words = [word for word, _ in instructions]
    assert words.index("USER") > max(i for i, (word, _) in enumerate(instructions) if word in ("COPY", "RUN"))
    assert not [rest for rest in values(instructions, "ENV") if "TOKEN" in rest or "PASSWORD" in rest]


def test_packages_are_those_of_the_lock_with_digests(instructions: Instructions) -> None:
    pips = [rest for rest in values(instructions, "RUN") if "pip install" in rest]
    assert "--require-hashes -r requirements.lock" in pips[0]
    assert {"--no-index", "--no-deps"} <= set(shlex.split(pips[1]))
    assert all("--no-cache-dir" in rest for rest in pips)


def test_commands_are_lists_and_ask_health(instructions: Instructions) -> None:
    (entry,), (command,) = values(instructions, "ENTRYPOINT"), values(instructions, "CMD")
    assert json.loads(entry) + json.loads(command) == [
        *("coopgraph", "serve", "/workspace", "--host", "0.0.0.0"),
    ]
    (health,) = values(instructions, "HEALTHCHECK")
    assert json.loads(health.partition("CMD ")[2]) == ["python", "/opt/coopgraph/health.py"]


def test_what_is_copied_is_there_and_not_ignored(root: Path, instructions: Instructions) -> None:
    for name in copied(instructions):
        assert (root / name).exists(), name
        assert not ignored(root, name), name
    assert ignored(root, "tests/conftest.py")
    assert ignored(root, ".git")
    assert ignored(root, "data/.coopgraph") or "**/.coopgraph" in (root / ".dockerignore").read_text("utf-8")


def test_package_installs_from_what_is_copied_alone(
    root: Path, instructions: Instructions, tmp_path: Path
) -> None:
    place = tmp_path / "build"
    place.mkdir()
    for name in copied(instructions):
        source, leave = root / name, shutil.ignore_patterns(".coopgraph", "__pycache__", "node_modules")
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=leave)
        elif "/" not in name:
            shutil.copy(source, place / name)
    step = next(rest for rest in values(instructions, "RUN") if rest.endswith("--no-build-isolation ."))
    words = [*shlex.split(step)[1:], "--quiet", "--target", str(tmp_path / "installed")]
    done = subprocess.run(
        [sys.executable, "-m", "pip", *words], cwd=place, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    ask = (
        "from coopgraph.resources import bundled;"
        "print(all(bundled(name).is_dir() for name in ('data', 'ontology', 'gazetteer')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.stdout == "True\n", done.stderr


@pytest.mark.parametrize("token", ["a-token-of-ours", ""])
def test_health_is_asked_with_the_token(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    monkeypatch.setenv("COOPGRAPH_TOKEN", token)
    with serving(tmp_path / "a.ttl", "--host", "0.0.0.0") as address:
        port = re.search(r":(\d+)/", address)
        assert port is not None, address

        def health(port: str, **change: str) -> int:
            asked = [sys.executable, str(root / "deploy" / "health.py"), port]
            return subprocess.run(
                asked, env={**os.environ, **change}, check=False, capture_output=True
            ).returncode

        assert health(port[1]) == 0
        assert health("9") == 1
        if token:
            assert health(port[1], COOPGRAPH_TOKEN="wrong") == 1
