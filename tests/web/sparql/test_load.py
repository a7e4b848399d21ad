"""A short version of the load of benchmarks/serving.py: nobody is turned away for what others do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.web.sparql.conftest import running

CLIENTS, SECONDS, HOSTILE, TIMEOUT = 20, 10, 30, 8


def load(root: Path, address: str, hostile: int, seconds: int) -> dict[str, Any]:
    command = [sys.executable, str(root / "benchmarks" / "serving.py"), address]
    numbers = [str(CLIENTS), str(seconds), str(hostile)]
    run = subprocess.run([*command, *numbers], capture_output=True, text=True, check=True, timeout=120)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


@pytest.mark.slow
def test_hostile_queries_among_ordinary_ones(root: Path, built: Path, tmp_path: Path) -> None:
    with running(built, tmp_path / "log", "--timeout", str(TIMEOUT)) as server:
        calm = load(root, server.address, 0, 3)
        attacked = load(root, server.address, HOSTILE, SECONDS)
        assert server.process.poll() is None
    assert (calm["errors"], attacked["errors"]) == (0, 0)
    statuses = {name for name in attacked["statuses"] if name.startswith("hostile")}
    assert statuses == {"hostile 400", "hostile 503"}
    assert attacked["hostile_most_s"] < TIMEOUT + 2  # a second more than promised, where others work too
    assert "Traceback" not in server.errors.read_text()
