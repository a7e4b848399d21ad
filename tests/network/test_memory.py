"""A limit of memory: what does not fit is spilled to a folder that is gone afterwards."""

from __future__ import annotations

import random
import tempfile
import threading
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import coopgraph as cg
from coopgraph.errors import ProjectionError

ROWS, CITIES, TOGETHER = 300_000, 2_000, 6


@pytest.fixture(scope="module")
def participations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Events of six cities, so that every event makes twenty pairs, few of them alike."""
    rows, chance = range(ROWS), random.Random(3)
    table = pa.table(
        {
            "event": [f"https://example.org/event/{row // TOGETHER}" for row in rows],
            "city": [f"https://example.org/city/{chance.randrange(CITIES)}" for row in rows],
            "contributes": [True] * ROWS,
            "benefits": [row % 3 > 0 for row in rows],
        }
    )
    file = tmp_path_factory.mktemp("memory") / "participations.parquet"
    pq.write_table(table, file)
    return file


@pytest.mark.slow
def test_spilled_and_equal(participations: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = cg.flows(participations)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    most, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.005):
            for file in tmp_path.rglob("*.tmp"):
                try:
                    most[0] = max(most[0], file.stat().st_size)
                except FileNotFoundError:
                    continue

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        limited = cg.flows(participations, memory="64MB")
    finally:
        done.set()
        watcher.join()
    assert limited == whole
    assert most[0] > 1_000_000, "nothing was spilled"
    assert list(tmp_path.iterdir()) == []


def test_too_little_is_one_sentence(participations: Path) -> None:
    with pytest.raises(ProjectionError, match="There was not enough room") as caught:
        cg.flows(participations, memory="1MB")
    assert "\n" not in str(caught.value)
    assert "Give more memory" in str(caught.value)


def test_the_workspace_says_how_much(tmp_path: Path) -> None:
    from coopgraph.release.opened import Release

    (tmp_path / "coopgraph.toml").write_text(
        '[workspace]\ntitle = "T"\n[engine]\nkind = "spark"\nmaster = "local[3]"\nmemory = "3GB"\n'
    )
    stub = object.__new__(Release)
    stub._workspace, stub._temporary, stub._open = tmp_path, False, None
    assert (stub.engine.kind, stub.engine.master, stub.engine.memory) == ("spark", "local[3]", "3GB")
    (tmp_path / "coopgraph.toml").write_text('engine = "tez"\n[workspace]\ntitle = "T"\n')
    with pytest.raises(cg.ConfigError, match="one thing is wrong"):
        _ = stub.engine
