"""Publishing: all or nothing, the same once, and told in words when it cannot be."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coopgraph.errors import StoreError
from coopgraph.release import Published, publish, publishing, read_graph, staging
from coopgraph.release import open as open_release
from coopgraph.release.locate import current_id
from tests.release.conftest import WORLD, fill

ONE = "<urn:a> <urn:p> 1 ."
TWO = "<urn:a> <urn:p> 1, 2 ."
Build = Callable[..., Published]


def folders(workspace: Path) -> list[str]:
    return sorted(path.name for path in (workspace / ".coopgraph").iterdir())


def test_a_release_as_decided(tmp_path: Path, build: Build) -> None:
    made = build()
    assert made.new
    assert len(made.id) == 16
    assert sorted(path.name for path in made.directory.iterdir()) == [
        "graph.nq.zst",
        "manifest.json",
        "store",
        "tables",
    ]
    assert (tmp_path / ".coopgraph" / "current").read_text(encoding="ascii") == f"{made.id}\n"
    assert folders(tmp_path) == ["current", "lock", "releases"]


def test_the_same_again_publishes_nothing(tmp_path: Path, build: Build) -> None:
    first = build(ONE)
    stamp = (first.directory / "manifest.json").read_bytes()
    again = build(ONE)
    assert (again.id, again.new) == (first.id, False)
    assert (first.directory / "manifest.json").read_bytes() == stamp
    assert len(list((tmp_path / ".coopgraph" / "releases").iterdir())) == 1


def test_what_exists_is_put_in_force_again(tmp_path: Path, build: Build) -> None:
    first, _ = build(ONE), build(TWO)
    assert build(ONE) == Published(first.id, False, first.directory)
    assert current_id(tmp_path) == first.id


def test_the_id_is_of_graph_and_tables_alone(tmp_path: Path, build: Build) -> None:
    first = build(ONE)
    with staging(tmp_path) as staged:
        manifest = fill(staged, ONE)
        (staged / "store" / "note").write_text("not part of it", encoding="utf-8")
        assert publish(tmp_path, staged, manifest).id == first.id


def test_the_graph_is_sorted_and_complete(build: Build) -> None:
    made = build(WORLD)
    text = b"".join(read_graph(made.directory)).decode()
    lines = text.splitlines()
    assert lines == sorted(set(lines))
    with open_release(made.directory) as release:
        assert len(lines) == release.manifest.quads
    assert '"007"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>' in text


def test_an_error_inside_leaves_nothing(tmp_path: Path, build: Build) -> None:
    first = build(ONE)
    with pytest.raises(ZeroDivisionError), staging(tmp_path) as staged:
        (staged / "half").write_text("x", encoding="utf-8")
        raise ZeroDivisionError
    assert folders(tmp_path) == ["current", "lock", "releases"]
    assert current_id(tmp_path) == first.id


@pytest.mark.parametrize("step", ["sync_tree", "rename_directory", "replace_text"])
def test_a_full_disk_at_each_step_leaves_the_old_release(
    tmp_path: Path, build: Build, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    first = build(ONE)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(publishing, step, full)
    with pytest.raises(StoreError, match=r"No space left on device.*the old release stands"):
        build(TWO)
    assert current_id(tmp_path) == first.id
    monkeypatch.undo()
    assert build(TWO).id == current_id(tmp_path)


SMALL_DISK = """
import resource, sys
from pathlib import Path
from tests.release.small_build import build
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
from coopgraph.errors import StoreError
try:
    build(Path(sys.argv[1]), 7)
except StoreError as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs a limit on file size")
@pytest.mark.parametrize("size", [100, 1_000, 5_000, 20_000])
def test_files_that_cannot_grow(tmp_path: Path, build: Build, root: Path, size: int) -> None:
    """A real refusal by the system, at several places: the text, the store, the tables."""
    first = build(ONE)
    run = subprocess.run(
        [sys.executable, "-c", SMALL_DISK, str(tmp_path), str(size)],
        env={**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "could not be written" in run.stdout, run.stderr
    assert current_id(tmp_path) == first.id
    open_release(tmp_path, verify=True).close()


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / ".coopgraph").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StoreError, match="could not be written"), staging(tmp_path):
        pass


def test_what_killed_builds_left_is_swept(tmp_path: Path, build: Build) -> None:
    build(ONE)
    for name in ("staging-dead", "trash-dead"):
        (tmp_path / ".coopgraph" / name / "store").mkdir(parents=True)
    with staging(tmp_path) as staged:
        assert [name for name in folders(tmp_path) if name.startswith(("staging", "trash"))] == [staged.name]


def test_everything_is_flushed_before_it_is_named(
    tmp_path: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file is synced, then the folder renamed, then the pointer replaced."""
    from coopgraph.release import durable

    done: list[str] = []

    def noted(what: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def acting(path: Path, *more: Path) -> Any:
            done.append(f"sync {path.name}" if what == "sync" else what)
            return act(path, *more)

        return acting

    monkeypatch.setattr(durable, "sync_file", noted("sync", durable.sync_file))
    monkeypatch.setattr(Path, "rename", noted("name", Path.rename))
    monkeypatch.setattr(Path, "replace", noted("point", Path.replace))
    made = build(ONE)
    written = {path.name for path in made.directory.rglob("*") if path.is_file()}
    before = {step.removeprefix("sync ") for step in done[: done.index("name")]}
    assert written <= before
    assert done.index("name") < done.index("sync releases") < done.index("point")
    assert done.index("sync current.new") < done.index("point") < len(done) - 1
    assert "sync .coopgraph" in done[done.index("point") :]
