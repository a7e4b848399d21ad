"""Listing, going back, pruning."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coopgraph.errors import ConfigError, StoreError
from coopgraph.release import Published, manage
from coopgraph.release.locate import current_id
from tests.remote.conftest import workspace


@pytest.fixture
def three(tmp_path: Path, build: Callable[..., Published]) -> list[str]:
    """Three releases, the oldest first, a day between them."""
    found = []
    for day, numbers in enumerate(("1", "1, 2", "1, 2, 3"), 1):
        made = build(f"<urn:a> <urn:p> {numbers} .")
        path = made.directory / "manifest.json"
        said = {**json.loads(path.read_text(encoding="utf-8")), "built_at": f"2026-01-0{day}T00:00:00+00:00"}
        path.write_text(json.dumps(said), encoding="utf-8")
        found.append(made.id)
    return found


def test_the_newest_first(tmp_path: Path, three: list[str]) -> None:
    found = manage.list_releases(tmp_path)
    assert [info.id for info in found] == three[::-1]
    assert [info.current for info in found] == [True, False, False]
    assert [info.quads for info in found] == [3, 2, 1]
    assert manage.list_releases(tmp_path / "nothing") == []


def test_back_and_further_back(tmp_path: Path, three: list[str]) -> None:
    assert manage.rollback(tmp_path) == three[1] == current_id(tmp_path)
    assert manage.rollback(tmp_path) == three[0] == current_id(tmp_path)
    with pytest.raises(StoreError, match="no older release"):
        manage.rollback(tmp_path)


def test_to_one_by_the_beginning_of_its_id(tmp_path: Path, three: list[str]) -> None:
    assert manage.rollback(tmp_path, three[0][:6]) == three[0] == current_id(tmp_path)
    with pytest.raises(ConfigError, match="No release begins with 'nope'"):
        manage.rollback(tmp_path, "nope")
    with pytest.raises(ConfigError, match="3 releases begin with ''"):
        manage.rollback(tmp_path, "")


def test_prune_keeps_the_newest_and_the_current(tmp_path: Path, three: list[str]) -> None:
    manage.rollback(tmp_path, three[0])
    assert manage.prune(tmp_path, keep=1) == [three[1]]
    assert [info.id for info in manage.list_releases(tmp_path)] == [three[2], three[0]]
    assert manage.prune(tmp_path) == []


def test_without_a_release(tmp_path: Path) -> None:
    for act in (manage.rollback, manage.prune):
        with pytest.raises(StoreError, match="coopgraph build"):
            act(tmp_path)


@pytest.mark.parametrize("act", [manage.rollback, manage.prune])
def test_a_folder_that_cannot_be_written(
    act: Callable[[Path], object], tmp_path: Path, three: list[str]
) -> None:
    lock = tmp_path / ".coopgraph" / "lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    with pytest.raises(StoreError, match=r"could not be written: .*\. Nothing was changed.*Make room"):
        act(tmp_path)
    assert current_id(tmp_path) == three[-1]


def test_a_workspace_with_a_remote_store_has_none(tmp_path: Path) -> None:
    address = "https://example.org/sparql"
    workspace(tmp_path, f'store = "{address}?key=secret"')
    said = f"no releases: its graph is in the store at {address}, and is asked there."
    assert manage.none_here(tmp_path).endswith(said)
    with pytest.raises(StoreError, match=said):
        manage.rollback(tmp_path)
